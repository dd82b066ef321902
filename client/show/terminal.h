/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Terminal: colours, symbols and lines that fit, for people on any terminal and in any locale.
 */

#include "client/client.h"

enum style { STYLE_PLAIN, STYLE_BOLD, STYLE_DIM, STYLE_GOOD, STYLE_NOTICE, STYLE_WARNING, STYLE_CRITICAL, _STYLE_MAX };

enum symbol {
        SYMBOL_BRANCH,
        SYMBOL_MARK,
        SYMBOL_GOOD,
        SYMBOL_NOTICE,
        SYMBOL_WARNING,
        SYMBOL_CRITICAL,
        SYMBOL_INFO,
        SYMBOL_DOT,
        SYMBOL_ARROW,
        SYMBOL_UNKNOWN,
        _SYMBOL_MAX
};

/* Fills in color, utf8, width and columns from the terminal, the locale and the environment (NO_COLOR, TERM, COLUMNS). Calls
 * setlocale(). */
void terminal_init(struct options *o, bool color_forbidden);

/* Is stdout a terminal on which the cursor can be moved? */
bool terminal_can_redraw(void);

/* Fills in width and columns anew, after the terminal was resized. */
void terminal_measure(struct options *o);

/* Lines of the terminal; 24 when it does not say. */
unsigned terminal_rows(void);

/* The escape sequence that begins a style, or "" without colours; STYLE_PLAIN ends every other one. */
const char *style(const struct options *o, enum style s);

/* The symbol in this locale: never empty, one or two columns. */
const char *symbol(const struct options *o, enum symbol s);

/* Columns that UTF-8 text takes on the terminal; what is no valid character counts as one. */
size_t text_columns(const struct options *o, const char *text);

/* Writes text that came from the bus: without UTF-8, what is not ASCII becomes its plain form or "?". */
void put_text(FILE *out, const struct options *o, const char *text);

/* Writes text, broken at spaces to the width of the terminal; the cursor stands in column `column` and the next lines
 * begin in column `indent`. Ends without a newline. Words longer than a line are broken anywhere. Returns the column after it. */
size_t put_wrapped(FILE *out, const struct options *o, const char *text, size_t column, size_t indent);

void put_spaces(FILE *out, size_t n);

/* Writes text cut to at most `columns`, with dots in place of what is missing. Returns the columns it took. */
size_t put_clipped(FILE *out, const struct options *o, const char *text, size_t columns);

/* Writes text cut to at most `columns` and filled up with spaces to exactly that. */
void put_column(FILE *out, const struct options *o, const char *text, size_t columns);

/* Results that can be long: a stream for them, shown through a pager when stdout is a terminal and they do not fit on
 * it. Which pager and how is that of systemctl (SYSTEMD_PAGER, PAGER, SYSTEMD_LESS, SYSTEMD_PAGERSECURE). Never NULL. */
FILE *output_begin(const struct options *o);

/* Shows what was written. Returns 0, or a negative errno when stdout could not be written to. */
int output_end(const struct options *o, FILE *out);

/* The same, and complains on failure. Returns STATUS_OK or STATUS_FAILED. */
int output_finish(const struct options *o, FILE *out);

/* stdout could not be written to, for this positive errno: says so, unless its reader is gone, who has seen enough. Returns
 * STATUS_FAILED. */
int output_failed(int error);
