/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Call: the calls to a notification server as messages on the bus.
 */

#include <systemd/sd-bus.h>

#include "client/notify/notify-words.h"

#define NOTIFICATIONS_NAME "org.freedesktop.Notifications"
#define NOTIFICATIONS_PATH "/org/freedesktop/Notifications"

/* Actions that are offered, where the server has them. */
#define ACTION_DETAILS "details"
#define ACTION_FORGET "forget-port"

/* A call to Notify that shows the message in the place of number `replaces` (0: a new one). The caller owns *ret.
 * Returns 0 or a negative errno. */
int call_notify(sd_bus *bus, uint32_t replaces, const struct message *m, struct abilities can, sd_bus_message **ret);

/* Has the server close a notification (0: none), if there is a server. */
void call_close(sd_bus *bus, uint32_t id);
