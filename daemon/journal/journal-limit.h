/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Journal limit: how much may be written about one place. A plug that flutters for hours is told, but not each time.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/event.h"

/* So many entries of one subject in so long; the catalog and sonycharged(8) state both numbers. */
#define JOURNAL_LIMIT_ENTRIES 40
#define JOURNAL_LIMIT_USEC (UINT64_C(600) * 1000000)

/* Subjects that are counted at once; of more, the one that was quiet for longest is counted anew. */
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
        JOURNAL_LAST, /* written for the last time: what follows is left out */
        JOURNAL_LEAVE_OUT,
};

/* May an entry about the subject be written at `now` (CLOCK_MONOTONIC µs)? *ret_left_out: how many were not, before this one
 * that may be again; else 0. */
enum journal_verdict journal_limit_count(struct journal_limit *l, const char *subject, uint64_t now, unsigned *ret_left_out);
