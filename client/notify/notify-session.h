/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Session: whether the desktop session of this process is the active one. logind is queried on the system bus, and its signals
 * are followed.
 */

#include <stdbool.h>
#include <systemd/sd-bus.h>
#include <systemd/sd-event.h>

struct login_session;

/* Called when the answer changes. Before the first call the session counts as active, as it does without logind. */
typedef void session_listener(void *userdata, bool in_front);

/* Missing logind is no failure but is reported in one line. Returns 0 or a negative errno. */
int session_new(sd_event *event, session_listener *listener, void *userdata, struct login_session **ret);

void session_free(struct login_session *s);
