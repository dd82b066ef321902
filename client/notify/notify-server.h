/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Server: org.freedesktop.Notifications on the session bus, whichever program that is, and while it comes and goes.
 * (Desktop Notifications Specification 1.2.)
 */

#include <systemd/sd-bus.h>

#include "client/notify/notify-story.h"

struct server_listener {
        void (*lost)(void *userdata, unsigned plug);   /* what was shown last did not reach the server */
        void (*closed)(void *userdata, unsigned plug); /* the notification is no longer there */
        void (*action)(void *userdata, unsigned plug, const char *action);
        void (*back)(void *userdata); /* what was lost can be tried again */
        void *userdata;
};

struct server;

/* Follows the server. Neither starts it nor needs it to be there. Takes no ownership of the bus, which must be attached to
 * an event loop. Returns 0 or a negative errno. */
int server_new(sd_bus *bus, const struct server_listener *listener, struct server **ret);

/* Shows the message in the place of what is shown for the plug. At most one call is under way for a plug; what comes while it
 * is replaces what waits. The message is copied. */
void server_show(struct server *s, unsigned plug, const struct message *m);
void server_close(struct server *s, unsigned plug);

/* Closes what is shown: nobody would keep it true. */
void server_free(struct server *s);
