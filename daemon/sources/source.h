/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Source: what all sources share: how they emit events and the clock for their timestamps.
 */

#include "model/event.h"

/* Called for each event, in the order in which it happened. The event is valid during the call only. */
typedef void source_emit(void *userdata, const struct event *e);

/* Called before a source reads what has changed, so that another source can first emit what explains the change. */
typedef void source_before(void *userdata);

/* Returns CLOCK_MONOTONIC and CLOCK_REALTIME, both in µs. */
struct moment moment_now(void);
