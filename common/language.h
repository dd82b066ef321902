/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Language: the texts of this program in the language of its user.
 *
 * Programs with texts for people call language_init(). Other programs, such as the daemon, use English, whatever the environment
 * says. Texts for other programs (JSON, D-Bus, the journal) are English, too.
 */

#include <libintl.h>
#include <stdbool.h>
#include <stddef.h>

#define LANGUAGE_DOMAIN "sonycharge"

/* The text in the user's language. Only for texts of the source code, never for text from outside. */
#define _(text) gettext(text)
/* Marks a text in a table that is translated where it is used. */
#define N_(text) text
/* The same word with another meaning: C_("button", "No"). */
#define C_(context, text) language_in_context(context "\004" text, text)

/* Uses the language, the character set and the date format of the environment. A locale that is not installed, or whose character
 * set is not UTF-8, gives English. */
void language_init(void);

/* Switches to English, because the output is for another program. */
void language_for_programs(void);

/* Returns whether there are translations for the user's language. */
bool language_is_translated(void);

/* Replaces the decimal sign of a printed number by the user's, in place: "1,5". Returns it. */
#define DECIMALS_MAX 48
const char *language_number(char number[static DECIMALS_MAX]);

/* Writes a number with two decimals: "1.50". Returns buf. */
const char *language_decimals(double n, char buf[static DECIMALS_MAX]);

/* Returns the sign between a number and its decimals. */
const char *language_decimal_point(void);

/* A name of the interfaces, and the text (N_()) that people read instead. */
struct name_text {
        const char *name, *text;
};

/* Returns the text of the name in the user's language, or `otherwise` when the list does not contain the name. */
const char *text_of_name(const struct name_text *list, size_t n, const char *name, const char *otherwise);
#define TEXT_OF_NAME(list, name, otherwise) text_of_name(list, sizeof(list) / sizeof *(list), name, otherwise)

const char *language_in_context(const char *key, const char *text) __attribute__((format_arg(2)));
