/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Table: chooses the widths of columns and prints the rows.
 */
#include "client/show/text-table.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "common/language.h"

#define GAP 2
/* If less than this is left for the last column, it is printed below the row. */
#define LAST_MIN 20

void table_init(struct table *t, const struct options *o, const struct table_column *columns, size_t n_columns, size_t indent) {
        *t = (struct table){ .o = o, .columns = columns, .n_columns = n_columns, .indent = indent };
}

void table_done(struct table *t) {
        for (size_t i = 0; i < t->n_cells; i++)
                free(t->cells[i].text);
        free(t->cells);
        t->cells = NULL;
        t->n_cells = t->allocated = 0;
}

void table_cell(struct table *t, enum style style, const char *text) {
        if (t->n_cells == t->allocated) {
                size_t want = t->allocated ? 2 * t->allocated : 64;
                struct table_cell *grown = reallocarray(t->cells, want, sizeof *grown);

                if (!grown)
                        return;
                t->cells = grown;
                t->allocated = want;
        }
        t->cells[t->n_cells++] = (struct table_cell){ .text = strdup(text), .style = style };
}

void table_cellf(struct table *t, enum style style, const char *format, ...) {
        char text[2600];
        va_list ap;

        va_start(ap, format);
        vsnprintf(text, sizeof text, format, ap);
        va_end(ap);
        table_cell(t, style, text);
}

size_t table_rows(const struct table *t) {
        return t->n_cells / t->n_columns;
}

static const char *text_at(const struct table *t, size_t row, size_t column) {
        const char *text = t->cells[row * t->n_columns + column].text;

        return text ? text : "";
}

static const char *title_of(const struct table *t, size_t column) {
        return *t->columns[column].title ? _(t->columns[column].title) : "";
}

static size_t natural_width(const struct table *t, size_t column) {
        size_t width = text_columns(t->o, title_of(t, column));

        for (size_t row = 0; row < table_rows(t); row++) {
                size_t w = text_columns(t->o, text_at(t, row, column));

                if (w > width)
                        width = w;
        }
        return width;
}

/* Returns the width of all columns but the last, with the gaps after them. */
static size_t before_last(const struct table *t) {
        size_t sum = t->indent;

        for (size_t i = 0; i + 1 < t->n_columns; i++)
                sum += t->width[i] + GAP;
        return sum;
}

/* Returns the widest column that can still be reduced; n_columns if there is none. */
static size_t most_elastic(const struct table *t) {
        size_t found = t->n_columns;

        for (size_t i = 0; i + 1 < t->n_columns; i++)
                if (t->columns[i].min > 0 && t->width[i] > t->columns[i].min &&
                    (found == t->n_columns || t->width[i] > t->width[found]))
                        found = i;
        return found;
}

void table_fit(struct table *t) {
        size_t last = t->n_columns - 1, want, give;

        for (size_t i = 0; i < t->n_columns; i++)
                t->width[i] = natural_width(t, i);
        want = t->width[last] < LAST_MIN ? t->width[last] : LAST_MIN;
        while (before_last(t) + want > t->o->columns && (give = most_elastic(t)) < t->n_columns)
                t->width[give]--;
}

/* Returns the width that is left for the last column. */
static size_t room_for_last(const struct table *t) {
        size_t used = before_last(t);

        return t->o->columns > used ? t->o->columns - used : 0;
}

static bool last_is_below(const struct table *t) {
        size_t last = t->width[t->n_columns - 1], room = room_for_last(t);

        return room < last && room < LAST_MIN;
}

/* Spaces are written only when something follows them, so that no line ends with one. */
static void put_waiting(FILE *out, size_t *waiting) {
        put_spaces(out, *waiting);
        *waiting = 0;
}

static void put_cell(FILE *out, const struct table *t, size_t column, const char *text, enum style s, size_t *waiting) {
        size_t width = t->width[column], used = text_columns(t->o, text), pad = used < width ? width - used : 0;

        *waiting += t->columns[column].right ? pad : 0;
        if (*text) {
                put_waiting(out, waiting);
                fputs(s == STYLE_PLAIN ? "" : style(t->o, s), out);
                used = put_clipped(out, t->o, text, width);
                fputs(s == STYLE_PLAIN ? "" : style(t->o, STYLE_PLAIN), out);
        }
        *waiting += (t->columns[column].right ? 0 : width - used) + GAP;
}

/* Prints the last cell, wrapped below itself or below the row. */
static void put_last(FILE *out, const struct table *t, const char *text, enum style s, size_t waiting) {
        struct options wide = *t->o;
        size_t column = before_last(t);

        if (!*text)
                return;
        wide.width = t->o->columns; /* lines of a table may be longer than those of prose */
        if (last_is_below(t)) {
                fputc('\n', out);
                waiting = column = t->indent + 4;
        }
        put_waiting(out, &waiting);
        fputs(s == STYLE_PLAIN ? "" : style(t->o, s), out);
        put_wrapped(out, &wide, text, column, column);
        fputs(s == STYLE_PLAIN ? "" : style(t->o, STYLE_PLAIN), out);
}

void table_put_titles(FILE *out, const struct table *t) {
        size_t last = t->n_columns - 1, waiting = t->indent;

        fputs(style(t->o, STYLE_DIM), out);
        for (size_t i = 0; i < last; i++)
                put_cell(out, t, i, title_of(t, i), STYLE_PLAIN, &waiting);
        if (!last_is_below(t)) {
                put_waiting(out, &waiting);
                put_text(out, t->o, title_of(t, last));
        }
        fprintf(out, "%s\n", style(t->o, STYLE_PLAIN));
}

void table_put_rows(FILE *out, const struct table *t, size_t first, size_t n) {
        for (size_t row = first; row < first + n && row < table_rows(t); row++) {
                const struct table_cell *cells = &t->cells[row * t->n_columns];
                size_t last = t->n_columns - 1, waiting = t->indent;

                for (size_t i = 0; i < last; i++)
                        put_cell(out, t, i, text_at(t, row, i), cells[i].style, &waiting);
                put_last(out, t, text_at(t, row, last), cells[last].style, waiting);
                fputc('\n', out);
        }
}

void table_put(FILE *out, struct table *t) {
        table_fit(t);
        table_put_titles(out, t);
        table_put_rows(out, t, 0, table_rows(t));
}
