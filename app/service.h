/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Service: the daemon over D-Bus. Every call is asynchronous.
 */

#include <gio/gio.h>
#include <json.h>

enum service_state {
        SERVICE_ASKING, /* no answer yet */
        SERVICE_READY,
        SERVICE_GONE,   /* it does not run, or the bus cannot be reached */
        SERVICE_SILENT, /* it does not answer */
};

struct service;

typedef void service_listener(void *userdata);

/* Begins to follow the daemon, starting it if it does not run. The listener is called after every change. */
struct service *service_new(service_listener *listener, void *userdata);
void service_free(struct service *s);

enum service_state service_state(const struct service *s);

/* The newest status; NULL: none was ever received. Borrowed, valid until the listener is called again. */
struct json_object *service_status(const struct service *s);

/* Why it is gone or silent, for people; "" otherwise. */
const char *service_problem(const struct service *s);

/* Lets the daemon read what connected headsets report by Fast Pair, which does not disturb anybody. What is newer than a minute
 * is not read again. The result appears as a change. */
void service_read_headsets(struct service *s);

/* Connects and asks again. */
void service_retry(struct service *s);

/* The answer of a call: `text` is the first string of the reply, NULL after an error, which `problem` explains. */
typedef void service_reply(const char *text, const char *problem, void *userdata);

/* Calls a method of the Manager. `owner`: the reply is dropped when this object is gone. */
void service_call(struct service *s, const char *method, GVariant *arguments, GObject *owner, service_reply *reply,
                  void *userdata);
