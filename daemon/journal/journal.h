/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Journal: every change of state and every finding as one structured entry (docs/api.md, "Journal").
 *
 * Nothing is told twice, and of one place not more than JOURNAL_LIMIT_ENTRIES in JOURNAL_LIMIT_USEC, but for what is critical.
 * Told are headsets, unidentified ports and the machine itself; what other devices do is nobody's concern here.
 */

#include "daemon/journal/journal-limit.h"
#include "daemon/runtime/runtime-state.h"
#include "registry/registry.h"

struct journal {
        struct runtime_state *runtime_state;
        bool silent; /* replay: nothing is written */
        struct journal_known *known;
        struct journal_limit limit;
};

void journal_init(struct journal *j, struct runtime_state *runtime_state, bool silent);
void journal_done(struct journal *j);

void journal_tell(struct journal *j, const struct change *change);

/* Was a headset told of under this id, before a restart in this boot? */
bool journal_was_told(const struct journal *j, const char *id);

/* A source that cannot be read, by its name in docs/api.md. */
void journal_tell_degraded(struct journal *j, const char *source);

/* Kernel-log records were lost; 0: not known how many. */
void journal_tell_lost(struct journal *j, uint32_t count);
