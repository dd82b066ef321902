/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * HTML: text that came from anywhere, written so that it can be nothing but text.
 */

#include <stdio.h>

/* Writes text with the five characters escaped that mean something in HTML, in attributes too. */
void html_text(FILE *out, const char *text);

/* <TAG>text</TAG>; `tag` may carry attributes ("p class=\"do\""). Nothing at all when the text is empty. */
void html_element(FILE *out, const char *tag, const char *text);

/* A row of a table of facts; nothing when the text is empty. */
void html_row(FILE *out, const char *head, const char *text);

/* The same, with the text in printf form (cut at 512 bytes). */
void html_rowf(FILE *out, const char *head, const char *format, ...) __attribute__((format(printf, 3, 4)));
