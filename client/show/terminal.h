/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Terminal: colours, symbols and line widths, for any terminal and locale.
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

/* Returns whether stdout is a terminal on which the cursor can be moved. */
bool terminal_can_redraw(void);

/* Updates width and columns after the terminal was resized. */
void terminal_measure(struct options *o);

/* Returns the number of lines of the terminal; 24 if it is not known. */
unsigned terminal_rows(void);

/* Returns the escape sequence that begins a style, or "" without colours; STYLE_PLAIN ends every other style. */
const char *style(const struct options *o, enum style s);

/* Returns the symbol in this locale: never empty, one or two columns. */
const char *symbol(const struct options *o, enum symbol s);

/* Returns the number of columns of UTF-8 text on the terminal; an invalid byte counts as one. */
size_t text_columns(const struct options *o, const char *text);

/* Writes text that came from the bus. Without UTF-8, other characters than ASCII are replaced by a plain form or "?". */
void put_text(FILE *out, const struct options *o, const char *text);

/* Writes text, wrapped at spaces to the width of the terminal. The cursor is in column `column`; further lines begin in column
 * `indent`. Ends without a newline. Words longer than a line are broken anywhere. Returns the column after the text. */
size_t put_wrapped(FILE *out, const struct options *o, const char *text, size_t column, size_t indent);

void put_spaces(FILE *out, size_t n);

/* Writes text truncated to at most `columns`, with dots in place of the rest. Returns the number of columns written. */
size_t put_clipped(FILE *out, const struct options *o, const char *text, size_t columns);

/* Writes text truncated or padded with spaces to exactly `columns`. */
void put_column(FILE *out, const struct options *o, const char *text, size_t columns);

/* Returns a stream for results that may be long. They are shown through a pager if stdout is a terminal and they do not fit on
 * it. The pager is chosen as by systemctl (SYSTEMD_PAGER, PAGER, SYSTEMD_LESS, SYSTEMD_PAGERSECURE). Never NULL. */
FILE *output_begin(const struct options *o);

/* Shows what was written. Returns 0, or a negative errno if stdout could not be written. */
int output_end(const struct options *o, FILE *out);

/* The same, and complains on failure. Returns STATUS_OK or STATUS_FAILED. */
int output_finish(const struct options *o, FILE *out);

/* stdout could not be written, with this positive errno: prints a message, unless the reader closed it. Returns STATUS_FAILED. */
int output_failed(int error);
