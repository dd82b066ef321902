/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Safe text: what a device, a log or the bus says is hostile until it has gone through here.
 */

#include <stdbool.h>
#include <stddef.h>

/* Copies at most `len` bytes of `text` into buf (always terminated, cut at a whole character): control characters, DEL,
 * C1 controls, bidirectional overrides and bytes that are no UTF-8 become "?"; spaces at the ends are dropped. Returns buf. */
char *text_make_safe(char *buf, size_t size, const char *text, size_t len);

/* Undoes udev's and the kernel log's \xNN escapes in place (the result can hold any byte: make it safe after). Returns the new
 * length. */
size_t text_unescape(char *text, size_t len);

/* Reads "yes", "no", "true", "false", "1", "0", "on" or "off" in any case. Returns whether it is one of them. */
bool text_parse_truth(const char *text, bool *ret);
