/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Clocks: measure how long the computer slept, independent of any report about it.
 *
 * CLOCK_BOOTTIME continues during sleep, CLOCK_MONOTONIC does not. A timer on CLOCK_REALTIME that is cancelled only when the
 * clock is set (TFD_TIMER_CANCEL_ON_SET, which the kernel applies on resume too) wakes the daemon after a sleep and at no other
 * time.
 */

#include <systemd/sd-event.h>

#include "daemon/sources/source.h"

struct clocks;

/* Starts to watch and emits SLEEP_WATCHED. Returns 0 or a negative errno. Without the timer, sleeps are found at the next
 * clocks_look(). */
int clocks_new(sd_event *event, source_emit *emit, void *userdata, struct clocks **ret);
struct clocks *clocks_free(struct clocks *c);

/* Compares the clocks and emits a sleep that was not emitted yet; costs two clock reads. To be called before any other event
 * is processed, because what follows a sleep must not be read as if there had been none. Returns whether a sleep was emitted. */
bool clocks_look(struct clocks *c);

/* Returns the kind of the next sleep according to /sys/power; unknown if more than one kind is possible. */
enum sleep_kind sleep_kind_read(void);
