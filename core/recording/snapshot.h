/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Snapshot: the events from which an identical model can be made, so that a recording can begin at any time.
 */

#include "model/model.h"

typedef void snapshot_emit(void *userdata, const struct event *e);

/* Calls `emit` for each event. The last one is EVENT_SETTLED. */
void model_snapshot(const struct model *m, snapshot_emit *emit, void *userdata);
