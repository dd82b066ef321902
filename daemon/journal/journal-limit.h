/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Journal limit: restricts the number of entries about one subject, so that a plug that flutters for hours is reported without
 * flooding the journal.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/event.h"

/* Maximum number of entries per subject and period. The catalog and sonycharged(8) state both numbers. */
#define JOURNAL_LIMIT_ENTRIES 40
#define JOURNAL_LIMIT_USEC (UINT64_C(600) * 1000000)

/* Number of subjects that are counted at the same time. If there are more, the counter of the one that was quiet for longest
 * is reused. */
#define JOURNAL_LIMIT_SUBJECTS 64

struct journal_limit {
        struct journal_limited {
                char subject[EVENT_NAME_MAX];
                uint64_t since; /* CLOCK_MONOTONIC µs */
                unsigned written, left_out;
        } subjects[JOURNAL_LIMIT_SUBJECTS];
        size_t n;
};

enum journal_verdict {
        JOURNAL_WRITE,
        JOURNAL_LAST, /* the last entry of the period: what follows is left out */
        JOURNAL_LEAVE_OUT,
};

/* Returns whether an entry about the subject may be written at `now` (CLOCK_MONOTONIC in µs). *ret_left_out is the number of
 * entries that were left out before this one, if this is the first that may be written again; otherwise 0. */
enum journal_verdict journal_limit_count(struct journal_limit *l, const char *subject, uint64_t now, unsigned *ret_left_out);
