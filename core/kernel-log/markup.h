/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Markup: removes what forums, mail programs, web pages and terminals add to the text of a log.
 *
 * These are HTML and forum tags, entities, Markdown emphasis, colour sequences with or without the escape character, unusual
 * spaces, typographic dashes and quotation marks, and the quote signs that rewrapped mail has in the middle of a line.
 */

#include <stdbool.h>
#include <stddef.h>

/* Returns true when the line may contain markup. This is a fast check; it is false for a plain log line. */
bool log_markup_suspect(const char *line, size_t len);

/* Writes the line without markup to `to`, which has room for `len` bytes. Returns the new length. */
size_t log_markup_strip(const char *line, size_t len, char *to);
