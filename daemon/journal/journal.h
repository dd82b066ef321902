/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Journal: writes every change of state and every finding as one structured entry (docs/api.md, "Journal").
 *
 * Nothing is written twice, and at most JOURNAL_LIMIT_ENTRIES per subject in JOURNAL_LIMIT_USEC, except for critical findings.
 * Headsets, unidentified ports and the machine itself are reported; other devices are not.
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

/* Returns whether a headset with this id was reported before a restart in this boot. */
bool journal_had_headset(const struct journal *j, const char *id);

/* Reports a source that cannot be read, by its name in docs/api.md. */
void journal_tell_degraded(struct journal *j, const char *source);

/* Reports that kernel-log records were lost; 0: the number is not known. */
void journal_tell_lost(struct journal *j, uint32_t count);
