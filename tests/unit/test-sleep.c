/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The computer's sleep, which three sources report, and its total time; and the effect of autosuspend on a session. */
#include "story.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "run.h"

static void begin(void) {
        story_begin();
        root_hub(1, SPEED_HIGH, 4);
        settle();
        headset("1-2", "WH-1000XM4", 100, 0);
        at(200);
}

/* As soon as the kernel log is read. */
static const struct finding *suspended(void) {
        if (model_awaits_log(story_model()))
                host_line(KERNEL_SLEEP_EXIT);
        findings_at("1-2");
        return findings_find(&last_diagnosis()->findings, HOST_SUSPENDED);
}

static const char *evidence(const char *what) {
        const struct finding *f = suspended();

        for (size_t i = 0; f && i < f->n_evidence; i++)
                if (strcmp(f->evidence[i].what, what) == 0)
                        return f->evidence[i].value;
        return "";
}

/* The sources of a sleep of 3600 s, in the order of their reports. L: logind, begin; l: logind, end; K: the kernel's entry line;
 * k: its exit line; C: the clocks. The kernel's clock stops meanwhile. */
static const struct order {
        const char *answers;
        uint64_t slept; /* s */
        uint32_t times;
        enum confidence confidence;
} orders[] = {
        { "LKCkl", 3600, 1, CERTAIN }, { "CLKkl", 3600, 1, CERTAIN },  { "KCk", 3600, 1, CERTAIN },
        { "CKk", 3600, 1, CERTAIN },   { "LCl", 3600, 1, CERTAIN },    { "CLl", 3600, 1, CERTAIN },
        { "LlC", 3600, 2, CERTAIN },   { "C", 3600, 1, CERTAIN },      { "Kk", 0, 1, POSSIBLE },
        { "Ll", 0, 1, POSSIBLE },      { "CLKklC", 7200, 2, CERTAIN }, { "LKCklLKCkl", 7200, 2, CERTAIN },
};

START_TEST(test_witnesses) {
        const struct order *o = &orders[_i];
        double now = 200;

        sleep_watched();
        for (const char *p = o->answers; *p; p++) {
                now += *p == 'L' && p > o->answers && p[-1] == 'l' ? 100 : 0.3;
                at(now);
                if (*p == 'L')
                        sleep_begins(SLEEP_S3);
                else if (*p == 'l')
                        sleep_ends(0);
                else if (*p == 'C')
                        sleep_ends(3600);
                else
                        host_line(*p == 'K' ? KERNEL_SLEEP_ENTRY : KERNEL_SLEEP_EXIT);
        }
        ck_assert_msg(suspended() != NULL, "%s: nothing found", o->answers);
        ck_assert_msg(place("1-2")->link.slept_usec == o->slept * SECOND, "%s: %lu s", o->answers,
                      (unsigned long) (place("1-2")->link.slept_usec / SECOND));
        ck_assert_msg(place("1-2")->link.slept_times == o->times, "%s: %u times", o->answers, place("1-2")->link.slept_times);
        ck_assert_msg(suspended()->confidence == o->confidence, "%s", o->answers);
        ck_assert_msg(suspended()->severity == (o->slept >= 600 ? WARNING : NOTICE), "%s", o->answers);
}
END_TEST

/* The length of the sleep, and the sentence about it. */
static const struct length {
        double slept;
        enum severity severity;
        const char *words;
} lengths[] = {
        { 35, NOTICE, "35 s" },
        { 599, NOTICE, "9 min" },
        { 600, WARNING, "10 min" },
        { 7 * 3600 + 12 * 60, WARNING, "7 h 12 min" },
        { 40.0 * 365 * 86400, NOTICE, "no time asleep" },
};

START_TEST(test_lengths) {
        sleep_watched();
        sleep_begins(SLEEP_S2IDLE);
        ck_assert_ptr_null(suspended());
        sleep_ends(lengths[_i].slept);
        ck_assert_ptr_nonnull(suspended());
        ck_assert_int_eq(suspended()->severity, lengths[_i].severity);
        ck_assert_msg(strstr(suspended()->cause, lengths[_i].words) != NULL, "%s", suspended()->cause);
        ck_assert_str_eq(evidence("kind of sleep"), "s2idle");
}
END_TEST

START_TEST(test_power_session) {
        sleep_watched();
        host_line(KERNEL_SLEEP_ENTRY);
        sleep_ends(3600);
        ck_assert_ptr_nonnull(strstr(suspended()->cause, "probably stopped"));
        ck_assert_str_eq(evidence("power session"), "no loss seen");
        line("1-2", KERNEL_RESET, 5);
        ck_assert_ptr_nonnull(strstr(evidence("on waking"), "reset"));
        line("usb1", KERNEL_ROOT_HUB_LOST_POWER, 0);
        ck_assert_ptr_nonnull(strstr(suspended()->cause, "stopped for"));
        ck_assert_ptr_nonnull(strstr(evidence("power session"), "lost"));
}
END_TEST

static bool is_answered(void) {
        findings_at("1-2");
        return findings_find(&last_diagnosis()->findings, HOST_SUSPENDED) != NULL;
}

/* The clocks report first, and the log has more details. Nothing is reported that would change a moment later. */
START_TEST(test_the_log_is_awaited) {
        sleep_watched();
        sleep_ends(900);
        ck_assert(!is_answered());
        line("usb1", KERNEL_ROOT_HUB_LOST_POWER, 0);
        ck_assert(!is_answered());
        host_line(KERNEL_SLEEP_EXIT);
        ck_assert(is_answered());
        ck_assert_ptr_nonnull(strstr(suspended()->cause, "15 min"));
        ck_assert_ptr_nonnull(strstr(suspended()->cause, "were off or were reset"));
        /* The finding about an earlier sleep stays. */
        at(300);
        sleep_ends(900);
        ck_assert(is_answered());
        ck_assert_ptr_nonnull(strstr(findings_find(&last_diagnosis()->findings, HOST_SUSPENDED)->cause, "15 min"));
        host_line(KERNEL_SLEEP_EXIT);
        ck_assert_ptr_nonnull(strstr(suspended()->cause, "30 min"));
}
END_TEST

START_TEST(test_a_log_that_says_nothing) {
        sleep_watched();
        sleep_ends(900);
        ck_assert(!is_answered());
        ck_assert_uint_eq(model_deadline(story_model()), 205 * SECOND);
        at(205);
        ck_assert(is_answered());
}
END_TEST

START_TEST(test_power_session_without_a_log) {
        struct event e = { .type = EVENT_SOURCE, .u.source = { .source = SOURCE_KERNEL_LOG, .degraded = true } };

        model_apply(story_model(), &e);
        sleep_watched();
        sleep_ends(3600);
        ck_assert_str_eq(evidence("power session"), "not visible");
}
END_TEST

START_TEST(test_type_c_offer_goes_on) {
        struct typec_facts f = feeding_connector(0, "usb1-port2", TYPEC_1500_MA);

        typec(&f);
        sleep_watched();
        sleep_ends(3600);
        ck_assert_ptr_nonnull(strstr(suspended()->cause, "may have charged it all the same"));
}
END_TEST

static const char *source_of(const char *what) {
        const struct finding *f = suspended();

        for (size_t i = 0; f && i < f->n_evidence; i++)
                if (strcmp(f->evidence[i].what, what) == 0)
                        return f->evidence[i].source;
        return "";
}

/* Evidence with the source "clocks" comes from the clocks. */
START_TEST(test_logind_is_no_clock) {
        sleep_watched();
        sleep_begins(SLEEP_S3);
        at(290);
        sleep_ends(0);
        host_line(KERNEL_SLEEP_EXIT);
        ck_assert_uint_eq(place("1-2")->link.slept_usec, 90 * SECOND);
        ck_assert_int_eq(suspended()->confidence, LIKELY);
        ck_assert_str_eq(source_of("time asleep"), "logind");
        ck_assert_str_eq(evidence("time asleep"), "1 min 30 s");
        /* Two sleeps: a measurement of one of them does not make the other more certain. */
        at(400);
        sleep_ends(60);
        host_line(KERNEL_SLEEP_EXIT);
        at(410);
        ck_assert_uint_eq(place("1-2")->link.slept_usec, 150 * SECOND);
        ck_assert_int_eq(suspended()->confidence, LIKELY);
        ck_assert_str_eq(source_of("time asleep"), "logind");
}
END_TEST

START_TEST(test_partner_slept_by_logind) {
        struct typec_facts f = feeding_connector(0, NULL, TYPEC_DEFAULT);

        sleep_watched();
        at(3000);
        typec(&f);
        sleep_begins(SLEEP_S3);
        at(4000);
        sleep_ends(0);
        host_line(KERNEL_SLEEP_EXIT);
        at(4010);
        ck_assert_str_eq(typec_findings(0), "host-suspended/warning/likely, not-visible/info/certain -> unknown");
}
END_TEST

START_TEST(test_clocks_that_ran_on) {
        sleep_watched();
        host_line(KERNEL_SLEEP_ENTRY);
        at(200 + 3600);
        host_line(KERNEL_SLEEP_EXIT);
        at(200 + 3601);
        sleep_ends(0);
        ck_assert_uint_eq(place("1-2")->link.slept_usec, 3600 * SECOND);
        ck_assert_uint_eq(place("1-2")->link.slept_times, 1);
        ck_assert_str_eq(source_of("time asleep"), "kernel-log");
        ck_assert_int_eq(suspended()->confidence, CERTAIN);
}
END_TEST

static void entry_line(const char *kind) {
        struct event e = { .type = EVENT_KERNEL, .time = story_model()->now };

        e.u.kernel.message = KERNEL_SLEEP_ENTRY;
        snprintf(e.u.kernel.text, sizeof e.u.kernel.text, "%s", kind);
        model_apply(story_model(), &e);
}

/* The setting for the next "mem" says nothing about a hibernation, and the kind of one sleep nothing about the next one. */
START_TEST(test_kinds_are_kept_apart) {
        sleep_watched();
        sleep_begins(SLEEP_S3);
        sleep_ends(700);
        ck_assert_str_eq(evidence("kind of sleep"), "S3 (deep)");
        at(1000);
        sleep_begins(SLEEP_S3);
        entry_line("hibernation");
        sleep_ends(700);
        host_line(KERNEL_SLEEP_EXIT);
        ck_assert_str_eq(evidence("kind of sleep"), "hibernation");
        at(2000);
        sleep_begins(SLEEP_KIND_UNKNOWN);
        sleep_ends(700);
        host_line(KERNEL_SLEEP_EXIT);
        ck_assert_ptr_null(strstr(last_diagnosis()->findings.items[0].cause, "hibernat"));
        suspended();
        for (size_t i = 0; i < suspended()->n_evidence; i++)
                ck_assert_str_ne(suspended()->evidence[i].what, "kind of sleep");
}
END_TEST

START_TEST(test_log_alone) {
        struct event e = { .type = EVENT_KERNEL, .time = { .at = 200 * SECOND, .wall = STORY_EPOCH + 200 * SECOND } };

        e.u.kernel.message = KERNEL_SLEEP_ENTRY;
        strcpy(e.u.kernel.text, "deep");
        model_apply(story_model(), &e);
        e.u.kernel.message = KERNEL_SLEEP_EXIT;
        e.time.at += 3 * SECOND;
        e.time.wall += 3600 * SECOND;
        model_apply(story_model(), &e);
        ck_assert_uint_eq(place("1-2")->link.slept_usec, 3597 * SECOND);
        ck_assert_str_eq(evidence("kind of sleep"), "S3 (deep)");
        e.u.kernel.message = KERNEL_SLEEP_ENTRY;
        model_apply(story_model(), &e);
        e.u.kernel.message = KERNEL_SLEEP_EXIT;
        e.time.wall += 40 * 365 * 24 * HOUR;
        e.time.at += 3 * SECOND;
        model_apply(story_model(), &e);
        ck_assert_uint_eq(place("1-2")->link.slept_usec, 3597 * SECOND);
}
END_TEST

START_TEST(test_log_from_before_the_clocks_were_watched) {
        struct event e = { .type = EVENT_KERNEL, .time = { .at = 150 * SECOND, .wall = STORY_EPOCH } };

        sleep_watched();
        e.u.kernel.message = KERNEL_SLEEP_ENTRY;
        model_apply(story_model(), &e);
        e.u.kernel.message = KERNEL_SLEEP_EXIT;
        e.time.at += SECOND;
        e.time.wall += 1801 * SECOND;
        model_apply(story_model(), &e);
        ck_assert_uint_eq(place("1-2")->link.slept_usec, 1800 * SECOND);
}
END_TEST

START_TEST(test_only_who_was_there_slept) {
        sleep_watched();
        line("1-3", KERNEL_CONNECT, 7);
        line("1-3", KERNEL_READ_FAILED, 71);
        unplug("1-2");
        sleep_ends(3600);
        ck_assert_ptr_null(suspended());
        ck_assert(!place("1-3")->link.slept);
        at(300);
        headset("1-2", "WH-1000XM4", 100, 0);
        ck_assert_ptr_null(suspended());
        ck_assert(!place("usb1")->link.slept);
}
END_TEST

START_TEST(test_partner_slept) {
        struct typec_facts f = feeding_connector(0, NULL, TYPEC_DEFAULT);

        sleep_watched();
        at(3000);
        typec(&f);
        sleep_ends(3600);
        host_line(KERNEL_SLEEP_EXIT);
        at(3010);
        ck_assert_str_eq(typec_findings(0), "host-suspended/warning/certain, not-visible/info/certain -> unknown");
        f.partner = false;
        typec(&f);
        f.partner = true;
        typec(&f);
        at(3020);
        ck_assert_str_eq(typec_findings(0), "not-visible/info/certain, too-early/info/likely -> unknown");
}
END_TEST

/* Firmware switches. */
static const struct toggle {
        const char *what;
        enum tristate on;
        bool self_powered_hub, bus_powered_hub;
        bool found;
} toggles[] = {
        { "off", NO, false, false, true },
        { "on", YES, false, false, false },
        { "not to be read", UNKNOWN, false, false, false },
        { "off, but the hub feeds it", NO, true, false, false },
        { "off, behind a bus-powered hub", NO, false, true, true },
};

START_TEST(test_switches) {
        const struct toggle *s = &toggles[_i];
        const char *where = s->self_powered_hub || s->bus_powered_hub ? "1-1.3" : "1-2";
        const struct finding *f;

        if (s->self_powered_hub || s->bus_powered_hub) {
                hub("1-1", s->self_powered_hub, 4);
                headset("1-1.3", "WH-1000XM4", 100, 0);
        }
        power_switch(SWITCH_SLEEP_POWER, s->on, "Lenovo's always-on USB (usb_charging of VPC2004:00)");
        findings_at(where);
        f = findings_find(&last_diagnosis()->findings, SLEEP_CHARGING_OFF);
        ck_assert_msg((f != NULL) == s->found, "%s", s->what);
        if (!f)
                return;
        ck_assert_int_eq(f->severity, INFO);
        ck_assert_ptr_nonnull(strstr(f->action, "VPC2004:00"));
}
END_TEST

START_TEST(test_no_switch_proves_nothing) {
        sleep_watched();
        sleep_ends(3600);
        ck_assert_ptr_nonnull(strstr(evidence("USB power in sleep"), "proves nothing"));
        power_switch(SWITCH_SLEEP_POWER, UNKNOWN, "ThinkPad's always-on USB");
        ck_assert_ptr_nonnull(strstr(evidence("USB power in sleep"), "cannot be read"));
}
END_TEST

START_TEST(test_switch_that_goes) {
        struct event e = { .type = EVENT_SWITCH, .u.power_switch = { .gone = true, .name = "a" } };

        for (int i = 0; i < 20; i++) {
                char name[8];

                snprintf(name, sizeof name, "%c", 'a' + i);
                power_switch(SWITCH_SLEEP_POWER, NO, name);
        }
        ck_assert_uint_eq(story_model()->n_switches, MODEL_SWITCHES_MAX);
        model_apply(story_model(), &e);
        model_apply(story_model(), &e);
        ck_assert_uint_eq(story_model()->n_switches, MODEL_SWITCHES_MAX - 1);
}
END_TEST

/* Autosuspend over the session. */
static const struct share {
        enum runtime_status status;
        uint64_t suspended_ms, active_ms;
        const char *findings;
} shares[] = {
        { RUNTIME_SUSPENDED, 9000, 1000, "device-autosuspended/warning/likely -> blocked" },
        { RUNTIME_ACTIVE, 9000, 1000, " -> ok" },
        { RUNTIME_ACTIVE, 600000, 600000, "device-autosuspended/info/likely -> ok" },
        { RUNTIME_ACTIVE, 600000, 60000000, " -> ok" },
        { RUNTIME_ACTIVE, 0, 0, " -> ok" },
};

START_TEST(test_autosuspend_share) {
        struct event e = { .type = EVENT_POWER, .where = place("1-2")->address };

        e.u.power = (struct power_facts){ .automatic = true,
                                          .by = AUTOSUSPEND_BY_WRITE,
                                          .status = shares[_i].status,
                                          .suspended_ms = shares[_i].suspended_ms,
                                          .active_ms = shares[_i].active_ms };
        model_apply(story_model(), &e);
        ck_assert_str_eq(findings_at("1-2"), shares[_i].findings);
        if (last_diagnosis()->findings.n > 0)
                ck_assert_ptr_nonnull(strstr(last_diagnosis()->findings.items[0].evidence[3].value, "a program"));
}
END_TEST

int main(void) {
        Suite *suite = suite_create("sleep");
        TCase *c = tcase_create("sleep");

        tcase_add_checked_fixture(c, begin, story_end);
        tcase_add_loop_test(c, test_witnesses, 0, sizeof orders / sizeof orders[0]);
        tcase_add_loop_test(c, test_lengths, 0, sizeof lengths / sizeof lengths[0]);
        tcase_add_test(c, test_power_session);
        tcase_add_test(c, test_the_log_is_awaited);
        tcase_add_test(c, test_a_log_that_says_nothing);
        tcase_add_test(c, test_power_session_without_a_log);
        tcase_add_test(c, test_type_c_offer_goes_on);
        tcase_add_test(c, test_logind_is_no_clock);
        tcase_add_test(c, test_partner_slept_by_logind);
        tcase_add_test(c, test_clocks_that_ran_on);
        tcase_add_test(c, test_kinds_are_kept_apart);
        tcase_add_test(c, test_log_alone);
        tcase_add_test(c, test_log_from_before_the_clocks_were_watched);
        tcase_add_test(c, test_only_who_was_there_slept);
        tcase_add_test(c, test_partner_slept);
        tcase_add_loop_test(c, test_switches, 0, sizeof toggles / sizeof toggles[0]);
        tcase_add_test(c, test_no_switch_proves_nothing);
        tcase_add_test(c, test_switch_that_goes);
        tcase_add_loop_test(c, test_autosuspend_share, 0, sizeof shares / sizeof shares[0]);
        suite_add_tcase(suite, c);
        return run_suite(suite);
}
