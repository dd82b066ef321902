/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* What a headset reports about itself. Addresses are never included. */

#include "status/headset-json.h"

#include <stdio.h>
#include <string.h>

#include "common/answer.h"
#include "causes/charging.h"
#include "model/names.h"
#include "model/reading.h"
#include "common/finding-json.h"
#include "status/path-json.h"
#include "words/words.h"

static struct json_object *level_to_json(uint8_t percent) {
        return percent == BATTERY_UNKNOWN ? NULL : json_object_new_int(percent);
}

/* Returns the current level, or the last known one, which is outdated then. */
static uint8_t newest_level(const struct headset *h) {
        uint8_t now = headset_level(h);

        if (now != BATTERY_UNKNOWN || h->observed.n_points == 0)
                return now;
        return h->observed.points[h->observed.n_points - 1].percent;
}

static struct json_object *source_to_json(enum battery_source s) {
        return s == BATTERY_BY_NOBODY ? NULL : json_string(battery_source_name(s));
}

static struct json_object *time_to_json(const struct charging_time *t) {
        struct json_object *o;

        if (t->max_minutes == 0)
                return NULL;
        o = json_object_new_object();
        json_put(o, "min_minutes", json_object_new_int64(t->min_minutes));
        json_put(o, "max_minutes", json_object_new_int64(t->max_minutes));
        json_put(o, "assumption", json_string(t->assumption));
        json_put(o, "params", params_to_json(&t->params));
        return o;
}

static const char *const part_names[_BATTERY_PART_MAX] = { "whole", "left", "right", "case" };

/* Each part has its source and time. The values of a case are as old as the last time that an earbud was in it. */
static struct json_object *part_claims_to_json(const struct model *m, const struct headset *h) {
        struct json_object *list = json_object_new_array();

        for (unsigned i = 0; h && i < _BATTERY_PART_MAX; i++) {
                struct json_object *o;
                struct part_claim c;

                charging_part(m, h, i, &c);
                if (c.source == BATTERY_BY_NOBODY)
                        continue;
                o = json_object_new_object();
                json_put(o, "part", json_string(part_names[i]));
                json_put(o, "state", json_string(charging_names[c.state]));
                json_put(o, "level", level_to_json(c.level));
                json_put(o, "source", source_to_json(c.source));
                json_put(o, "at", json_moment(m, c.at));
                json_put(o, "stale", json_object_new_boolean(c.stale));
                json_object_array_add(list, o);
        }
        return list;
}

struct json_object *charging_to_json(const struct model *m, const struct sightings *seen) {
        struct json_object *o = json_object_new_object();
        struct charging_claim claim;

        charging_claim(m, seen, &claim);
        json_put(o, "state", json_string(charging_names[claim.state]));
        json_put(o, "source", source_to_json(claim.source));
        json_put(o, "level", level_to_json(claim.level));
        json_put(o, "at", claim.source != BATTERY_BY_NOBODY ? json_moment(m, claim.at) : NULL);
        json_put(o, "time_to_full", time_to_json(&claim.time_to_full));
        json_put(o, "parts", part_claims_to_json(m, seen->headset));
        return o;
}

static struct json_object *parts_to_json(const struct battery_state *parts) {
        struct json_object *list = json_object_new_array();

        for (unsigned i = 0; i < _BATTERY_PART_MAX; i++) {
                struct json_object *o;

                if (parts[i].percent == BATTERY_UNKNOWN && parts[i].charging == CHARGING_UNKNOWN)
                        continue;
                o = json_object_new_object();
                json_put(o, "part", json_string(part_names[i]));
                json_put(o, "level", level_to_json(parts[i].percent));
                json_put(o, "charging", json_string(charging_names[parts[i].charging]));
                json_object_array_add(list, o);
        }
        return list;
}

/* Values that the headset itself reported, while there are no newer ones. */
static struct json_object *read_battery_to_json(const struct model *m, const struct headset *h) {
        struct json_object *o = json_object_new_object();

        json_put(o, "level", level_to_json(parts_level(h->reading.parts)));
        json_put(o, "parts", parts_to_json(h->reading.parts));
        json_put(o, "source", source_to_json(h->reading.source));
        json_put(o, "step", json_object_new_int(1));
        json_put(o, "at", json_moment(m, h->observed.read_at));
        json_put(o, "stale", json_object_new_boolean(!headset_reading_now(m, h)));
        return o;
}

struct json_object *battery_to_json(const struct model *m, const struct headset *h) {
        struct json_object *o;

        if (h && h->observed.read_at.at > h->observed.level_at.at)
                return read_battery_to_json(m, h);
        if (!h || (newest_level(h) == BATTERY_UNKNOWN && headset_charging(h) == CHARGING_UNKNOWN))
                return NULL;
        o = json_object_new_object();
        json_put(o, "level", level_to_json(newest_level(h)));
        json_put(o, "parts", parts_to_json(h->facts.parts));
        json_put(o, "source", source_to_json(h->facts.battery));
        json_put(o, "step", json_number_or_null(h->facts.step));
        json_put(o, "at", json_moment(m, h->observed.level_at));
        json_put(o, "stale", json_object_new_boolean(!h->facts.connected || headset_level(h) == BATTERY_UNKNOWN));
        return o;
}

/* When the headset was last asked on its own channel, the outcome, and what it reported about battery care and its socket. */
struct json_object *reading_to_json(const struct model *m, const struct headset *h) {
        struct json_object *o;

        if (!h || h->observed.tried == BATTERY_BY_NOBODY)
                return NULL;
        o = json_object_new_object();
        json_put(o, "source", source_to_json(h->observed.tried));
        json_put(o, "outcome", json_string(reading_outcome_names[h->observed.outcome]));
        json_put(o, "at", json_moment(m, h->observed.tried_at));
        json_put(o, "battery_care", h->observed.care_at.at != 0 ? json_tristate(h->reading.care) : NULL);
        json_put(o, "battery_care_level", h->observed.care_at.at != 0 ? level_to_json(h->reading.care_percent) : NULL);
        json_put(o, "socket_wet", h->observed.care_at.at != 0 ? json_tristate(h->reading.wet) : NULL);
        json_put(o, "care_at", json_moment(m, h->observed.care_at));
        return o;
}

/* The measurement of a USB meter, when a person said that it is between port and headset in this plug session. */
struct json_object *measured_to_json(const struct model *m, const struct sightings *seen) {
        bool between = seen->answers && answer_is(ASKED_TESTER, seen->answers->by_question[ASKED_TESTER], "between") &&
                       seen->answers->at.at >= charging_plugged_since(seen).at;
        struct json_object *o;

        if (!between || !model_measures(m) || charging_plugged_since(seen).at == 0)
                return NULL;
        o = json_object_new_object();
        json_put(o, "millivolt", json_object_new_int(m->tester.millivolt));
        json_put(o, "milliamp", json_object_new_int(m->tester.milliamp));
        json_put(o, "source", json_string("powerz"));
        json_put(o, "at", json_moment(m, m->tester_at));
        return o;
}

struct json_object *bluetooth_to_json(const struct model *m, const struct headset *h) {
        struct json_object *o;

        if (!h || h->facts.way != HEADSET_BLUETOOTH)
                return NULL;
        o = json_object_new_object();
        json_put(o, "connected", json_object_new_boolean(h->facts.connected));
        json_put(o, "paired", json_object_new_boolean(h->facts.paired));
        json_put(o, "since", h->facts.connected ? json_moment(m, h->observed.connected_at) : NULL);
        json_put(o, "dropped_at", json_moment(m, h->observed.dropped_at));
        json_put(o, "power_at", json_moment(m, h->observed.plugged_at));
        json_put(o, "went_off", json_object_new_int(h->observed.deaths));
        json_put(o, "own_protocol", json_object_new_boolean(h->facts.connected && h->facts.own_protocol));
        return o;
}

struct json_object *firmware_to_json(const struct headset *h) {
        enum battery_source source;
        const char *version = headset_firmware(h, &source);
        struct json_object *o;

        if (!version)
                return NULL;
        o = json_object_new_object();
        json_put(o, "version", json_string(version));
        json_put(o, "newest", json_text_or_null(h->facts.facts.firmware));
        json_put(o, "newest_date", json_text_or_null(h->facts.facts.firmware_date));
        json_put(o, "source", json_string(source == BATTERY_BY_FAST_PAIR ? "fast-pair" : "bluetooth"));
        return o;
}

struct json_object *answers_to_json(const uint8_t *answers) {
        struct json_object *o = json_object_new_object();

        for (enum question q = 0; q < _QUESTION_MAX; q++)
                if (answer_word(q, answers[q]))
                        json_object_object_add(o, question_name(q), json_string(answer_word(q, answers[q])));
        return o;
}

struct json_object *all_answers_to_json(const struct model *m, const struct answers *t) {
        struct json_object *o;

        if (!t)
                return NULL;
        o = json_object_new_object();
        json_put(o, "answers", answers_to_json(t->by_question));
        json_put(o, "at", json_moment(m, t->at));
        return o;
}

/* A sentence about what cannot be seen, and how it could be. */
static struct json_object *note(enum sentence id, const char *model) {
        char line[256];
        struct params params = {};

        words_say(line, sizeof(line), &params, id, (const struct word[]){ TEXT("model", model), {} });
        return json_string(line);
}

/* BlueZ does not report its version. Before 5.71 it accepts levels from sound servers only with this setting; without it an
 * interface is missing (BlueZ src/adapter.c, adapter_register()). */
static struct json_object *hidden_level_note(const struct headset *h) {
        return note(SAY_NOTE_LEVEL_HIDDEN, h->facts.facts.model);
}

/* Product ids of receivers whose switch is set to the console (all are listed in hid-report.c of the sources). */
static bool is_console_receiver(const struct port *p) {
        static const uint16_t products[] = { 0x0ec0, 0x0ec3, 0x0fa9 };

        for (size_t i = 0; i < sizeof(products) / sizeof(products[0]); i++)
                if (p->present && p->device.vendor == 0x054c && p->device.product == products[i])
                        return true;
        return false;
}

static struct json_object *console_note(const struct port *p) {
        return note(SAY_NOTE_CONSOLE, p->device.facts.model[0] ? p->device.facts.model : "headset");
}

struct json_object *notes_to_json(const struct model *m) {
        struct json_object *list = json_object_new_array();

        for (size_t i = 0; i < m->n_ports; i++)
                if (is_console_receiver(m->ports[i]))
                        json_object_array_add(list, console_note(m->ports[i]));

        if (m->log_begins_late)
                json_object_array_add(list, note(SAY_NOTE_LOG_BEGINS_LATE, ""));
        for (size_t i = 0; i < m->n_headsets; i++) {
                const struct headset *h = m->headsets[i];

                if (!h->gone && h->facts.connected && h->facts.level_hidden && headset_level(h) == BATTERY_UNKNOWN)
                        json_object_array_add(list, hidden_level_note(h));
        }
        return list;
}
