/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Pattern: a kernel format string as a matcher.
 *
 *   %d  decimal number       %e  error number, sign dropped     %p  port number, 1..255
 *   %x  four hex digits      %v  words of a speed               %w  any characters up to the next one of the format
 *   $   the text ends here
 *   |   up to here the message is unmistakable; what follows may be cut off or worded otherwise
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/event.h"

#define PATTERN_NUMBERS_MAX 2
#define PATTERN_LENGTH_MAX 64

/* A format, and for each of its characters how many plain letters begin there: a run of letters is compared at once. */
struct pattern {
        const char *format;
        uint8_t plain[PATTERN_LENGTH_MAX];
};

struct pattern_match {
        uint32_t number[PATTERN_NUMBERS_MAX]; /* %d, %e and %x in their order; 0 when cut off */
        uint8_t port;                         /* %p */
        enum usb_speed speed;                 /* %v */
        const char *rest;                     /* what follows the matched part */
        bool whole;                           /* nothing of the format is missing */
};

/* `format` is shorter than PATTERN_LENGTH_MAX and lives as long as the pattern. */
void pattern_init(struct pattern *p, const char *format);

/* Does the text from `s` to `end` match? `cut`: it is known to be cut off, so a number at its end is not trusted.
 * Returns true and fills *ret, else false and *ret is undefined. */
bool pattern_match(const struct pattern *p, const char *s, const char *end, bool cut, struct pattern_match *ret);
