/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * HTML: writes text from any source in such a way that it can never become markup.
 */

#include <stdio.h>

/* Writes text and escapes the five characters that have a meaning in HTML or in attributes. */
void html_attribute(FILE *out, const char *text);

/* The same for the text of a page. Words are not broken at hyphens. */
void html_text(FILE *out, const char *text);

/* Writes <TAG>text</TAG>; `tag` may have attributes ("p class=\"do\""). Writes nothing if the text is empty. */
void html_element(FILE *out, const char *tag, const char *text);

/* Writes a row of a table of facts; nothing if the text is empty. */
void html_row(FILE *out, const char *head, const char *text);

/* The same with the text in printf form, truncated to 512 bytes. */
void html_rowf(FILE *out, const char *head, const char *format, ...) __attribute__((format(printf, 3, 4)));
