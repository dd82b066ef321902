/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Histories that look like a bad port or a bad cable and are something else: neither is suspected. */
#include "story.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "run.h"

#define DAYS (24 * 3600.0)
#define XM4 "WH-1000XM4"

static struct port *plug(const char *where, const char *mark) {
        struct port *p;

        later(1);
        line(where, KERNEL_CONNECT, 5);
        p = headset(where, XM4, 100, 0);
        if (!mark)
                return p;
        snprintf(p->device.mark, sizeof p->device.mark, "%s", mark);
        tell_device(p);
        return p;
}

static void plug_other(const char *where) {
        later(1);
        line(where, KERNEL_CONNECT, 5);
        headset(where, "WH-1000XM5", 100, 0);
}

static void pull(const char *where) {
        line(where, KERNEL_DISCONNECT, 0);
        unplug(where);
}

static void works_marked(const char *where, const char *mark, double seconds) {
        plug(where, mark);
        later(seconds);
        pull(where);
        later(200);
}

static void works(const char *where, double seconds) {
        works_marked(where, NULL, seconds);
}

/* The device is identified, is lost a moment later, and does not come back. */
static void breaks_off(const char *where) {
        later(1);
        pull(where);
        later(0.4);
        try_fails(where, 6, 71);
        later(200);
}

static void known_and_fails_marked(const char *where, const char *mark) {
        plug(where, mark);
        breaks_off(where);
}

static void known_and_fails(const char *where) {
        known_and_fails_marked(where, NULL);
}

/* In a log devices are known only by their lines. */
static void in_log(const char *where, bool breaks) {
        later(1);
        line(where, KERNEL_CONNECT, 5);
        found_line(where, 0x054c, 0x0cd3);
        later(30);
        if (breaks) {
                breaks_off(where);
                return;
        }
        line(where, KERNEL_DISCONNECT, 0);
        later(200);
}

/* Before the daemon started: the kernel log has only vendor and product. */
static void named_by_the_log_and_fails(const char *where) {
        later(1);
        line(where, KERNEL_CONNECT, 5);
        found_line(where, 0x054c, 0x0cd3);
        later(1);
        line(where, KERNEL_DISCONNECT, 0);
        later(0.4);
        try_fails(where, 6, 71);
        later(200);
}

static const struct finding *suspicion(const char *where, enum finding_code code) {
        findings_at(where);
        return findings_find(&last_diagnosis()->findings, code);
}

static bool is_accused(const char *where) {
        return suspicion(where, PORT_SUSPECT) != NULL;
}

static bool says(const struct finding *f, const char *text) {
        for (size_t i = 0; i < f->n_evidence; i++)
                if (strstr(f->evidence[i].value, text))
                        return true;
        return false;
}

/* One plug is known by vendor and product from the kernel log, the next one by its serial number from udev. */
START_TEST(test_one_device_by_two_names) {
        story_model()->live = false;
        named_by_the_log_and_fails("1-1");
        ck_assert_str_eq(place("1-1")->session.device, "054c:0cd3");
        settle();
        known_and_fails_marked("1-1", "3f2a1c");
        ck_assert(!is_accused("1-1"));
        known_and_fails_marked("1-1", "3f2a1c");
        ck_assert(!is_accused("1-1"));
}
END_TEST

/* A serial number that changes with each plug, or is read wrongly. */
START_TEST(test_a_serial_number_that_changes) {
        known_and_fails_marked("1-1", "111111");
        known_and_fails_marked("1-1", "222222");
        known_and_fails_marked("1-1", "333333");
        ck_assert(!is_accused("1-1"));
}
END_TEST

START_TEST(test_two_of_a_model_that_are_known) {
        works_marked("1-2", "111111", 60);
        works_marked("1-2", "222222", 60);
        known_and_fails_marked("1-1", "111111");
        known_and_fails_marked("1-1", "222222");
        ck_assert(is_accused("1-1"));
}
END_TEST

/* The cable or the headset breaks: it worked on one port for weeks, and since then fails at every port. */
START_TEST(test_what_fails_everywhere_since) {
        for (int i = 0; i < 10; i++) {
                works("1-2", 60);
                later(DAYS);
        }
        known_and_fails("1-2");
        known_and_fails("1-1");
        known_and_fails("1-1");
        ck_assert(!is_accused("1-1"));
}
END_TEST

START_TEST(test_nothing_else_was_tried_since) {
        for (int i = 0; i < 10; i++)
                works("1-2", 60);
        known_and_fails("1-1");
        known_and_fails("1-1");
        ck_assert(!is_accused("1-1"));
        works("1-2", 60);
        known_and_fails("1-1");
        ck_assert(is_accused("1-1"));
}
END_TEST

/* An hour without errors ends the suspicion, also if the cable has another name by then. */
START_TEST(test_a_good_hour_with_a_named_cable) {
        known_and_fails("1-1");
        works("1-2", 60);
        known_and_fails("1-1");
        works("1-2", 60);
        known_and_fails("1-1");
        known_and_fails("1-1");
        ck_assert(is_accused("1-1"));
        name_cable("black");
        works("1-1", 7200);
        plug("1-1", NULL);
        later(60);
        ck_assert(!is_accused("1-1"));
}
END_TEST

/* The hub is moved, and is the cause of the failures. */
START_TEST(test_the_hub_was_moved) {
        for (int i = 0; i < 4; i++) {
                line("1-2", KERNEL_CONNECT, 5);
                hub("1-2", true, 4);
                plug("1-2.1", NULL);
                later(60);
                line("1-2", KERNEL_DISCONNECT, 0);
                line("1-2.1", KERNEL_DISCONNECT, 0);
                unplug("1-2.1");
                unplug("1-2");
                later(5);
                plugged_and_fails("1-1");
                ck_assert_str_eq(place("1-1")->session.device, "");
                later(300);
        }
        ck_assert(!is_accused("1-1"));
}
END_TEST

/* A broken USB stick is tried at each port, each time after the headset was unplugged there. */
START_TEST(test_a_broken_stick_on_every_port) {
        static const char *const ports[] = { "1-1", "1-3", "1-4" };

        for (int i = 0; i < 9; i++) {
                for (int k = 0; k < 3; k++)
                        works("1-2", 60);
                plug("1-2", NULL);
                later(60);
                pull("1-2");
                later(10);
                plugged_and_fails(ports[i % 3]);
                later(300);
        }
        ck_assert(!is_accused("1-4"));
}
END_TEST

/* The headset is unplugged for a broken USB stick, and later works where the stick failed. */
START_TEST(test_a_broken_stick_where_the_headset_is_fine) {
        for (int i = 0; i < 3; i++) {
                plug("1-2", NULL);
                later(60);
                pull("1-2");
                later(10);
                plugged_and_fails("1-1");
                later(200);
                works("1-1", 600);
        }
        plug("1-2", NULL);
        later(60);
        pull("1-2");
        later(10);
        plugged_and_fails("1-1");
        ck_assert(!is_accused("1-1"));
}
END_TEST

/* The port fails at every start of the computer, and works after the headset is plugged in again. */
START_TEST(test_a_port_that_fails_at_boot) {
        for (int i = 0; i < 4; i++) {
                story_model()->live = false;
                host_line(KERNEL_BOOT);
                plugged_and_fails("1-1");
                root_hub(1, SPEED_HIGH, 6);
                settle();
                works("1-1", 600);
                works("1-2", 600);
                later(DAYS);
        }
        ck_assert(!is_accused("1-1"));
}
END_TEST

START_TEST(test_a_year_ago) {
        for (int i = 0; i < 6; i++) {
                known_and_fails("1-1");
                works("1-2", 60);
        }
        later(366 * DAYS);
        works("1-2", 60);
        known_and_fails("1-1");
        ck_assert(!is_accused("1-1"));
}
END_TEST

/* A suspicion that a good session ended is reported so, with the numbers of the history. */
START_TEST(test_the_numbers_after_a_good_run) {
        const struct finding *f;

        for (int i = 0; i < 3; i++)
                known_and_fails("1-1");
        for (int i = 0; i < 3; i++)
                works("1-1", 60);
        works("1-2", 60);
        known_and_fails("1-1");
        works("1-2", 60);
        for (int i = 0; i < 2; i++)
                known_and_fails("1-1");
        f = suspicion("1-1", PORT_SUSPECT);
        ck_assert_ptr_nonnull(f);
        ck_assert_msg(says(f, "failed 3 of 6 times on USB port 1 (usb1-port1)"), "%s", f->evidence[0].value);
}
END_TEST

/* Whether the cable is still the one that was named is not known. */
START_TEST(test_a_cable_that_was_swapped) {
        const struct finding *f;

        name_cable("white");
        works("1-2", 60);
        known_and_fails("1-1");
        known_and_fails("1-2");
        known_and_fails("1-1");
        f = suspicion("1-1", CABLE_SUSPECT);
        ck_assert_ptr_nonnull(f);
        ck_assert_int_eq(f->confidence, POSSIBLE);
        ck_assert_msg(says(f, "if another one is plugged in"), "%s", f->evidence[0].value);
}
END_TEST

/* The port or the headset breaks, and another cable worked there before. */
START_TEST(test_another_cable_was_fine_before) {
        name_cable("black");
        for (int i = 0; i < 5; i++)
                works("1-1", 60);
        name_cable("white");
        for (int i = 0; i < 3; i++)
                known_and_fails("1-1");
        ck_assert_ptr_null(suspicion("1-1", CABLE_SUSPECT));
        name_cable("black");
        works("1-1", 60);
        name_cable("white");
        known_and_fails("1-1");
        ck_assert_ptr_nonnull(suspicion("1-1", CABLE_SUSPECT));
}
END_TEST

/* With one headset and one cable it is not known which of the two is at fault. */
START_TEST(test_a_cable_or_the_headset) {
        const struct finding *f;

        name_cable("white");
        for (int i = 0; i < 2; i++) {
                known_and_fails("1-1");
                known_and_fails("1-2");
        }
        f = suspicion("1-2", CABLE_SUSPECT);
        ck_assert_ptr_nonnull(f);
        ck_assert_int_eq(f->confidence, POSSIBLE);
        ck_assert(says(f, "may be the headset itself"));
        name_cable("black");
        works("1-1", 60);
        works("1-2", 60);
        name_cable("white");
        known_and_fails("1-2");
        f = suspicion("1-2", CABLE_SUSPECT);
        ck_assert_ptr_nonnull(f);
        ck_assert(!says(f, "may be the headset itself"));
}
END_TEST

/* Two headsets, which may share one cable. */
START_TEST(test_two_devices_and_maybe_one_cable) {
        const struct finding *f;

        for (int i = 0; i < 2; i++) {
                known_and_fails("1-1");
                plug_other("1-1");
                breaks_off("1-1");
        }
        f = suspicion("1-1", PORT_SUSPECT);
        ck_assert_ptr_nonnull(f);
        ck_assert_int_eq(f->confidence, POSSIBLE);
        ck_assert(says(f, "if it was the same cable"));
}
END_TEST

/* A log with seconds since boot and without the time of day. */
START_TEST(test_what_fails_everywhere_since_in_a_log) {
        wall_clock_unknown();
        story_model()->live = false;
        for (int i = 0; i < 8; i++)
                in_log("1-2", false);
        in_log("1-2", true);
        in_log("1-1", true);
        in_log("1-1", true);
        log_findings_at("1-1");
        ck_assert_ptr_null(findings_find(&last_diagnosis()->findings, PORT_SUSPECT));
        in_log("1-2", false);
        in_log("1-1", true);
        log_findings_at("1-1");
        ck_assert_ptr_nonnull(findings_find(&last_diagnosis()->findings, PORT_SUSPECT));
}
END_TEST

/* Which number a bus gets depends on the order in which controllers are found. */
START_TEST(test_a_port_by_another_bus_number) {
        for (int i = 0; i < 3; i++) {
                known_and_fails("1-1");
                works("1-2", 60);
        }
        root_hub(3, SPEED_HIGH, 6);
        known_and_fails("3-1");
        ck_assert_str_eq(place("3-1")->session.port, "pci-0000:00:14.0-usb-0:1");
        ck_assert(is_accused("3-1"));
        ck_assert(says(suspicion("3-1", PORT_SUSPECT), "failed 4 of 4 times on USB port"));
}
END_TEST

/* The same numbers everywhere (Numerical Recipes' generator). */
static uint32_t dice;

static unsigned roll(unsigned sides) {
        dice = dice * 1664525u + 1013904223u;
        return (dice >> 8) % sides;
}

static const char *any_port(void) {
        static const char *const ports[] = { "1-1", "1-2", "1-3", "1-4" };

        return ports[roll(4)];
}

static void replugs(const char *where) {
        unsigned n = 1 + roll(6);

        plug(where, "3f2a1c");
        later(4);
        while (n-- > 0) {
                pull(where);
                later(0.7 + roll(40) / 10.0);
                plug(where, "3f2a1c");
                later(1 + roll(20));
        }
        pull(where);
        later(200);
}

static void fails_to_wake(const char *where) {
        plug(where, NULL);
        later(60);
        sleep_begins(SLEEP_S3);
        later(1);
        sleep_ends(3600 * (1 + roll(12)));
        line(where, KERNEL_RESET, 5);
        line(where, KERNEL_READ_FAILED, 110);
        breaks_off(where);
}

static void hub_between(const char *where) {
        char behind[16];

        snprintf(behind, sizeof behind, "%s.%u", where, 1 + roll(4));
        line(where, KERNEL_CONNECT, 5);
        hub(where, true, 4);
        works(behind, 60);
        pull(where);
        later(200);
}

static void boots_with_a_broken_stick(const char *where) {
        story_model()->live = false;
        host_line(KERNEL_BOOT);
        plugged_and_fails(where);
        root_hub(1, SPEED_HIGH, 6);
        settle();
        later(300);
}

static void something_happens(void) {
        const char *where = any_port();

        switch (roll(9)) {
        case 0:
                works(where, 10 + roll(5000));
                break;
        case 1:
                works_marked(where, "3f2a1c", 10 + roll(5000));
                break;
        case 2:
                replugs(where);
                break;
        case 3:
                fails_to_wake(where);
                break;
        case 4:
                hub_between(where);
                break;
        case 5:
                boots_with_a_broken_stick(where);
                break;
        case 6: /* a headset that is broken for good */
                plug_other(where);
                breaks_off(where);
                break;
        case 7:
                wall_clock_jumps((roll(2000) - 1000.0) * DAYS);
                later(roll(30) * DAYS);
                break;
        default:
                plugged_and_fails(where);
                later(300);
        }
}

/* Good ports and good cables, and random events: no port and no cable is suspected. */
START_TEST(test_a_long_life_without_a_bad_port) {
        dice = (uint32_t) _i;
        sleep_watched();
        for (int i = 0; i < 80; i++) {
                something_happens();
                for (unsigned k = 1; k <= 4; k++) {
                        struct address a = { .bus = 1, .depth = 1, .port = { (uint8_t) k } };
                        char name[8];

                        snprintf(name, sizeof name, "1-%u", k);
                        if (model_find(story_model(), &a))
                                ck_assert_msg(!is_accused(name), "life %d, step %d: %s: %s", _i, i, name,
                                              suspicion(name, PORT_SUSPECT)->cause);
                }
        }
}
END_TEST

START_TEST(test_years_to_and_fro) {
        for (int i = 0; i < 3; i++) {
                wall_clock_jumps(3000 * DAYS);
                works("1-2", 60);
                known_and_fails("1-1");
                wall_clock_jumps(-6000 * DAYS);
                works("1-2", 60);
                wall_clock_jumps(3000 * DAYS);
        }
        works("1-1", 7200);
        plug("1-1", NULL);
        later(60);
        ck_assert(!is_accused("1-1"));
}
END_TEST

int main(void) {
        Suite *suite = suite_create("suspects");
        TCase *live = tcase_create("live");

        tcase_add_checked_fixture(live, story_of_plugs, story_end);
        tcase_add_test(live, test_one_device_by_two_names);
        tcase_add_test(live, test_a_serial_number_that_changes);
        tcase_add_test(live, test_two_of_a_model_that_are_known);
        tcase_add_test(live, test_what_fails_everywhere_since);
        tcase_add_test(live, test_nothing_else_was_tried_since);
        tcase_add_test(live, test_a_good_hour_with_a_named_cable);
        tcase_add_test(live, test_the_hub_was_moved);
        tcase_add_test(live, test_a_broken_stick_on_every_port);
        tcase_add_test(live, test_a_broken_stick_where_the_headset_is_fine);
        tcase_add_test(live, test_a_port_that_fails_at_boot);
        tcase_add_test(live, test_a_year_ago);
        tcase_add_test(live, test_the_numbers_after_a_good_run);
        tcase_add_test(live, test_a_cable_that_was_swapped);
        tcase_add_test(live, test_another_cable_was_fine_before);
        tcase_add_test(live, test_a_cable_or_the_headset);
        tcase_add_test(live, test_two_devices_and_maybe_one_cable);
        tcase_add_test(live, test_years_to_and_fro);
        tcase_add_test(live, test_what_fails_everywhere_since_in_a_log);
        tcase_add_test(live, test_a_port_by_another_bus_number);
        tcase_add_loop_test(live, test_a_long_life_without_a_bad_port, 0, 200);
        suite_add_tcase(suite, live);
        return run_suite(suite);
}
