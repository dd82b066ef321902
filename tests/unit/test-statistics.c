/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Earlier plug sessions: how they are made from what happens on a port, and what they say about port and cable. Each rule
 * is a table of histories with the finding that follows.
 */
#include "story.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "run.h"

#define DAYS (24 * 3600.0)

/* Something of a name that is recognised at once and stays for so long. */
static void works(const char *where, const char *model, double seconds) {
        later(1);
        if (model[0] == 'W')
                headset(where, model, 100, 0);
        else
                device(where, (uint16_t) strtoul(model, NULL, 16), "Mouse", 100);
        later(seconds);
        unplug(where);
        later(30);
}

/* A device that is known here, is lost and does not come back. */
static void known_and_fails(const char *where, const char *model) {
        later(1);
        if (model[0] == 'W')
                headset(where, model, 100, 0);
        else
                device(where, (uint16_t) strtoul(model, NULL, 16), "Mouse", 100);
        later(1);
        line(where, KERNEL_DISCONNECT, 0);
        unplug(where);
        later(0.4);
        try_fails(where, 6, 71);
        later(20);
}

static void print_port(const char *where, char *buf, size_t size) {
        const struct session *s = &place(where)->session;

        snprintf(buf, size, "%s %s %s%s tries %u errors %u drops %u", s->device, session_end_name(s->ended),
                 outcome_name(session_outcome(s, story_model()->now)), s->guessed ? " guessed" : "", s->tries, s->errors,
                 s->drops);
}

static const char *session_at(const char *where) {
        static char text[256];

        print_port(where, text, sizeof text);
        return text;
}

START_TEST(test_a_good_session) {
        at(200);
        headset("1-2", "WH-1000XM4", 100, 0);
        ck_assert_str_eq(session_at("1-2"), "054c:0cd3 open unclear tries 0 errors 0 drops 0");
        ck_assert_str_eq(place("1-2")->session.port, "pci-0000:00:14.0-usb-0:2");
        later(10);
        ck_assert_str_eq(session_at("1-2"), "054c:0cd3 open good tries 0 errors 0 drops 0");
        unplug("1-2");
        ck_assert_str_eq(session_at("1-2"), "054c:0cd3 unplugged good tries 0 errors 0 drops 0");
}
END_TEST

START_TEST(test_a_drop_is_the_same_session) {
        at(200);
        line("1-2", KERNEL_CONNECT, 5);
        headset("1-2", "WH-1000XM4", 100, 0);
        later(60);
        unplug("1-2");
        later(0.4);
        line("1-2", KERNEL_CONNECT, 6);
        headset("1-2", "WH-1000XM4", 100, 0);
        later(10);
        ck_assert_str_eq(session_at("1-2"), "054c:0cd3 open shaky tries 2 errors 0 drops 1");
        ck_assert_uint_eq(story_model()->statistics.n, 0);
        ck_assert_uint_eq(story_model()->ended.n, 0);
}
END_TEST

/* Unplugged and plugged in again by a person. */
static void replug(const char *where, double gap) {
        line(where, KERNEL_DISCONNECT, 0);
        unplug(where);
        later(gap);
        line(where, KERNEL_CONNECT, 6);
        headset(where, "WH-1000XM4", 100, 0);
        later(10);
}

/* A contact that is interrupted for minutes is one session, not hundreds. */
START_TEST(test_a_storm_is_one_session) {
        at(200);
        line("1-2", KERNEL_CONNECT, 5);
        headset("1-2", "WH-1000XM4", 100, 0);
        for (int i = 0; i < 200; i++) {
                later(0.1);
                line("1-2", KERNEL_DISCONNECT, 0);
                unplug("1-2");
                later(0.8);
                line("1-2", KERNEL_CONNECT, 6);
                headset("1-2", "WH-1000XM4", 100, 0);
        }
        ck_assert_uint_le(story_model()->ended.n, MOMENTS_MAX);
        ck_assert_uint_ge(place("1-2")->session.drops, 200 - MOMENTS_MAX);
        ck_assert_str_eq(session_end_name(place("1-2")->session.ended), "open");
        later(20);
        replug("1-2", 30);
        ck_assert_str_eq(session_at("1-2"), "054c:0cd3 open good tries 1 errors 0 drops 0");
}
END_TEST

/* Two headsets that are tried in turn on one port are plugged in by a person. */
START_TEST(test_another_device_is_no_drop) {
        at(200);
        for (int i = 0; i < 4; i++) {
                line("1-2", KERNEL_CONNECT, 5);
                headset("1-2", i % 2 ? "WH-1000XM4" : "WH-1000XM5", 100, 0);
                later(10);
                line("1-2", KERNEL_DISCONNECT, 0);
                unplug("1-2");
                later(2);
        }
        line("1-2", KERNEL_CONNECT, 5);
        headset("1-2", "WH-1000XM5", 100, 0);
        later(1);
        ck_assert(!is_found_at("1-2", LINK_UNSTABLE));
}
END_TEST

START_TEST(test_a_hand_is_slower_than_a_loose_contact) {
        at(200);
        line("1-2", KERNEL_CONNECT, 5);
        headset("1-2", "WH-1000XM4", 100, 0);
        later(60);
        for (int i = 0; i < 4; i++) {
                replug("1-2", 0.8 + i);
                ck_assert_str_eq(session_at("1-2"), "054c:0cd3 open good tries 1 errors 0 drops 0");
        }
        ck_assert_uint_eq(story_model()->statistics.n, 1);
        ck_assert_uint_eq(story_model()->statistics.entries[0].shaky + story_model()->statistics.entries[0].bad, 0);
        /* Earlier errors do not belong to this session. */
        replug("1-2", 0.3);
        ck_assert_str_eq(session_at("1-2"), "054c:0cd3 open shaky tries 2 errors 0 drops 1");
        replug("1-2", 3);
        ck_assert_str_eq(session_at("1-2"), "054c:0cd3 open good tries 1 errors 0 drops 0");
}
END_TEST

START_TEST(test_replugging_on_two_days_accuses_no_port) {
        for (int day = 0; day < 2; day++) {
                later(DAYS);
                works("1-2", "WH-1000XM4", 30);
                later(300);
                line("1-1", KERNEL_CONNECT, 5);
                headset("1-1", "WH-1000XM4", 100, 0);
                later(20);
                for (int i = 0; i < 4; i++)
                        replug("1-1", 2);
                ck_assert(!is_found_at("1-1", PORT_SUSPECT));
                unplug("1-1");
        }
        later(300);
        headset("1-1", "WH-1000XM4", 100, 0);
        later(10);
        ck_assert(!is_found_at("1-1", PORT_SUSPECT));
}
END_TEST

START_TEST(test_a_plug_bounces_as_it_goes_in) {
        at(200);
        line("1-2", KERNEL_CONNECT, 5);
        headset("1-2", "WH-1000XM4", 100, 0);
        later(0.5);
        replug("1-2", 0.3);
        ck_assert_str_eq(session_at("1-2"), "054c:0cd3 open good tries 2 errors 0 drops 0");
        replug("1-2", 0.3);
        ck_assert_str_eq(session_at("1-2"), "054c:0cd3 open shaky tries 3 errors 0 drops 1");
}
END_TEST

/* The kernel log has only vendor and product. A moment later udev has the serial number, too. */
START_TEST(test_what_the_log_tells_first_is_the_same_session) {
        struct port *p;

        at(200);
        line("1-2", KERNEL_CONNECT, 5);
        line("1-2", KERNEL_READ_FAILED, 71);
        line("1-2", KERNEL_CONNECT, 6);
        found_line("1-2", 0x054c, 0x0cd3);
        p = headset("1-2", "WH-1000XM4", 100, 0);
        snprintf(p->device.mark, sizeof p->device.mark, "3f2a1c");
        tell_device(p);
        later(10);
        ck_assert_str_eq(session_at("1-2"), "054c:0cd3-3f2a1c open shaky tries 2 errors 1 drops 0");
        ck_assert_uint_eq(story_model()->ended.n, 0);
}
END_TEST

START_TEST(test_a_replug_is_another_one) {
        works("1-2", "WH-1000XM4", 30);
        later(100);
        headset("1-2", "WH-1000XM4", 100, 0);
        ck_assert_uint_eq(story_model()->statistics.n, 1);
        ck_assert_uint_eq(story_model()->statistics.entries[0].good, 1);
        ck_assert_uint_eq(story_model()->ended.n, 1);
        ck_assert_str_eq(session_at("1-2"), "054c:0cd3 open unclear tries 0 errors 0 drops 0");
}
END_TEST

START_TEST(test_what_failed_falls_silent) {
        plugged_and_fails("1-2");
        ck_assert_str_eq(session_at("1-2"), " open bad tries 1 errors 3 drops 0");
        later(700);
        ck_assert_str_eq(session_at("1-2"), " silent bad tries 1 errors 3 drops 0");
}
END_TEST

START_TEST(test_hubs_and_built_in_have_none) {
        struct port *p;

        hub("1-1", true, 4);
        p = device("1-3", 1, "Camera", 100);
        p->device.removable = REMOVABLE_FIXED;
        tell_device(p);
        ck_assert_uint_eq(place("1-1")->session.number, 0);
        ck_assert_uint_eq(place("1-3")->session.number, 0);
}
END_TEST

static void play(const char *history);

#define NAMELESS " open bad tries 1 errors 3 drops 0"
#define GUESSED "054c:0cd3 open bad guessed tries 1 errors 3 drops 0"

START_TEST(test_moved_to_another_port) {
        works("1-2", "WH-1000XM4", 30);
        plugged_and_fails("1-1");
        ck_assert_str_eq(session_at("1-1"), GUESSED);
        works("1-3", "WH-1000XM4", 30);
        ck_assert_str_eq(session_at("1-1"), "054c:0cd3 unplugged bad guessed tries 1 errors 3 drops 0");
        plugged_and_fails("1-1");
        ck_assert_str_eq(session_at("1-1"), GUESSED);
}
END_TEST

/* A broken USB stick: it is not known whether it was pulled out before the headset was plugged in. */
START_TEST(test_what_failed_first_was_not_moved) {
        plugged_and_fails("1-1");
        works("1-2", "WH-1000XM4", 30);
        ck_assert_str_eq(session_at("1-1"), NAMELESS);
}
END_TEST

START_TEST(test_a_broken_stick_at_every_boot_accuses_no_port) {
        for (int boot = 0; boot < 5; boot++) {
                story_model()->live = false;
                host_line(KERNEL_BOOT);
                plugged_and_fails("1-1");
                root_hub(1, SPEED_HIGH, 6);
                for (int i = 0; i < 2; i++)
                        works("1-2", "WH-1000XM4", 60);
                ck_assert_str_eq(session_at("1-1"), NAMELESS);
                ck_assert(!is_found_at("1-1", PORT_SUSPECT));
                later(DAYS / 2);
        }
}
END_TEST

START_TEST(test_not_moved_when_two_left) {
        headset("1-2", "WH-1000XM4", 100, 0);
        device("1-3", 1, "Stick", 100);
        later(60);
        unplug("1-2");
        later(5);
        unplug("1-3");
        plugged_and_fails("1-1");
        ck_assert_str_eq(session_at("1-1"), NAMELESS);
}
END_TEST

START_TEST(test_not_moved_when_two_fail) {
        works("1-2", "WH-1000XM4", 30);
        line("1-1", KERNEL_CONNECT, 5);
        line("1-3", KERNEL_CONNECT, 6);
        for (int i = 0; i < 3; i++) {
                line("1-3", KERNEL_READ_FAILED, 110);
                line("1-1", KERNEL_READ_FAILED, 110);
        }
        later(1);
        line("1-3", KERNEL_GAVE_UP, 0);
        line("1-1", KERNEL_GAVE_UP, 0);
        later(20);
        ck_assert_str_eq(session_at("1-1"), NAMELESS);
}
END_TEST

START_TEST(test_not_moved_when_it_is_elsewhere) {
        works("1-2", "WH-1000XM4", 30);
        headset("1-3", "WH-1000XM4", 100, 0);
        plugged_and_fails("1-1");
        ck_assert_str_eq(session_at("1-1"), NAMELESS);
}
END_TEST

/* Devices behind a dock come with the dock, and tries before a sleep are repeated after it. */
START_TEST(test_not_moved_when_it_came_with_its_hub) {
        works("1-2", "WH-1000XM4", 30);
        line("1-3", KERNEL_CONNECT, 5);
        hub("1-3", true, 4);
        plugged_and_fails("1-3.1");
        ck_assert_str_eq(session_at("1-3.1"), NAMELESS);
}
END_TEST

START_TEST(test_not_moved_when_the_computer_woke) {
        sleep_watched();
        works("1-2", "WH-1000XM4", 30);
        sleep_begins(SLEEP_S3);
        later(1);
        sleep_ends(8 * 3600);
        later(15);
        plugged_and_fails("1-1");
        ck_assert_str_eq(session_at("1-1"), NAMELESS);
}
END_TEST

START_TEST(test_a_mouse_was_not_moved) {
        works("1-2", "0001", 30);
        plugged_and_fails("1-1");
        ck_assert_str_eq(session_at("1-1"), NAMELESS);
}
END_TEST

/* Two of one model without serial numbers: one fails on port 1, the other one works on port 2. */
START_TEST(test_two_of_one_model_accuse_no_port) {
        play("w1 W2 w1");
        ck_assert(is_found_at("1-1", PORT_SUSPECT));
        later(100);
        headset("1-2", "WH-1000XM4", 100, 0);
        later(60);
        headset("1-3", "WH-1000XM4", 100, 0);
        later(60);
        unplug("1-2");
        unplug("1-3");
        later(300);
        play("w1");
        ck_assert(!is_found_at("1-1", PORT_SUSPECT));
        /* That two devices fail at this port counts without their names. */
        play("h1");
        ck_assert(is_found_at("1-1", PORT_SUSPECT));
}
END_TEST

static void marked(const char *where, const char *mark, double seconds) {
        struct port *p;

        later(1);
        line(where, KERNEL_CONNECT, 5);
        p = headset(where, "WH-1000XM4", 100, 0);
        snprintf(p->device.mark, sizeof p->device.mark, "%s", mark);
        tell_device(p);
        later(seconds);
}

START_TEST(test_a_serial_number_makes_it_surer) {
        const struct finding *f;

        for (int i = 0; i < 4; i++) {
                marked("1-2", "3f2a1c", 10);
                unplug("1-2");
                later(200);
                marked("1-1", "3f2a1c", 10);
                line("1-1", KERNEL_DISCONNECT, 0);
                unplug("1-1");
                later(0.4);
                line("1-1", KERNEL_CONNECT, 6);
                for (int k = 0; k < 3; k++)
                        line("1-1", KERNEL_READ_FAILED, 71);
                line("1-1", KERNEL_GAVE_UP, 0);
                later(100);
        }
        ck_assert(is_found_at("1-1", PORT_SUSPECT));
        f = findings_find(&last_diagnosis()->findings, PORT_SUSPECT);
        ck_assert_int_eq(f->confidence, LIKELY);
        for (size_t i = 0; i < f->n_evidence; i++)
                ck_assert_str_ne(f->evidence[i].what, "same device");
        /* A second headset of the model is a different headset. */
        marked("1-2", "3f2a1c", 10);
        marked("1-4", "777777", 10);
        unplug("1-2");
        ck_assert(is_found_at("1-1", PORT_SUSPECT));
}
END_TEST

START_TEST(test_the_machine_is_to_blame) {
        controller_line("0000:00:14.0", KERNEL_CONTROLLER_DEAD, 0);
        plugged_and_fails("1-1");
        ck_assert_str_eq(session_at("1-1"), " open unclear tries 1 errors 3 drops 0");
}
END_TEST

/* A history, one letter a plug: port 1 to 6 follows it. F: something fails without a name; W, H: two headsets work for half
 * a minute; w, h: they are known, lost and fail; L: the first headset works for two hours; M, m: a mouse; d: two months
 * pass, a dot: some minutes; a, b: the user names the cable. What is asked is port 1, after a last failure there. */
static void play(const char *history) {
        char where[8] = "1-1";

        for (const char *c = history; *c; c++) {
                if (c[0] != 'd' && c[0] != 'a' && c[0] != 'b' && c[0] != ' ' && c[0] != '.')
                        where[2] = *++c;
                switch (c[0] >= '1' && c[0] <= '6' ? c[-1] : c[0]) {
                case 'F':
                        plugged_and_fails(where);
                        break;
                case 'W':
                        works(where, "WH-1000XM4", 30);
                        break;
                case 'w':
                        known_and_fails(where, "WH-1000XM4");
                        break;
                case 'H':
                        works(where, "WH-1000XM5", 30);
                        break;
                case 'h':
                        known_and_fails(where, "WH-1000XM5");
                        break;
                case 'L':
                        works(where, "WH-1000XM4", 7200);
                        break;
                case 'M':
                        works(where, "0001", 30);
                        break;
                case 'm':
                        known_and_fails(where, "0001");
                        break;
                case 'd':
                        later(60 * DAYS);
                        break;
                case '.':
                        later(200);
                        break;
                case 'a':
                case 'b':
                        name_cable(c[0] == 'a' ? "white" : "black");
                        break;
                default:
                        break;
                }
        }
}

static const struct {
        const char *history;
        bool port, cable;
        const char *why;
} rules[] = {
        { "F1", false, false, "one failure accuses nobody" },
        { "F1 W2", false, false, "a single failure can be a loose plug" },
        { "F1 W2 F1", false, false, "once after it was pulled out elsewhere: it may be anything" },
        { "W2 F1 W2 F1", false, false, "a guess counts less than a name" },
        { "W2 F1 W2 F1 W2 F1", true, false, "again and again" },
        { "W2 F1 W2 F1 F1 F1 F1", false, false, "what failed without a name counts for nobody" },
        { "W2 F1 W2 F1 W2 W1 F1", true, false, "one good plug is no good run" },
        { "w1 W2 w1", true, false, "the same, known by name" },
        { "w1 . w1 . w1", false, false, "nobody knows whether it works elsewhere" },
        { "w1 w2 w1", false, false, "it fails everywhere: the port is innocent" },
        { "w1 W2 w1 . L1 w1", false, false, "a good run makes up for what was before" },
        { "w1 W2 w1 . W1 . W1 . W1 . w1", false, false, "three good ones in a row are a good run" },
        { "w1 W2 w1 d w1", false, false, "what is old weighs little" },
        { "w1 W2 w1 d w1 W2 w1", true, false, "until it is so again" },
        { "w1 m1", true, false, "two devices fail here" },
        { "w1 m1 W2 M2 w1", true, false, "both work elsewhere" },
        { "w2 w2 m2 m2 w1 m1", false, false, "both fail elsewhere too" },
        { "m1 M2 m1", true, false, "it need not be a headset" },
        { "M1 M1 M1 F1", false, false, "other devices work here" },
        { "a w1 W2 w1", true, false, "the same cable works elsewhere: it is innocent" },
        { "a w1 b W2 a w1", false, false, "port and cable were both changed: neither is accused" },
        { "a w1 . w1 . b W1 . a w1", false, true, "another cable works on the same port" },
        { "a w1 w2 w1", false, true, "the cable fails on two ports" },
        { "a w1 w2 b w1 w2 a w1", false, false, "it fails with every cable: the cable is innocent" },
        { "a w1 . w1 . w1", false, false, "one port, one cable: nobody knows" },
        { "a w1 w2 b W2 W1 W2 a w1", false, true, "errors follow the cable" },
        { "a w1 W2 w1 b w1 W2 a w1", true, false, "errors stay with the port" },
        { "a w1 h1", false, false, "two headsets on one cable: the cable may be it" },
        { "a w1 h1 W2", true, false, "that cable works elsewhere" },
        { "a w1 b h1", true, false, "two headsets on two cables" },
};

START_TEST(test_rules) {
        play(rules[_i].history);
        ck_assert_msg(is_found_at("1-1", PORT_SUSPECT) == rules[_i].port, "port, %s: %s", rules[_i].history, rules[_i].why);
        ck_assert_msg(is_found_at("1-1", CABLE_SUSPECT) == rules[_i].cable, "cable, %s: %s", rules[_i].history, rules[_i].why);
}
END_TEST

START_TEST(test_one_factor_asks_for_the_swap) {
        const struct finding *f;

        plugged_and_fails("1-1");
        findings_at("1-1");
        f = findings_find(&last_diagnosis()->findings, ENUMERATION_FAILED);
        ck_assert_ptr_nonnull(f);
        ck_assert_ptr_nonnull(strstr(f->action, "try another port, then another cable"));
}
END_TEST

START_TEST(test_the_evidence_counts) {
        const struct finding *f;

        port_at("1-1", "left rear");
        port_at("1-2", "front");
        play("w1 W2 W2 w1 W2 W2 F1 W2 W2 F1");
        findings_at("1-1");
        f = findings_find(&last_diagnosis()->findings, PORT_SUSPECT);
        ck_assert_ptr_nonnull(f);
        ck_assert_str_eq(f->evidence[0].value, "failed 4 of 4 times on the left rear USB port (usb1-port1)");
        ck_assert_str_eq(f->evidence[1].value, "6 of 6 fine on the front USB port (usb1-port2)");
        ck_assert_str_eq(f->evidence[2].what, "who it was");
        ck_assert_str_eq(f->evidence[3].what, "same device");
        ck_assert_int_eq(f->confidence, POSSIBLE);
        ck_assert_str_eq(f->cause,
                         "The WH-1000XM4 was fine 6 of 6 times on other ports and what was plugged in on the left rear USB port "
                         "(usb1-port1) failed 4 of 4 times, which points to this port.");
        ck_assert_int_eq(f->severity, WARNING);
        ck_assert_str_eq(f->evidence[0].source, "history");
}
END_TEST

START_TEST(test_a_hubs_port_may_be_the_hub) {
        hub("1-2", true, 4);
        known_and_fails("1-2.1", "WH-1000XM4");
        works("1-4", "WH-1000XM4", 30);
        known_and_fails("1-2.1", "WH-1000XM4");
        ck_assert(is_found_at("1-2.1", PORT_SUSPECT));
        ck_assert_ptr_nonnull(strstr(findings_find(&last_diagnosis()->findings, PORT_SUSPECT)->cause, "or to the hub"));
}
END_TEST

START_TEST(test_others_fine_here_lower_the_confidence) {
        play("M1 M1 w1 W2 W2 W2 w1 w1");
        ck_assert(is_found_at("1-1", PORT_SUSPECT));
        ck_assert_int_eq(findings_find(&last_diagnosis()->findings, PORT_SUSPECT)->confidence, POSSIBLE);
}
END_TEST

START_TEST(test_clears_while_it_works) {
        play("w1 W2 w1 W2");
        later(100);
        headset("1-1", "WH-1000XM4", 100, 0);
        later(60);
        ck_assert(is_found_at("1-1", PORT_SUSPECT));
        ck_assert_uint_ne(model_deadline(story_model()), 0);
        later(3600);
        ck_assert(!is_found_at("1-1", PORT_SUSPECT));
}
END_TEST

/* A device that fails while the headset is plugged in elsewhere has another cable. */
START_TEST(test_a_cable_is_in_one_place) {
        name_cable("white");
        headset("1-2", "WH-1000XM4", 100, 0);
        later(60);
        plugged_and_fails("1-1");
        plugged_and_fails("1-3");
        ck_assert_str_eq(place("1-1")->session.cable, "");
        ck_assert(!is_found_at("1-1", CABLE_SUSPECT));
        name_cable("black");
        ck_assert_str_eq(place("1-2")->session.cable, "black");
        ck_assert_str_eq(place("1-1")->session.cable, "");
}
END_TEST

/* No headset is a SuperSpeed device, so what fails on that half is something else. */
START_TEST(test_superspeed_was_no_headset) {
        root_hub(2, SPEED_SUPER, 4);
        works("1-2", "WH-1000XM4", 30);
        plugged_and_fails("2-1");
        ck_assert_str_eq(session_at("2-1"), " open bad tries 1 errors 3 drops 0");
}
END_TEST

/* One over-current protection for all ports, and one device that trips it. */
START_TEST(test_a_neighbour_trips_the_protection) {
        const char *const ports[] = { "1-1", "1-2", "1-3" };

        works("1-4", "WH-1000XM4", 30);
        for (int i = 0; i < 3; i++) {
                later(100);
                headset("1-1", "WH-1000XM4", 100, 0);
                device("1-2", 1, "Fan", 500);
                later(10);
                for (unsigned n = 1; n <= 2; n++) {
                        for (size_t k = 0; k < 3; k++)
                                over_current(ports[k], (uint32_t) i * 2 + n);
                        later(2);
                }
                unplug("1-1");
                unplug("1-2");
                works("1-4", "WH-1000XM4", 30);
        }
        later(100);
        headset("1-1", "WH-1000XM4", 100, 0);
        later(1);
        ck_assert(!is_found_at("1-1", PORT_SUSPECT));
}
END_TEST

/* The contact of the hub is interrupted, and the devices behind it leave with it. */
START_TEST(test_the_hub_drops_with_all_on_it) {
        works("1-4", "WH-1000XM4", 30);
        for (int i = 0; i < 3; i++) {
                later(100);
                for (int k = 0; k < 4; k++) {
                        line("1-2", KERNEL_CONNECT, 5);
                        hub("1-2", true, 4);
                        line("1-2.3", KERNEL_CONNECT, 6);
                        headset("1-2.3", "WH-1000XM4", 100, 0);
                        later(20);
                        line("1-2", KERNEL_DISCONNECT, 0);
                        line("1-2.3", KERNEL_DISCONNECT, 0);
                        unplug("1-2.3");
                        unplug("1-2");
                        later(1);
                }
                later(100);
                works("1-4", "WH-1000XM4", 30);
        }
        hub("1-2", true, 4);
        headset("1-2.3", "WH-1000XM4", 100, 0);
        later(1);
        ck_assert(!is_found_at("1-2.3", PORT_SUSPECT));
}
END_TEST

START_TEST(test_a_clock_that_was_ahead) {
        wall_clock_jumps(3650 * DAYS);
        play("w1 W2 w1 W2");
        wall_clock_jumps(-3650 * DAYS);
        play("w1");
        ck_assert(is_found_at("1-1", PORT_SUSPECT));
        later(400 * DAYS);
        play("w1");
        ck_assert(!is_found_at("1-1", PORT_SUSPECT));
}
END_TEST

/* Errors after a sleep are caused by the computer: another device came back by itself. */
START_TEST(test_failing_to_wake) {
        sleep_watched();
        works("1-2", "WH-1000XM4", 30);
        for (int i = 0; i < 3; i++) {
                later(100);
                headset("1-1", "WH-1000XM4", 100, 0);
                later(60);
                sleep_begins(SLEEP_S3);
                later(1);
                sleep_ends(3600);
                line("1-1", KERNEL_RESET, 5);
                line("1-1", KERNEL_READ_FAILED, 110);
                line("1-1", KERNEL_DISCONNECT, 0);
                unplug("1-1");
                later(1);
                line("1-1", KERNEL_CONNECT, 6);
                for (int k = 0; k < 3; k++)
                        line("1-1", KERNEL_READ_FAILED, 71);
                line("1-1", KERNEL_GAVE_UP, 0);
                later(20);
        }
        ck_assert(!is_found_at("1-1", PORT_SUSPECT));
}
END_TEST

START_TEST(test_empty_ports_are_not_accused) {
        play("w1 W2 w1 W2 w1");
        later(700);
        ck_assert(!is_found_at("1-1", PORT_SUSPECT));
}
END_TEST

START_TEST(test_trend) {
        for (int i = 0; i < 6; i++)
                works("1-2", "WH-1000XM4", 30);
        for (int i = 0; i < 4; i++) {
                works("1-2", "WH-1000XM4", 30);
                later(100);
                line("1-1", KERNEL_CONNECT, 5);
                for (int k = 0; k < 1 + i * 3; k++)
                        line("1-1", KERNEL_READ_FAILED, 71);
                works("1-1", "WH-1000XM4", 30);
        }
        later(100);
        headset("1-1", "WH-1000XM4", 100, 0);
        later(5);
        ck_assert(is_found_at("1-1", PORT_SUSPECT));
        const struct finding *f = findings_find(&last_diagnosis()->findings, PORT_SUSPECT);
        ck_assert_str_eq(f->evidence[f->n_evidence - 1].what, "errors per plug");
}
END_TEST

START_TEST(test_a_log_never_accuses_a_cable) {
        name_cable("white");
        play("w1 w2 w1");
        log_findings_at("1-1");
        ck_assert_ptr_null(findings_find(&last_diagnosis()->findings, CABLE_SUSPECT));
}
END_TEST

/* In a log devices are known only by their lines. */
static void in_log(const char *where, uint16_t product, bool fails_after) {
        later(1);
        line(where, KERNEL_CONNECT, 5);
        found_line(where, 0x1234, product);
        later(30);
        line(where, KERNEL_DISCONNECT, 0);
        later(fails_after ? 0.4 : 100);
        if (!fails_after)
                return;
        try_fails(where, 6, 71);
        later(100);
}

static void begin_log(void) {
        story_begin();
        at(200);
}

static void plug_in_log(uint32_t serial) {
        line("1-2", KERNEL_CONNECT, 5);
        found_line("1-2", 0x054c, 0x0cd3);
        line("1-2", KERNEL_SERIAL, serial);
}

/* In a log, a device that returns at once goes on with its session, and one with another serial number begins its own. */
START_TEST(test_another_serial_number_is_another_session) {
        const struct ended *ended = &story_model()->ended;

        plug_in_log(7);
        later(10);
        line("1-2", KERNEL_DISCONNECT, 0);
        later(0.4);
        plug_in_log(7);
        ck_assert_str_eq(session_at("1-2"), "054c:0cd3 open shaky tries 2 errors 0 drops 1");
        ck_assert_uint_eq(ended->n, 0);
        later(10);
        line("1-2", KERNEL_DISCONNECT, 0);
        later(0.4);
        plug_in_log(8);
        ck_assert_str_eq(session_at("1-2"), "054c:0cd3 open unclear tries 1 errors 0 drops 0");
        ck_assert_uint_eq(place("1-2")->session.start.at, story_model()->now.at);
        ck_assert_uint_eq(ended->n, 1);
        ck_assert_str_eq(session_end_name(ended->sessions[0].ended), "unplugged");
        ck_assert_uint_eq(ended->sessions[0].end.at, story_model()->now.at);
        /* A person is slower, so the session has ended already. */
        later(10);
        line("1-2", KERNEL_DISCONNECT, 0);
        later(3);
        plug_in_log(7);
        ck_assert_str_eq(session_at("1-2"), "054c:0cd3 open unclear tries 1 errors 0 drops 0");
        ck_assert_uint_eq(ended->n, 2);
}
END_TEST

START_TEST(test_log_rules) {
        in_log("1-1", 1, true);
        in_log("1-2", 1, false);
        log_findings_at("1-1");
        ck_assert_ptr_null(findings_find(&last_diagnosis()->findings, PORT_SUSPECT));
        in_log("1-1", 1, true);
        log_findings_at("1-1");
        ck_assert_ptr_nonnull(findings_find(&last_diagnosis()->findings, PORT_SUSPECT));
        begin_log();
        in_log("1-1", 1, true);
        in_log("1-1", 2, true);
        log_findings_at("1-1");
        ck_assert_ptr_nonnull(findings_find(&last_diagnosis()->findings, PORT_SUSPECT));
        begin_log();
        plugged_and_fails("1-1");
        later(100);
        plugged_and_fails("1-1");
        in_log("1-2", 1, false);
        log_findings_at("1-1");
        ck_assert_ptr_null(findings_find(&last_diagnosis()->findings, PORT_SUSPECT));
}
END_TEST

START_TEST(test_the_past_is_bounded) {
        struct statistics statistics = {};
        struct session s = { .number = 1, .ended = SESSION_UNPLUGGED, .before_start = true };

        for (unsigned i = 0; i < 100000; i++) {
                snprintf(s.device, sizeof s.device, "%04x:0001", i % 1000);
                snprintf(s.port, sizeof s.port, "port %u", i % 7);
                statistics_add(&statistics, &s, STORY_EPOCH + i * SECOND);
        }
        ck_assert_uint_le(statistics.n, STATISTICS_MAX);
        statistics_free(&statistics);
}
END_TEST

START_TEST(test_clock_jumps) {
        play("w1 W2 w1 W2");
        wall_clock_jumps(3650 * DAYS);
        play("w1");
        ck_assert(!is_found_at("1-1", PORT_SUSPECT));
        wall_clock_jumps(-3650 * DAYS);
        play("W2 w1 W2 w1");
        ck_assert(is_found_at("1-1", PORT_SUSPECT));
        wall_clock_jumps(-3650 * DAYS);
        play("W2 w1");
        ck_assert(is_found_at("1-1", PORT_SUSPECT));
}
END_TEST

int main(void) {
        Suite *suite = suite_create("statistics");
        TCase *live = tcase_create("live"), *logs = tcase_create("log"), *pure = tcase_create("pure");

        tcase_add_checked_fixture(live, story_of_plugs, story_end);
        tcase_add_test(live, test_a_good_session);
        tcase_add_test(live, test_a_drop_is_the_same_session);
        tcase_add_test(live, test_what_the_log_tells_first_is_the_same_session);
        tcase_add_test(live, test_a_replug_is_another_one);
        tcase_add_test(live, test_what_failed_falls_silent);
        tcase_add_test(live, test_hubs_and_built_in_have_none);
        tcase_add_test(live, test_a_storm_is_one_session);
        tcase_add_test(live, test_another_device_is_no_drop);
        tcase_add_test(live, test_a_hand_is_slower_than_a_loose_contact);
        tcase_add_test(live, test_replugging_on_two_days_accuses_no_port);
        tcase_add_test(live, test_a_plug_bounces_as_it_goes_in);
        tcase_add_test(live, test_moved_to_another_port);
        tcase_add_test(live, test_what_failed_first_was_not_moved);
        tcase_add_test(live, test_a_broken_stick_at_every_boot_accuses_no_port);
        tcase_add_test(live, test_not_moved_when_two_left);
        tcase_add_test(live, test_not_moved_when_two_fail);
        tcase_add_test(live, test_not_moved_when_it_is_elsewhere);
        tcase_add_test(live, test_not_moved_when_it_came_with_its_hub);
        tcase_add_test(live, test_not_moved_when_the_computer_woke);
        tcase_add_test(live, test_a_mouse_was_not_moved);
        tcase_add_test(live, test_two_of_one_model_accuse_no_port);
        tcase_add_test(live, test_a_serial_number_makes_it_surer);
        tcase_add_test(live, test_the_machine_is_to_blame);
        tcase_add_loop_test(live, test_rules, 0, (int) (sizeof rules / sizeof *rules));
        tcase_add_test(live, test_one_factor_asks_for_the_swap);
        tcase_add_test(live, test_the_evidence_counts);
        tcase_add_test(live, test_a_hubs_port_may_be_the_hub);
        tcase_add_test(live, test_others_fine_here_lower_the_confidence);
        tcase_add_test(live, test_clears_while_it_works);
        tcase_add_test(live, test_a_cable_is_in_one_place);
        tcase_add_test(live, test_superspeed_was_no_headset);
        tcase_add_test(live, test_a_neighbour_trips_the_protection);
        tcase_add_test(live, test_the_hub_drops_with_all_on_it);
        tcase_add_test(live, test_a_clock_that_was_ahead);
        tcase_add_test(live, test_failing_to_wake);
        tcase_add_test(live, test_empty_ports_are_not_accused);
        tcase_add_test(live, test_trend);
        tcase_add_test(live, test_a_log_never_accuses_a_cable);
        tcase_add_test(live, test_clock_jumps);
        tcase_add_checked_fixture(logs, begin_log, story_end);
        tcase_add_test(logs, test_log_rules);
        tcase_add_test(logs, test_another_serial_number_is_another_session);
        tcase_add_test(pure, test_the_past_is_bounded);
        suite_add_tcase(suite, live);
        suite_add_tcase(suite, logs);
        suite_add_tcase(suite, pure);
        return run_suite(suite);
}
