/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Span: a length of time as systemd writes it.
 */
#include "client/span.h"

#include <ctype.h>
#include <errno.h>
#include <string.h>

/* systemd.time(7): a month is 30.44 days, a year 365.25 days. */
static const struct unit {
        const char *name;
        uint64_t usec;
} units[] = {
        { "us", 1 },
        { "usec", 1 },
        { "µs", 1 },
        { "ms", 1000 },
        { "msec", 1000 },
        { "s", 1000000 },
        { "sec", 1000000 },
        { "second", 1000000 },
        { "seconds", 1000000 },
        { "m", 60000000 },
        { "min", 60000000 },
        { "minute", 60000000 },
        { "minutes", 60000000 },
        { "h", 3600000000 },
        { "hr", 3600000000 },
        { "hour", 3600000000 },
        { "hours", 3600000000 },
        { "d", 86400000000 },
        { "day", 86400000000 },
        { "days", 86400000000 },
        { "w", 604800000000 },
        { "week", 604800000000 },
        { "weeks", 604800000000 },
        { "M", 2629800000000 },
        { "month", 2629800000000 },
        { "months", 2629800000000 },
        { "y", 31557600000000 },
        { "year", 31557600000000 },
        { "years", 31557600000000 },
};

/* The unit at *text, which is moved behind it; seconds when there is none; 0 when it is an unknown one. */
static uint64_t read_unit(const char **text) {
        size_t len = strcspn(*text, " \t+-.0123456789");

        if (len == 0)
                return 1000000;
        for (size_t i = 0; i < sizeof units / sizeof *units; i++)
                if (strlen(units[i].name) == len && strncmp(units[i].name, *text, len) == 0) {
                        *text += len;
                        return units[i].usec;
                }
        return 0;
}

/* Digits at *text, which is moved behind them. */
static int read_digits(const char **text, uint64_t *ret) {
        uint64_t n = 0;

        for (; isdigit((unsigned char) **text); (*text)++)
                if (__builtin_mul_overflow(n, 10, &n) || __builtin_add_overflow(n, (uint64_t) (**text - '0'), &n))
                        return -ERANGE;
        *ret = n;
        return 0;
}

/* The fraction after the point of a number with this unit, in µs; digits too small to count are dropped. */
static uint64_t read_fraction(const char **text, uint64_t unit) {
        uint64_t sum = 0;

        for (; isdigit((unsigned char) **text); (*text)++) {
                unit /= 10;
                sum += unit * (uint64_t) (**text - '0');
        }
        return sum;
}

/* One "number unit" at *text, which is moved behind it. */
static int read_part(const char **text, uint64_t *ret) {
        const char *fraction = NULL;
        uint64_t whole, unit;
        int r;

        if (!isdigit((unsigned char) **text) && **text != '.')
                return -EINVAL;
        r = read_digits(text, &whole);
        if (r < 0)
                return r;
        if (**text == '.') {
                fraction = ++*text;
                if (!isdigit((unsigned char) *fraction))
                        return -EINVAL;
                *text += strspn(*text, "0123456789");
        }
        *text += strspn(*text, " \t");
        unit = read_unit(text);
        if (unit == 0)
                return -EINVAL;
        if (__builtin_mul_overflow(whole, unit, ret) ||
            __builtin_add_overflow(*ret, fraction ? read_fraction(&fraction, unit) : 0, ret))
                return -ERANGE;
        return 0;
}

int span_parse(const char *text, uint64_t *ret_usec) {
        uint64_t sum = 0, part;
        int r;

        text += strspn(text, " \t");
        if (strncmp(text, "infinity", 8) == 0 && text[8 + strspn(text + 8, " \t")] == '\0') {
                *ret_usec = UINT64_MAX;
                return 0;
        }
        do {
                r = read_part(&text, &part);
                if (r < 0)
                        return r;
                if (__builtin_add_overflow(sum, part, &sum) || sum == UINT64_MAX)
                        return -ERANGE;
                text += strspn(text, " \t");
        } while (*text);
        *ret_usec = sum;
        return 0;
}
