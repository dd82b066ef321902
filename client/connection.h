/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Bus: the daemon as the client reaches it.
 */

#include <systemd/sd-bus.h>

#include "common/cleanup.h"
#include "common/finding-json.h"
#include "client/client.h"

#define BUS_NAME "org.sonycharge1"
#define BUS_PATH "/org/sonycharge1"
#define BUS_MANAGER "org.sonycharge1.Manager"
#define BUS_HEADSET "org.sonycharge1.Headset"
#define BUS_PORT "org.sonycharge1.Port"

/* Connects to where SONYCHARGE_BUS says (system, session or an address; default: system), silently. Returns 0 or more, or a
 * negative errno; the caller owns *ret. */
int bus_open(sd_bus **ret);

/* The same, but on failure complains and returns STATUS_NO_DAEMON, else STATUS_OK. */
int bus_connect(sd_bus **ret);

/* The command that starts the daemon there; static. */
const char *bus_start_command(void);

/* Complains about a failed call in words, with the command that starts the daemon when it is that which is missing.
 * `r` is the call's negative errno. Returns STATUS_NO_DAEMON or STATUS_FAILED. */
int bus_complain(const sd_bus_error *error, int r);

/* Complains that what the daemon answered is no JSON object. Returns STATUS_FAILED. */
int bus_complain_answer(void);

/* Calls and waits for the answer, at most bus_timeout(); tells on the terminal when that takes longer than a second. Does not
 * start the daemon under o->no_start. Returns what sd_bus_call() would; the caller owns *reply. */
int bus_call(const struct options *o, sd_bus *bus, sd_bus_message *call, sd_bus_error *error, sd_bus_message **reply);

/* Calls a method of the Manager with one text or without arguments (NULL) that answers with a JSON object; starts the
 * daemon when it is not running. The texts of *ret are safe to show; the caller owns it. Returns an exit status:
 * STATUS_NOTHING, silently, when the daemon knows nothing of that name, others than STATUS_OK after complaining. */
int bus_get_json(const struct options *o, sd_bus *bus, const char *method, const char *argument, struct json_object **ret);

/* The same in one go, with a connection of its own. */
int bus_fetch_json(const struct options *o, const char *method, struct json_object **ret);

/* Parses text as one JSON object with safe texts; NULL when it is none. The caller owns it. */
struct json_object *parse_json_object(const char *text);

/* What a call may take, in µs. */
uint64_t bus_timeout(const struct options *o);

#define _cleanup_bus_ _cleanup_(sd_bus_flush_close_unrefp)
#define _cleanup_message_ _cleanup_(sd_bus_message_unrefp)
#define _cleanup_error_ _cleanup_(sd_bus_error_free)
#define _cleanup_json_ _cleanup_(json_putp)
