/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Chart: drawings made of characters.
 */
#include "client/show/chart.h"

#include <string.h>
#include <time.h>

#include "client/show/terminal.h"
#include "common/clock.h"
#include "common/language.h"

#define CURVE_ROWS 4
#define DAY_USEC UINT64_C(86400000000)

static const char *const eighths[9] = { " ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█" };

size_t chart_column(const struct span_of_time *t, uint64_t at) {
        uint64_t length = t->end > t->begin ? t->end - t->begin : 1, column;

        if (at <= t->begin || t->columns == 0)
                return 0;
        column = (uint64_t) ((double) (at - t->begin) / (double) length * (double) t->columns);
        return column < t->columns ? (size_t) column : t->columns - 1;
}

static void repeat(FILE *out, const char *text, size_t n) {
        while (n-- > 0)
                fputs(text, out);
}

void put_bar(FILE *out, const struct options *o, uint64_t part, uint64_t whole, size_t columns) {
        bool over = part > whole && whole > 0;
        double filled = whole == 0 ? 0 : (double) (over ? whole : part) / (double) whole * (double) columns;
        size_t full = (size_t) (filled + (o->utf8 ? 0.25 : 0.5));
        bool half = o->utf8 && filled - (double) full >= 0.25;

        if (over)
                full = columns - 1;
        fputs(style(o, over ? STYLE_WARNING : STYLE_GOOD), out);
        repeat(out, o->utf8 ? "█" : "#", full);
        if (over)
                fputs(o->utf8 ? "▶" : ">", out);
        else if (half)
                fputs("▌", out);
        fputs(style(o, STYLE_PLAIN), out);
        repeat(out, o->utf8 ? "░" : ".", columns - full - (over || half));
}

static const struct {
        const char *plain, *utf8, *words;
        enum style style;
} marks_looks[_MARK_MAX] = {
        [MARK_NONE] = { " ", " ", "", STYLE_PLAIN },
        [MARK_SHORT] = { ".", "·", N_("too short to tell"), STYLE_PLAIN },
        [MARK_GOOD] = { "=", "━", N_("fine"), STYLE_GOOD },
        [MARK_SHAKY] = { "~", "╍", N_("with errors"), STYLE_WARNING },
        [MARK_BAD] = { "x", "×", N_("failed"), STYLE_CRITICAL },
};

static void put_mark(FILE *out, const struct options *o, enum mark m) {
        fputs(o->utf8 ? marks_looks[m].utf8 : marks_looks[m].plain, out);
}

void put_marks(FILE *out, const struct options *o, const enum mark *marks, size_t columns) {
        size_t end = columns;

        while (end > 0 && marks[end - 1] == MARK_NONE) /* do not write trailing spaces */
                end--;
        for (size_t i = 0; i < end; i++) {
                bool begins = i == 0 || marks[i - 1] != marks[i];

                if (begins && marks[i] != MARK_NONE && marks[i] != MARK_SHORT)
                        fputs(style(o, marks_looks[marks[i]].style), out);
                put_mark(out, o, marks[i]);
                if ((i + 1 == end || marks[i + 1] != marks[i]) && marks[i] != MARK_NONE && marks[i] != MARK_SHORT)
                        fputs(style(o, STYLE_PLAIN), out);
        }
}

void put_marks_legend(FILE *out, const struct options *o, const bool used[static _MARK_MAX], size_t indent) {
        size_t column = indent;

        put_spaces(out, indent);
        for (enum mark m = _MARK_MAX; m-- > MARK_SHORT;) {
                const char *words = _(marks_looks[m].words);
                size_t columns = 2 + text_columns(o, words);

                if (!used[m])
                        continue;
                if (column > indent && column + 2 + columns > o->columns) {
                        fputc('\n', out);
                        put_spaces(out, column = indent);
                } else if (column > indent) {
                        put_spaces(out, 2);
                        column += 2;
                }
                fputs(m == MARK_SHORT ? "" : style(o, marks_looks[m].style), out);
                put_mark(out, o, m);
                fprintf(out, "%s %s", m == MARK_SHORT ? "" : style(o, STYLE_PLAIN), words);
                column += columns;
        }
        fputc('\n', out);
}

static const char *axis_text(const struct span_of_time *t, uint64_t at, char *buf, size_t size) {
        time_t seconds = clock_second(at);
        struct tm tm = {};

        localtime_r(&seconds, &tm);
        strftime(buf, size, t->end - t->begin > 2 * DAY_USEC ? _("%m-%d") : "%H:%M", &tm);
        return buf;
}

void put_axis(FILE *out, const struct options *o, const struct span_of_time *t, size_t indent) {
        char first[16], middle[16], last[16];
        size_t half = t->columns / 2, n = strlen(axis_text(t, t->end, last, sizeof last));

        axis_text(t, t->begin, first, sizeof first);
        axis_text(t, t->begin + (t->end - t->begin) / 2, middle, sizeof middle);
        put_spaces(out, indent);
        fprintf(out, "%s%s", style(o, STYLE_DIM), first);
        if (t->columns > 4 * n) {
                put_spaces(out, half - strlen(first));
                fputs(middle, out);
                put_spaces(out, t->columns - half - strlen(middle) - n);
        } else
                put_spaces(out, t->columns > 2 * n ? t->columns - 2 * n : 1);
        fprintf(out, "%s%s\n", last, style(o, STYLE_PLAIN));
}

/* Returns the character of a column in a row (0 is the lowest) of CURVE_ROWS. */
static const char *curve_cell(const struct options *o, int level, int row) {
        int eighth = level < 0 ? 0 : (level * CURVE_ROWS * 8 + 99) / 100 - row * 8;

        if (level >= 0 && row == 0 && eighth < 1)
                eighth = 1; /* 0 % is a known level and is drawn too */
        if (eighth <= 0)
                return " ";
        if (o->utf8)
                return eighths[eighth > 8 ? 8 : eighth];
        return eighth >= 5 ? "#" : ":";
}

void put_curve(FILE *out, const struct options *o, const signed char *levels, size_t columns, size_t indent) {
        size_t end = columns;

        while (end > 0 && levels[end - 1] < 0)
                end--;
        for (int row = CURVE_ROWS; row-- > 0;) {
                size_t last = 0;

                for (size_t i = 0; i < end; i++)
                        if (*curve_cell(o, levels[i], row) != ' ')
                                last = i + 1;
                put_spaces(out, indent - 7);
                fprintf(out, "%s%3d %%%s %s", style(o, STYLE_DIM), (row + 1) * 100 / CURVE_ROWS, o->utf8 ? "▕" : "|",
                        style(o, STYLE_PLAIN));
                for (size_t i = 0; i < last; i++)
                        fputs(curve_cell(o, levels[i], row), out);
                fputc('\n', out);
        }
}
