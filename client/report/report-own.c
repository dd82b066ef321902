/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Own side: the parts of the page with what the headset reports and what a person answered.
 */
#include <string.h>

#include "client/sessions.h"
#include "client/report/html.h"
#include "client/report/report.h"
#include "client/show/own-side.h"
#include "client/show/show.h"
#include "common/language.h"
#include "words/words.h"

static struct json_object *at(struct json_object *list, size_t i) {
        return json_object_array_get_idx(list, i);
}

static void put_own_row(void *userdata, const char *head, const char *text) {
        html_row(userdata, head, text);
}

void report_own_side(FILE *out, struct json_object *h) {
        const struct own_side w = { .row = put_own_row, .time = report_time, .userdata = out };

        own_side_rows(&w, h);
}

void report_answers(FILE *out, struct json_object *told) {
        struct json_object *answers = json_child(told, "answers");
        char time[32];

        if (!answers || json_object_object_length(answers) == 0)
                return;
        html_element(out, "h3", _("What its user says"));
        fputs("<table>\n<caption>", out);
        fprintf(out, _("Answers to \"sonychargectl doctor\", %s"), report_time(json_number(told, "at"), time, sizeof time));
        fputs("</caption>\n<tbody>\n", out);
        json_object_object_foreach(answers, question, answer) {
                (void) answer;
                html_row(out, report_question_words(question), words_value(json_text(answers, question)));
        }
        fputs("</tbody>\n</table>\n", out);
}

void report_check(FILE *out, struct json_object *check, report_put_row *put) {
        struct json_object *c = json_child(check, "conclusion"), *tried = json_list(check, "tried");
        char line[512];

        put(out, _("Ended"), report_time(json_number(check, "at"), line, sizeof line));
        put(out, _("Headset"), json_text(check, "model"));
        put(out, _("Cause"), json_text(c, "cause"));
        put(out, _("To do"), json_text(c, "action"));
        put(out, _("How sure"), json_text(check, "sure"));
        for (size_t i = 0; i < json_length(tried); i++) {
                snprintf(line, sizeof line,
                         json_truth(at(tried, i), "seen") ? _("%.200s: %.200s (seen by the computer)") : "%.200s: %.200s",
                         json_text(at(tried, i), "text"), json_text(at(tried, i), "outcome"));
                put(out, i == 0 ? _("Tried") : "", line);
        }
        put(out, _("The user said"), json_text(check, "said"));
}

static void put_ends(FILE *out, struct json_object *first, struct json_object *last) {
        char from[32], to[32];

        fputs("<p>", out);
        fprintf(out, _("From %d %% (%s) to %d %% (%s)."), battery_level(first),
                report_time(json_number(first, "at"), from, sizeof from), battery_level(last),
                report_time(json_number(last, "at"), to, sizeof to));
        fputs("</p>\n", out);
}

static bool put_curve(FILE *out, struct json_object *points, const char *head) {
        struct json_object *first = NULL, *last = NULL;
        char *drawing = NULL;
        size_t size;
        bool drawn;
        FILE *memory = open_memstream(&drawing, &size);

        if (!memory)
                return false;
        drawn = svg_battery(memory, points);
        fclose(memory);
        for (size_t i = 0; drawn && i < json_length(points); i++) {
                if (json_number(at(points, i), "at") == 0 || battery_level(at(points, i)) < 0)
                        continue;
                first = first ? first : at(points, i);
                last = at(points, i);
        }
        if (drawn) {
                html_element(out, "h3", head);
                fputs(drawing, out);
                put_ends(out, first, last);
        }
        free(drawing);
        return drawn;
}

void report_curve(FILE *out, struct json_object *sessions, const char *id, const char *head) {
        for (size_t i = 0; i < json_length(sessions); i++)
                if (strcmp(json_text(at(sessions, i), "headset"), id) == 0 &&
                    put_curve(out, json_list(at(sessions, i), "battery"), head))
                        return;
}
