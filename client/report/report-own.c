/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The headset's own side on the report's page: battery, link, firmware, and what a person told of it.
 */
#include <string.h>

#include "causes/charging.h"
#include "client/sessions.h"
#include "client/report/html.h"
#include "client/report/report.h"
#include "client/show/show.h"
#include "common/language.h"
#include "words/words.h"

#define MINUTES_MAX 100000

static struct json_object *at(struct json_object *list, size_t i) {
        return json_object_array_get_idx(list, i);
}

static const char *source_words(struct json_object *o) {
        static const struct {
                const char *source, *words;
        } sources[] = { { "bluez", N_("Bluetooth") }, { "upower", N_("UPower") }, { "hid", N_("its receiver") } };
        const char *source = json_text(o, "source");

        for (size_t i = 0; i < sizeof sources / sizeof *sources; i++)
                if (strcmp(sources[i].source, source) == 0)
                        return _(sources[i].words);
        return source;
}

static void put_firmware(FILE *out, struct json_object *firmware) {
        const char *newest = json_text(firmware, "newest"), *date = json_text(firmware, "newest_date");

        if (!*json_text(firmware, "version"))
                return;
        html_rowf(out, _("Firmware"), "%s%s%s%s%s%s", json_text(firmware, "version"), *newest ? _("; newest known: ") : "",
                  newest, *date ? " (" : "", date, *date ? ")" : "");
}

static void put_bluetooth(FILE *out, struct json_object *b) {
        bool connected = json_truth(b, "connected");
        uint64_t when = json_number(b, connected ? "since" : "dropped_at"), power = json_number(b, "power_at");
        char time[32], arrived[32];

        if (!b)
                return;
        report_time(when, time, sizeof time);
        report_time(power, arrived, sizeof arrived);
        html_rowf(out, _("Bluetooth"), "%s%s%s%s%s",
                  connected  ? _("connected")
                  : when > 0 ? _("the link ended")
                             : _("not connected"),
                  when == 0   ? ""
                  : connected ? _(" since ")
                              : " ",
                  time, power > 0 ? _("; power arrived with the plug, ") : "", arrived);
}

static void put_time_to_full(FILE *out, struct json_object *left) {
        uint64_t min = json_number(left, "min_minutes"), max = json_number(left, "max_minutes");
        char words[CHARGING_WORDS_MAX];

        if (max > 0 && max <= MINUTES_MAX && min <= max)
                html_rowf(out, _("Full in about"), "%s (%s)", charging_minutes_words((uint32_t) min, (uint32_t) max, words),
                          json_text(left, "assumption"));
}

/* 0 % is a level as any other. */
static void put_charging(FILE *out, struct json_object *charging, bool stale) {
        const char *state = json_text(charging, "state"), *source = source_words(charging);
        bool known = *state && strcmp(state, "unknown") != 0;
        int percent = battery_level(charging);
        char level[64] = "", time[32];

        report_time(json_number(charging, "at"), time, sizeof time);
        if (percent >= 0)
                snprintf(level, sizeof level, "%s %d %%", stale ? _(", last level") : _(", level"), percent);
        else if (!known)
                snprintf(level, sizeof level, _(": nothing here reports the battery"));
        html_rowf(out, _("Charging"), "%s%s%s%s%s%s", known ? words_value(state) : _("not known"), level,
                  *source ? _(", by ") : "", source, *source && *time ? ", " : "", *source ? time : "");
        put_time_to_full(out, json_child(charging, "time_to_full"));
}

static void put_parts(FILE *out, struct json_object *battery) {
        struct json_object *parts = json_list(battery, "parts");
        uint64_t step = json_number(battery, "step");
        char head[160], percent[16];

        for (size_t i = 0; i < json_length(parts); i++) {
                const char *name = json_text(at(parts, i), "part"), *charging = json_text(at(parts, i), "charging");
                int level = battery_level(at(parts, i));
                bool whole = strcmp(name, "whole") == 0, known = *charging && strcmp(charging, "unknown") != 0;

                snprintf(percent, sizeof percent, _("%d %%"), level);
                snprintf(head, sizeof head, "%s%s%.60s", _("Battery"), whole ? "" : ", ", whole ? "" : words_value(name));
                html_rowf(out, head, "%s%s%s", level >= 0 ? percent : _("level not known"), known ? _(", charging: ") : "",
                          known ? words_value(charging) : "");
        }
        if (step > 1 && step <= 100)
                html_rowf(out, _("Exactness"), _("told in steps of %u %%"), (unsigned) step);
        if (json_truth(battery, "stale"))
                html_row(out, _("Age"), _("the levels are old and may no longer be true"));
}

void report_own_side(FILE *out, struct json_object *h) {
        struct json_object *battery = json_child(h, "battery");

        put_firmware(out, json_child(h, "firmware"));
        put_bluetooth(out, json_child(h, "bluetooth"));
        put_charging(out, json_child(h, "charging"), json_truth(battery, "stale"));
        put_parts(out, battery);
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
