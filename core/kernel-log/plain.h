/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Plain lines: those that are exactly as dmesg prints them. Most lines of a log are, and most of them are not about USB. These
 * functions tell so at little cost.
 */

#include <stdbool.h>
#include <stdint.h>

/* Reads the timestamp "[ 1234.567890] ", with six digits of a fraction, into *ret (µs since boot). Returns the text behind it, or
 * NULL when the line does not begin so. */
const char *plain_stamp(const char *line, const char *end, uint64_t *ret);

/* Returns true when the first two words show that the text is not about USB. Returns false in case of doubt. */
bool plain_is_of_no_use(const char *s, const char *end);

/* Returns true when the text may contain the timestamp of another record. */
bool plain_may_be_joined(const char *s, const char *end);
