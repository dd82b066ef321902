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

/* A format, and for each of its characters the number of plain letters that begin there, so that they are compared at once. */
struct pattern {
        const char *format;
        uint8_t plain[PATTERN_LENGTH_MAX];
};

struct pattern_match {
        uint32_t number[PATTERN_NUMBERS_MAX]; /* %d, %e and %x in order; 0 when truncated */
        uint8_t port;                         /* %p */
        enum usb_speed speed;                 /* %v */
        const char *rest;                     /* the text after the match */
        bool whole;                           /* the whole format was matched */
};

/* Prepares a pattern. `format` must be shorter than PATTERN_LENGTH_MAX and live as long as the pattern. */
void pattern_init(struct pattern *p, const char *format);

/* Matches the text from `s` to `end`. `cut` means that the text is known to be truncated, so that a number at its end is not
 * used. Returns true and fills *ret. Returns false with *ret undefined when there is no match. */
bool pattern_match(const struct pattern *p, const char *s, const char *end, bool cut, struct pattern_match *ret);
