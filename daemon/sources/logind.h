/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * logind: reports before the computer sleeps, and when it is awake again (org.freedesktop.login1, PrepareForSleep).
 *
 * It is used on the system bus and never started by this source. Nothing depends on it alone: the clocks tell how long a sleep
 * was.
 */

#include <systemd/sd-event.h>

#include "daemon/sources/source.h"

struct logind_source;

/* Connects to the system bus without waiting for it. An EVENT_SOURCE is emitted when logind cannot be used, and when that
 * ends. Returns 0, or a negative errno if there is no system bus at all (an event is emitted then too). */
int logind_source_new(sd_event *event, source_emit *emit, void *userdata, struct logind_source **ret);
struct logind_source *logind_source_free(struct logind_source *s);
