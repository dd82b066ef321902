/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Shows plug sessions and batteries on one time axis.
 */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "client/show/chart.h"
#include "client/sessions.h"
#include "client/show/show.h"
#include "client/show/terminal.h"
#include "client/follow.h"
#include "common/language.h"

#define ROWS_MAX 8
#define LABEL_MAX 24

/* A row: sessions of the same device on the same port. */
struct row {
        struct json_object *session; /* its first session */
        enum mark marks[CHART_COLUMNS_MAX];
};

struct timeline {
        const struct options *o;
        struct span_of_time span;
        size_t label, n_rows, left_out;
        struct row rows[ROWS_MAX];
};

int battery_level(struct json_object *point) {
        struct json_object *level = NULL;
        int64_t n;

        if (!json_object_is_type(point, json_type_object) || !json_object_object_get_ex(point, "level", &level) ||
            !json_object_is_type(level, json_type_int))
                return -1;
        n = json_object_get_int64(level);
        return n >= 0 && n <= 100 ? (int) n : -1;
}

static uint64_t session_end(struct json_object *s) {
        uint64_t end = json_number(s, "end");

        return end > 0 ? end : now_usec(CLOCK_REALTIME);
}

static enum mark mark_of(struct json_object *s) {
        static const struct {
                const char *outcome;
                enum mark mark;
        } marks[] = { { "good", MARK_GOOD }, { "shaky", MARK_SHAKY }, { "bad", MARK_BAD } };

        for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
                if (strcmp(json_text(s, "outcome"), marks[i].outcome) == 0)
                        return marks[i].mark;
        return MARK_SHORT;
}

/* Finds the range from the first start to the last end. */
static bool find_span(struct timeline *t, struct json_object *sessions) {
        t->span.begin = UINT64_MAX;
        for (size_t i = 0; i < json_length(sessions); i++) {
                struct json_object *s = json_object_array_get_idx(sessions, i);
                uint64_t start = json_number(s, "start"), end = session_end(s);

                if (start == 0)
                        continue;
                if (start < t->span.begin)
                        t->span.begin = start;
                if (end > t->span.end)
                        t->span.end = end;
        }
        return t->span.begin < t->span.end;
}

static bool same_row(struct json_object *a, struct json_object *b) {
        return strcmp(session_who(a), session_who(b)) == 0 && strcmp(json_text(a, "port_key"), json_text(b, "port_key")) == 0;
}

static struct row *row_of(struct timeline *t, struct json_object *s) {
        for (size_t i = 0; i < t->n_rows; i++)
                if (same_row(t->rows[i].session, s))
                        return &t->rows[i];
        if (t->n_rows == ROWS_MAX)
                return NULL;
        t->rows[t->n_rows].session = s;
        return &t->rows[t->n_rows++];
}

static void add_session(struct timeline *t, struct json_object *s) {
        struct row *row = json_number(s, "start") > 0 ? row_of(t, s) : NULL;
        enum mark mark = mark_of(s);
        size_t last;

        if (!row) {
                t->left_out++;
                return;
        }
        last = chart_column(&t->span, session_end(s));
        for (size_t i = chart_column(&t->span, json_number(s, "start")); i <= last; i++)
                if (mark > row->marks[i])
                        row->marks[i] = mark;
}

static void label_of(struct json_object *s, char *buf, size_t size) {
        snprintf(buf, size, "%s, %s", session_who(s), json_text(s, "place"));
}

static size_t label_width(const struct timeline *t, struct json_object *sessions) {
        size_t width = 0;
        char label[2100];

        for (size_t i = 0; i < json_length(sessions); i++) {
                label_of(json_object_array_get_idx(sessions, i), label, sizeof label);
                if (text_columns(t->o, label) > width)
                        width = text_columns(t->o, label);
        }
        return width < LABEL_MAX ? width : LABEL_MAX;
}

static void put_rows(FILE *out, const struct timeline *t) {
        bool used[_MARK_MAX] = {};
        char label[2100];

        for (size_t i = 0; i < t->n_rows; i++) {
                label_of(t->rows[i].session, label, sizeof label);
                put_column(out, t->o, label, t->label);
                put_spaces(out, 2);
                put_marks(out, t->o, t->rows[i].marks, t->span.columns);
                fputc('\n', out);
                for (size_t k = 0; k < t->span.columns; k++)
                        used[t->rows[i].marks[k]] = true;
        }
        put_axis(out, t->o, &t->span, t->label + 2);
        put_marks_legend(out, t->o, used, 2);
        if (t->left_out > 0)
                fprintf(out, _("%s(%zu more sessions only in the list)%s\n"), style(t->o, STYLE_DIM), t->left_out,
                        style(t->o, STYLE_PLAIN));
        fputc('\n', out);
}

/* Draws a straight line from one point of a session to the next. */
static void draw_line(const struct span_of_time *t, signed char *levels, uint64_t at, int from, uint64_t until, int to) {
        size_t first = chart_column(t, at), last = chart_column(t, until);

        for (size_t i = first; i <= last; i++)
                levels[i] = (signed char) (last == first ? to : from + (to - from) * (int) (i - first) / (int) (last - first));
}

/* Draws the points of a session in the order of time; points without a level or with an earlier time are skipped. Returns how
 * many were drawn. */
static size_t draw_points(const struct span_of_time *t, struct json_object *points, signed char *levels) {
        uint64_t before = 0;
        int level_before = -1;
        size_t n = 0;

        for (size_t i = 0; i < json_length(points); i++) {
                struct json_object *point = json_object_array_get_idx(points, i);
                uint64_t at = json_number(point, "at");
                int level = battery_level(point);

                if (level < 0 || at < before || at < t->begin)
                        continue;
                draw_line(t, levels, n > 0 ? before : at, n > 0 ? level_before : level, at, level);
                before = at;
                level_before = level;
                n++;
        }
        return n;
}

bool show_battery(FILE *out, const struct options *o, struct json_object *session) {
        struct span_of_time span = { .begin = json_number(session, "start"), .end = session_end(session) };
        signed char levels[CHART_COLUMNS_MAX];
        size_t indent = 14;

        memset(levels, -1, sizeof levels);
        span.columns = o->width - indent < 64 ? o->width - indent : 64;
        if (span.begin == 0 || span.end <= span.begin || draw_points(&span, json_list(session, "battery"), levels) < 2)
                return false;
        put_curve(out, o, levels, span.columns, indent);
        put_axis(out, o, &span, indent);
        return true;
}

/* Prints the newest session of a headset whose battery level is known. */
static void put_battery(FILE *out, const struct options *o, struct json_object *session) {
        char time[32], *curve = NULL;
        size_t size;
        FILE *memory = open_memstream(&curve, &size);

        if (!memory)
                return;
        if (show_battery(memory, o, session)) {
                fflush(memory);
                fprintf(out, "%s%s", style(o, STYLE_BOLD), _("Battery of "));
                put_clipped(out, o, session_who(session), 30);
                fprintf(out, ", %s%s\n%s\n", show_time(json_number(session, "start"), time, sizeof time), style(o, STYLE_PLAIN),
                        curve);
        }
        fclose(memory);
        free(curve);
}

/* Prints the last charge of the first few headsets in the list. */
static void put_batteries(FILE *out, const struct options *o, struct json_object *sessions) {
        const char *seen[ROWS_MAX];
        size_t n = 0, k;

        for (size_t i = 0; i < json_length(sessions) && n < ROWS_MAX; i++) {
                struct json_object *s = json_object_array_get_idx(sessions, i);
                const char *headset = json_text(s, "headset");

                for (k = 0; k < n && strcmp(seen[k], headset) != 0; k++)
                        ;
                if (k < n || !*headset || json_length(json_list(s, "battery")) < 2)
                        continue;
                seen[n++] = headset;
                put_battery(out, o, s);
        }
}

void show_timeline(FILE *out, const struct options *o, struct json_object *sessions) {
        struct timeline t = { .o = o };

        if (!find_span(&t, sessions))
                return;
        t.label = label_width(&t, sessions);
        t.span.columns = o->columns - t.label - 2;
        if (t.span.columns > CHART_COLUMNS_MAX)
                t.span.columns = CHART_COLUMNS_MAX;
        for (size_t i = 0; i < json_length(sessions); i++)
                add_session(&t, json_object_array_get_idx(sessions, i));
        if (json_length(sessions) > 1)
                put_rows(out, &t);
        put_batteries(out, o, sessions);
}
