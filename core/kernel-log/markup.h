/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Markup: what forums, mail programs, web pages and terminals put into the text of a log.
 *
 * Tags of HTML and forums, entities, emphasis of Markdown, colours with or without their escape character, spaces that are
 * no plain ones, typographic dashes and quotation marks, the quote signs that a reflowed mail keeps in the middle of a line.
 */

#include <stdbool.h>
#include <stddef.h>

/* May there be something to take out? Quick; a plain line of a log gives false. */
bool log_markup_suspect(const char *line, size_t len);

/* Writes the line without it to `to`, which has room for `len` bytes. Returns the new length. */
size_t log_markup_strip(const char *line, size_t len, char *to);
