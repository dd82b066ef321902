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
        uint64_t degraded_at[_SOURCE_MAX], lost_at; /* newest entry of each kind, CLOCK_BOOTTIME µs; 0: none */
        uint64_t lost;                              /* records of the log that were lost since then */
};

void journal_init(struct journal *j, struct runtime_state *runtime_state, bool silent);
void journal_done(struct journal *j);

void journal_tell(struct journal *j, const struct change *change);

/* Returns whether a headset with this id was reported before a restart in this boot. */
bool journal_had_headset(const struct journal *j, const char *id);

/* Reports a source that cannot be read, at most once an hour; `degraded` on the bus always follows. */
void journal_tell_degraded(struct journal *j, enum source source);

/* Reports that kernel-log records were lost; 0: the number is not known. At most once an hour; the next entry has the sum. */
void journal_tell_lost(struct journal *j, uint32_t count);
