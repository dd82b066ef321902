/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Session: is the desktop session that we belong to the one in front? Asked of logind, on the system bus, and followed by its
 * signals.
 */

#include <stdbool.h>
#include <systemd/sd-bus.h>
#include <systemd/sd-event.h>

struct session;

/* Called when the answer changes. Before the first call the session is taken to be in front, as it is without logind. */
typedef void session_listener(void *userdata, bool in_front);

/* Never fails for lack of logind, which is said in one line. Returns 0 or a negative errno. */
int session_new(sd_event *event, session_listener *listener, void *userdata, struct session **ret);

void session_free(struct session *s);
