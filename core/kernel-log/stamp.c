/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "kernel-log/stamp.h"

#include <string.h>

#include "common/text.h"

#define USEC UINT64_C(1000000)
#define DAY_USEC (86400 * USEC)

/* Reads `least` to `most` digits at *p. */
static bool read_number(const char **p, const char *end, int least, int most, uint64_t *ret) {
        const char *s = *p;
        uint64_t n = 0;

        while (s < end && s - *p < most && is_digit(*s))
                n = n * 10 + (uint64_t) (*s++ - '0');
        if (s - *p < least)
                return false;
        *p = s;
        *ret = n;
        return true;
}

static bool skip_char(const char **p, const char *end, char c) {
        if (*p == end || **p != c)
                return false;
        (*p)++;
        return true;
}

static void skip_spaces(const char **p, const char *end) {
        while (*p < end && **p == ' ')
                (*p)++;
}

/* Reads ".678901" or ",678901" as µs; 0 when there is no fraction. Digits after the sixth are ignored. */
static uint64_t read_fraction(const char **p, const char *end, bool *comma) {
        const char *s = *p;
        uint64_t usec = 0, unit = 100000;

        if (end - s < 2 || (*s != '.' && *s != ',') || !is_digit(s[1]))
                return 0;
        *comma = *s == ',';
        for (s++; s < end && is_digit(*s); s++, unit /= 10)
                usec += (uint64_t) (*s - '0') * unit;
        *p = s;
        return usec;
}

/* Returns µs since 1970 for a date of the Gregorian calendar; month 1 to 12, year 1970 to 9999. */
static uint64_t stamp_date_usec(unsigned year, unsigned month, unsigned day) {
        unsigned leaps, days;

        leaps = (year - 1) / 4 - (year - 1) / 100 + (year - 1) / 400 - (1969 / 4 - 1969 / 100 + 1969 / 400);
        days = (year - 1970) * 365 + leaps + stamp_month_begin(month) + day - 1;
        if (month > 2 && year % 4 == 0 && (year % 100 != 0 || year % 400 == 0))
                days++;
        return days * DAY_USEC;
}

unsigned stamp_month_begin(unsigned month) {
        static const uint16_t begin[] = { 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334 };

        return month >= 1 && month <= 12 ? begin[month - 1] : 0;
}

/* "HH:MM:SS[.ffffff]" or "HH:MM" in µs of the day. */
static bool read_clock(const char **p, const char *end, struct stamp *st, uint64_t *ret) {
        uint64_t hour, minute, second = 0;
        const char *s = *p;

        if (!read_number(&s, end, 2, 2, &hour) || !skip_char(&s, end, ':') || !read_number(&s, end, 2, 2, &minute))
                return false;
        st->minutes = !skip_char(&s, end, ':');
        if (!st->minutes && !read_number(&s, end, 2, 2, &second))
                return false;
        if (hour > 24 || minute > 59 || second > 60)
                return false;
        *ret = ((hour * 60 + minute) * 60 + second) * USEC;
        if (!st->minutes) {
                const char *fraction = s;

                *ret += read_fraction(&s, end, &st->comma);
                st->whole = s == fraction;
        }
        *p = s;
        return true;
}

/* "2023-11-08". */
static bool read_date(const char **p, const char *end, uint64_t *ret) {
        uint64_t year, month, day;
        const char *s = *p;

        if (!read_number(&s, end, 4, 4, &year) || !skip_char(&s, end, '-') || !read_number(&s, end, 2, 2, &month) ||
            !skip_char(&s, end, '-') || !read_number(&s, end, 2, 2, &day))
                return false;
        if (year < 1970 || month < 1 || month > 12 || day < 1 || day > 31)
                return false;
        *ret = stamp_date_usec((unsigned) year, (unsigned) month, (unsigned) day);
        *p = s;
        return true;
}

/* "Z", "+0100" or "+01:00" directly after the time; converts local time to UTC. */
static bool read_zone(const char **p, const char *end, struct stamp *st) {
        uint64_t hours, minutes = 0, offset;
        const char *s = *p;
        bool west;

        if (skip_char(p, end, 'Z')) {
                st->zoned = true;
                return true;
        }
        if (s == end || (*s != '+' && *s != '-'))
                return true;
        west = *s++ == '-';
        if (!read_number(&s, end, 2, 2, &hours))
                return false;
        skip_char(&s, end, ':');
        read_number(&s, end, 2, 2, &minutes);
        offset = (hours * 60 + minutes) * 60 * USEC;
        if (!west && offset > st->usec)
                return false;
        st->usec = west ? st->usec + offset : st->usec - offset;
        st->zoned = true;
        *p = s;
        return true;
}

/* "2023-11-08T20:00:00.123456+01:00", or with a space instead of the T. */
static bool read_iso(const char **p, const char *end, struct stamp *st) {
        uint64_t date, clock;
        const char *s = *p;

        if (!read_date(&s, end, &date) || (!skip_char(&s, end, 'T') && !skip_char(&s, end, ' ')) ||
            !read_clock(&s, end, st, &clock) || st->minutes)
                return false;
        st->kind = STAMP_DATE;
        st->usec = date + clock;
        if (!read_zone(&s, end, st))
                return false;
        *p = s;
        return true;
}

/* "03-01 06:59:50.250" of logcat: month and day. */
static bool read_month_day(const char **p, const char *end, struct stamp *st) {
        const char *s = *p;
        uint64_t month, day;

        if (!read_number(&s, end, 2, 2, &month) || !skip_char(&s, end, '-') || !read_number(&s, end, 2, 2, &day) ||
            !skip_char(&s, end, ' ') || month < 1 || month > 12 || day < 1 || day > 31 || !read_clock(&s, end, st, &st->usec) ||
            st->minutes)
                return false;
        st->kind = STAMP_MONTH;
        st->month = (uint8_t) month;
        st->day = (uint8_t) day;
        st->name = *p;
        st->name_len = 2;
        *p = s;
        return true;
}

/* "2026/03/01 06:59:50"; or "01/03/2026", "01.03.26", "1-Mar-2026". The first number is taken as the day and the rest as the name
 * of the month, because only a change of it matters. */
static bool read_slashed(const char **p, const char *end, struct stamp *st) {
        const char *s = *p, *rest;
        uint64_t first;

        if (!read_number(&s, end, 1, 4, &first) || s == end || (*s != '/' && *s != '.' && *s != '-'))
                return false;
        rest = ++s;
        while (s < end && *s != ' ' && *s != 'T' && *s != ',' && s - rest < 9)
                s++;
        if (s - rest < 3 || s == end || !skip_char(&s, end, *s))
                return false;
        skip_spaces(&s, end);
        if (!read_clock(&s, end, st, &st->usec) || st->minutes)
                return false;
        st->kind = STAMP_MONTH;
        st->day = (uint8_t) (first % 100);
        st->name = rest;
        st->name_len = 5;
        *p = s;
        return true;
}

/* "06:59:50.250" alone. */
static bool read_time_of_day(const char **p, const char *end, struct stamp *st) {
        const char *s = *p;

        if (!read_clock(&s, end, st, &st->usec) || st->minutes)
                return false;
        st->kind = STAMP_MONTH;
        st->day = 1;
        st->name = *p;
        *p = s;
        return true;
}

/* "1736704861.123456": seconds since 1970, in this century. */
static bool read_unix(const char **p, const char *end, struct stamp *st) {
        const char *s = *p;
        uint64_t seconds;

        if (!read_number(&s, end, 9, 10, &seconds) || s == end || *s != '.')
                return false;
        st->kind = STAMP_DATE;
        st->usec = seconds * USEC + read_fraction(&s, end, &st->comma);
        st->zoned = true;
        *p = s;
        return true;
}

static uint8_t month_number(const char *name, size_t len) {
        static const char names[] = "JanFebMarAprMayJunJulAugSepOctNovDec";

        if (len != 3)
                return 0;
        for (uint8_t i = 0; i < 12; i++)
                if (memcmp(names + 3 * i, name, 3) == 0)
                        return (uint8_t) (i + 1);
        return 0;
}

static void set_month(struct stamp *st, const char *name, size_t len) {
        st->name = name;
        st->name_len = len;
        st->month = month_number(name, len);
}

/* A word that may be the name of a month or a weekday in any language: letters, a number before "月", a full stop. */
static bool read_name(const char **p, const char *end) {
        const char *s = *p;
        bool letter = false;

        for (; s < end && *s != ' ' && s - *p <= 20; s++) {
                letter |= (*s >= 'A' && *s <= 'Z') || (*s >= 'a' && *s <= 'z') || (unsigned char) *s >= 0x80;
                if (*s == ':' || *s == '-' || *s == '[' || *s == '/')
                        return false;
        }
        if (!letter || s == end || s - *p > 20)
                return false;
        *p = s;
        return true;
}

/* " 9 08:00:42": day of the month and time of day. */
static bool read_day_and_clock(const char **p, const char *end, struct stamp *st) {
        const char *s = *p;
        uint64_t day;

        skip_spaces(&s, end);
        if (!read_number(&s, end, 1, 2, &day) || day < 1 || day > 31)
                return false;
        skip_char(&s, end, '.');
        if (!skip_char(&s, end, ' ') || !read_clock(&s, end, st, &st->usec))
                return false;
        st->kind = STAMP_MONTH;
        st->day = (uint8_t) day;
        *p = s;
        return true;
}

/* A year after the time makes it a full date, if the name of the month is known. */
static void read_year(const char **p, const char *end, struct stamp *st) {
        const char *s = *p;
        uint64_t year;

        skip_spaces(&s, end);
        if (!read_number(&s, end, 4, 4, &year) || (s < end && *s != ' ') || year < 1970)
                return;
        *p = s;
        if (st->month == 0)
                return;
        st->usec += stamp_date_usec((unsigned) year, st->month, st->day);
        st->kind = STAMP_DATE;
}

/* "Feb  9 08:00:42", "Wed Nov  8 20:00:00 2023", "Wed 2023-11-08 20:00:00". */
static bool read_named(const char **p, const char *end, struct stamp *st) {
        const char *s = *p, *name = s;

        if (!read_name(&s, end))
                return false;
        set_month(st, name, (size_t) (s - name));
        if (!read_day_and_clock(&s, end, st)) {
                skip_spaces(&s, end);
                if (s < end && is_digit(*s) && read_iso(&s, end, st)) {
                        *p = s;
                        return true;
                }
                name = s;
                if (!read_name(&s, end))
                        return false;
                set_month(st, name, (size_t) (s - name));
                if (!read_day_and_clock(&s, end, st))
                        return false;
        }
        if (st->minutes)
                return false;
        read_year(&s, end, st);
        *p = s;
        return true;
}

const char *stamp_read_line(const char *s, const char *end, struct stamp *ret) {
        bool found;

        if (end - s < 15)
                return NULL;
        *ret = (struct stamp){};
        found = is_digit(*s) && (read_iso(&s, end, ret) || read_unix(&s, end, ret) || read_month_day(&s, end, ret) ||
                                 read_time_of_day(&s, end, ret) || read_slashed(&s, end, ret));
        if (!found && !read_named(&s, end, ret))
                return NULL;
        if (s < end && *s != ' ')
                return NULL;
        skip_spaces(&s, end);
        return s;
}

/* "  +5.316126" and "<    5.316126>". */
static bool read_delta(const char *s, const char *end, struct stamp *st) {
        uint64_t seconds;

        if (!skip_char(&s, end, '+') && !skip_char(&s, end, '<'))
                return false;
        skip_spaces(&s, end);
        if (!read_number(&s, end, 1, 9, &seconds))
                return false;
        st->kind = STAMP_DELTA;
        st->usec = seconds * USEC + read_fraction(&s, end, &st->comma);
        return true;
}

static bool read_uptime(const char *s, const char *end, struct stamp *st) {
        uint64_t seconds;

        if (!read_number(&s, end, 1, 10, &seconds) || s == end || (*s != '.' && *s != ','))
                return false;
        st->kind = STAMP_UPTIME;
        st->usec = seconds * USEC + read_fraction(&s, end, &st->comma);
        /* Amlogic prints the processor "@0", Huawei the unit "s". */
        if (end - s >= 2 && *s == '@' && is_digit(s[1]))
                s += 2;
        else if (s < end && *s == 's')
                s++;
        skip_spaces(&s, end);
        /* grabserial prints the time since the previous line after it. */
        if (s < end && is_digit(*s) && read_number(&s, end, 1, 9, &seconds) && s < end && *s == '.')
                (void) read_fraction(&s, end, &st->comma);
        return s == end || *s == '<';
}

/* "Jan26 13:33", "Jan 6 13:33", "1月26 13:33": the name ends where the day begins, parsed backwards from the time. */
static bool read_minute(const char *s, const char *end, struct stamp *st) {
        const char *clock = end - 5, *day = clock - 1, *p;

        if (end - s < 8 || clock[-1] != ' ')
                return false;
        while (day > s && is_digit(day[-1]) && clock - day < 3)
                day--;
        p = day;
        if (!read_day_and_clock(&p, end, st) || p != end || !st->minutes)
                return false;
        while (day > s && day[-1] == ' ')
                day--;
        if (day == s || day - s > 20)
                return false;
        set_month(st, s, (size_t) (day - s));
        return true;
}

bool stamp_read_bracket(const char *s, size_t len, struct stamp *ret) {
        const char *end = s + len;

        *ret = (struct stamp){};
        skip_spaces(&s, end);
        if (s == end)
                return false;
        if (is_digit(*s) && read_uptime(s, end, ret))
                return true;
        if (*s == '+' || *s == '<')
                return read_delta(s, end, ret);
        if (read_minute(s, end, ret))
                return true;
        return (is_digit(*s) && (read_iso(&s, end, ret) || read_time_of_day(&s, end, ret) || read_slashed(&s, end, ret))) ||
               read_named(&s, end, ret);
}
