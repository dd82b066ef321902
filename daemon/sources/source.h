/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Source: what all sources have in common, the way they hand on what they saw and the clock they stamp it with.
 */

#include "model/event.h"

/* Called for each event, in the order in which the machine spoke. The event is valid during the call only. */
typedef void source_emit(void *userdata, const struct event *e);

/* Called before a source reads what has changed, so that another source can tell first what explains the change. */
typedef void source_before(void *userdata);

/* CLOCK_MONOTONIC and CLOCK_REALTIME now, both in µs. */
struct moment moment_now(void);
