/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Moment: a point in time as a source reports it, and a list of the newest moments of one kind.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SECOND UINT64_C(1000000)
#define MINUTE (60 * SECOND)
#define HOUR (60 * MINUTE)

/* `at` is CLOCK_MONOTONIC in µs in a live run, or the log's own clock when a log is read. It stops while the computer sleeps.
 * `wall` is µs since 1970. Each is 0 when the source has no such clock. */
struct moment {
        uint64_t at;
        uint64_t wall;
};

/* Number of moments that are kept of each kind. A warning needs three within ten minutes; the rest is for the count in the
 * evidence. */
#define MOMENTS_MAX 8

/* The newest moments of one kind, oldest first, and the total number of them. */
struct moments {
        uint32_t total;
        uint8_t n;
        struct moment last[MOMENTS_MAX];
};

void moments_add(struct moments *m, struct moment when);

/* Returns how many of the kept moments are in the last `span` µs up to the newest one, at most MOMENTS_MAX. Returns 0 when the
 * source has no clock. */
unsigned moments_within(const struct moments *m, uint64_t span);

/* Returns the newest moment, or NULL when there is none. */
static inline const struct moment *moments_newest(const struct moments *m) {
        return m->n > 0 ? &m->last[m->n - 1] : NULL;
}

/* Returns the µs from a to b, or 0 when either has no clock or b is before a. */
static inline uint64_t moment_span(struct moment a, struct moment b) {
        return a.at == 0 || b.at <= a.at ? 0 : b.at - a.at;
}

/* Returns the later one of two moments. */
static inline struct moment moment_later(struct moment a, struct moment b) {
        return a.at >= b.at ? a : b;
}

/* Returns true when b is at most `span` µs after a. Also returns true when there is no clock, because then only the order of the
 * lines is known. */
static inline bool moment_follows(struct moment a, struct moment b, uint64_t span) {
        return moment_span(a, b) <= span;
}

/* Returns true when `since` is less than `span` µs ago by both clocks. Two clocks are needed: one stops while the computer
 * sleeps, the other does not. A clock that was set back is ignored. */
bool moment_is_recent(struct moment since, struct moment now, uint64_t span);

/* Returns the earlier of two deadlines in the events' clock (µs). 0 means never. */
static inline uint64_t deadline_earlier(uint64_t a, uint64_t b) {
        return b == 0 || (a != 0 && a < b) ? a : b;
}

/* The same, but ignores `when` if it has passed. */
static inline uint64_t deadline_next(uint64_t deadline, uint64_t when, struct moment now) {
        return deadline_earlier(deadline, when > now.at ? when : 0);
}
