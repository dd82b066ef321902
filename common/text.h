/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Safe text: sanitises text from devices, logs and the bus. Such text is untrusted until it has passed through these
 * functions.
 */

#include <stdbool.h>
#include <stddef.h>

/* Copies at most `len` bytes of `text` to buf. The result is always terminated and is truncated at a whole character. Control
 * characters, DEL, C1 controls, bidirectional overrides and invalid UTF-8 become "?". Leading and trailing spaces are removed.
 * Returns buf. */
char *text_make_safe(char *buf, size_t size, const char *text, size_t len);

/* Decodes the \xNN escapes of udev and of the kernel log in place. The result may contain any byte and must be sanitised
 * afterwards. Returns the new length. */
size_t text_unescape(char *text, size_t len);

/* Parses "yes", "no", "true", "false", "1", "0", "on" or "off" in any case. Returns false for anything else. */
bool text_parse_truth(const char *text, bool *ret);

/* Unlike isdigit(3), independent of the locale and safe for any char. */
static inline bool is_digit(char c) {
        return c >= '0' && c <= '9';
}

/* Returns the value of a hexadecimal digit, or -1. */
int hex_digit(char c);
