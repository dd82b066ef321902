/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Guide: which lines are about a model, and the answer as JSON.
 */
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "doctor/engine.h"
#include "words/words.h"
#include "hwdb/facts-json.h"
#include "common/finding-json.h"
#include "client/guide/guide-sources.h"
#include "common/language.h"
#include "hwdb/hwdb.h"

static const struct {
        const char *name, *title;
        unsigned families;
        const char *unknown; /* shown if nothing is known about the model in particular; NULL: the general lines are enough */
} topics[_GUIDE_TOPIC_MAX] = {
        [GUIDE_LIGHT] = { "light", N_("What the charging light says"), FOR_ALL,
                          N_("What its light says in particular is not known here.") },
        [GUIDE_POWER] = { "power", N_("Current and time"), FOR_ALL,
                          N_("What current it wants, and how long it takes, is not known here.") },
        [GUIDE_SOURCE] = { "source", N_("Wall socket and adapter"), FOR_ALL, NULL },
        [GUIDE_COMPUTER] = { "computer", N_("At a computer"), FOR_ALL, NULL },
        [GUIDE_CABLE] = { "cable", N_("Cable and plug"), FOR_ALL, NULL },
        [GUIDE_IN_USE] = { "in-use", N_("Using it while it charges, and 80 %"), FOR_ALL,
                           N_("What Sony says of using it while it charges is not known here.") },
        [GUIDE_WIRELESS] = { "wireless", N_("On a wireless pad"), FOR_ALL, N_("Whether it charges on a pad is not known here.") },
        [GUIDE_TEMPERATURE] = { "temperature", N_("Warm and cold"), FOR_ALL, NULL },
        [GUIDE_STORAGE] = { "storage", N_("After months without use"), FOR_ALL, NULL },
        [GUIDE_CLEAN] = { "clean", N_("Cleaning socket and contacts"), FOR_ALL, NULL },
        [GUIDE_WET] = { "wet", N_("Liquid"), FOR_ALL, NULL },
        [GUIDE_SEATING] = { "seating", N_("Placing the earbuds"), FOR_EARBUDS, NULL },
        [GUIDE_CASE] = { "case", N_("The case's own charge"), FOR_EARBUDS, NULL },
        [GUIDE_LEVEL] = { "level", N_("The level that is shown"), FOR_ALL, NULL },
        [GUIDE_VISIBLE] = { "visible", N_("Whether a computer sees it"), FOR_ALL, NULL },
        [GUIDE_FIRMWARE] = { "firmware", N_("Firmware"), FOR_ALL, N_("Its newest firmware is not known here.") },
        [GUIDE_RESET] = { "reset", N_("Reset"), FOR_ALL, N_("How Sony resets it is not known here.") },
        [GUIDE_HOLD_POWER] = { "hold-power", N_("Holding the power button"), FOR_OVER_EAR, NULL },
        [GUIDE_INITIALISE] = { "initialise", N_("Initialise"), FOR_ALL, N_("How Sony initialises it is not known here.") },
        [GUIDE_BATTERY] = { "battery", N_("When the battery is at fault"), FOR_ALL, NULL },
        [GUIDE_SERVICE] = { "service", N_("Warranty and repair"), FOR_ALL, NULL },
};

const char *guide_topic_name(enum guide_topic t) {
        return topics[t].name;
}

bool guide_symptom_of_topic(const char *name, struct guide_symptom *ret) {
        for (unsigned t = 0; t < _GUIDE_TOPIC_MAX; t++)
                if (strcasecmp(topics[t].name, name) == 0) {
                        *ret = (struct guide_symptom){
                                .name = topics[t].name,
                                .title = topics[t].title,
                                .topics = { (enum guide_topic) t },
                                .n_topics = 1,
                        };
                        return true;
                }
        return false;
}

/* If the shape of the headset is not known, lines for every shape are taken. */
static unsigned family_of(const struct model_facts *f) {
        if (strcmp(f->family, "over-ear") == 0)
                return FOR_OVER_EAR;
        if (strcmp(f->family, "neckband") == 0)
                return FOR_NECKBAND;
        return strcmp(f->family, "earbuds") == 0 ? FOR_EARBUDS : FOR_ALL;
}

bool guide_topic_fits(enum guide_topic t, const struct model_facts *f) {
        return topics[t].families & family_of(f);
}

/* Returns whether `pattern`, without "!", matches the model. A "*" at the end matches any rest. */
static bool names(const char *pattern, size_t len, const char *model) {
        if (len > 0 && pattern[len - 1] == '*')
                return strncasecmp(pattern, model, len - 1) == 0;
        return strlen(model) == len && strncasecmp(pattern, model, len) == 0;
}

static bool list_names(const char *list, const char *model) {
        bool found = false;

        for (; *list; list += *list == ';') {
                size_t len = strcspn(list, ";");
                bool out = *list == '!';

                if (names(list + out, len - out, model)) {
                        if (out)
                                return false;
                        found = true;
                }
                list += len;
        }
        return found;
}

bool guide_line_fits(const struct guide_line *line, const struct model_facts *f) {
        return (line->families & family_of(f)) && (!line->models || list_names(line->models, f->model));
}

static const char *kind_name(enum guide_kind kind) {
        static const char *const kinds[_GUIDE_KIND_MAX] = { "sony", "reference", "others" };

        return kinds[kind];
}

static void add_line(struct json_object *lines, const char *text, bool specific, const struct guide_source *source) {
        struct json_object *line = json_object_new_object(), *from = json_object_new_object();

        json_object_object_add(line, "text", json_object_new_string(text));
        json_object_object_add(line, "by", json_object_new_string(kind_name(source->kind)));
        json_object_object_add(line, "specific", json_object_new_boolean(specific));
        json_object_object_add(from, "title", json_object_new_string(_(source->title)));
        json_object_object_add(from, "url", json_object_new_string(source->url));
        json_object_object_add(line, "source", from);
        json_object_array_add(lines, line);
}

#define TITLE_MAX 160

/* Sony's page about the model, as the source of what the model facts have from there. `title` has to live as long as the source.
 */
static struct guide_source help_source(const struct model_facts *f, char title[static TITLE_MAX]) {
        if (!f->help[0])
                return by_support;
        snprintf(title, TITLE_MAX, _("Sony, Help Guide of the %s"), f->model);
        return (struct guide_source){ GUIDE_BY_SONY, title, f->help };
}

static void add_firmware_facts(struct json_object *lines, const struct model_facts *f) {
        char text[256];

        if (!f->firmware[0])
                return;
        if (f->firmware_date[0])
                snprintf(text, sizeof text, _("The newest that is known here is %s (seen in %s)."), f->firmware,
                         f->firmware_date);
        else
                snprintf(text, sizeof text, _("The newest that is known here is %s (seen in an unknown month)."), f->firmware);
        add_line(lines, text, true, &by_firmware_files);
}

/* The database has a current and a time only if Sony states them. For earbuds the time is that of the case and the earbuds. */
static void add_power_facts(struct json_object *lines, const struct model_facts *f) {
        bool earbuds = strcmp(f->family, "earbuds") == 0;
        char text[256], title[TITLE_MAX], number[DECIMALS_MAX];
        struct guide_source source = help_source(f, title);

        if (f->needed_ma > 0) {
                snprintf(number, sizeof number, "%g", f->needed_ma / 1000.0);
                snprintf(text, sizeof text, _("Sony asks for an adapter of %s A (%u mA) or more."), language_number(number),
                         (unsigned) f->needed_ma);
                add_line(lines, text, true, &source);
        }
        if (f->full_minutes > 0) {
                snprintf(number, sizeof number, "%.2g", f->full_minutes / 60.0);
                snprintf(text, sizeof text,
                         earbuds ? _("Case and earbuds are full in about %s hours.") : _("It is full in about %s hours."),
                         language_number(number));
                add_line(lines, text, true, &source);
        }
}

/* The doctor knows the sequences, too. */
static void add_sequence(struct json_object *lines, const struct model_facts *f, enum doctor_step step) {
        const char *text = doctor_sequence_by_sony(f->model, step);
        char title[TITLE_MAX];
        struct guide_source source = strncmp(f->model, "PULSE", strlen("PULSE")) == 0 ? by_playstation : help_source(f, title);

        if (text)
                add_line(lines, text, true, &source);
}

/* Adds what the facts of the model say. `known`: the list already has Sony's own words about this model and topic, with the same
 * numbers. Returns whether something was added. */
static bool add_facts(struct json_object *lines, enum guide_topic t, const struct model_facts *f, bool known) {
        size_t before = json_object_array_length(lines);

        if (t == GUIDE_FIRMWARE)
                add_firmware_facts(lines, f);
        else if (t == GUIDE_POWER && !known)
                add_power_facts(lines, f);
        else if (t == GUIDE_RESET && !known)
                add_sequence(lines, f, DO_RESET);
        else if (t == GUIDE_INITIALISE && !known)
                add_sequence(lines, f, DO_INITIALISE);
        return json_object_array_length(lines) > before;
}

static void add_unknown(struct json_object *lines, enum guide_topic t, const struct model_facts *f) {
        char text[512], title[TITLE_MAX];
        struct guide_source source = help_source(f, title);

        snprintf(text, sizeof text, _("%s See its Help Guide."), _(topics[t].unknown));
        add_line(lines, text, false, &source);
}

/* Selects the lines of a topic: those about one model in particular, or those about all models. */
struct wanted {
        enum guide_topic topic;
        enum guide_kind kind;
        bool specific;
        const struct model_facts *facts; /* NULL: no model */
};

static bool is_wanted(const struct guide_line *l, const struct wanted *w) {
        if (l->topic != w->topic || l->source->kind != w->kind || (l->models != NULL) != w->specific)
                return false;
        return w->facts ? guide_line_fits(l, w->facts) : !w->specific;
}

static bool add_wanted(struct json_object *lines, const struct wanted *w) {
        const struct guide_line *const tables[] = { guide_lines_power, guide_lines_care, guide_lines_service };
        size_t before = json_object_array_length(lines);

        for (size_t t = 0; t < sizeof tables / sizeof *tables; t++)
                for (const struct guide_line *l = tables[t]; l->text; l++)
                        if (is_wanted(l, w))
                                add_line(lines, _(l->text), w->specific, l->source);
        return json_object_array_length(lines) > before;
}

/* Adds all lines of one kind: first those about this model, then the general ones. Returns whether any was about this model. */
static bool add_kind(struct json_object *lines, enum guide_topic t, enum guide_kind kind, const struct model_facts *f) {
        bool known = add_wanted(lines, &(struct wanted){ t, kind, true, f });

        add_wanted(lines, &(struct wanted){ t, kind, false, f });
        return known;
}

static struct json_object *lines_of(enum guide_topic t, const struct model_facts *f) {
        struct json_object *lines = json_object_new_array();
        bool known = add_kind(lines, t, GUIDE_BY_SONY, f);

        known |= f && add_facts(lines, t, f, known);
        known |= add_kind(lines, t, GUIDE_BY_REFERENCE, f);
        if (f && !known && topics[t].unknown)
                add_unknown(lines, t, f);
        add_kind(lines, t, GUIDE_BY_OTHERS, f);
        if (json_object_array_length(lines) == 0)
                add_line(lines, _("This differs from model to model: sonychargectl guide MODEL"), false, &by_program);
        return lines;
}

struct json_object *guide_topic_to_json(enum guide_topic t, const struct model_facts *f) {
        struct json_object *o = json_object_new_object();

        json_object_object_add(o, "topic", json_object_new_string(topics[t].name));
        json_object_object_add(o, "title", json_object_new_string(_(topics[t].title)));
        json_object_object_add(o, "lines", lines_of(t, f));
        return o;
}

/* The warning about a dangerous battery comes before everything that a person may try. */
static void add_safety(struct json_object *lines) {
        char text[2048];

        snprintf(text, sizeof text, _("Safety first. %s If so: %s"), words_text(SAY_DOCTOR_DANGER),
                 words_text(SAY_DOCTOR_DANGER_DO));
        add_line(lines, text, false, &by_program);
}

/* A finding about the way of the power asks nobody to touch a battery. */
static bool needs_safety(const struct guide_symptom *s) {
        enum finding_code code = finding_code_from_name(s->name);

        return code == _FINDING_CODE_MAX || finding_segment(code) == SEGMENT_DEVICE;
}

static struct json_object *symptom_to_json(const struct guide_symptom *s) {
        struct json_object *o = json_object_new_object(), *lines = json_object_new_array();

        json_object_object_add(o, "name", json_object_new_string(s->name));
        json_object_object_add(o, "title", json_object_new_string(_(s->title)));
        if (needs_safety(s))
                add_safety(lines);
        if (s->text)
                add_line(lines, _(s->text), false, s->source);
        json_object_object_add(o, "lines", lines);
        return o;
}

static struct json_object *topics_to_json(const struct model_facts *f, const struct guide_symptom *s) {
        size_t n = s ? s->n_topics : _GUIDE_TOPIC_MAX;
        struct json_object *list = json_object_new_array();

        for (size_t i = 0; i < n; i++) {
                enum guide_topic t = s ? s->topics[i] : (enum guide_topic) i;

                if (!f || guide_topic_fits(t, f))
                        json_object_array_add(list, guide_topic_to_json(t, f));
        }
        return list;
}

/* For an unknown model only the advice for its family applies. The overview has the first line of each topic, so that it fits on
 * a screen; for a symptom all lines are shown. */
static struct json_object *brief_topics(const struct model_facts *f) {
        static const enum guide_topic most[] = { GUIDE_LIGHT,   GUIDE_SOURCE, GUIDE_CABLE, GUIDE_COMPUTER, GUIDE_TEMPERATURE,
                                                 GUIDE_SEATING, GUIDE_CASE,   GUIDE_RESET, GUIDE_SERVICE };
        struct json_object *list = json_object_new_array();

        for (size_t i = 0; i < sizeof most / sizeof *most; i++) {
                struct json_object *topic, *lines;

                if (!guide_topic_fits(most[i], f))
                        continue;
                topic = guide_topic_to_json(most[i], f);
                lines = json_object_object_get(topic, "lines");
                json_object_array_del_idx(lines, 1, json_object_array_length(lines) - 1);
                json_object_array_add(list, topic);
        }
        return list;
}

/* No advice about charging fits a model that has nothing to charge. */
static struct json_object *nothing_to_charge(void) {
        struct json_object *list = json_object_new_array(), *topic = json_object_new_object(), *lines = json_object_new_array();

        add_line(lines, _("It is wired and has no battery: there is nothing to charge."), true, &by_program);
        json_object_object_add(topic, "topic", json_object_new_string(topics[GUIDE_LEVEL].name));
        json_object_object_add(topic, "title", json_object_new_string(_(topics[GUIDE_LEVEL].title)));
        json_object_object_add(topic, "lines", lines);
        json_object_array_add(list, topic);
        return list;
}

static struct json_object *topics_for(const struct model_facts *f, const struct guide_symptom *s) {
        if (f && !doctor_has_battery(f->model))
                return nothing_to_charge();
        return f && !s && !f->from_hwdb ? brief_topics(f) : topics_to_json(f, s);
}

struct json_object *guide_answer(const struct model_facts *f, const struct guide_symptom *s) {
        struct json_object *o = json_api_object();

        json_object_object_add(o, "model", f ? model_facts_to_json(f) : NULL);
        json_object_object_add(o, "symptom", s ? symptom_to_json(s) : NULL);
        json_object_object_add(o, "topics", topics_for(f, s));
        return o;
}

struct json_object *guide_overview(void) {
        struct json_object *o = json_api_object(), *models = json_object_new_array(), *symptoms = json_object_new_array();
        char names[HWDB_MODELS_MAX][sizeof(((struct model_facts *) 0)->model)];
        const struct guide_symptom *s;
        size_t n = hwdb_models(names, HWDB_MODELS_MAX);

        for (size_t i = 0; i < n; i++)
                json_object_array_add(models, json_object_new_string(names[i]));
        for (size_t i = 0; (s = guide_symptom_at(i)); i++) {
                struct json_object *symptom = json_object_new_object();

                json_object_object_add(symptom, "name", json_object_new_string(s->name));
                json_object_object_add(symptom, "title", json_object_new_string(_(s->title)));
                json_object_object_add(symptom, "finding", json_object_new_boolean(i < _FINDING_CODE_MAX));
                json_object_array_add(symptoms, symptom);
        }
        json_object_object_add(o, "models", models);
        json_object_object_add(o, "symptoms", symptoms);
        return o;
}
