/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Headsets as objects: one headset that several sources see is one object, and two headsets of a model are two. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "status/properties.h"
#include "run.h"
#include "story-registry.h"

static void listen(void *userdata, const struct change *c) {
        static const char *const words[] = { "added", "changed", "removed", "raised", "cleared" };
        size_t n = strlen(changes);

        ck_assert_ptr_eq(userdata, changes);
        if (c->object->kind != OBJECT_HEADSET || c->finding)
                return;
        ck_assert(object_facts(c->object)->model[0] != '\0');
        snprintf(changes + n, sizeof changes - n, "%s%s %s", n ? "; " : "", words[c->kind], c->object->id);
}

static const struct object *object(const char *id) {
        const struct object *o = registry_find(&registry, OBJECT_HEADSET, id);

        ck_assert_msg(o != NULL, "no object %s", id);
        return o;
}

static unsigned count(void) {
        unsigned n = 0;

        for (size_t i = 0; i < registry.n; i++)
                n += registry.objects[i]->kind == OBJECT_HEADSET;
        return n;
}

static void begin(void) {
        begin_registry(listen);
}

START_TEST(test_bluetooth_first_then_plugged) {
        struct headset_facts f = paired_headset("aaaaaa", "WH-1000XM4", true, 40);

        tell_headset(&f);
        ck_assert_str_eq(update(NULL), "added wh_1000xm4_aaaaaa");
        ck_assert_int_eq(object("wh_1000xm4_aaaaaa")->diagnosis.verdict, VERDICT_UNKNOWN);
        ck_assert_str_eq(update(NULL), "");
        at(200);
        headset("1-2", "WH-1000XM4", 500, 0);
        ck_assert_str_eq(update(NULL), "changed wh_1000xm4_aaaaaa");
        ck_assert_ptr_eq(object("wh_1000xm4_aaaaaa")->port, place("1-2"));
        ck_assert_ptr_nonnull(object("wh_1000xm4_aaaaaa")->headset);
        at(300);
        unplug("1-2");
        ck_assert_str_eq(update(NULL), "changed wh_1000xm4_aaaaaa");
        ck_assert_ptr_null(object("wh_1000xm4_aaaaaa")->port);
}
END_TEST

START_TEST(test_plugged_first_then_bluetooth) {
        struct headset_facts f = paired_headset("aaaaaa", "WH-1000XM4", true, 40);
        char id[EVENT_NAME_MAX];

        headset("1-2", "WH-1000XM4", 500, 0);
        update(NULL);
        snprintf(id, sizeof id, "%s", registry.objects[0]->id);
        at(200);
        tell_headset(&f);
        update(NULL);
        ck_assert_uint_eq(count(), 1);
        at(300);
        unplug("1-2");
        update(NULL);
        ck_assert_ptr_nonnull(object(id)->headset);
        /* It left. The next object is named after what is seen then. */
        headset_gone(&f);
        update(NULL);
        ck_assert_uint_eq(count(), 0);
        tell_headset(&f);
        ck_assert_str_eq(update(NULL), "added wh_1000xm4_aaaaaa");
}
END_TEST

/* An object keeps what it shows when the model drops it. Otherwise a sanitizer reports an error. */
START_TEST(test_answers_that_end_as_others_are_given) {
        struct event e = { .type = EVENT_ANSWERS, .u.answers = { .id = "wh_1000xm6", .facts.model = "WH-1000XM6" } };

        tell_answer("wf_1000xm5", "WF-1000XM5", ASKED_LED, "dark");
        ck_assert_str_eq(update(NULL), "added wf_1000xm5");
        /* The wall clock was set between the two, and no event tells of it before. */
        e.time = (struct moment){ .at = story_model()->now.at + SECOND, .wall = story_model()->now.wall + 13 * HOUR };
        e.u.answers.by_question[ASKED_LED] = 1;
        model_apply(story_model(), &e);
        ck_assert_ptr_null(model_answers(story_model(), "wf_1000xm5"));
        ck_assert_str_eq(object_facts(object("wf_1000xm5"))->model, "WF-1000XM5");
        ck_assert_str_eq(update(NULL), "removed wf_1000xm5; added wh_1000xm6");
}
END_TEST

START_TEST(test_more_answers_than_are_kept) {
        char id[EVENT_NAME_MAX];

        for (unsigned i = 0; i < 3 * MODEL_ANSWERS_MAX; i++) {
                snprintf(id, sizeof id, "wf_%u", i);
                at(200 + i);
                tell_answer(id, "WF-1000XM5", ASKED_LED, "dark");
                if (i % (MODEL_ANSWERS_MAX / 2) == 0)
                        update(NULL);
        }
        update(NULL);
        ck_assert_uint_eq(count(), MODEL_ANSWERS_MAX);
}
END_TEST

START_TEST(test_more_headsets_than_are_kept) {
        char mark[8];

        for (unsigned i = 0; i < 3 * MODEL_HEADSETS_MAX; i++) {
                struct headset_facts f;

                snprintf(mark, sizeof mark, "%06x", i);
                f = paired_headset(mark, "WH-1000XM4", true, 40);
                at(200 + i);
                tell_headset(&f);
                if (i % (MODEL_HEADSETS_MAX / 2) == 0)
                        update(NULL);
                headset_gone(&f);
        }
        update(NULL);
        ck_assert_uint_eq(count(), 0);
}
END_TEST

START_TEST(test_two_alike_stay_apart) {
        struct headset_facts a = paired_headset("aaaaaa", "WH-1000XM4", true, 40),
                             b = paired_headset("bbbbbb", "WH-1000XM4", false, 255);
        const struct object *plugged;

        tell_headset(&a);
        tell_headset(&b);
        headset("1-2", "WH-1000XM4", 500, 0);
        update(NULL);
        ck_assert_uint_eq(count(), 2);
        plugged = object("wh_1000xm4_aaaaaa");
        ck_assert_ptr_null(plugged->port);
        ck_assert_uint_eq(plugged->same_model, 1);
        ck_assert_str_eq(plugged->diagnosis.findings.items[0].evidence[plugged->diagnosis.findings.items[0].n_evidence - 1].what,
                         "plugged in");
        /* After one is unpaired only one headset is left, and the older object is kept. */
        headset_gone(&b);
        ck_assert_str_eq(update(NULL) + strlen("removed "), strchr(changes, ' ') + 1);
        ck_assert_uint_eq(count(), 1);
        ck_assert_uint_eq(registry.objects[0]->same_model, 0);
        ck_assert_ptr_nonnull(registry.objects[0]->headset);
        ck_assert_ptr_nonnull(registry.objects[0]->port);
}
END_TEST

START_TEST(test_two_plugged_in_are_none_of_bluetooth) {
        struct headset_facts f = paired_headset("aaaaaa", "WH-1000XM4", true, 40);

        headset("1-1", "WH-1000XM4", 500, 0);
        headset("1-2", "WH-1000XM4", 500, 0);
        tell_headset(&f);
        update(NULL);
        ck_assert_uint_eq(count(), 3);
        ck_assert_uint_eq(object("wh_1000xm4_aaaaaa")->same_model, 2);
        unplug("1-1");
        update(NULL);
        ck_assert_uint_eq(count(), 1);
}
END_TEST

START_TEST(test_a_drop_is_remembered_for_hours) {
        struct headset_facts f = paired_headset("aaaaaa", "WH-1000XM5", true, 40),
                             off = paired_headset("aaaaaa", "WH-1000XM5", false, 255);

        tell_headset(&f);
        update(NULL);
        at(200);
        tell_headset(&off);
        ck_assert_str_eq(update(NULL), "changed wh_1000xm5_aaaaaa");
        ck_assert_uint_eq(model_deadline(story_model()), 200 * SECOND + HEADSET_RECENT_USEC);
        at(200 + 12 * 3600 - 1);
        tick();
        ck_assert_str_eq(update(NULL), "");
        at(200 + 12 * 3600);
        tick();
        ck_assert_str_eq(update(NULL), "removed wh_1000xm5_aaaaaa");
        ck_assert_uint_eq(model_deadline(story_model()), 0);
        /* Only the wall clock counts the night, because the other one stops while the computer sleeps. */
        tell_headset(&f);
        at(50000);
        tell_headset(&off);
        update(NULL);
        wall_clock_jumps(12 * 3600);
        at(50001);
        tick();
        ck_assert_str_eq(update(NULL), "removed wh_1000xm5_aaaaaa");
}
END_TEST

START_TEST(test_only_paired_is_not_near) {
        struct headset_facts f = paired_headset("aaaaaa", "WH-1000XM5", false, 255);

        tell_headset(&f);
        ck_assert_str_eq(update(NULL), "");
        /* ... but it is known which headset is plugged in. */
        headset("1-2", "WH-1000XM5", 500, 0);
        update(NULL);
        ck_assert_ptr_nonnull(object("wh_1000xm5_aaaaaa")->headset);
        at(200);
        unplug("1-2");
        ck_assert_str_eq(update(NULL), "removed wh_1000xm5_aaaaaa");
}
END_TEST

START_TEST(test_unplugged_and_not_connected_has_left) {
        struct headset_facts f = paired_headset("aaaaaa", "WH-1000XM5", true, 40),
                             off = paired_headset("aaaaaa", "WH-1000XM5", false, 255);

        tell_headset(&f);
        headset("1-2", "WH-1000XM5", 500, 0);
        at(110);
        tell_headset(&off);
        update(NULL);
        ck_assert_uint_eq(count(), 1);
        at(5000);
        unplug("1-2");
        ck_assert_str_eq(update(NULL), "removed wh_1000xm5_aaaaaa");
}
END_TEST

START_TEST(test_a_partner_is_joined_as_well) {
        struct typec_facts t = feeding_connector(0, NULL, TYPEC_3000_MA);
        struct headset_facts f = paired_headset("aaaaaa", "WH-1000XM6", true, 40);

        snprintf(t.partner_model.model, sizeof t.partner_model.model, "WH-1000XM6");
        tell_headset(&f);
        typec(&t);
        update(NULL);
        ck_assert_uint_eq(count(), 1);
        ck_assert_ptr_nonnull(object("wh_1000xm6_aaaaaa")->typec);
        ck_assert_int_eq(object("wh_1000xm6_aaaaaa")->diagnosis.verdict, VERDICT_OK);
}
END_TEST

START_TEST(test_a_person_tells) {
        const struct object *o;

        tell_answer("wh_1000xm4", "WH-1000XM4", ASKED_LED, "dark");
        ck_assert_str_eq(update(NULL), "added wh_1000xm4");
        o = object("wh_1000xm4");
        ck_assert_ptr_nonnull(o->answers);
        ck_assert(answer_is(ASKED_LED, o->answers->by_question[ASKED_LED], "dark"));
        /* What is plugged in then is the same headset, under the same id. */
        at(200);
        headset("1-2", "WH-1000XM4", 500, 0);
        ck_assert_str_eq(update(NULL), "changed wh_1000xm4");
        ck_assert_ptr_nonnull(object("wh_1000xm4")->port);
        tell_answer("wh_1000xm4", "WH-1000XM4", ASKED_CABLE, "other");
        ck_assert_str_eq(update(NULL), "changed wh_1000xm4");
        tell_answer("wh_1000xm4", "WH-1000XM4", ASKED_LED, "");
        tell_answer("wh_1000xm4", "WH-1000XM4", ASKED_CABLE, "");
        ck_assert_str_eq(update(NULL), "changed wh_1000xm4");
        ck_assert_ptr_null(object("wh_1000xm4")->answers);
        at(300);
        unplug("1-2");
        ck_assert_str_eq(update(NULL), "removed wh_1000xm4");
}
END_TEST

START_TEST(test_answers_end) {
        struct headset_facts f = paired_headset("aaaaaa", "WH-1000XM4", true, 40);

        tell_headset(&f);
        headset("1-2", "WH-1000XM4", 500, 0);
        update(NULL);
        tell_answer("wh_1000xm4_aaaaaa", "WH-1000XM4", ASKED_LED, "dark");
        story_model()->answers[0]->where = place("1-2")->address;
        update(NULL);
        ck_assert_ptr_nonnull(object("wh_1000xm4_aaaaaa")->answers);
        /* A contact that is interrupted for a moment is no unplug. */
        at(200);
        unplug("1-2");
        update(NULL);
        at(202);
        headset("1-2", "WH-1000XM4", 500, 0);
        at(220);
        tick();
        update(NULL);
        ck_assert_ptr_nonnull(object("wh_1000xm4_aaaaaa")->answers);
        at(300);
        unplug("1-2");
        ck_assert_uint_eq(model_deadline(story_model()), 305 * SECOND);
        at(305);
        tick();
        update(NULL);
        ck_assert_ptr_null(object("wh_1000xm4_aaaaaa")->answers);
        /* The answers about a headset that is not plugged in are kept for half a day. */
        at(2000);
        tell_answer("wh_1000xm4_aaaaaa", "WH-1000XM4", ASKED_LED, "dark");
        ck_assert_uint_eq(model_deadline(story_model()), 2000 * SECOND + ANSWERS_USEC);
        at(2000 + 12 * 3600);
        tick();
        update(NULL);
        ck_assert_ptr_null(object("wh_1000xm4_aaaaaa")->answers);
}
END_TEST

START_TEST(test_told_of_two_alike_is_a_third) {
        headset("1-1", "WH-1000XM4", 500, 0);
        headset("1-2", "WH-1000XM4", 500, 0);
        tell_answer("wh_1000xm4", "WH-1000XM4", ASKED_LED, "dark");
        update(NULL);
        ck_assert_uint_eq(count(), 3);
        ck_assert_ptr_nonnull(object("wh_1000xm4")->answers);
}
END_TEST

START_TEST(test_many_tell) {
        char id[32];

        for (unsigned i = 0; i < 3 * MODEL_ANSWERS_MAX; i++) {
                snprintf(id, sizeof id, "model_%u", i);
                tell_answer(id, id, ASKED_LED, "dark");
                update(NULL);
        }
        ck_assert_uint_eq(count(), MODEL_ANSWERS_MAX);
}
END_TEST

int main(void) {
        Suite *suite = suite_create("headset-objects");
        TCase *c = tcase_create("headset-objects");

        tcase_add_checked_fixture(c, begin, end_registry);
        tcase_add_test(c, test_bluetooth_first_then_plugged);
        tcase_add_test(c, test_plugged_first_then_bluetooth);
        tcase_add_test(c, test_answers_that_end_as_others_are_given);
        tcase_add_test(c, test_more_answers_than_are_kept);
        tcase_add_test(c, test_more_headsets_than_are_kept);
        tcase_add_test(c, test_two_alike_stay_apart);
        tcase_add_test(c, test_two_plugged_in_are_none_of_bluetooth);
        tcase_add_test(c, test_a_drop_is_remembered_for_hours);
        tcase_add_test(c, test_only_paired_is_not_near);
        tcase_add_test(c, test_unplugged_and_not_connected_has_left);
        tcase_add_test(c, test_a_partner_is_joined_as_well);
        tcase_add_test(c, test_a_person_tells);
        tcase_add_test(c, test_answers_end);
        tcase_add_test(c, test_told_of_two_alike_is_a_third);
        tcase_add_test(c, test_many_tell);
        suite_add_tcase(suite, c);
        return run_suite(suite);
}
