/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Switches: documented firmware settings for USB power during sleep, as drivers expose them. They are read for explanations,
 * never written.
 */

#include <systemd/sd-event.h>

#include "daemon/sources/source.h"

struct switches;

/* Returns 0 or a negative errno. Nothing is emitted before switches_look(). */
int switches_new(sd_event *event, source_emit *emit, void *userdata, struct switches **ret);
struct switches *switches_free(struct switches *s);

/* Looks for switches and emits those that are new or changed. To be called once at start and after each sleep; writes in
 * between are noticed with inotify. Returns 0 or a negative errno. */
int switches_look(struct switches *s);
