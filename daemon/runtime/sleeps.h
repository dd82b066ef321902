/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Sleeps: the duration of each sleep of the computer, kept in the runtime state across a restart of the daemon. The model is
 * rebuilt from the kernel log, which shows that there was a sleep but not how long it was, because its clock stops during
 * sleep.
 */

#include "daemon/runtime/runtime-state.h"
#include "model/event.h"

/* Keeps the end of a sleep whose length the clocks measured. Other events are ignored. */
void sleeps_note(struct runtime_state *runtime_state, const struct event *e);

/* Returns the length in µs of the sleep that ended at about this time (CLOCK_MONOTONIC), as an earlier run of this boot
 * measured it, or 0 if none did. The entry is kept. */
uint64_t sleeps_recall(struct runtime_state *runtime_state, uint64_t at);
