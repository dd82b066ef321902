/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Table: rows of cells in columns as wide as their content, limited by the terminal.
 *
 * If the content does not fit, elastic columns are truncated first, starting with the widest, and end with dots. The last
 * column takes the remaining width and is wrapped below itself, or below the whole row if too little width is left.
 */

#include "client/client.h"
#include "client/show/terminal.h"

struct table_column {
        const char *title;
        bool right;   /* aligned to the right: numbers */
        unsigned min; /* minimum width of an elastic column; 0: not elastic */
};

struct table_cell {
        char *text; /* NULL: out of memory, shown as empty */
        enum style style;
};

#define TABLE_COLUMNS_MAX 8

struct table {
        const struct options *o;
        const struct table_column *columns;
        size_t n_columns, n_cells, allocated, indent;
        struct table_cell *cells;
        size_t width[TABLE_COLUMNS_MAX]; /* set by table_fit() */
};

/* An empty table whose rows begin in column `indent`. `columns` is borrowed. */
void table_init(struct table *t, const struct options *o, const struct table_column *columns, size_t n_columns, size_t indent);
void table_done(struct table *t);

/* Adds the next cell, row by row. The text is copied. */
void table_cell(struct table *t, enum style style, const char *text);
void table_cellf(struct table *t, enum style style, const char *format, ...) __attribute__((format(printf, 3, 4)));

/* Rows so far. */
size_t table_rows(const struct table *t);

/* Chooses the columns' widths for everything added so far. */
void table_fit(struct table *t);

void table_put_titles(FILE *out, const struct table *t);

/* Writes `n` rows from row `first` on. */
void table_put_rows(FILE *out, const struct table *t, size_t first, size_t n);

/* All of it: fits, writes titles and rows. */
void table_put(FILE *out, struct table *t);

#define _cleanup_table_ __attribute__((cleanup(table_done)))
