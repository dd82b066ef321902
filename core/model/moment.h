/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Moment: a point in time as a source told it, and the newest few moments of one kind.
 */

#include <stdbool.h>
#include <stdint.h>

#define SECOND UINT64_C(1000000)
#define MINUTE (60 * SECOND)
#define HOUR (60 * MINUTE)

/* `at` is CLOCK_MONOTONIC in µs live, the log's own clock in a log; it stands still while the computer sleeps.
 * `wall` is µs since 1970. Either is 0 when the source has no such clock. */
struct moment {
        uint64_t at;
        uint64_t wall;
};

/* Moments kept of each kind; a warning needs three in ten minutes, the rest is for the count in the evidence. */
#define MOMENTS_MAX 8

/* The most recent moments of one kind, oldest first, and how many there were in all. */
struct moments {
        uint32_t total;
        uint8_t n;
        struct moment last[MOMENTS_MAX];
};

void moments_add(struct moments *m, struct moment when);

/* How many of the kept moments lie within the `span` µs that end at the newest one. A source without a clock cannot
 * tell: 0 then. The most that can be told is MOMENTS_MAX. */
unsigned moments_within(const struct moments *m, uint64_t span);

/* The newest one, NULL when there was none. */
const struct moment *moments_newest(const struct moments *m);

/* µs from a to b; 0 when either has no clock or b is before a. */
uint64_t moment_span(struct moment a, struct moment b);

/* Is b at most `span` µs after a? True when there is no clock to tell: the order of the lines is all there is. */
bool moment_follows(struct moment a, struct moment b, uint64_t span);

/* Is `since` less than `span` µs ago, by both clocks? The one stands still while the computer sleeps, the other does not; one
 * that was set back does not tell. */
bool moment_is_recent(struct moment since, struct moment now, uint64_t span);

/* The earlier of two deadlines of the events' clock (µs); 0 is never. */
static inline uint64_t deadline_earlier(uint64_t a, uint64_t b) {
        return b == 0 || (a != 0 && a < b) ? a : b;
}

/* The same, unless `when` has passed: then it is no deadline any more. */
static inline uint64_t deadline_next(uint64_t deadline, uint64_t when, struct moment now) {
        return deadline_earlier(deadline, when > now.at ? when : 0);
}
