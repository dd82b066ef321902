/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Own side: the terminal and the page of the report show the same rows.
 */
#include <string.h>
#include <time.h>

#include "causes/charging.h"
#include "words/words.h"
#include "client/sessions.h"
#include "client/show/own-side.h"
#include "view/view.h"
#include "common/language.h"

#define MINUTES_MAX 100000

/* Appends text to buf; if it does not fit, buf is not changed. */
static void add(char *buf, size_t size, const char *before, const char *text) {
        size_t used = strlen(buf);

        snprintf(buf + used, size - used, "%s%s", before, text);
}

static const char *source_words(const char *source) {
        static const struct name_text sources[] = {
                { "bluez", N_("Bluetooth") },        { "upower", N_("UPower") },
                { "hid", N_("its receiver") },       { "fast-pair", N_("the headset itself, by Fast Pair") },
                { "mdr", N_("the headset itself") }, { "powerz", N_("a tester") }
        };

        return TEXT_OF_NAME(sources, source, source);
}

/* Appends " (Bluetooth, 12:03:04)" to buf; nothing if neither is known. */
static void add_source(const struct own_side *w, char *buf, size_t size, struct json_object *o) {
        const char *source = source_words(json_text(o, "source"));
        char time[32], note[600];

        w->time(json_number(o, "at"), time, sizeof time);
        if (!*source && !*time)
                return;
        snprintf(note, sizeof note, " (%.500s%s%s)", source, *source && *time ? ", " : "", time);
        add(buf, size, "", note);
}

static void put_time_to_full(const struct own_side *w, struct json_object *left) {
        uint64_t min = json_number(left, "min_minutes"), max = json_number(left, "max_minutes");
        char words[CHARGING_WORDS_MAX], line[1200];

        if (max == 0 || max > MINUTES_MAX || min > max)
                return;
        snprintf(line, sizeof line, _("in about %s (%.1000s)"), charging_minutes_words((uint32_t) min, (uint32_t) max, words),
                 json_text(left, "assumption"));
        w->row(w->userdata, _("Full"), line);
}

static void put_charging(const struct own_side *w, struct json_object *charging) {
        const char *state = json_text(charging, "state");
        char line[2400], percent[40] = "";
        int level = battery_level(charging);

        if (!*state || strcmp(state, "unknown") == 0)
                snprintf(line, sizeof line, _("not known: %s"),
                         level >= 0 ? _("the battery level alone does not tell it") : _("nothing here reports the battery"));
        else {
                if (level >= 0)
                        snprintf(percent, sizeof percent, _(", %d %%"), level);
                snprintf(line, sizeof line, "%.1000s%s", words_value(state), percent);
                add_source(w, line, sizeof line, charging);
        }
        w->row(w->userdata, _("Charging"), line);
        put_time_to_full(w, json_child(charging, "time_to_full"));
}

/* " (charges)", " (charged 20 min ago)": a state that is not current is shown with its age. */
static void add_part_state(char *words, size_t size, const char *charging, uint64_t at, bool stale) {
        static const char *const states[][3] = { { "yes", N_("charges"), N_("charged") },
                                                 { "no", N_("does not charge"), N_("did not charge") },
                                                 { "full", N_("full"), N_("was full") } };
        uint64_t now = (uint64_t) time(NULL) * 1000000;
        char span[SPAN_MAX];

        for (size_t i = 0; i < sizeof states / sizeof *states; i++) {
                if (strcmp(charging, states[i][0]) != 0)
                        continue;
                if (!stale)
                        snprintf(words + strlen(words), size - strlen(words), " (%s)", _(states[i][1]));
                else if (at > 0 && at <= now)
                        snprintf(words + strlen(words), size - strlen(words), _(" (%s %s ago)"), _(states[i][2]),
                                 span_words(now - at, span));
                else
                        snprintf(words + strlen(words), size - strlen(words), _(" (%s when it was told last)"), _(states[i][2]));
        }
}

/* "left 80 % (charges), case 10 %". */
static void part_words(struct json_object *parts, char *buf, size_t size) {
        for (size_t i = 0; i < json_length(parts); i++) {
                struct json_object *part = json_object_array_get_idx(parts, i);
                const char *name = json_text(part, "part"), *state = json_text(part, "state");
                const char *charging = *state ? state : json_text(part, "charging");
                int level = battery_level(part);
                char words[300];

                if (strcmp(name, "whole") == 0 || (level < 0 && strcmp(charging, "yes") != 0 && strcmp(charging, "no") != 0))
                        continue;
                snprintf(words, sizeof words, "%.80s", words_value(name));
                if (level >= 0)
                        snprintf(words + strlen(words), sizeof words - strlen(words), _(" %d %%"), level);
                add_part_state(words, sizeof words, charging, json_number(part, "at"), json_truth(part, "stale"));
                add(buf, size, *buf ? ", " : "", words);
        }
}

static void put_battery(const struct own_side *w, struct json_object *battery, struct json_object *parts) {
        unsigned long long step = json_number(battery, "step");
        int level = battery_level(battery);
        char line[2400] = "";

        if (!battery)
                return;
        part_words(json_length(parts) > 0 ? parts : json_list(battery, "parts"), line, sizeof line);
        if (!*line && level >= 0)
                snprintf(line, sizeof line, _("%d %%"), level);
        if (!*line)
                return;
        add_source(w, line, sizeof line, battery);
        if (step > 1 && step <= 100)
                snprintf(line + strlen(line), sizeof line - strlen(line), _(", told in steps of %llu %%"), step);
        if (json_truth(battery, "stale"))
                add(line, sizeof line, "", _("; it may be another one by now"));
        w->row(w->userdata, _("Battery"), line);
}

static void put_bluetooth(const struct own_side *w, struct json_object *bluetooth) {
        char line[200], time[32];

        if (!bluetooth)
                return;
        w->time(json_number(bluetooth, "since"), time, sizeof time);
        if (json_truth(bluetooth, "connected"))
                snprintf(line, sizeof line, *time ? _("connected since %s") : _("connected"), time);
        else if (json_number(bluetooth, "dropped_at") > 0)
                snprintf(line, sizeof line, _("the link ended %s"),
                         w->time(json_number(bluetooth, "dropped_at"), time, sizeof time));
        else
                snprintf(line, sizeof line, _("%s, not connected"),
                         json_truth(bluetooth, "paired") ? _("paired") : _("not paired"));
        w->time(json_number(bluetooth, "power_at"), time, sizeof time);
        if (*time)
                snprintf(line + strlen(line), sizeof line - strlen(line), _("; power arrived with the plug, %s"), time);
        w->row(w->userdata, _("Bluetooth"), line);
}

/* Prints the result of the last reading of the headset, unless its answer shows it. */
static void put_reading(const struct own_side *w, struct json_object *reading) {
        static const char *const outcomes[][2] = {
                { "silent", N_("the headset was asked and told nothing of its battery") },
                { "taken", N_("another program of this computer reads the headset, so it could not be asked") },
                { "refused", N_("the headset did not open the channel; Sony's app on a phone may have it") },
                { "lost", N_("the headset ended the connection before it had told anything") },
        };
        const char *outcome = json_text(reading, "outcome");
        char line[300];

        for (size_t i = 0; i < sizeof outcomes / sizeof *outcomes; i++)
                if (strcmp(outcome, outcomes[i][0]) == 0)
                        w->row(w->userdata, _("Asked"), _(outcomes[i][1]));
        if (json_truth(reading, "battery_care")) {
                uint64_t level = json_number(reading, "battery_care_level");

                if (level > 0 && level <= 100)
                        snprintf(line, sizeof line, _("battery care is on: charging stops at %u %%"), (unsigned) level);
                else
                        snprintf(line, sizeof line, _("battery care is on: charging stops below full"));
                w->row(w->userdata, _("Care"), line);
        }
        if (json_truth(reading, "socket_wet"))
                w->row(w->userdata, _("Socket"), _("wet, as the headset says"));
}

/* Prints the current that really flows, which only a meter between port and device can measure. */
static void put_measured(const struct own_side *w, struct json_object *measured) {
        struct json_object *volt, *ampere;
        char line[200] = "", v[DECIMALS_MAX], a[DECIMALS_MAX];

        if (!json_object_object_get_ex(measured, "millivolt", &volt) || !json_object_object_get_ex(measured, "milliamp", &ampere))
                return;
        snprintf(line, sizeof line, "%s V, %s A", language_decimals(json_object_get_double(volt) / 1000, v),
                 language_decimals(json_object_get_double(ampere) / 1000, a));
        add_source(w, line, sizeof line, measured);
        w->row(w->userdata, _("Measured"), line);
}

static void put_firmware(const struct own_side *w, struct json_object *firmware) {
        const char *version = json_text(firmware, "version"), *newest = json_text(firmware, "newest"),
                   *date = json_text(firmware, "newest_date");
        char line[2400];

        if (!*version)
                return;
        snprintf(line, sizeof line, "%.700s", version);
        if (*newest && strcmp(version, newest) == 0)
                add(line, sizeof line, "", _(", the newest one known"));
        else if (*newest && *date)
                snprintf(line + strlen(line), sizeof line - strlen(line), _("; the newest one known is %s of %s"), newest, date);
        else if (*newest)
                snprintf(line + strlen(line), sizeof line - strlen(line), _("; the newest one known is %s"), newest);
        w->row(w->userdata, _("Firmware"), line);
}

void own_side_answers(const struct own_side *w, struct json_object *h) {
        struct json_object *told = json_child(h, "told"), *answers = json_child(told, "answers");
        char line[2400] = "";

        if (!answers)
                return;
        json_object_object_foreach(answers, question, answer) {
                char words[300];

                /* The doctor's own questions are shown as evidence of its findings. */
                if (!json_object_is_type(answer, json_type_string) || strncmp(question, "doctor-", 7) == 0)
                        continue;
                snprintf(words, sizeof words, "%.120s %.150s", words_value(question),
                         words_value(json_object_get_string(answer)));
                add(line, sizeof line, *line ? ", " : "", words);
        }
        if (!*line)
                return;
        add_source(w, line, sizeof line, told);
        w->row(w->userdata, _("Told"), line);
}

void own_side_rows(const struct own_side *w, struct json_object *h) {
        put_charging(w, json_child(h, "charging"));
        put_battery(w, json_child(h, "battery"), json_list(json_child(h, "charging"), "parts"));
        put_reading(w, json_child(h, "reading"));
        put_measured(w, json_child(h, "measured"));
        put_bluetooth(w, json_child(h, "bluetooth"));
        put_firmware(w, json_child(h, "firmware"));
}
