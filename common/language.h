/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Language: the texts of this program in the language of its user.
 *
 * A program that people read calls language_init(). One that never does, such as the daemon, speaks English, whatever its
 * environment says; so do the texts for other programs (JSON, D-Bus, the journal).
 */

#include <libintl.h>
#include <stdbool.h>
#include <stddef.h>

#define LANGUAGE_DOMAIN "sonycharge"

/* The text in the user's language. Never for a text from outside: only what stands in the source is looked up. */
#define _(text) gettext(text)
/* Marks a text of a table, which is translated where it is used. */
#define N_(text) text
/* The same word with another meaning: C_("button", "No"). */
#define C_(context, text) language_in_context(context "\004" text, text)

/* Takes over the language, the character set and the way of writing dates that the environment names. A locale that is not
 * installed, or has another character set than UTF-8, gives English. */
void language_init(void);

/* English from now on: what is written is for another program. */
void language_for_programs(void);

/* Returns whether there are translations for the user's language. */
bool language_is_translated(void);

/* Gives a number that was printed the user's decimal sign, in place: "1,5". Returns it. */
#define DECIMALS_MAX 48
const char *language_number(char number[static DECIMALS_MAX]);

/* A number with two decimals, "1.50". Returns buf. */
const char *language_decimals(double n, char buf[static DECIMALS_MAX]);

/* Returns the sign between a number and its decimals. */
const char *language_decimal_point(void);

const char *language_in_context(const char *key, const char *text) __attribute__((format_arg(2)));
