/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The guide: complete for every model, each line with a source, nothing unproven, and no line that is never shown. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "database.h"
#include "doctor/engine.h"
#include "client/guide/guide.h"
#include "hwdb/hwdb.h"
#include "client/show/show.h"
#include "run.h"

static const struct guide_line *const tables[] = { guide_lines_power, guide_lines_care, guide_lines_service };

#define FOR_EACH_LINE(l)                                               \
        for (size_t _t = 0; _t < sizeof tables / sizeof *tables; _t++) \
                for (const struct guide_line *l = tables[_t]; l->text; l++)

static char models[HWDB_MODELS_MAX][32];
static size_t n_models;

static void setup(void) {
        use_database();
        n_models = hwdb_models(models, HWDB_MODELS_MAX);
        ck_assert_uint_gt(n_models, 50);
}

static struct model_facts facts_of(const char *name) {
        struct model_facts f;

        ck_assert_msg(guide_find_model(name, &f), "%s", name);
        return f;
}

static void check_source(struct json_object *line, const char *where) {
        struct json_object *source = json_child(line, "source");
        const char *url = json_text(source, "url");

        ck_assert_msg(*json_text(line, "text"), "%s: a line without text", where);
        ck_assert_msg(*json_text(source, "title"), "%s: \"%s\" has no source", where, json_text(line, "text"));
        ck_assert_msg(strncmp(url, "https://", 8) == 0 || strncmp(url, "man:", 4) == 0, "%s: %s is no address", where, url);
}

static bool is_said(struct json_object *lines, bool (*holds)(struct json_object *line)) {
        for (size_t i = 0; i < json_length(lines); i++)
                if (holds(json_object_array_get_idx(lines, i)))
                        return true;
        return false;
}

static bool is_specific(struct json_object *line) {
        return json_truth(line, "specific") && strcmp(json_text(line, "by"), "others") != 0;
}

static bool is_unknown(struct json_object *line) {
        return strstr(json_text(line, "text"), "is not known here. See its Help Guide.") != NULL;
}

/* Topics in which a general line is not enough. */
static bool asks_for_the_model(enum guide_topic t) {
        return t == GUIDE_LIGHT || t == GUIDE_POWER || t == GUIDE_IN_USE || t == GUIDE_WIRELESS || t == GUIDE_FIRMWARE ||
               t == GUIDE_RESET || t == GUIDE_INITIALISE;
}

START_TEST(test_every_model_is_complete) {
        for (size_t i = 0; i < n_models; i++) {
                struct model_facts f = facts_of(models[i]);
                struct json_object *answer = guide_answer(&f, NULL), *topics = json_list(answer, "topics");
                size_t n = 0;

                if (!doctor_has_battery(f.model)) {
                        ck_assert_uint_eq(json_length(topics), 1);
                        json_object_put(answer);
                        continue;
                }
                for (enum guide_topic t = 0; t < _GUIDE_TOPIC_MAX; t++) {
                        struct json_object *topic, *lines;

                        if (!guide_topic_fits(t, &f))
                                continue;
                        topic = json_object_array_get_idx(topics, n++);
                        lines = json_list(topic, "lines");
                        ck_assert_str_eq(json_text(topic, "topic"), guide_topic_name(t));
                        ck_assert_msg(json_length(lines) > 0, "%s: nothing about %s", models[i], guide_topic_name(t));
                        for (size_t k = 0; k < json_length(lines); k++)
                                check_source(json_object_array_get_idx(lines, k), models[i]);
                        if (asks_for_the_model(t))
                                ck_assert_msg(is_said(lines, is_specific) != is_said(lines, is_unknown),
                                              "%s: %s is neither known nor said to be unknown, or both", models[i],
                                              guide_topic_name(t));
                }
                ck_assert_uint_eq(json_length(topics), n);
                ck_assert_uint_ge(n, _GUIDE_TOPIC_MAX - 3);
                json_object_put(answer);
        }
}
END_TEST

START_TEST(test_every_line_has_a_source_and_a_reader) {
        FOR_EACH_LINE(l) {
                bool read = false;

                ck_assert_ptr_nonnull(l->source);
                ck_assert_msg(l->text[strlen(l->text) - 1] == '.', "%s", l->text);
                for (size_t i = 0; i < n_models && !read; i++) {
                        struct model_facts f = facts_of(models[i]);

                        read = guide_line_fits(l, &f) && guide_topic_fits(l->topic, &f);
                }
                ck_assert_msg(read, "no model is meant by: %s", l->text);
        }
}
END_TEST

/* A misspelt name would silently match no model. */
START_TEST(test_named_models_exist) {
        FOR_EACH_LINE(l) {
                char list[256], *rest = list, *name;

                if (!l->models)
                        continue;
                snprintf(list, sizeof list, "%s", l->models);
                while ((name = strsep(&rest, ";"))) {
                        size_t len = strlen(name);

                        name += *name == '!';
                        if (len == 0 || name[strlen(name) - 1] != '*')
                                ck_assert_str_eq(facts_of(name).model, name);
                        ck_assert(len > 0);
                }
        }
}
END_TEST

static bool says(const struct guide_line *l, const char *words) {
        return strcasestr(l->text, words) != NULL;
}

/* Unproven and refuted claims are not in the guide, and nothing is attributed to Sony that Sony did not say. */
START_TEST(test_nothing_unproven) {
        static const char *const never[] = { "fake",    "counterfeit", "CUSTOM", "9 V/1.67",
                                             "BQ25619", "CC resistor", "always", "guarantee" };

        FOR_EACH_LINE(l) {
                for (size_t i = 0; i < sizeof never / sizeof *never; i++)
                        ck_assert_msg(!says(l, never[i]), "%s", l->text);
                ck_assert(!strstr(l->source->url, "sonusgearflow"));
                ck_assert_int_eq(l->source->kind == GUIDE_BY_SONY, strncmp(l->source->title, "Sony, ", 6) == 0);
                /* Only the XM5 is known to take Power Delivery; no reset of a flagship was found on a page of Sony's. */
                if (says(l, "9 V") || says(l, "Power Delivery"))
                        ck_assert_str_eq(l->models, "WH-1000XM5");
                if ((l->topic == GUIDE_RESET || l->topic == GUIDE_INITIALISE) && l->models)
                        ck_assert_int_eq(l->source->kind, GUIDE_BY_OTHERS);
                if (l->topic == GUIDE_HOLD_POWER)
                        ck_assert_int_eq(l->source->kind, GUIDE_BY_OTHERS);
        }
}
END_TEST

static bool topic_says(const char *model, enum guide_topic t, const char *words) {
        struct model_facts f = facts_of(model);
        struct json_object *topic = guide_topic_to_json(t, &f), *lines = json_list(topic, "lines");
        bool found = false;

        for (size_t i = 0; i < json_length(lines); i++)
                found |= strstr(json_text(json_object_array_get_idx(lines, i), "text"), words) != NULL;
        json_object_put(topic);
        return found;
}

static const struct {
        const char *model;
        enum guide_topic topic;
        const char *words;
        bool said;
} lines[] = {
        { "WH-1000XM5", GUIDE_LIGHT, "orange while it charges", true },
        { "WH-1000XM4", GUIDE_LIGHT, "red while it charges", true },
        { "WH-1000XM4", GUIDE_LIGHT, "orange while it charges", false },
        { "WH-1000XM6", GUIDE_IN_USE, "80 %", true },
        { "WH-1000XM5", GUIDE_IN_USE, "switches itself off", true },
        { "WH-1000XM4", GUIDE_IN_USE, "switches itself off", false },
        { "WH-1000XM4", GUIDE_LEVEL, "such as 10 %", true },
        { "WH-1000XM5", GUIDE_LEVEL, "such as 10 %", false },
        { "WH-1000XM3", GUIDE_RESET, "NC/AMBIENT", true },
        { "WH-CH520", GUIDE_RESET, "NC/AMBIENT", false },
        { "WH-CH520", GUIDE_RESET, "volume up", true },
        { "ULT WEAR", GUIDE_RESET, "NC/AMBIENT", false },
        { "WF-1000XM4", GUIDE_RESET, "five times", true },
        { "WF-1000XM5", GUIDE_RESET, "five times", false },
        { "WF-1000XM4", GUIDE_WIRELESS, "Qi pad", true },
        { "WF-C500", GUIDE_WIRELESS, "Qi pad", false },
        { "WH-1000XM5", GUIDE_WIRELESS, "earbuds", false },
        { "WF-1000XM5", GUIDE_POWER, "500 mA) or more", true },
        { "WH-1000XM5", GUIDE_FIRMWARE, "2.5.1", true },
        { "WI-1000X", GUIDE_WIRELESS, "not known here", true },
        { "WH-9999", GUIDE_LIGHT, "not known here", true },
        { "WH-9999", GUIDE_FIRMWARE, "not known here", true },
};

START_TEST(test_lines_of_models) {
        ck_assert_int_eq(topic_says(lines[_i].model, lines[_i].topic, lines[_i].words), lines[_i].said);
}
END_TEST

/* The current and the time that the program judges by stand in the guide, with Sony's name to them. */
START_TEST(test_power_agrees_with_the_facts) {
        for (size_t i = 0; i < n_models; i++) {
                struct model_facts f = facts_of(models[i]);
                char amperes[16], hours[16];

                snprintf(amperes, sizeof amperes, "%u.%u A", f.needed_ma / 1000, f.needed_ma % 1000 / 100);
                if (f.needed_ma > 0)
                        ck_assert_msg(topic_says(models[i], GUIDE_POWER, amperes), "%s: %s", models[i], amperes);
                snprintf(hours, sizeof hours, "%.2g hours", f.full_minutes / 60.0);
                if (f.full_minutes > 0)
                        ck_assert_msg(topic_says(models[i], GUIDE_POWER, hours), "%s: %s", models[i], hours);
        }
}
END_TEST

/* The current and time of a model that only the database contains are taken from there. */
START_TEST(test_power_from_the_facts_alone) {
        struct model_facts f = MODEL_FACTS_UNKNOWN;
        struct json_object *topic;
        const char *text;

        strcpy(f.model, "WF-9999");
        strcpy(f.family, "earbuds");
        strcpy(f.help, "https://helpguide.sony.net/mdr/wf9999/v1/en/");
        f.needed_ma = 1500;
        f.full_minutes = 135;
        topic = guide_topic_to_json(GUIDE_POWER, &f);
        text = json_object_to_json_string_ext(topic, JSON_C_TO_STRING_PLAIN | JSON_C_TO_STRING_NOSLASHESCAPE);
        ck_assert_ptr_nonnull(strstr(text, "Sony asks for an adapter of 1.5 A (1500 mA) or more."));
        ck_assert_ptr_nonnull(strstr(text, "Case and earbuds are full in about 2.2 hours."));
        ck_assert_ptr_nonnull(
                strstr(text, "\"title\":\"Sony, Help Guide of the WF-9999\",\"url\":\"https://helpguide.sony.net/mdr/wf9999"));
        ck_assert_ptr_null(strstr(text, "not known here"));
        json_object_put(topic);
}
END_TEST

START_TEST(test_findings_are_symptoms) {
        for (unsigned code = 0; code < _FINDING_CODE_MAX; code++) {
                const struct guide_symptom *s = guide_finding((enum finding_code) code);

                ck_assert_str_eq(s->name, finding_code_name((enum finding_code) code));
                ck_assert_ptr_eq(guide_symptom_find(s->name), s);
                ck_assert_uint_gt(s->n_topics, 0);
        }
}
END_TEST

START_TEST(test_symptoms) {
        const struct guide_symptom *s;
        size_t n = 0;

        for (; (s = guide_symptom_at(n)); n++) {
                struct json_object *answer = guide_answer(NULL, s);

                ck_assert(*s->title);
                ck_assert_int_eq(s->text != NULL, s->source != NULL);
                ck_assert_ptr_eq(guide_symptom_find(s->name), s);
                ck_assert_uint_eq(json_length(json_list(answer, "topics")), s->n_topics);
                for (size_t i = 0; i < s->n_topics; i++)
                        ck_assert_uint_gt(
                                json_length(json_list(json_object_array_get_idx(json_list(answer, "topics"), i), "lines")), 0);
                json_object_put(answer);
        }
        ck_assert_uint_gt(n, _FINDING_CODE_MAX + 10);
        ck_assert_ptr_eq(guide_symptom_find("Dark Light"), guide_symptom_find("dark-light"));
        ck_assert_ptr_null(guide_symptom_find("dark"));
        ck_assert_ptr_null(guide_symptom_find(""));
}
END_TEST

/* Sony's own order: light, cable, adapter, computer, temperature, then reset, initialise, repair. */
START_TEST(test_order_is_sonys) {
        static const enum guide_topic order[] = { GUIDE_LIGHT,       GUIDE_CABLE, GUIDE_SOURCE,     GUIDE_COMPUTER,
                                                  GUIDE_TEMPERATURE, GUIDE_RESET, GUIDE_INITIALISE, GUIDE_SERVICE };
        const struct guide_symptom *s = guide_symptom_find("no-charge");
        size_t k = 0;

        for (size_t i = 0; i < s->n_topics && k < sizeof order / sizeof *order; i++)
                if (s->topics[i] == order[k])
                        k++;
        ck_assert_uint_eq(k, sizeof order / sizeof *order);
}
END_TEST

static const struct {
        const char *name, *model, *family;
} found[] = {
        { "wh_1000xm5_3f2a1c", "WH-1000XM5", "over-ear" },
        { "WH1000XM5", "WH-1000XM5", "over-ear" },
        { "linkbuds_s", "LinkBuds S", "earbuds" },
        { "wf-9999", "WF-9999", "earbuds" },
        { "mdr-x", "MDR-X", "" },
};

START_TEST(test_find_model) {
        ck_assert_str_eq(facts_of(found[_i].name).model, found[_i].model);
        ck_assert_str_eq(facts_of(found[_i].name).family, found[_i].family);
}
END_TEST

START_TEST(test_find_no_model) {
        static const char *const names[] = { "",          "-",       "blah",           "dark-light", "wh",
                                             "DualSense", "\x1b[2J", "INZONE Mouse-A", "_3f2a1c" };
        struct model_facts f;

        for (size_t i = 0; i < sizeof names / sizeof *names; i++)
                ck_assert_msg(!guide_find_model(names[i], &f), "%s is taken for %s", names[i], f.model);
}
END_TEST

/* Without the database the kind of headset is derived from the form of the name. */
START_TEST(test_without_database) {
        struct model_facts f;

        use_no_database();
        f = facts_of("wf-1000xm5");
        ck_assert_str_eq(f.family, "earbuds");
        ck_assert(topic_says("wf-1000xm5", GUIDE_SEATING, "magnets"));
        ck_assert(topic_says("wf-1000xm5", GUIDE_FIRMWARE, "not known here"));
        ck_assert(!guide_topic_fits(GUIDE_SEATING, &(struct model_facts){ .family = "over-ear" }));
}
END_TEST

int main(void) {
        Suite *s = suite_create("client-guide");
        TCase *t = tcase_create("client-guide");

        tcase_add_checked_fixture(t, setup, NULL);
        tcase_add_test(t, test_every_model_is_complete);
        tcase_add_test(t, test_every_line_has_a_source_and_a_reader);
        tcase_add_test(t, test_named_models_exist);
        tcase_add_test(t, test_nothing_unproven);
        tcase_add_loop_test(t, test_lines_of_models, 0, sizeof lines / sizeof *lines);
        tcase_add_test(t, test_power_agrees_with_the_facts);
        tcase_add_test(t, test_power_from_the_facts_alone);
        tcase_add_test(t, test_findings_are_symptoms);
        tcase_add_test(t, test_symptoms);
        tcase_add_test(t, test_order_is_sonys);
        tcase_add_loop_test(t, test_find_model, 0, sizeof found / sizeof *found);
        tcase_add_test(t, test_find_no_model);
        tcase_add_test(t, test_without_database);
        suite_add_tcase(s, t);
        return run_suite(s);
}
