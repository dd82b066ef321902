/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Histories of battery levels: what may be concluded from them, and what may not. */
#include "causes/charging.h"
#include "model/reading.h"
#include "story.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "run.h"

/* Times are in minutes. The headset is plugged in at minute 0, which is some hours after the beginning of the story. */
#define MINUTE_ZERO 30000.0

static void minute(double m) {
        at(MINUTE_ZERO + m * 60);
}

static void begin(void) {
        story_begin();
        root_hub(1, SPEED_HIGH, 4);
        settle();
}

struct history {
        const char *what;
        const char *levels; /* "-30=60 0=50": minute=level; "off" for a link that ends */
        double until;       /* minute in which it is looked at */
        uint8_t step;
        bool unplugged; /* it does not appear on USB */
        uint8_t limit;
        enum tristate powers_down;
        enum charging own; /* its own charging flag */
        const char *family;
        const char *findings;
        const char *state;
};

static void tell_level(struct headset_facts *f, const char *level, struct headset **ret) {
        f->connected = strcmp(level, "off") != 0;
        f->parts[BATTERY_WHOLE].percent = f->connected ? (uint8_t) atoi(level) : BATTERY_UNKNOWN;
        *ret = tell_headset(f);
}

/* Plays the history and returns how the headset is seen at its end. */
static struct sightings play(const struct history *h) {
        struct headset_facts f = by_bluetooth("MDR-1000X", BATTERY_UNKNOWN, h->step);
        struct sightings seen = {};
        char copy[256], *save = NULL;
        bool plugged = h->unplugged;

        f.facts.limit_percent = h->limit;
        f.facts.powers_down = h->powers_down;
        f.parts[BATTERY_WHOLE].charging = h->own;
        snprintf(f.facts.family, sizeof f.facts.family, "%s", h->family ? h->family : "over-ear");
        strcpy(copy, h->levels);
        for (char *pair = strtok_r(copy, " ", &save); pair; pair = strtok_r(NULL, " ", &save)) {
                double when = atof(pair);

                if (!plugged && when > 0) {
                        minute(0);
                        seen.port = headset("1-2", "MDR-1000X", 100, 0);
                        plugged = true;
                }
                minute(when);
                tell_level(&f, strchr(pair, '=') + 1, (struct headset **) &seen.headset);
        }
        if (!plugged) {
                minute(0);
                seen.port = headset("1-2", "MDR-1000X", 100, 0);
        }
        minute(h->until);
        tick();
        return seen;
}

static const char *state_name(enum charging c) {
        static const char *const names[] = { "unknown", "no", "yes", "full" };

        return names[c];
}

static const struct history histories[] = {
        { "nothing is told", "", 300, 10, .findings = " -> ok", .state = "unknown" },
        { "rises by two steps", "-5=40 60=50 120=60", 121, 10, .findings = " -> ok", .state = "yes" },
        { "rises by one step: it may be a reading", "-5=40 60=50", 121, 10, .findings = " -> ok", .state = "unknown" },
        { "fine steps rise", "1=40 20=44", 21, 1, .findings = " -> ok", .state = "yes" },
        { "fine steps wobble", "1=40 20=42", 21, 1, .findings = " -> ok", .state = "unknown" },
        { "rose long ago", "-5=40 60=60", 190, 10, .findings = " -> ok", .state = "unknown" },
        { "falls by two steps", "1=60 40=50 80=40", 81, 10, .findings = "battery-not-rising/warning/likely -> ok",
          .state = "no" },
        { "falls by one step", "1=60 80=50", 81, 10, .findings = " -> ok", .state = "unknown" },
        { "falls at once, as readings do", "1=60 10=40", 20, 10, .findings = " -> ok", .state = "unknown" },
        { "falls at once, and that was long ago", "1=60 5=40", 100, 10, .findings = " -> ok", .state = "unknown" },
        { "rises at once, as readings do", "1=10 1.5=70", 20, 10, .findings = " -> ok", .state = "unknown" },
        { "rises at once as it is plugged in", "-5=30 0.5=60", 20, 10, .findings = " -> ok", .state = "unknown" },
        { "rises at once, and on from there", "-5=30 0.5=60 60=70 120=90", 121, 10, .findings = " -> ok", .state = "yes" },
        { "rises fast, as some can", "1=10 21=50", 22, 10, .findings = " -> ok", .state = "yes" },
        { "flat, and it is known to tell changes", "-90=60 -5=50", 125, 10,
          .findings = "battery-not-rising/notice/possible -> ok", .state = "unknown" },
        { "flat, not for long enough", "-90=60 -5=50", 110, 10, .findings = " -> ok", .state = "unknown" },
        { "flat, and nobody knows whether it tells changes", "-5=50", 600, 10, .findings = " -> ok", .state = "unknown" },
        { "flat before the plug only", "-300=60 -200=50", 30, 10, .findings = " -> ok", .state = "unknown" },
        { "flat near the top", "-90=100 -5=90", 600, 10, .findings = " -> ok", .state = "unknown" },
        { "flat, and it should have switched off when power arrived", "-90=60 -5=50", 125, 10, .powers_down = YES,
          .findings = "battery-not-rising/warning/possible -> ok", .state = "unknown" },
        { "switched off when power arrived", "-90=60 -5=50 0.1=off", 300, 10, .powers_down = YES, .findings = " -> ok",
          .state = "unknown" },
        { "flat, and says that it charges", "-90=60 -5=50", 300, 1, .own = CHARGING_YES, .findings = " -> ok", .state = "yes" },
        { "flat, and says that it does not charge", "-90=60 -5=50", 125, 1, .own = CHARGING_NO,
          .findings = "battery-not-rising/warning/likely -> ok", .state = "no" },
        { "levels of two connections are not compared", "-90=80 -60=off -5=30 5=off 60=50", 61, 10, .findings = " -> ok",
          .state = "unknown" },
        { "drains unplugged", "-60=80 60=60 120=40", 121, 10, .unplugged = true, .findings = "", .state = "no" },
        { "rises where nothing is seen on USB: a wall adapter", "-60=40 60=60", 61, 10, .unplugged = true, .findings = "",
          .state = "yes" },
        { "the worst bud stands for all", "-5=90 10=40 60=30", 61, 10, .family = "earbuds", .findings = " -> ok",
          .state = "unknown" },
        { "full by its own word", "1=100", 2, 1, .own = CHARGING_FULL, .findings = "battery-full/info/certain -> ok",
          .state = "full" },
        { "rose to 100 and stands there", "1=70 60=90 90=100", 121, 10, .findings = "battery-full/info/likely -> ok",
          .state = "full" },
        { "rose to 100 a moment ago", "1=70 60=90 90=100", 95, 10, .findings = " -> ok", .state = "yes" },
        { "100 all the time", "-60=100", 600, 10, .findings = "battery-full/info/possible -> ok", .state = "unknown" },
        { "100 and unplugged", "-60=100", 600, 10, .unplugged = true, .findings = "", .state = "unknown" },
        { "stops at 80 by design", "-5=60 60=80", 121, 10, .limit = 80, .findings = "charge-limited/info/likely -> ok",
          .state = "no" },
        { "reached 80 a moment ago", "-5=60 60=80", 65, 10, .limit = 80, .findings = " -> ok", .state = "yes" },
        { "fell by one step from before the plug, and by one after it", "-5=70 30=60 70=50", 75, 10, .findings = " -> ok",
          .state = "unknown" },
        { "does not start above 80", "-60=100 -5=90", 60, 10, .limit = 80, .findings = "charge-limited/info/likely -> ok",
          .state = "unknown" },
        { "above 80 a moment after the plug", "-60=100 -5=90", 10, 10, .limit = 80, .findings = " -> ok", .state = "unknown" },
        { "stands at 80 after it rose: battery care", "-5=40 60=80", 190, 10, .findings = "charge-limited/info/possible -> ok",
          .state = "unknown" },
        { "stands at 80 from the begin: nobody can tell", "-90=90 -5=80", 600, 10, .findings = " -> ok", .state = "unknown" },
        { "stands at 70: no care level", "-90=60 -5=70", 600, 10, .findings = "battery-not-rising/notice/possible -> ok",
          .state = "unknown" },
};

START_TEST(test_history) {
        const struct history *h = &histories[_i];
        struct sightings seen = play(h);
        struct charging_claim claim;

        charging_claim(story_model(), &seen, &claim);
        ck_assert_msg(strcmp(state_name(claim.state), h->state) == 0, "%s: %s", h->what, state_name(claim.state));
        if (!h->unplugged)
                ck_assert_msg(strcmp(headset_findings(&seen, NULL), h->findings) == 0, "%s: %s", h->what,
                              headset_findings(&seen, NULL));
        ck_assert(diagnosis_deadline(story_model()) == 0 || diagnosis_deadline(story_model()) > story_model()->now.at);
}
END_TEST

/* Where a fault of the power path explains it, nothing is said about the battery. */
START_TEST(test_not_rising_wants_a_good_path) {
        const struct history h = { "falls", "1=60 40=50 80=40", 81, 10 };
        struct sightings seen = play(&h);
        struct port *p = place("1-2");

        ck_assert_ptr_nonnull(strstr(headset_findings(&seen, NULL), "battery-not-rising"));
        ck_assert_ptr_nonnull(strstr(last_diagnosis()->findings.items[0].cause, "from 60 % to 40 %"));
        p->device.authorized = NO;
        ck_assert_ptr_null(strstr(headset_findings(&seen, NULL), "battery-not-rising"));
        p->device.authorized = YES;
        p->link.slept = true;
        ck_assert_ptr_null(strstr(headset_findings(&seen, NULL), "battery-not-rising"));
        p->link.slept = false;
        p->device.facts.least_ma = 600;
        ck_assert_ptr_null(strstr(headset_findings(&seen, NULL), "battery-not-rising"));
        p->device.facts.least_ma = 0;
        ck_assert_ptr_nonnull(strstr(headset_findings(&seen, NULL), "battery-not-rising"));
}
END_TEST

START_TEST(test_hub_is_worth_trying_without) {
        struct headset_facts f = by_bluetooth("MDR-1000X", 60, 10);
        struct sightings seen = {};

        hub("1-1", true, 4);
        minute(0);
        seen.port = headset("1-1.2", "MDR-1000X", 100, 0);
        minute(1);
        seen.headset = tell_headset(&f);
        f.parts[BATTERY_WHOLE].percent = 40;
        minute(60);
        tell_headset(&f);
        ck_assert_str_eq(headset_findings(&seen, NULL), "battery-not-rising/warning/likely, hub-in-path/warning/possible -> ok");
}
END_TEST

START_TEST(test_dies_unplugged) {
        struct headset_facts f = by_bluetooth("WH-1000XM4", 10, 10);
        struct sightings seen = { .headset = tell_headset(&f) };
        struct headset *h = (struct headset *) seen.headset;

        h->observed.deaths = 1;
        h->observed.death_at = story_model()->now;
        ck_assert_ptr_null(strstr(headset_findings(&seen, &f.facts), "battery-dies-unplugged"));
        seen.answers = answers("only-plugged=yes");
        ck_assert_ptr_nonnull(strstr(headset_findings(&seen, &f.facts), "battery-dies-unplugged/warning/likely"));
        h->observed.deaths = 0;
        ck_assert_ptr_nonnull(strstr(headset_findings(&seen, &f.facts), "battery-dies-unplugged/warning/possible"));
        seen.answers = NULL;
        h->observed.deaths = 2;
        ck_assert_ptr_nonnull(strstr(headset_findings(&seen, &f.facts), "battery-dies-unplugged/warning/likely"));
        /* Since then it has run for an hour without the cable. */
        h->observed.connected_at.at = h->observed.death_at.at + 1;
        at(100 + 3700);
        ck_assert_ptr_null(strstr(headset_findings(&seen, &f.facts), "battery-dies-unplugged"));
}
END_TEST

/* A headset that switches off while it charges cannot be one that runs only on the cable, so an answer makes it no more than
 * possible. */
START_TEST(test_dies_unplugged_is_no_word_for_all) {
        struct model_facts facts = { .model = "WH-1000XM5", .powers_down = YES };
        struct sightings seen = { .answers = answers("only-plugged=yes") };

        ck_assert_str_eq(headset_findings(&seen, &facts),
                         "battery-dies-unplugged/warning/possible, not-visible/info/certain -> unknown");
}
END_TEST

static const struct {
        const char *own, *newest;
        bool old;
} versions[] = {
        { "2.5.0", "3.0.1", true },     { "3.0.1", "3.0.1", false },     { "3.0.1", "2.5.0", false },
        { "2.9.0", "2.10.0", true },    { "2.10.0", "2.9.0", false },    { "3.0", "3.0.0", false },
        { "1.0.0.3", "1.0.0.6", true }, { "", "3.0.1", false },          { "2.5.0", "", false },
        { "garbage", "3.0.1", false },  { "2.5.0", "3.x", false },       { "2..5", "3.0.1", false },
        { "2.5.", "3.0.1", false },     { "1.2.3.4.5", "3.0.1", false }, { "-1.0", "3.0.1", false },
};

START_TEST(test_firmware) {
        struct headset_facts f = by_bluetooth("WH-1000XM4", 50, 10);
        struct sightings seen;

        strcpy(f.firmware, versions[_i].own);
        strcpy(f.facts.firmware, versions[_i].newest);
        seen = (struct sightings){ .headset = tell_headset(&f) };
        ck_assert_msg((strstr(headset_findings(&seen, &f.facts), "firmware-old/info/likely") != NULL) == versions[_i].old,
                      "%s and %s: %s", versions[_i].own, versions[_i].newest, headset_findings(&seen, &f.facts));
        seen.answers = answers("firmware=current");
        ck_assert_ptr_null(strstr(headset_findings(&seen, &f.facts), "firmware-old"));
        seen.answers = answers("firmware=old");
        ck_assert_ptr_nonnull(strstr(headset_findings(&seen, &f.facts), "firmware-old"));
}
END_TEST

static void tell_reading(const struct headset_facts *f, enum battery_source source, const char *firmware) {
        struct event e = { .type = EVENT_HEADSET_READING };
        struct headset_reading *r = &e.u.headset_reading;

        reading_clear(r, source);
        snprintf(r->mark, sizeof r->mark, "%s", f->mark);
        snprintf(r->firmware, sizeof r->firmware, "%s", firmware);
        reading_take(r, BATTERY_WHOLE, 50, CHARGING_UNKNOWN);
        r->outcome = READING_TOLD;
        tick();
        e.time = story_model()->now;
        (void) model_apply(story_model(), &e);
}

/* If the modalias contains no version, the one from Fast Pair is used until the link ends. */
START_TEST(test_firmware_by_fast_pair) {
        struct headset_facts f = by_bluetooth("WH-1000XM4", 50, 10);
        struct sightings seen = { .headset = tell_headset(&f) };
        const char *old = "firmware-old/info/likely";

        strcpy(f.facts.firmware, "3.0.1");
        seen.headset = tell_headset(&f);
        ck_assert_ptr_null(strstr(headset_findings(&seen, &f.facts), old));
        tell_reading(&f, BATTERY_BY_FAST_PAIR, "2.5.0");
        ck_assert_ptr_nonnull(strstr(headset_findings(&seen, &f.facts), old));
        tell_reading(&f, BATTERY_BY_MDR, "");
        ck_assert_msg(strstr(headset_findings(&seen, &f.facts), old) != NULL, "Sony's protocol is not asked for it");
        tell_reading(&f, BATTERY_BY_FAST_PAIR, "version two");
        ck_assert_msg(strstr(headset_findings(&seen, &f.facts), old) == NULL, "that is no version");
        tell_reading(&f, BATTERY_BY_FAST_PAIR, "2.5.0");
        strcpy(f.firmware, "3.0.1");
        seen.headset = tell_headset(&f);
        ck_assert_msg(strstr(headset_findings(&seen, &f.facts), old) == NULL, "the modalias comes first");
        f.firmware[0] = '\0';
        f.connected = false;
        seen.headset = tell_headset(&f);
        at(120);
        f.connected = true;
        seen.headset = tell_headset(&f);
        ck_assert_msg(strstr(headset_findings(&seen, &f.facts), old) == NULL, "it may have been updated since");
        tell_reading(&f, BATTERY_BY_MDR, "");
        ck_assert_msg(strstr(headset_findings(&seen, &f.facts), old) == NULL, "nor does a reading without one bring it back");
}
END_TEST

/* The rated charging time, and how much longer it takes on a weaker port. */
static const struct {
        const char *what;
        struct model_facts facts;
        uint32_t available;
        unsigned percent;
        uint32_t min, max;
        const char *words;
} times[] = {
        { "rated", { .needed_ma = 1500, .full_minutes = 210 }, 1500, 0, 210, 210, "3.5 h" },
        { "more than needed", { .needed_ma = 1500, .full_minutes = 210 }, 3000, 0, 210, 210, "3.5 h" },
        { "a computer's port", { .needed_ma = 1500, .full_minutes = 210 }, 500, 0, 490, 630, "8 to 10.5 h" },
        { "from the middle", { .needed_ma = 1500, .full_minutes = 210 }, 1500, 50, 105, 122, "2 h" },
        { "near the top", { .needed_ma = 500, .full_minutes = 120 }, 500, 90, 12, 20, "12 to 20 min" },
        { "full", { .needed_ma = 500, .full_minutes = 120 }, 500, 100, 0, 0, NULL },
        { "time not known", { .needed_ma = 1500 }, 500, 0, 0, 0, NULL },
        { "need not known", { .full_minutes = 210 }, 500, 0, 0, 0, NULL },
        { "port not known", { .needed_ma = 1500, .full_minutes = 210 }, 0, 0, 0, 0, NULL },
};

START_TEST(test_time) {
        char words[CHARGING_WORDS_MAX];
        struct charging_time t;

        charging_time(&times[_i].facts, times[_i].available, times[_i].percent, &t);
        ck_assert_msg(t.min_minutes == times[_i].min && t.max_minutes == times[_i].max, "%s: %u to %u", times[_i].what,
                      t.min_minutes, t.max_minutes);
        ck_assert_int_eq(t.assumption[0] != '\0', t.max_minutes > 0);
        if (times[_i].words)
                ck_assert_str_eq(charging_minutes_words(t.min_minutes, t.max_minutes, words), times[_i].words);
}
END_TEST

START_TEST(test_claim_tells_time_and_age) {
        struct headset_facts f = by_bluetooth("WH-1000XM6", 40, 1);
        struct sightings seen = {};
        struct charging_claim c;

        f.facts.needed_ma = 1500;
        f.facts.full_minutes = 210;
        f.facts.limit_percent = 80;
        minute(0);
        seen.port = headset("1-2", "WH-1000XM6", 500, 1500);
        minute(1);
        seen.headset = tell_headset(&f);
        f.parts[BATTERY_WHOLE].percent = 50;
        minute(60);
        tell_headset(&f);
        charging_claim(story_model(), &seen, &c);
        ck_assert_int_eq(c.state, CHARGING_YES);
        ck_assert_int_eq(c.source, BATTERY_BY_BLUEZ);
        ck_assert_uint_eq(c.level, 50);
        ck_assert(!c.stale);
        ck_assert_uint_gt(c.time_to_full.min_minutes, 200);
        ck_assert_uint_lt(c.time_to_full.max_minutes, 400);
        ck_assert_ptr_nonnull(strstr(c.time_to_full.assumption, "500 mA"));
        ck_assert_ptr_nonnull(strstr(c.time_to_full.assumption, "near 80 %"));
        /* The link has ended, so the last report is old and nothing is concluded from it. */
        f.connected = false;
        f.parts[BATTERY_WHOLE].percent = BATTERY_UNKNOWN;
        minute(61);
        tell_headset(&f);
        charging_claim(story_model(), &seen, &c);
        ck_assert_int_eq(c.state, CHARGING_UNKNOWN);
        ck_assert(c.stale);
        ck_assert_uint_eq(c.level, 50);
        ck_assert_uint_eq(c.time_to_full.max_minutes, 0);
}
END_TEST

/* The charging flag of a receiver counts at once. A PULSE 3D may hide its level while it charges. */
START_TEST(test_own_word) {
        struct headset_facts f = by_bluetooth("PULSE 3D", 30, 10);
        struct sightings seen;
        struct charging_claim c;

        f.way = HEADSET_DONGLE;
        f.battery = BATTERY_BY_HID;
        f.parts[BATTERY_WHOLE].charging = CHARGING_NO;
        seen = (struct sightings){ .headset = tell_headset(&f) };
        charging_claim(story_model(), &seen, &c);
        ck_assert_int_eq(c.state, CHARGING_NO);
        f.parts[BATTERY_WHOLE] = (struct battery_state){ BATTERY_UNKNOWN, CHARGING_YES };
        at(200);
        tell_headset(&f);
        charging_claim(story_model(), &seen, &c);
        ck_assert_int_eq(c.state, CHARGING_YES);
        ck_assert_int_eq(c.source, BATTERY_BY_HID);
        ck_assert_uint_eq(c.at.at, story_model()->now.at);
        ck_assert(c.stale);
        ck_assert_uint_eq(c.level, 30);
        ck_assert_uint_eq(c.time_to_full.max_minutes, 0);
}
END_TEST

/* No charging time is known for this model, so the speed so far is used. */
START_TEST(test_time_by_rise) {
        const struct history h = { "rises", "0.5=40 60=50 120=60 180=70", 181, 10 };
        struct sightings seen = play(&h);
        struct charging_claim c;

        charging_claim(story_model(), &seen, &c);
        ck_assert_int_eq(c.state, CHARGING_YES);
        /* 30 % in three hours; 30 % are missing, or 40. */
        ck_assert_uint_le(c.time_to_full.min_minutes, 180);
        ck_assert_uint_ge(c.time_to_full.min_minutes, 120);
        ck_assert_uint_ge(c.time_to_full.max_minutes, 240);
        ck_assert_uint_le(c.time_to_full.max_minutes, 480);
        ck_assert_ptr_nonnull(strstr(c.time_to_full.assumption, "from 40 % to 70 %"));
}
END_TEST

/* It charged until it was unplugged. */
START_TEST(test_claim_ends_with_the_plug) {
        const struct history h = { "rises", "-5=40 60=50 120=60", 121, 10 };
        struct sightings seen = play(&h);
        struct charging_claim c;

        charging_claim(story_model(), &seen, &c);
        ck_assert_int_eq(c.state, CHARGING_YES);
        unplug("1-2");
        seen.port = NULL;
        charging_claim(story_model(), &seen, &c);
        ck_assert_int_eq(c.state, CHARGING_UNKNOWN);
        ck_assert_uint_eq(c.level, 60);
}
END_TEST

START_TEST(test_nothing_is_claimed_of_usb) {
        struct sightings seen = { .port = headset("1-2", "WH-1000XM5", 500, 1500) };
        struct charging_claim c;

        charging_claim(story_model(), &seen, &c);
        ck_assert_int_eq(c.state, CHARGING_UNKNOWN);
        ck_assert_int_eq(c.source, BATTERY_BY_NOBODY);
        ck_assert_uint_eq(c.level, BATTERY_UNKNOWN);
}
END_TEST

START_TEST(test_port_in_the_models_hours) {
        struct port *p = headset("1-2", "WH-1000XM5", 500, 1500);
        const struct finding *f;

        p->device.facts.full_minutes = 210;
        ck_assert_str_eq(findings_at("1-2"), "port-limits-current/notice/likely -> slow");
        f = &last_diagnosis()->findings.items[0];
        ck_assert_ptr_nonnull(strstr(f->cause, "8 to 10.5 h instead of 3.5 h"));
        ck_assert_uint_ge(f->n_evidence, 4);
}
END_TEST

int main(void) {
        Suite *suite = suite_create("battery");
        TCase *c = tcase_create("battery");

        tcase_add_checked_fixture(c, begin, story_end);
        tcase_add_loop_test(c, test_history, 0, sizeof histories / sizeof histories[0]);
        tcase_add_test(c, test_not_rising_wants_a_good_path);
        tcase_add_test(c, test_hub_is_worth_trying_without);
        tcase_add_test(c, test_dies_unplugged);
        tcase_add_test(c, test_dies_unplugged_is_no_word_for_all);
        tcase_add_loop_test(c, test_firmware, 0, sizeof versions / sizeof versions[0]);
        tcase_add_test(c, test_firmware_by_fast_pair);
        tcase_add_loop_test(c, test_time, 0, sizeof times / sizeof times[0]);
        tcase_add_test(c, test_claim_tells_time_and_age);
        tcase_add_test(c, test_own_word);
        tcase_add_test(c, test_time_by_rise);
        tcase_add_test(c, test_claim_ends_with_the_plug);
        tcase_add_test(c, test_nothing_is_claimed_of_usb);
        tcase_add_test(c, test_port_in_the_models_hours);
        suite_add_tcase(suite, c);
        return run_suite(suite);
}
