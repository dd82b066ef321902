/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * SVG: the drawings of a report. Their colours come from the style sheet of the page, so that they fit light and dark schemes and
 * paper. The same content is in the text of the page.
 */
#include <string.h>

#include "client/sessions.h"
#include "client/report/html.h"
#include "client/report/report.h"
#include "client/show/show.h"
#include "common/language.h"

#define WIDTH 640u

/* Begins a picture and names it for screen readers. */
static void begin(FILE *out, unsigned height, const char *name) {
        fprintf(out,
                "<svg role=\"img\" viewBox=\"0 0 %u %u\" width=\"%u\" height=\"%u\" "
                "xmlns=\"http://www.w3.org/2000/svg\">\n<title>",
                WIDTH, height, WIDTH, height);
        html_attribute(out, name);
        fputs("</title>\n", out);
}

static void put_text(FILE *out, unsigned x, unsigned y, const char *attributes, const char *text) {
        fprintf(out, "<text x=\"%u\" y=\"%u\" %s>", x, y, attributes);
        html_attribute(out, text);
        fputs("</text>\n", out);
}

/* A time axis: `first` to `last` (µs) on the width of the page. */

#define LEFT 64u
#define RIGHT 16u

struct axis {
        uint64_t first, last;
};

static unsigned x_of(const struct axis *a, uint64_t at) {
        uint64_t width = WIDTH - LEFT - RIGHT, span = a->last - a->first;

        if (at <= a->first || span == 0)
                return LEFT;
        return LEFT + (unsigned) (at >= a->last ? width : (at - a->first) / 1000 * width / (span / 1000 + 1));
}

static void put_axis(FILE *out, const struct axis *a, unsigned y) {
        char time[32];

        fprintf(out, "<line class=\"wire\" x1=\"%u\" y1=\"%u\" x2=\"%u\" y2=\"%u\"/>\n", LEFT, y, WIDTH - RIGHT, y);
        put_text(out, LEFT, y + 18, "class=\"small\"", report_time(a->first, time, sizeof time));
        put_text(out, WIDTH - RIGHT, y + 18, "class=\"small\" text-anchor=\"end\"", report_time(a->last, time, sizeof time));
}

static uint64_t session_end(struct json_object *s) {
        uint64_t end = json_number(s, "end");

        return end > 0 ? end : json_number(s, "start") + json_number(s, "lasted_usec");
}

static void include(struct axis *a, uint64_t at) {
        if (at == 0)
                return;
        if (a->first == 0 || at < a->first)
                a->first = at;
        if (at > a->last)
                a->last = at;
}

static const char *outcome_class(struct json_object *s) {
        const char *outcome = json_text(s, "outcome");

        if (strcmp(outcome, "good") == 0)
                return "good";
        return strcmp(outcome, "bad") == 0 || strcmp(outcome, "shaky") == 0 ? "bad" : "unclear";
}

/* Failures are drawn higher, so that they can be recognised without colours. */
static void put_bar(FILE *out, const struct axis *a, struct json_object *s) {
        unsigned x = x_of(a, json_number(s, "start")), end = x_of(a, session_end(s));
        const char *class = outcome_class(s);
        unsigned height = strcmp(class, "bad") == 0 ? 44 : 24;

        fprintf(out, "<rect class=\"%s\" x=\"%u\" y=\"%u\" width=\"%u\" height=\"%u\"/>\n", class, x, 60 - height,
                end > x + 3 ? end - x : 3, height);
}

bool svg_sessions(FILE *out, struct json_object *sessions) {
        struct axis a = {};

        for (size_t i = 0; i < json_length(sessions); i++) {
                include(&a, json_number(json_object_array_get_idx(sessions, i), "start"));
                include(&a, session_end(json_object_array_get_idx(sessions, i)));
        }
        if (json_length(sessions) < 2 || a.last <= a.first)
                return false;
        begin(out, 86, _("Plug sessions over time; high bars are sessions with errors"));
        put_axis(out, &a, 60);
        for (size_t i = 0; i < json_length(sessions); i++)
                put_bar(out, &a, json_object_array_get_idx(sessions, i));
        fputs("</svg>\n", out);
        return true;
}

#define CURVE_TOP 12u
#define CURVE_HEIGHT 120u

static unsigned y_of(int level) {
        return CURVE_TOP + CURVE_HEIGHT - (unsigned) level * CURVE_HEIGHT / 100;
}

static void put_levels(FILE *out) {
        static const int levels[] = { 0, 50, 100 };

        for (size_t i = 0; i < sizeof levels / sizeof *levels; i++) {
                char text[16];

                snprintf(text, sizeof text, _("%d %%"), levels[i]);
                put_text(out, LEFT - 4, y_of(levels[i]) + 4, "class=\"small\" text-anchor=\"end\"", text);
                fprintf(out, "<line class=\"grid\" x1=\"%u\" y1=\"%u\" x2=\"%u\" y2=\"%u\"/>\n", LEFT, y_of(levels[i]),
                        WIDTH - RIGHT, y_of(levels[i]));
        }
}

/* Returns whether it is a point of the curve: it has a time and a level. */
static bool is_point(struct json_object *p) {
        return json_number(p, "at") > 0 && battery_level(p) >= 0;
}

static void put_points(FILE *out, const struct axis *a, struct json_object *points) {
        for (size_t i = 0; i < json_length(points); i++) {
                struct json_object *p = json_object_array_get_idx(points, i);

                if (is_point(p))
                        fprintf(out, "<circle class=\"point\" cx=\"%u\" cy=\"%u\" r=\"3\"/>\n", x_of(a, json_number(p, "at")),
                                y_of(battery_level(p)));
        }
}

bool svg_battery(FILE *out, struct json_object *points) {
        struct axis a = {};

        for (size_t i = 0; i < json_length(points); i++)
                if (is_point(json_object_array_get_idx(points, i)))
                        include(&a, json_number(json_object_array_get_idx(points, i), "at"));
        if (a.last <= a.first)
                return false;
        begin(out, CURVE_TOP + CURVE_HEIGHT + 30, _("The battery's level over time"));
        put_levels(out);
        put_axis(out, &a, CURVE_TOP + CURVE_HEIGHT);
        fputs("<polyline class=\"curve\" points=\"", out);
        for (size_t i = 0; i < json_length(points); i++) {
                struct json_object *p = json_object_array_get_idx(points, i);

                if (is_point(p))
                        fprintf(out, "%u,%u ", x_of(&a, json_number(p, "at")), y_of(battery_level(p)));
        }
        fputs("\"/>\n", out);
        put_points(out, &a, points);
        fputs("</svg>\n", out);
        return true;
}
