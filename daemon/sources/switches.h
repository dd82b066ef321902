/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Switches: firmware settings for USB power in sleep that a driver documents. They are read to explain, never written.
 */

#include <systemd/sd-event.h>

#include "daemon/sources/source.h"

struct switches;

/* Returns 0 or a negative errno; nothing is told before switches_look(). */
int switches_new(sd_event *event, source_emit *emit, void *userdata, struct switches **ret);
struct switches *switches_free(struct switches *s);

/* Looks for switches and tells those that are new or changed. Once at start and after each sleep; what somebody writes in
 * between is noticed by itself (inotify). Returns 0 or a negative errno. */
int switches_look(struct switches *s);
