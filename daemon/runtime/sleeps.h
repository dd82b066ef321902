/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Sleeps: how long the computer slept each time, kept in the runtime state over a restart of the daemon. The kernel log, from
 * which the model is made anew, shows that there was a sleep, but its clock stands still meanwhile.
 */

#include "daemon/runtime/runtime-state.h"
#include "model/event.h"

/* Keeps the end of a sleep that the clocks have measured; other events are left alone. */
void sleeps_note(struct runtime_state *runtime_state, const struct event *e);

/* How long the sleep was, in µs, that ended at about this moment (CLOCK_MONOTONIC), as an earlier run of this boot measured it;
 * 0: none did. It is kept on. */
uint64_t sleeps_recall(struct runtime_state *runtime_state, uint64_t at);
