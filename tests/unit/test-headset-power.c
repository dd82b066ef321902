/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A Bluetooth link that ends when the cable is plugged in or out: what follows from it, and what does not. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "story.h"
#include "run.h"

static struct headset_facts on, off;

static void begin(void) {
        story_begin();
        root_hub(1, SPEED_HIGH, 4);
        settle();
        on = paired_headset("aaaaaa", "WH-1000XM5", true, 40);
        off = paired_headset("aaaaaa", "WH-1000XM5", false, 255);
        on.facts.powers_down = off.facts.powers_down = YES;
        tell_headset(&on);
}

static const struct headset_observed *past(void) {
        return &model_headset(story_model(), HEADSET_BLUETOOTH, "aaaaaa")->observed;
}

START_TEST(test_drop_after_plug) {
        at(200);
        headset("1-2", "WH-1000XM5", 500, 0);
        at(203);
        tell_headset(&off);
        ck_assert_uint_eq(past()->plugged_at.at, 200 * SECOND);
        ck_assert_uint_eq(past()->deaths, 0);
}
END_TEST

START_TEST(test_drop_before_plug_is_told) {
        at(200);
        tell_headset(&off);
        ck_assert_uint_eq(past()->plugged_at.at, 0);
        at(202);
        headset("1-2", "WH-1000XM5", 500, 0);
        ck_assert_uint_eq(past()->plugged_at.at, 202 * SECOND);
}
END_TEST

START_TEST(test_partner_without_a_name) {
        struct typec_facts none = empty_connector(0, NULL), t = feeding_connector(0, NULL, TYPEC_DEFAULT);

        typec(&none);
        at(200);
        typec(&t);
        at(204);
        tell_headset(&off);
        ck_assert_uint_eq(past()->plugged_at.at, 200 * SECOND);
        /* The other way round. */
        typec(&none);
        tell_headset(&on);
        at(300);
        tell_headset(&off);
        at(303);
        typec(&t);
        ck_assert_uint_eq(past()->plugged_at.at, 303 * SECOND);
}
END_TEST

START_TEST(test_two_that_dropped_are_no_evidence) {
        struct headset_facts other = paired_headset("bbbbbb", "WH-1000XM3", true, 40);
        struct typec_facts t = feeding_connector(0, NULL, TYPEC_DEFAULT);

        other.facts.powers_down = YES;
        tell_headset(&other);
        at(200);
        other.connected = false;
        tell_headset(&other);
        tell_headset(&off);
        at(202);
        typec(&t);
        ck_assert_uint_eq(past()->plugged_at.at, 0);
}
END_TEST

START_TEST(test_too_late_is_no_evidence) {
        at(200);
        headset("1-2", "WH-1000XM5", 500, 0);
        at(216);
        tell_headset(&off);
        ck_assert_uint_eq(past()->plugged_at.at, 0);
}
END_TEST

START_TEST(test_model_that_stays_on_is_no_evidence) {
        on.facts.powers_down = off.facts.powers_down = _i == 0 ? NO : UNKNOWN;
        tell_headset(&on);
        at(200);
        headset("1-2", "WH-1000XM5", 500, 0);
        at(203);
        tell_headset(&off);
        ck_assert_uint_eq(past()->plugged_at.at, 0);
}
END_TEST

START_TEST(test_ended_by_this_computer_is_no_evidence) {
        at(200);
        headset("1-2", "WH-1000XM5", 500, 0);
        at(203);
        /* BlueZ reports the end of the link first, and the side that ended it after that. */
        tell_headset(&off);
        off.ended_here = true;
        tell_headset(&off);
        ck_assert_uint_eq(past()->plugged_at.at, 0);
        ck_assert_uint_eq(past()->dropped_at.at, 203 * SECOND);
}
END_TEST

START_TEST(test_sleep_is_no_evidence) {
        at(200);
        sleep_begins(SLEEP_S3);
        at(201);
        tell_headset(&off);
        at(203);
        sleep_ends(3600);
        headset("1-2", "WH-1000XM5", 500, 0);
        ck_assert_uint_eq(past()->plugged_at.at, 0);
}
END_TEST

START_TEST(test_dies_with_the_unplug) {
        headset("1-2", "WH-1000XM5", 500, 0);
        for (unsigned i = 1; i <= 2; i++) {
                tell_headset(&on);
                at(1000 * i);
                unplug("1-2");
                at(1000 * i + 21);
                tell_headset(&off);
                ck_assert_uint_eq(past()->deaths, i);
                ck_assert_uint_eq(past()->death_at.at, (1000 * i + 21) * SECOND);
                at(1000 * i + 60);
                headset("1-2", "WH-1000XM5", 500, 0);
        }
        /* It was switched off long after the plug, or while it was plugged in. */
        tell_headset(&on);
        at(5000);
        tell_headset(&off);
        tell_headset(&on);
        at(6000);
        unplug("1-2");
        at(6026);
        tell_headset(&off);
        ck_assert_uint_eq(past()->deaths, 2);
}
END_TEST

START_TEST(test_bluetooth_switched_off_is_no_death) {
        headset("1-2", "WH-1000XM5", 500, 0);
        at(1000);
        unplug("1-2");
        at(1003);
        tell_headset(&off);
        off.ended_here = true;
        tell_headset(&off);
        ck_assert_uint_eq(past()->deaths, 0);
}
END_TEST

START_TEST(test_found_connected_has_no_begin) {
        struct headset_facts f = paired_headset("bbbbbb", "WH-1000XM3", true, 40);
        const struct headset *h;

        f.found = true;
        h = tell_headset(&f);
        ck_assert_uint_eq(h->observed.connected_at.at, 0);
        ck_assert(h->observed.before_start);
        f.connected = f.found = false;
        tell_headset(&f);
        f.connected = true;
        at(300);
        tell_headset(&f);
        ck_assert_uint_eq(h->observed.connected_at.at, 300 * SECOND);
}
END_TEST

START_TEST(test_same_level_with_other_news_is_no_news) {
        at(500);
        snprintf(on.name, sizeof on.name, "my headset");
        tell_headset(&on);
        ck_assert_uint_eq(past()->level_at.at, 100 * SECOND);
        at(600);
        on.parts[BATTERY_WHOLE].percent = 50;
        tell_headset(&on);
        ck_assert_uint_eq(past()->level_at.at, 600 * SECOND);
        ck_assert_uint_eq(past()->n_points, 2);
}
END_TEST

int main(void) {
        Suite *suite = suite_create("headset-power");
        TCase *c = tcase_create("headset-power");

        tcase_add_checked_fixture(c, begin, story_end);
        tcase_add_test(c, test_drop_after_plug);
        tcase_add_test(c, test_drop_before_plug_is_told);
        tcase_add_test(c, test_partner_without_a_name);
        tcase_add_test(c, test_two_that_dropped_are_no_evidence);
        tcase_add_test(c, test_too_late_is_no_evidence);
        tcase_add_loop_test(c, test_model_that_stays_on_is_no_evidence, 0, 2);
        tcase_add_test(c, test_ended_by_this_computer_is_no_evidence);
        tcase_add_test(c, test_sleep_is_no_evidence);
        tcase_add_test(c, test_dies_with_the_unplug);
        tcase_add_test(c, test_bluetooth_switched_off_is_no_death);
        tcase_add_test(c, test_found_connected_has_no_begin);
        tcase_add_test(c, test_same_level_with_other_news_is_no_news);
        suite_add_tcase(suite, c);
        return run_suite(suite);
}
