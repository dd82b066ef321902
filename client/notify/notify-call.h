/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Call: the method calls to a notification server.
 */

#include <systemd/sd-bus.h>

#include "client/notify/notify-words.h"

#define NOTIFICATIONS_NAME "org.freedesktop.Notifications"
#define NOTIFICATIONS_PATH "/org/freedesktop/Notifications"

/* Actions that are offered if the server supports actions. */
#define ACTION_OPEN "default" /* a click */
#define ACTION_CAUSE "find-cause"
#define ACTION_AWAKE "keep-awake"
#define ACTION_DETAILS "details"
#define ACTION_FORGET "forget-port"

/* Creates a call to Notify that shows the message and replaces the notification `replaces` (0: none). The caller owns *ret.
 * Returns 0 or a negative errno. */
int call_notify(sd_bus *bus, uint32_t replaces, const struct message *m, struct abilities can, sd_bus_message **ret);

/* Says that what somebody wanted to see cannot be shown. Nothing is done if there is no server. */
void call_notify_failure(sd_bus *bus);

/* Closes a notification (0: none), if there is a server. */
void call_close(sd_bus *bus, uint32_t id);
