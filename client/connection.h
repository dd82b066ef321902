/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Connection: how the client reaches the daemon.
 */

#include <systemd/sd-bus.h>

#include "common/cleanup.h"
#include "common/finding-json.h"
#include "client/client.h"

#define BUS_NAME "org.sonycharge1"
#define BUS_PATH "/org/sonycharge1"
#define BUS_MANAGER "org.sonycharge1.Manager"
#define BUS_HEADSET "org.sonycharge1.Headset"

/* Connects to the bus named by SONYCHARGE_BUS (system, session or an address; default: system), without messages. Returns 0 or
 * more, or a negative errno; the caller owns *ret. */
int bus_open(sd_bus **ret);

/* The same, but complains on failure. Returns STATUS_OK or STATUS_NO_DAEMON. */
int bus_connect(sd_bus **ret);

/* Returns true when a call failed because nobody has the name that it was sent to. */
bool bus_is_absent(const sd_bus_error *error);

/* Explains a failed call, with the command that starts the daemon if it is not running. `r` is the negative errno of the call.
 * Returns STATUS_NO_DAEMON or STATUS_FAILED. */
int bus_complain(const sd_bus_error *error, int r);

/* Complains that the daemon's answer is not a JSON object. Returns STATUS_FAILED. */
int bus_complain_answer(void);

/* Calls a method and waits for the answer, at most bus_timeout(); shows progress on the terminal if that takes longer than a
 * second. Does not start the daemon with o->no_start. Returns what sd_bus_call() would; the caller owns *reply. */
int bus_call(const struct options *o, sd_bus *bus, sd_bus_message *call, sd_bus_error *error, sd_bus_message **reply);

/* Calls a method of the Manager that takes one string or no arguments (NULL) and returns a JSON object. Starts the daemon if
 * it is not running. The strings in *ret are safe to show; the caller owns it. Returns STATUS_OK; STATUS_NOTHING, without a
 * message, if the daemon does not know the name; or another exit status after complaining. */
int bus_get_json(const struct options *o, sd_bus *bus, const char *method, const char *argument, struct json_object **ret);

/* The same with a connection of its own. */
int bus_fetch_json(const struct options *o, const char *method, struct json_object **ret);

/* Parses the text as one JSON object and makes its strings safe. Returns NULL if it is not one. The caller owns the result. */
struct json_object *parse_json_object(const char *text);

#define _cleanup_bus_ _cleanup_(sd_bus_flush_close_unrefp)
#define _cleanup_message_ _cleanup_(sd_bus_message_unrefp)
#define _cleanup_error_ _cleanup_(sd_bus_error_free)
#define _cleanup_json_ _cleanup_(json_putp)
