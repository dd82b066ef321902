/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Stamp: the time at the beginning of a log line, in every form that dmesg, journalctl and the syslog daemons print.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum stamp_kind {
        STAMP_NONE,
        STAMP_DELTA,  /* "+5.316126": µs since the line before, in `usec` */
        STAMP_MONTH,  /* "Feb  9 08:00:42", "Jan26 13:33": no year; month, day and µs of the day in `usec` */
        STAMP_DATE,   /* a full date: µs since 1970 in `usec`; in local time unless `zoned` */
        STAMP_UPTIME, /* "12345.678901": µs since boot in `usec` */
};

struct stamp {
        enum stamp_kind kind;
        uint64_t usec;
        bool zoned;         /* STAMP_DATE: `usec` is UTC */
        bool minutes;       /* STAMP_MONTH: the stamp has no seconds */
        bool whole;         /* it has no fraction of a second */
        bool comma;         /* the fraction stands behind a comma: dmesg --time-format=iso */
        uint8_t month, day; /* STAMP_MONTH: 1..12, 0 for a name that is not English; 1..31 */
        const char *name;   /* STAMP_MONTH: the month's name in the line, `name_len` bytes */
        size_t name_len;
};

/* Reads what stands between the brackets of dmesg: uptime, +delta, -H, -T; "<...>" after it is ignored. */
bool stamp_read_bracket(const char *s, size_t len, struct stamp *ret);

/* Reads the stamp that a line begins with (syslog, journalctl, iso, unix). Returns what follows it and the spaces
 * after it, or NULL when there is none; then *ret is undefined. */
const char *stamp_read_line(const char *s, const char *end, struct stamp *ret);

/* µs since 1970 of a date of the Gregorian calendar; month 1..12, years 1970..9999. */
uint64_t stamp_date_usec(unsigned year, unsigned month, unsigned day);

/* Days from the first of January to the first of the month, in a year that is no leap year. */
unsigned stamp_month_begin(unsigned month);
