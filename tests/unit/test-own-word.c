/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a headset reports itself: which report counts, for how long, and which findings follow. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "causes/charging.h"
#include "model/reading.h"
#include "story.h"
#include "run.h"

static void start(void) {
        (void) story_begin();
}

static struct sightings seen;
static struct headset_facts facts;

static void minute(double m) {
        at(3600 + 60 * m);
}

/* A headset that has been on Bluetooth for an hour and is plugged in at minute 0. */
static void begin(const char *family, unsigned ma) {
        seen = (struct sightings){};
        root_hub(1, SPEED_HIGH, 4);
        settle();
        facts = by_bluetooth("MDR-1000X", BATTERY_UNKNOWN, 0);
        strcpy(facts.facts.family, family);
        minute(-50);
        seen.headset = tell_headset(&facts);
        minute(0);
        seen.port = headset("1-2", "MDR-1000X", ma, 0);
}

static struct event reading(enum battery_source source, unsigned percent, enum charging charging) {
        struct event e = { .type = EVENT_HEADSET_READING };

        reading_clear(&e.u.headset_reading, source);
        strcpy(e.u.headset_reading.mark, "aa");
        reading_take(&e.u.headset_reading, BATTERY_WHOLE, percent, charging);
        e.u.headset_reading.outcome = READING_TOLD;
        return e;
}

static void tell(struct event *e) {
        tick();
        e->time = story_model()->now;
        (void) model_apply(story_model(), e);
}

static struct charging_claim claim(void) {
        struct charging_claim c;

        tick();
        charging_claim(story_model(), &seen, &c);
        return c;
}

static void found(const char *expected) {
        ck_assert_str_eq(headset_findings(&seen, NULL), expected);
}

START_TEST(test_takes_no_power) {
        struct event e = reading(BATTERY_BY_FAST_PAIR, 61, CHARGING_NO);

        begin("over-ear", 500);
        /* Charging may not have begun yet. */
        minute(0.1);
        tell(&e);
        found(" -> ok");
        minute(1);
        tell(&e);
        ck_assert_int_eq(claim().state, CHARGING_NO);
        ck_assert_int_eq(claim().source, BATTERY_BY_FAST_PAIR);
        ck_assert_uint_eq(claim().level, 61);
        found("takes-no-power/warning/likely -> ok");
        /* The report is some minutes old and does not show the present state. */
        minute(12);
        ck_assert_int_eq(claim().state, CHARGING_UNKNOWN);
        ck_assert_uint_eq(claim().level, BATTERY_UNKNOWN);
        found(" -> ok");
}
END_TEST

/* Nothing is said of the way of the power to a headset that has nothing to charge. */
START_TEST(test_no_battery) {
        struct model_facts known = { .model = "INZONE H3", .family = "over-ear" };
        struct sightings nowhere = {};

        settle();
        ck_assert_str_eq(headset_findings(&nowhere, &known), "no-battery/info/certain -> unknown");
}
END_TEST

/* A light that is lit is a guess beside what the headset itself reports. */
START_TEST(test_a_steady_light_is_no_proof) {
        struct event e = reading(BATTERY_BY_FAST_PAIR, 61, CHARGING_NO);
        struct answers told = { .id = "told" };

        begin("over-ear", 500);
        minute(1);
        tell(&e);
        told.at = story_model()->now;
        told.by_question[ASKED_LED] = (uint8_t) answer_from_word(ASKED_LED, "steady");
        ck_assert_uint_ne(told.by_question[ASKED_LED], 0);
        seen.answers = &told;
        ck_assert_int_eq(claim().state, CHARGING_NO);
        ck_assert_int_eq(claim().source, BATTERY_BY_FAST_PAIR);
        found("takes-no-power/warning/likely -> ok");
}
END_TEST

START_TEST(test_word_ends_with_link_plug_and_sleep) {
        struct event e = reading(BATTERY_BY_MDR, 61, CHARGING_YES);

        begin("over-ear", 500);
        minute(1);
        tell(&e);
        ck_assert_int_eq(claim().state, CHARGING_YES);
        facts.connected = false;
        tell_headset(&facts);
        ck_assert_int_eq(claim().state, CHARGING_UNKNOWN);
        facts.connected = true;
        minute(1.5);
        tell_headset(&facts);
        ck_assert_int_eq(claim().state, CHARGING_UNKNOWN);
        tell(&e);
        ck_assert_int_eq(claim().state, CHARGING_YES);
        minute(2);
        unplug("1-2");
        seen.port = NULL;
        ck_assert_int_eq(claim().state, CHARGING_UNKNOWN);
        minute(2.5);
        seen.port = headset("1-2", "MDR-1000X", 500, 0);
        ck_assert_int_eq(claim().state, CHARGING_UNKNOWN);
        tell(&e);
        ck_assert_int_eq(claim().state, CHARGING_YES);
}
END_TEST

/* The cause that explains the "no" is found instead. */
static const struct {
        const char *what;
        unsigned percent;
        enum charging charging;
        enum battery_source source;
        enum tristate care, wet;
        unsigned care_percent, limit, least_ma;
        const char *findings;
} words[] = {
        { "charges", 50, CHARGING_YES, BATTERY_BY_MDR, UNKNOWN, UNKNOWN, 255, 0, 0, " -> ok" },
        { "full", 100, CHARGING_FULL, BATTERY_BY_MDR, UNKNOWN, UNKNOWN, 255, 0, 0, "battery-full/info/certain -> ok" },
        { "full, by Fast Pair", 100, CHARGING_NO, BATTERY_BY_FAST_PAIR, UNKNOWN, UNKNOWN, 255, 0, 0,
          "battery-full/info/likely -> ok" },
        { "nearly full", 97, CHARGING_NO, BATTERY_BY_FAST_PAIR, UNKNOWN, UNKNOWN, 255, 0, 0, " -> ok" },
        { "care at 80", 80, CHARGING_NO, BATTERY_BY_MDR, YES, NO, 80, 0, 0, "charge-limited/info/certain -> ok" },
        { "care at 80, and it is far below", 50, CHARGING_NO, BATTERY_BY_MDR, YES, NO, 80, 0, 0,
          "takes-no-power/warning/likely -> ok" },
        { "care without a limit", 80, CHARGING_NO, BATTERY_BY_MDR, YES, UNKNOWN, 255, 0, 0, "charge-limited/info/certain -> ok" },
        { "care is off", 80, CHARGING_NO, BATTERY_BY_MDR, NO, NO, 80, 0, 0, "takes-no-power/warning/likely -> ok" },
        { "the model stops in use", 82, CHARGING_NO, BATTERY_BY_FAST_PAIR, UNKNOWN, UNKNOWN, 255, 80, 0,
          "charge-limited/info/likely -> ok" },
        { "wet", 50, CHARGING_NO, BATTERY_BY_MDR, NO, YES, 255, 0, 0, "port-wet/warning/likely -> ok" },
        { "the port gives less than the model can charge with", 50, CHARGING_NO, BATTERY_BY_MDR, UNKNOWN, UNKNOWN, 255, 0, 900,
          "port-limits-current/warning/likely -> blocked" },
        { "not known", 50, CHARGING_UNKNOWN, BATTERY_BY_MDR, UNKNOWN, UNKNOWN, 255, 0, 0, " -> ok" },
};

START_TEST(test_word) {
        struct event e = reading(words[_i].source, words[_i].percent, words[_i].charging);

        begin("over-ear", 500);
        e.u.headset_reading.care = words[_i].care;
        e.u.headset_reading.care_percent = (uint8_t) words[_i].care_percent;
        e.u.headset_reading.wet = words[_i].wet;
        facts.facts.limit_percent = (uint8_t) words[_i].limit;
        minute(1);
        tell_headset(&facts);
        place("1-2")->device.facts.least_ma = place("1-2")->device.facts.needed_ma = (uint16_t) words[_i].least_ma;
        tell(&e);
        ck_assert_msg(strcmp(headset_findings(&seen, NULL), words[_i].findings) == 0, "%s: %s", words[_i].what,
                      headset_findings(&seen, NULL));
}
END_TEST

/* The finding about the weak path has the headset's report as evidence. */
START_TEST(test_word_is_evidence) {
        struct event e = reading(BATTERY_BY_MDR, 50, CHARGING_NO);
        const struct finding *f;
        bool told = false;

        begin("over-ear", 500);
        minute(1);
        place("1-2")->device.facts.least_ma = place("1-2")->device.facts.needed_ma = 900;
        tell(&e);
        found("port-limits-current/warning/likely -> blocked");
        f = &last_diagnosis()->findings.items[0];
        for (size_t i = 0; i < f->n_evidence; i++)
                told |= strcmp(f->evidence[i].what, "charging") == 0 && strcmp(f->evidence[i].source, "mdr") == 0;
        ck_assert(told);
}
END_TEST

/* A level that does not rise proves nothing against a headset that reports that it charges. */
START_TEST(test_word_against_level) {
        struct event e = reading(BATTERY_BY_FAST_PAIR, 50, CHARGING_YES);

        begin("over-ear", 500);
        minute(-40);
        facts.step = 10;
        facts.parts[BATTERY_WHOLE].percent = 60;
        tell_headset(&facts);
        minute(-30);
        facts.parts[BATTERY_WHOLE].percent = 50;
        tell_headset(&facts);
        minute(125);
        found("battery-not-rising/notice/possible -> ok");
        ck_assert_ptr_nonnull(strstr(last_diagnosis()->findings.items[0].action, "connect it again"));
        tell(&e);
        found(" -> ok");
}
END_TEST

/* The state of the case is as old as the last time that an earbud was in it. */
START_TEST(test_case) {
        struct event e = reading(BATTERY_BY_MDR, BATTERY_UNKNOWN, CHARGING_UNKNOWN);
        struct part_claim c;

        begin("earbuds", 500);
        reading_take(&e.u.headset_reading, BATTERY_LEFT, 61, CHARGING_NO);
        reading_take(&e.u.headset_reading, BATTERY_RIGHT, 60, CHARGING_NO);
        reading_take(&e.u.headset_reading, BATTERY_CASE, 78, CHARGING_YES);
        minute(1);
        tell(&e);
        charging_part(story_model(), seen.headset, BATTERY_CASE, &c);
        ck_assert_uint_eq(c.level, 78);
        ck_assert_int_eq(c.state, CHARGING_YES);
        ck_assert(c.stale);
        ck_assert_uint_eq(c.at.at, seen.headset->observed.connected_at.at);
        ck_assert_int_eq(claim().state, CHARGING_NO);
        /* The right bud goes into the case. */
        reading_take(&e.u.headset_reading, BATTERY_RIGHT, 0, CHARGING_UNKNOWN);
        minute(2);
        tell(&e);
        charging_part(story_model(), seen.headset, BATTERY_CASE, &c);
        ck_assert(!c.stale);
        ck_assert_uint_eq(c.at.at, story_model()->now.at);
        ck_assert_int_eq(claim().state, CHARGING_YES);
        found(" -> ok");
        minute(5);
        tell(&e);
        charging_part(story_model(), seen.headset, BATTERY_CASE, &c);
        ck_assert(c.stale);
        ck_assert_int_eq(claim().state, CHARGING_NO);
        /* An old report of a case that does not charge leads to no finding. */
        found(" -> ok");
}
END_TEST

/* A reading that fails changes nothing, and is remembered. */
START_TEST(test_outcome) {
        struct event e = reading(BATTERY_BY_FAST_PAIR, 61, CHARGING_YES);

        begin("over-ear", 500);
        minute(1);
        tell(&e);
        e = reading(BATTERY_BY_MDR, BATTERY_UNKNOWN, CHARGING_UNKNOWN);
        e.u.headset_reading.outcome = READING_TAKEN;
        minute(2);
        tell(&e);
        ck_assert_int_eq(seen.headset->observed.outcome, READING_TAKEN);
        ck_assert_int_eq(seen.headset->observed.tried, BATTERY_BY_MDR);
        ck_assert_int_eq(claim().state, CHARGING_YES);
        ck_assert_int_eq(claim().source, BATTERY_BY_FAST_PAIR);
}
END_TEST

static bool has_evidence(const struct finding *f, const char *what, const char *value) {
        for (size_t i = 0; i < f->n_evidence; i++)
                if (strcmp(f->evidence[i].what, what) == 0 && strcmp(f->evidence[i].value, value) == 0)
                        return true;
        return false;
}

/* A Type-C connector that reports that it feeds its partner is further evidence that power is offered (Linux 6.19). */
START_TEST(test_connector_feeds) {
        struct event e = reading(BATTERY_BY_MDR, 50, CHARGING_NO);
        struct typec_facts f;

        begin("over-ear", 500);
        f = feeding_connector(0, "usb1-port2", TYPEC_3000_MA);
        (void) typec(&f);
        minute(1);
        tell(&e);
        found("takes-no-power/warning/likely -> ok");
        ck_assert(!has_evidence(&last_diagnosis()->findings.items[0], "connector", "its power supply says that it feeds"));
        f.supply_feeds = YES;
        (void) typec(&f);
        found("takes-no-power/warning/likely -> ok");
        ck_assert(has_evidence(&last_diagnosis()->findings.items[0], "connector", "its power supply says that it feeds"));
}
END_TEST

static void measure(const char *where, int millivolt, int milliamp) {
        struct event e = { .type = EVENT_TESTER, .u.tester = { .millivolt = millivolt, .milliamp = milliamp } };

        ck_assert(address_parse(where, strlen(where), &e.where));
        tell(&e);
}

/* A meter counts for a limited time, if a person says that it is between port and headset, and if there is only one. */
START_TEST(test_tester) {
        begin("over-ear", 500);
        minute(1);
        measure("1-3", 5020, 0);
        found(" -> ok");
        seen.answers = answers("tester=elsewhere");
        found(" -> ok");
        seen.answers = answers("tester=between");
        found("takes-no-power/warning/likely -> ok");
        measure("1-3", 5020, -480);
        found(" -> ok");
        measure("1-3", 4500, 480);
        found("voltage-sags/warning/likely -> ok");
        measure("1-3", 4640, 480);
        found(" -> ok");
        /* No current flows, so the voltage says nothing about the path. */
        measure("1-3", 4500, 50);
        found(" -> ok");
        measure("1-3", 120, 0);
        found(" -> ok");
        measure("1-3", 5020, 0);
        measure("1-4", 5020, 900);
        found(" -> ok");
        minute(5);
        found(" -> ok");
        measure("1-3", 5020, 0);
        found("takes-no-power/warning/likely -> ok");
        minute(8);
        found(" -> ok");
}
END_TEST

/* If both agree it is certain. If a headset reports that it charges and the meter shows no current, the meter measures something
 * else. */
START_TEST(test_tester_and_word) {
        struct event e = reading(BATTERY_BY_MDR, 50, CHARGING_NO);

        begin("over-ear", 500);
        minute(1);
        seen.answers = answers("tester=between");
        measure("1-3", 5020, 0);
        tell(&e);
        found("takes-no-power/warning/certain -> ok");
        e = reading(BATTERY_BY_MDR, 50, CHARGING_YES);
        tell(&e);
        found(" -> ok");
}
END_TEST

#define COUNT(array) (int) (sizeof(array) / sizeof((array)[0]))

int main(void) {
        Suite *s = suite_create("own-word");
        TCase *t = tcase_create("all");

        suite_add_tcase(s, t);
        tcase_add_checked_fixture(t, start, story_end);
        tcase_add_test(t, test_takes_no_power);
        tcase_add_test(t, test_a_steady_light_is_no_proof);
        tcase_add_test(t, test_no_battery);
        tcase_add_test(t, test_word_ends_with_link_plug_and_sleep);
        tcase_add_loop_test(t, test_word, 0, COUNT(words));
        tcase_add_test(t, test_word_is_evidence);
        tcase_add_test(t, test_word_against_level);
        tcase_add_test(t, test_case);
        tcase_add_test(t, test_outcome);
        tcase_add_test(t, test_connector_feeds);
        tcase_add_test(t, test_tester);
        tcase_add_test(t, test_tester_and_word);
        return run_suite(s);
}
