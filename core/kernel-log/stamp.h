/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Stamp: parses the timestamp at the beginning of a log line in every form that dmesg, journalctl and the syslog daemons
 * print.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum stamp_kind {
        STAMP_NONE,
        STAMP_DELTA,  /* "+5.316126": µs since the previous line in `usec` */
        STAMP_MONTH,  /* "Feb  9 08:00:42", "Jan26 13:33": no year; month, day and µs of the day in `usec` */
        STAMP_DATE,   /* a full date: µs since 1970 in `usec`, in local time unless `zoned` */
        STAMP_UPTIME, /* "12345.678901": µs since boot in `usec` */
};

struct stamp {
        enum stamp_kind kind;
        uint64_t usec;
        bool zoned;         /* STAMP_DATE: `usec` is UTC */
        bool minutes;       /* STAMP_MONTH: the stamp has no seconds */
        bool whole;         /* it has no fraction of a second */
        bool comma;         /* the fraction follows a comma: dmesg --time-format=iso */
        uint8_t month, day; /* STAMP_MONTH: 1 to 12, or 0 when the name is not English; 1 to 31 */
        const char *name;   /* STAMP_MONTH: the name of the month in the line, `name_len` bytes */
        size_t name_len;
};

/* Parses the text between the brackets of dmesg: uptime, +delta, -H or -T. A "<...>" after it is ignored. */
bool stamp_read_bracket(const char *s, size_t len, struct stamp *ret);

/* Parses the timestamp at the beginning of a line (syslog, journalctl, iso, unix). Returns the text after it and after the
 * following spaces. Returns NULL with *ret undefined when there is none. */
const char *stamp_read_line(const char *s, const char *end, struct stamp *ret);

/* Returns the number of days from January 1 to the first of the month in a common year. */
unsigned stamp_month_begin(unsigned month);
