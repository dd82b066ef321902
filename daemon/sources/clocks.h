/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Clocks: how long the computer slept, whatever told of it.
 *
 * CLOCK_BOOTTIME goes on in sleep, CLOCK_MONOTONIC does not; a timer on CLOCK_REALTIME that nothing but a set clock can end
 * (TFD_TIMER_CANCEL_ON_SET, which the kernel does on resume too) wakes the daemon after a sleep and at no other time.
 */

#include <systemd/sd-event.h>

#include "daemon/sources/source.h"

struct clocks;

/* Begins to watch and tells so (SLEEP_WATCHED). Returns 0 or a negative errno; without the timer sleeps are found at the next
 * clocks_look(). */
int clocks_new(sd_event *event, source_emit *emit, void *userdata, struct clocks **ret);
struct clocks *clocks_free(struct clocks *c);

/* Compares the clocks and tells a sleep that was not told yet; two clock reads. To be called before any other event is taken in,
 * as what follows a sleep must not be read as if none had been. Returns whether it told one. */
bool clocks_look(struct clocks *c);

/* How the next sleep will be, by /sys/power; unknown where it may be more than one kind. */
enum sleep_kind sleep_kind_read(void);
