/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Drops: when the links of headsets ended, kept in the state file over a restart in the same boot. BlueZ does not tell.
 */

#include "daemon/runtime/runtime-state.h"
#include "model/model.h"

/* After an event about the headset with the mark: its link's end is kept as long as the headset counts as near by it. */
void drops_note(struct runtime_state *runtime_state, const struct model *m, const char *mark);

/* When its link ended, as an earlier run saw it. Returns false when none did. */
bool drops_recall(const struct runtime_state *runtime_state, const char *mark, struct moment *ret);
