/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Chart: bars, time rows and curves drawn with characters. Without UTF-8 they are ASCII; colour is never the only difference.
 */

#include "client/client.h"

#define CHART_COLUMNS_MAX 200

/* A time range in µs since 1970, drawn on `columns` columns (at most CHART_COLUMNS_MAX). */
struct span_of_time {
        uint64_t begin, end;
        size_t columns;
};

/* Returns the column of a time; times outside the range belong to the first or last column. */
size_t chart_column(const struct span_of_time *t, uint64_t at);

/* Draws a bar of `columns` columns, filled in the proportion of `part` to `whole`. More than the whole fills it and is marked
 * at its end. A whole of 0 is an empty bar. */
void put_bar(FILE *out, const struct options *o, uint64_t part, uint64_t whole, size_t columns);

enum mark { MARK_NONE, MARK_SHORT, MARK_GOOD, MARK_SHAKY, MARK_BAD, _MARK_MAX }; /* a later one hides an earlier one */

/* One row of marks, one a column. No newline. */
void put_marks(FILE *out, const struct options *o, const enum mark *marks, size_t columns);

/* "━ fine  × failed" for those that are true in `used`. Ends with a newline. */
void put_marks_legend(FILE *out, const struct options *o, const bool used[static _MARK_MAX], size_t indent);

/* Dates or times of day under a chart whose first column is `indent`. Ends with a newline. */
void put_axis(FILE *out, const struct options *o, const struct span_of_time *t, size_t indent);

/* A curve of percents (0..100, -1: none) over `columns`, 4 lines high with its scale before column `indent` (at least 7).
 * Ends with a newline. */
void put_curve(FILE *out, const struct options *o, const signed char *levels, size_t columns, size_t indent);
