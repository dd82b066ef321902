/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Server: org.freedesktop.Notifications on the session bus, for any server, and across its restarts. (Desktop Notifications
 * Specification 1.2.)
 */

#include <systemd/sd-bus.h>

#include "client/notify/notify-policy.h"

struct server_listener {
        void (*lost)(void *userdata, unsigned plug);   /* the last notification did not reach the server */
        void (*closed)(void *userdata, unsigned plug); /* the notification is no longer there */
        /* `token` allows the program that is started now to come to the front; "" if the server gave none. */
        void (*action)(void *userdata, unsigned plug, const char *action, const char *token);
        void (*back)(void *userdata); /* lost notifications can be tried again */
        void *userdata;
};

struct server;

/* Follows the server. It is neither started nor required to exist. The bus is borrowed and must be attached to an event loop.
 * Returns 0 or a negative errno. */
int server_new(sd_bus *bus, const struct server_listener *listener, struct server **ret);

/* Shows the message and replaces the notification of the plug. At most one call per plug is pending; a message that arrives
 * meanwhile replaces one that waits. The message is copied. */
void server_show(struct server *s, unsigned plug, const struct message *m);
void server_close(struct server *s, unsigned plug);

/* Closes the notifications, because nobody would update them. */
void server_free(struct server *s);
