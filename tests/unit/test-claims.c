/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* False claims: what looks like a fault and is none. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "causes/charging.h"
#include "story.h"
#include "run.h"

#define HOURS 3600.0

static struct headset_facts facts;
static struct headset *own;

static void begin(void) {
        story_begin();
        root_hub(1, SPEED_HIGH, 4);
        settle();
        facts = by_bluetooth("WH-1000XM4", 80, 10);
        own = tell_headset(&facts);
}

static void link_is(bool connected, unsigned percent) {
        facts.connected = connected;
        facts.parts[BATTERY_WHOLE].percent = (uint8_t) percent;
        tell_headset(&facts);
}

/* The findings of the headset, plugged in or not. */
static const char *found_now(const char *where) {
        struct sightings seen = { .headset = own, .port = where ? place(where) : NULL };

        return headset_findings(&seen, &facts.facts);
}

static enum charging claimed(const char *where) {
        struct sightings seen = { .headset = own, .port = where ? place(where) : NULL };
        struct charging_claim claim;

        tick();
        charging_claim(story_model(), &seen, &claim);
        return claim.state;
}

/* Charged in the evening, unplugged and switched off; in between it was in use without a cable for hours. */
START_TEST(test_switched_off_after_charging) {
        for (unsigned day = 0; day < 3; day++) {
                double begins = 1000 + day * 86400.0;

                at(begins);
                headset("1-2", "WH-1000XM4", 500, 0);
                at(begins + 1);
                link_is(true, 60);
                at(begins + 2 * HOURS);
                unplug("1-2");
                at(begins + 2 * HOURS + 8);
                link_is(false, BATTERY_UNKNOWN);
                ck_assert_ptr_null(strstr(found_now(NULL), "battery-dies-unplugged"));
                at(begins + 6 * HOURS);
                link_is(true, 90);
                at(begins + 9 * HOURS);
                link_is(_i == 0, 60); /* 0: it is switched on when it is plugged in */
        }
}
END_TEST

/* A headset that runs for only a minute has not recovered. */
START_TEST(test_dies_again_and_again) {
        for (unsigned i = 0; i < 2; i++) {
                at(1000 + i * 5000);
                headset("1-2", "WH-1000XM4", 500, 0);
                link_is(true, 10);
                at(4000 + i * 5000);
                unplug("1-2");
                at(4008 + i * 5000);
                link_is(false, BATTERY_UNKNOWN);
                at(4100 + i * 5000);
                link_is(true, 10);
                at(4160 + i * 5000);
                link_is(false, BATTERY_UNKNOWN);
        }
        ck_assert_ptr_nonnull(strstr(found_now(NULL), "battery-dies-unplugged/warning/likely"));
}
END_TEST

/* The headset was switched off, and a USB stick was put into the Type-C socket. The connector reports it first, USB a moment
 * later. */
START_TEST(test_stick_is_no_power_for_it) {
        struct typec_facts none = empty_connector(0, "1-2"), t = feeding_connector(0, "1-2", TYPEC_DEFAULT);

        port_facts("1-2", CONNECT_HOTPLUG, 0);
        facts.facts.powers_down = facts.facts.enumerates = YES;
        tell_headset(&facts);
        typec(&none);
        at(2000);
        if (_i == 0)
                link_is(false, BATTERY_UNKNOWN);
        at(2004);
        typec(&t);
        if (_i == 1)
                link_is(false, BATTERY_UNKNOWN);
        at(2005);
        device("1-2", 0x1234, "Stick", 200);
        at(2100);
        ck_assert_uint_eq(own->observed.plugged_at.at, 0);
        ck_assert_ptr_null(strstr(found_now(NULL), "cable-charge-only"));
}
END_TEST

/* When the link ends, something else or nothing is plugged in. The headset may be on a wall adapter. */
START_TEST(test_somebody_elses_plug) {
        facts.facts.powers_down = facts.facts.enumerates = YES;
        tell_headset(&facts);
        at(2000);
        link_is(false, BATTERY_UNKNOWN);
        at(2004);
        device("1-3", 0x1234, "Stick", 200);
        at(2100);
        ck_assert_str_eq(found_now(NULL), "not-visible/info/certain -> unknown");
        ck_assert_int_eq(claimed(NULL), CHARGING_UNKNOWN);
}
END_TEST

/* A headset that is used on Bluetooth drains, which is no fault. */
START_TEST(test_in_use) {
        static const unsigned levels[] = { 80, 60, 50, 60, 50, 40, 20, 10, 0 };

        for (size_t i = 0; i < sizeof levels / sizeof *levels; i++) {
                at(2000 + (double) i * 2 * HOURS);
                link_is(true, levels[i]);
                ck_assert_str_eq(found_now(NULL), "not-visible/info/certain -> unknown");
        }
}
END_TEST

/* Ten per cent up and down at the edge of a step. */
START_TEST(test_steps_that_flap) {
        at(2000);
        headset("1-2", "WH-1000XM4", 500, 0);
        for (unsigned i = 0; i < 6; i++) {
                at(2000 + i * 600.0);
                link_is(true, i % 2 ? 60 : 50);
                ck_assert_int_eq(claimed("1-2"), CHARGING_UNKNOWN);
                ck_assert_str_eq(found_now("1-2"), " -> ok");
        }
}
END_TEST

/* Charged to 60 %, then the computer slept for a night in which it drained, or was unplugged: nothing is claimed from before. */
START_TEST(test_night_asleep) {
        sleep_watched();
        at(2000);
        headset("1-2", "WH-1000XM4", 500, 0);
        link_is(true, 40);
        at(2000 + HOURS);
        link_is(true, 60);
        ck_assert_int_eq(claimed("1-2"), CHARGING_YES);
        sleep_begins(SLEEP_S3);
        wall_clock_jumps(8 * HOURS);
        at(2001 + HOURS);
        sleep_ends(8 * HOURS);
        ck_assert_int_eq(claimed("1-2"), CHARGING_UNKNOWN);
        at(2100 + HOURS);
        link_is(true, 30);
        ck_assert_int_ne(claimed("1-2"), CHARGING_YES);
        ck_assert_ptr_null(strstr(found_now("1-2"), "battery-not-rising"));
}
END_TEST

/* Answers of yesterday are dropped, whichever clock counts the night. */
START_TEST(test_answers_of_yesterday) {
        struct sightings seen = { .answers = answers("led=dark other-cable=works") };

        ck_assert_ptr_nonnull(seen.answers);
        if (_i == 0)
                at(100 + 12 * HOURS + 1);
        else {
                wall_clock_jumps(12 * HOURS + 1);
                at(101);
        }
        tick();
        ck_assert_ptr_null(model_answers(story_model(), "told"));
}
END_TEST

/* The level of the last connection is not the present level. */
START_TEST(test_old_level_after_the_link_came_back) {
        at(2000);
        link_is(false, BATTERY_UNKNOWN);
        at(9000);
        headset("1-2", "WH-1000XM4", 500, 0);
        at(9100);
        link_is(true, 20);
        at(9100 + HOURS);
        ck_assert_str_eq(found_now("1-2"), " -> ok");
        ck_assert_int_eq(claimed("1-2"), CHARGING_UNKNOWN);
}
END_TEST

/* It charged until it was unplugged. */
START_TEST(test_claim_ends_with_the_plug) {
        at(2000);
        headset("1-2", "WH-1000XM4", 500, 0);
        link_is(true, 40);
        at(2000 + HOURS);
        link_is(true, 60);
        ck_assert_int_eq(claimed("1-2"), CHARGING_YES);
        unplug("1-2");
        ck_assert_int_eq(claimed(NULL), CHARGING_UNKNOWN);
        at(2010 + HOURS);
        link_is(false, BATTERY_UNKNOWN);
        at(2100 + HOURS);
        link_is(true, 60);
        ck_assert_int_eq(claimed(NULL), CHARGING_UNKNOWN);
        wall_clock_jumps(365 * 86400.0);
        ck_assert_int_eq(claimed(NULL), CHARGING_UNKNOWN);
        wall_clock_jumps(-2 * 365 * 86400.0);
        ck_assert_int_eq(claimed(NULL), CHARGING_UNKNOWN);
}
END_TEST

/* The answer was given while no source saw the headset. Whether it concerned this port and this cable is not known. */
START_TEST(test_what_was_tried_before_the_plug) {
        struct sightings seen = { .answers = answers("led=dark other-port=works") };

        ck_assert_ptr_nonnull(strstr(headset_findings(&seen, &facts.facts), "port-suspect"));
        for (size_t i = 0; i < last_diagnosis()->findings.n; i++)
                ck_assert_ptr_null(strstr(last_diagnosis()->findings.items[i].cause, "this port"));
        at(3000);
        seen.port = headset("1-2", "WH-1000XM4", 500, 0);
        ck_assert_str_eq(headset_findings(&seen, NULL), " -> ok");
        at(3001);
        seen.answers = answers("other-port=works");
        ck_assert_ptr_nonnull(strstr(headset_findings(&seen, NULL), "port-suspect/warning/likely"));
}
END_TEST

/* A measurement counts more than what a person sees or saw. */
static const struct {
        struct battery_state whole, left, right, box;
        const char *answers;
} contradictions[] = {
        { { 60, CHARGING_YES }, {}, {}, {}, "led=flashing led-colour=red" },
        { { 60, CHARGING_YES }, {}, {}, {}, "led=dark plugged-for=longer stored=yes power-from=adapter cable-elsewhere=works" },
        { { 60, CHARGING_YES }, {}, {}, {}, "led=dark cable-elsewhere=fails" },
        { { 60, CHARGING_YES }, {}, {}, {}, "led=dark plugged-for=moments" },
        { { 30, CHARGING_YES }, {}, {}, {}, "level=full led=went-off" },
        { { BATTERY_UNKNOWN, 0 }, { 50, CHARGING_YES }, { 60, CHARGING_YES }, { 80, CHARGING_NO }, "seated=no" },
        { { BATTERY_UNKNOWN, 0 }, { 50, CHARGING_YES }, { 60, CHARGING_YES }, { 80, CHARGING_NO }, "case-charged=no" },
        { { BATTERY_UNKNOWN, 0 }, { 50, CHARGING_YES }, { 60, CHARGING_YES }, { 80, CHARGING_NO }, "led=flashing" },
};

START_TEST(test_answers_against_what_is_measured) {
        struct sightings seen = { .headset = own, .answers = answers(contradictions[_i].answers) };

        facts.parts[BATTERY_WHOLE] = contradictions[_i].whole;
        if (contradictions[_i].whole.percent == BATTERY_UNKNOWN) {
                facts.parts[BATTERY_LEFT] = contradictions[_i].left;
                facts.parts[BATTERY_RIGHT] = contradictions[_i].right;
                facts.parts[BATTERY_CASE] = contradictions[_i].box;
        }
        tell_headset(&facts);
        (void) headset_findings(&seen, &facts.facts);
        for (size_t i = 0; i < last_diagnosis()->findings.n; i++) {
                enum finding_code code = last_diagnosis()->findings.items[i].code;

                ck_assert_msg(code == NOT_VISIBLE || code == CHARGING_NORMALLY, "%s: %s", contradictions[_i].answers,
                              finding_code_name(code));
        }
}
END_TEST

/* The light is dark because the battery is full. There may be dirt, but it does not prevent charging. */
START_TEST(test_dark_when_full) {
        struct sightings seen = { .headset = own, .answers = answers("led=dark socket=dirty") };

        facts.parts[BATTERY_WHOLE] = (struct battery_state){ 100, CHARGING_FULL };
        tell_headset(&facts);
        ck_assert_ptr_null(strstr(headset_findings(&seen, &facts.facts), "/warning/"));
        ck_assert_ptr_nonnull(strstr(headset_findings(&seen, &facts.facts), "battery-full/info/certain"));
}
END_TEST

/* A light that was dark on a wall adapter says nothing about the hub into which the headset is plugged hours later. */
START_TEST(test_light_of_another_plug) {
        struct sightings seen = { .answers = answers("led=dark plugged-for=longer power-from=adapter socket=dirty") };

        hub("1-1", true, 4);
        at(9000);
        seen.port = headset("1-1.2", "WH-1000XM4", 500, 0);
        at(9000 + HOURS);
        ck_assert_str_eq(headset_findings(&seen, NULL), "hub-in-path/notice/certain -> ok");
        seen.answers = answers("led=dark");
        ck_assert_ptr_nonnull(strstr(headset_findings(&seen, NULL), "hub-in-path/warning/possible"));
}
END_TEST

/* This model switches off when it is plugged in, and this headset did not. The one that is plugged in may be another one. */
START_TEST(test_still_connected_may_be_another_one) {
        facts.facts.powers_down = YES;
        tell_headset(&facts);
        at(2000);
        headset("1-2", "WH-1000XM4", 500, 0);
        at(2060);
        link_is(true, 60);
        at(2000 + 3 * HOURS);
        link_is(true, 40);
        ck_assert_ptr_nonnull(strstr(found_now("1-2"), "battery-not-rising/warning/possible"));
        ck_assert_ptr_nonnull(strstr(last_diagnosis()->findings.items[0].cause, "another one"));
}
END_TEST

int main(void) {
        Suite *suite = suite_create("claims");
        TCase *c = tcase_create("claims");

        tcase_add_checked_fixture(c, begin, story_end);
        tcase_add_loop_test(c, test_switched_off_after_charging, 0, 2);
        tcase_add_test(c, test_dies_again_and_again);
        tcase_add_loop_test(c, test_stick_is_no_power_for_it, 0, 2);
        tcase_add_test(c, test_somebody_elses_plug);
        tcase_add_test(c, test_in_use);
        tcase_add_test(c, test_steps_that_flap);
        tcase_add_test(c, test_night_asleep);
        tcase_add_loop_test(c, test_answers_of_yesterday, 0, 2);
        tcase_add_test(c, test_old_level_after_the_link_came_back);
        tcase_add_test(c, test_claim_ends_with_the_plug);
        tcase_add_test(c, test_what_was_tried_before_the_plug);
        tcase_add_loop_test(c, test_answers_against_what_is_measured, 0, sizeof contradictions / sizeof contradictions[0]);
        tcase_add_test(c, test_dark_when_full);
        tcase_add_test(c, test_light_of_another_plug);
        tcase_add_test(c, test_still_connected_may_be_another_one);
        suite_add_tcase(suite, c);
        return run_suite(suite);
}
