/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "kernel-log/log-clock.h"

#include <string.h>

#define SECOND_USEC UINT64_C(1000000)
#define DAY_USEC (86400 * SECOND_USEC)
#define UNKNOWN_GAP_USEC (3600 * SECOND_USEC)
/* Lines of several processors or writers may be out of order by this much. */
#define DISORDER_USEC (5 * SECOND_USEC)
/* dmesg -H prints only minutes. */
#define MINUTE_USEC (60 * SECOND_USEC)

static bool same_month(const struct log_clock *c, const struct stamp *s) {
        return c->name_len == s->name_len && memcmp(c->name, s->name, s->name_len) == 0;
}

/* Returns the number of days since the previous line. Month names are known in English only. In other languages a different name
 * counts as the next month. */
static uint64_t days_passed(const struct log_clock *c, const struct stamp *s) {
        unsigned before, now;

        if (c->name_len == 0)
                return 1;
        if (same_month(c, s))
                return s->day > c->month_day ? s->day - c->month_day : 0;
        if (c->month == 0 || s->month == 0)
                return s->day + 30 > c->month_day ? s->day + 30U - c->month_day : 1;
        before = stamp_month_begin(c->month) + c->month_day;
        now = stamp_month_begin(s->month) + s->day;
        if (now > before)
                return now - before;
        /* A step back by half a year or more is a new year. */
        return before - now > 180 ? 365 + now - before : 0;
}

static uint64_t month_usec(struct log_clock *c, const struct stamp *s) {
        if (c->month_day != s->day || !same_month(c, s)) {
                c->day += days_passed(c, s);
                c->month = s->month;
                c->month_day = s->day;
                c->name_len = (uint8_t) (s->name_len < sizeof c->name ? s->name_len : sizeof c->name);
                memcpy(c->name, s->name, c->name_len);
        }
        return c->day * DAY_USEC + s->usec;
}

static uint64_t disorder(const struct stamp *s) {
        return s->minutes ? MINUTE_USEC : DISORDER_USEC;
}

/* Returns an assumed time between the newest line and one whose timestamp cannot be compared with it. */
static uint64_t unknown_gap(const struct log_clock *c, const struct stamp *s) {
        if (c->scale == STAMP_DELTA)
                return MINUTE_USEC;
        return c->scale != s->kind || s->kind == STAMP_UPTIME ? UNKNOWN_GAP_USEC : 0;
}

/* Advances c->now to the timestamp. A step back means that the clock was set, or another boot (returns true). */
static bool follow(struct log_clock *c, const struct stamp *s, uint64_t raw) {
        int64_t step = (int64_t) (raw + c->origin - c->now.at);
        bool same = c->scale == s->kind, back = same && step < -(int64_t) disorder(s);

        if (c->now.at != 0 && (!same || back)) {
                step = (int64_t) unknown_gap(c, s);
                c->origin = c->now.at + unknown_gap(c, s) - raw;
        }
        c->scale = s->kind;
        if (step > 0)
                c->now.at += (uint64_t) step;
        else if (c->now.at == 0)
                c->now.at = 1; /* 0 means "no clock" */
        else if (s->whole && same && !back)
                c->now.at++; /* later in the same second, so it must not be the same moment */
        return back && s->kind == STAMP_UPTIME;
}

static void pass(struct log_clock *c, uint64_t usec) {
        if (usec > 365 * DAY_USEC || c->now.at > UINT64_MAX / 2)
                return;
        c->now.at += usec;
        if (c->now.at == 0)
                c->now.at = 1;
        /* When the log began with a relative timestamp, there is nothing else to follow yet. */
        if (c->scale == STAMP_NONE)
                c->scale = STAMP_DELTA;
}

static uint64_t to_utc(const struct log_clock *c, const struct stamp *s) {
        uint64_t offset = (uint64_t) c->utc_offset * SECOND_USEC;

        return s->zoned || (c->utc_offset > 0 && offset > s->usec) ? s->usec : s->usec - offset;
}

bool log_clock_advance(struct log_clock *c, const struct stamp *outer, const struct stamp *uptime) {
        const struct stamp *s = uptime ? uptime : outer;
        uint64_t raw;

        c->now.wall = outer && outer->kind == STAMP_DATE ? to_utc(c, outer) : 0;
        if (!s || s->kind == STAMP_NONE)
                return false;
        if (s->kind == STAMP_DELTA) {
                pass(c, s->usec);
                return false;
        }
        raw = s->kind == STAMP_MONTH ? month_usec(c, s) : s->usec;
        /* A line that lacks the timestamp of the other lines does not change the time. */
        if (s->kind < c->scale)
                return false;
        return follow(c, s, raw);
}
