/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The table of sentences, and how places are filled. That each finding's sentence comes from its params, story.c checks. */
#include <check.h>
#include <stdio.h>
#include <string.h>

#include "run.h"
#include "words/words.h"

static const struct row {
        const char *id, *what, *one, *many, *count;
} rows[] = {
#define ROW(id, what, one, many, count) { #id, what, one, many, count },
#include "words/sentences.def"
};
#define N_ROWS (sizeof rows / sizeof *rows)

/* Braces are closed, and a place has a name of small letters, digits and "_" after its first letter. */
static bool is_well_formed(const char *form) {
        while (*(form += strcspn(form, "{}"))) {
                size_t length = strspn(form + 1, "abcdefghijklmnopqrstuvwxyzDHP0123456789_");

                if (*form == '}' || length == 0 || form[1 + length] != '}')
                        return false;
                form += length + 2;
        }
        return true;
}

START_TEST(test_places) {
        for (size_t i = 0; i < N_ROWS; i++) {
                char place[64];

                ck_assert_msg(is_well_formed(rows[i].one), "%s", rows[i].id);
                ck_assert_int_eq(*rows[i].many != 0, *rows[i].count != 0);
                if (!*rows[i].many)
                        continue;
                snprintf(place, sizeof place, "{%s}", rows[i].count);
                ck_assert_msg(is_well_formed(rows[i].many) && strcmp(rows[i].one, rows[i].many) != 0, "%s", rows[i].id);
                ck_assert_msg(strstr(rows[i].one, place) && strstr(rows[i].many, place), "%s", rows[i].id);
        }
}
END_TEST

START_TEST(test_no_sentence_twice) {
        for (size_t i = 0; i < N_ROWS; i++)
                for (size_t k = 0; k < i; k++)
                        ck_assert_msg(strcmp(rows[i].one, rows[k].one) != 0 || *rows[i].what || *rows[k].what, "%s and %s",
                                      rows[i].id, rows[k].id);
}
END_TEST

/* "1 time" and "2 times" are two forms, never "time(s)" and never a text that is put together. */
START_TEST(test_plural) {
        struct finding f = {};

        give(&f, SAY_EV_DROPS, "kernel-log", 5, NUMBER("seen_count", 1));
        give(&f, SAY_EV_DROPS, "kernel-log", 5, NUMBER("seen_count", 2));
        give(&f, SAY_EV_DROPS, "kernel-log", 5, NUMBER("seen_count", 0));
        ck_assert_str_eq(f.evidence[0].value, "1 time");
        ck_assert_str_eq(f.evidence[1].value, "2 times");
        ck_assert_str_eq(f.evidence[2].value, "0 times");
        ck_assert_str_eq(f.evidence[0].what, "dropped and came back");
        ck_assert_uint_eq(f.evidence[0].at, 5);
        for (int i = 0; i < 100; i++)
                give(&f, SAY_EV_DROPS, "kernel-log", 0, NUMBER("seen_count", 3));
        ck_assert_uint_eq(f.n_evidence, EVIDENCE_MAX);
}
END_TEST

START_TEST(test_nested) {
        struct finding f = {};

        because(&f, SAY_ASKS_FOR_MORE, WORDS("device", SAY_THE_NAMED_DEVICE), TEXT("device_name", "{name} 100 % } {"),
                NUMBER("declared_ma", 500), NUMBER("budget_ma", 100));
        ck_assert_str_eq(f.cause, "The device \"{name} 100 % } {\" asks for 500 mA and this port may give only 100 mA, so the "
                                  "computer did not switch it on.");
        because(&f, SAY_CHARGING_STOPPED_FOR, WORDS("device", SAY_SOMETHING),
                NUMBER("slept_usec", UINT64_C(7) * 3600 * 1000000 + 1000));
        ck_assert_str_eq(f.cause, "Charging of something stopped for 7 h 0 min while the computer slept: the USB ports were off "
                                  "or were reset.");
}
END_TEST

/* Params that are sent over the bus give the same sentence on the other side. Unknown ones of another version give none. */
START_TEST(test_over_the_bus) {
        struct params p;
        struct finding f = {};
        char text[256];
        struct json_object *o;

        because(&f, SAY_CASE_IS_EMPTY);
        o = params_to_json(&f.cause_params);
        params_from_json(&p, o);
        ck_assert(words_fill(&p, text, sizeof text));
        ck_assert_str_eq(text, f.cause);
        json_object_object_add(o, "template", json_object_new_string("of-a-later-version"));
        params_from_json(&p, o);
        ck_assert(!words_fill(&p, text, sizeof text));
        ck_assert_str_eq(text, "");
        json_object_put(o);
        params_from_json(&p, NULL);
        ck_assert(!words_fill(&p, text, sizeof text));
        ck_assert_ptr_null(params_to_json(&p));
}
END_TEST

/* Hostile params: a template within itself, and texts longer than the buffer. */
START_TEST(test_hostile) {
        static char huge[5000];
        struct params p = {};
        char text[64];
        bool number;

        params_text(&p, "template", "suspended");
        params_text(&p, "device_words", "suspended");
        ck_assert(words_fill(&p, text, sizeof text));
        ck_assert_uint_lt(strlen(text), sizeof text);
        memset(huge, 'x', sizeof huge - 1);
        for (int i = 0; i < 50; i++)
                params_text(&p, "device", huge);
        ck_assert_uint_le(p.used, sizeof p.list);
        ck_assert_uint_lt(strlen(params_find(&p, "device", &number)), sizeof p.list);
        ck_assert(words_fill(&p, text, sizeof text));
        /* A character that does not fit is left out whole. */
        p = (struct params){};
        for (size_t i = 0; i + 1 < sizeof huge - 1; i += 2)
                memcpy(huge + i, "é", 2);
        params_text(&p, "ab", huge);
        ck_assert_uint_eq(strlen(params_find(&p, "ab", &number)) % 2, 0);
}
END_TEST

int main(void) {
        Suite *s = suite_create("words");
        TCase *t = tcase_create("all");

        tcase_add_test(t, test_places);
        tcase_add_test(t, test_no_sentence_twice);
        tcase_add_test(t, test_plural);
        tcase_add_test(t, test_nested);
        tcase_add_test(t, test_over_the_bus);
        tcase_add_test(t, test_hostile);
        suite_add_tcase(s, t);
        return run_suite(s);
}
