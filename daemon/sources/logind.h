/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * logind: says before the computer sleeps, and when it is awake again (org.freedesktop.login1, PrepareForSleep).
 *
 * It is asked on the system bus and never started by this. Nothing rests on it alone: the clocks tell how long a sleep was.
 */

#include <systemd/sd-event.h>

#include "daemon/sources/source.h"

struct logind_source;

/* Connects to the system bus without waiting for it. Whether logind can be heard is told by EVENT_SOURCE, when it cannot and
 * when that ends. Returns 0 or a negative errno (no system bus at all; told as well). */
int logind_source_new(sd_event *event, source_emit *emit, void *userdata, struct logind_source **ret);
struct logind_source *logind_source_free(struct logind_source *s);
