/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Drops: the time at which the links of headsets ended, kept in the runtime state across a restart in the same boot, because
 * BlueZ does not report it.
 */

#include "daemon/runtime/runtime-state.h"
#include "model/model.h"

/* To be called after an event about the headset with this mark. Keeps the time at which its link ended as long as the headset
 * counts as near because of it. */
void drops_note(struct runtime_state *runtime_state, const struct model *m, const char *mark);

/* Stores when the link ended, as seen by an earlier run. Returns false if that is not known. */
bool drops_recall(const struct runtime_state *runtime_state, const char *mark, struct moment *ret);
