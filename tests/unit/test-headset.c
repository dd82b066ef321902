/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* What a headset reports itself, and what a person answers about it. */

#include <check.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/answer.h"
#include "recording/event-json.h"
#include "model/model.h"
#include "run.h"

static struct model *m;

static void begin(void) {
        m = model_new();
        ck_assert_ptr_nonnull(m);
}

static void end(void) {
        model_free(m);
}

static struct headset_facts by_bluetooth(const char *mark, bool connected, uint8_t percent) {
        struct headset_facts f = { .way = HEADSET_BLUETOOTH, .paired = true, .connected = connected, .step = 10 };

        f.facts = MODEL_FACTS_UNKNOWN;
        strcpy(f.facts.model, "WH-1000XM4");
        strcpy(f.mark, mark);
        for (unsigned i = 0; i < _BATTERY_PART_MAX; i++)
                f.parts[i].percent = BATTERY_UNKNOWN;
        f.parts[BATTERY_WHOLE].percent = percent;
        return f;
}

static void tell(uint64_t seconds, struct headset_facts f) {
        struct event e = { .type = EVENT_HEADSET, .time = { .at = seconds * SECOND }, .u.headset = f };

        ck_assert_ptr_null(model_apply(m, &e));
}

START_TEST(test_drop_keeps_it_near_for_hours) {
        struct event tick = { .type = EVENT_TICK, .time = { .at = 20 * SECOND + HEADSET_RECENT_USEC } };
        const struct headset *h;

        tell(10, by_bluetooth("aaaaaa", true, 40));
        h = model_headset(m, HEADSET_BLUETOOTH, "aaaaaa");
        ck_assert_ptr_nonnull(h);
        ck_assert(headset_is_near(m, h));
        tell(20, by_bluetooth("aaaaaa", false, BATTERY_UNKNOWN));
        ck_assert(headset_is_near(m, h));
        ck_assert_uint_eq(h->observed.dropped_at.at, 20 * SECOND);
        model_apply(m, &tick);
        ck_assert(!headset_is_near(m, h));
}
END_TEST

START_TEST(test_levels_become_points) {
        const struct headset *h;

        tell(10, by_bluetooth("aaaaaa", true, 40));
        tell(70, by_bluetooth("aaaaaa", true, 40));
        tell(80, by_bluetooth("aaaaaa", true, 50));
        h = model_headset(m, HEADSET_BLUETOOTH, "aaaaaa");
        ck_assert_uint_eq(h->observed.n_points, 2);
        ck_assert_uint_eq(h->observed.level_at.at, 80 * SECOND);
        for (uint64_t i = 0; i < 100; i++)
                tell(100 + i, by_bluetooth("aaaaaa", true, i % 2 ? 50 : 60));
        ck_assert_uint_eq(h->observed.n_points, BATTERY_POINTS_MAX);
        ck_assert_uint_eq(h->observed.points[BATTERY_POINTS_MAX - 1].when.at, 199 * SECOND);
}
END_TEST

START_TEST(test_many_are_not_kept) {
        char mark[16];

        for (unsigned i = 0; i < MODEL_HEADSETS_MAX + 5; i++) {
                snprintf(mark, sizeof mark, "%06x", i);
                tell(i + 1, by_bluetooth(mark, true, 10));
        }
        ck_assert_uint_eq(m->n_headsets, MODEL_HEADSETS_MAX);
        struct event gone = { .type = EVENT_HEADSET_GONE, .u.headset = by_bluetooth("000000", false, 0) };
        model_apply(m, &gone);
        ck_assert_uint_eq(m->n_headsets, MODEL_HEADSETS_MAX);
        ck_assert_ptr_null(model_headset(m, HEADSET_BLUETOOTH, "000000"));
        ck_assert_ptr_nonnull(model_headset(m, HEADSET_BLUETOOTH, "000001"));
}
END_TEST

START_TEST(test_answers_add_up) {
        struct event e = { .type = EVENT_ANSWERS, .time = { .at = SECOND } };
        const struct answers *t;

        strcpy(e.u.answers.id, "wh_1000xm4");
        e.u.answers.by_question[ASKED_LED] = (uint8_t) answer_from_word(ASKED_LED, "dark");
        model_apply(m, &e);
        e.u.answers.by_question[ASKED_LED] = 0;
        e.u.answers.by_question[ASKED_CABLE] = (uint8_t) answer_from_word(ASKED_CABLE, "other");
        model_apply(m, &e);
        t = model_answers(m, "wh_1000xm4");
        ck_assert_ptr_nonnull(t);
        ck_assert(answer_is(ASKED_LED, t->by_question[ASKED_LED], "dark"));
        ck_assert(answer_is(ASKED_CABLE, t->by_question[ASKED_CABLE], "other"));
        ck_assert_ptr_null(model_answers(m, "wh_1000xm5"));
        for (unsigned i = 0; i < MODEL_ANSWERS_MAX; i++) {
                snprintf(e.u.answers.id, sizeof e.u.answers.id, "other_%u", i);
                model_apply(m, &e);
        }
        ck_assert_uint_le(m->n_answers, MODEL_ANSWERS_MAX + 1);
        ck_assert_ptr_null(model_answers(m, "wh_1000xm4"));
}
END_TEST

START_TEST(test_answers_about_nobody) {
        static const char line[] = "{\"event\":\"told\",\"answers\":{\"led\":\"dark\"}}";
        struct event e;

        ck_assert_int_eq(event_from_line(line, strlen(line), &e), -EBADMSG);
}
END_TEST

/* A recording without a time of the answers does not let the daemon wait for a time that has passed. */
START_TEST(test_answers_without_time) {
        struct event e = { .type = EVENT_ANSWERS }, tick = { .type = EVENT_TICK, .time = { .at = 100000 * SECOND } };

        strcpy(e.u.answers.id, "wh_1000xm4");
        model_apply(m, &e);
        model_apply(m, &tick);
        ck_assert_uint_eq(model_deadline(m), 0);
}
END_TEST

START_TEST(test_answer_taken_back_is_recorded) {
        struct event e = { .type = EVENT_ANSWERS, .time = { .at = SECOND } }, back;
        char *line;

        strcpy(e.u.answers.id, "wh_1000xm4");
        e.u.answers.facts = MODEL_FACTS_UNKNOWN;
        e.u.answers.by_question[ASKED_LED] = (uint8_t) answer_from_word(ASKED_LED, "dark");
        e.u.answers.by_question[ASKED_CABLE] = ANSWER_TAKEN_BACK;
        line = event_to_line(&e, false);
        ck_assert_ptr_nonnull(line);
        ck_assert_int_eq(event_from_line(line, strlen(line), &back), 1);
        ck_assert_mem_eq(back.u.answers.by_question, e.u.answers.by_question, sizeof back.u.answers.by_question);
        free(line);
}
END_TEST

START_TEST(test_every_question_has_words) {
        enum question q = (enum question) _i;

        ck_assert_ptr_nonnull(question_name(q));
        ck_assert_int_eq(question_from_name(question_name(q)), q);
        ck_assert_uint_eq(answer_from_word(q, "no such word"), 0);
        ck_assert_ptr_null(answer_word(q, 0));
        ck_assert_ptr_null(answer_word(q, 255));
        ck_assert_ptr_nonnull(answer_word(q, 1));
        for (unsigned a = 1; answer_word(q, a); a++)
                ck_assert_uint_eq(answer_from_word(q, answer_word(q, a)), a);
}
END_TEST

int main(void) {
        Suite *suite = suite_create("headset");
        TCase *c = tcase_create("headset");

        tcase_add_checked_fixture(c, begin, end);
        tcase_add_test(c, test_drop_keeps_it_near_for_hours);
        tcase_add_test(c, test_levels_become_points);
        tcase_add_test(c, test_many_are_not_kept);
        tcase_add_test(c, test_answers_add_up);
        tcase_add_test(c, test_answers_about_nobody);
        tcase_add_test(c, test_answers_without_time);
        tcase_add_test(c, test_answer_taken_back_is_recorded);
        tcase_add_loop_test(c, test_every_question_has_words, 0, _QUESTION_MAX);
        suite_add_tcase(suite, c);
        return run_suite(suite);
}
