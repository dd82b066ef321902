/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Every cause of the power path: when it adds its finding, when it does not, and which finding comes first. */
#include "story.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "run.h"

START_TEST(test_direct_is_quiet) {
        headset("1-2", "MDR-1000X", 100, 0);
        ck_assert_str_eq(findings_at("1-2"), " -> ok");
}
END_TEST

START_TEST(test_hub_in_path) {
        hub("1-1", true, 4);
        headset("1-1.3", "MDR-1000X", 100, 0);
        ck_assert_str_eq(findings_at("1-1.3"), "hub-in-path/notice/certain -> ok");
        ck_assert_str_eq(last_diagnosis()->findings.items[0].subject, "1-1.3");
}
END_TEST

START_TEST(test_internal_hub_is_none) {
        struct port *h = hub("1-1", true, 4);

        h->device.removable = REMOVABLE_FIXED;
        tell_device(h);
        headset("1-1.3", "MDR-1000X", 100, 0);
        ck_assert_str_eq(findings_at("1-1.3"), " -> ok");
        hub("1-2", true, 4);
        port_facts("1-2", CONNECT_HARDWIRED, 0);
        headset("1-2.1", "MDR-1000X", 100, 0);
        ck_assert_str_eq(findings_at("1-2.1"), " -> ok");
}
END_TEST

START_TEST(test_rate_matching_hub_is_none) {
        struct port *h = hub("1-1", true, 8);

        h->device.vendor = 0x8087;
        h->device.product = 0x0024;
        tell_device(h);
        headset("1-1.3", "MDR-1000X", 100, 0);
        ck_assert_str_eq(findings_at("1-1.3"), " -> ok");
}
END_TEST

START_TEST(test_port_limits_current) {
        headset("1-2", "WH-1000XM3", 500, 1500);
        ck_assert_str_eq(findings_at("1-2"), "port-limits-current/notice/likely -> slow");
        place("1-2")->device.facts.least_ma = 600;
        ck_assert_str_eq(findings_at("1-2"), "port-limits-current/warning/likely -> blocked");
        place("1-2")->device.facts.least_ma = 0;
        place("1-2")->device.facts.needed_ma = 500;
        ck_assert_str_eq(findings_at("1-2"), " -> ok");
}
END_TEST

START_TEST(test_bus_powered_hub) {
        hub("1-1", false, 4);
        headset("1-1.1", "WH-1000XM3", 100, 1500);
        ck_assert_str_eq(
                findings_at("1-1.1"),
                "hub-bus-powered/warning/likely, hub-in-path/warning/possible, port-limits-current/notice/likely -> slow");
        place("1-1.1")->device.facts.needed_ma = 0;
        ck_assert_str_eq(findings_at("1-1.1"), "hub-in-path/notice/certain, hub-bus-powered/info/likely -> slow");
}
END_TEST

/* The inner hub has its own supply, so the hub above it does not reduce what its ports give. */
START_TEST(test_the_nearest_supply_counts) {
        hub("1-1", false, 4);
        hub("1-1.2", true, 4);
        headset("1-1.2.1", "WH-1000XM4", 500, 500);
        ck_assert_str_eq(findings_at("1-1.2.1"), "hub-in-path/notice/certain -> ok");
        ck_assert_uint_eq(port_budget_ma(place("1-1.2.1")), 500);
}
END_TEST

static void unconfigured(const char *where, unsigned max_ma) {
        struct port *p = headset(where, "WH-1000XM4", max_ma, 0);

        p->device.active_configuration = 0;
}

START_TEST(test_budget_before_hub) {
        hub("1-1", false, 4);
        unconfigured("1-1.1", 500);
        ck_assert_str_eq(findings_at("1-1.1"), "power-budget-exceeded/warning/likely, hub-bus-powered/warning/likely, "
                                               "hub-in-path/warning/possible -> slow");
        line("1-1.1", KERNEL_POWER_REJECTED, 1);
        ck_assert_str_eq(findings_at("1-1.1"), "power-budget-exceeded/warning/certain, hub-bus-powered/warning/likely, "
                                               "hub-in-path/warning/possible -> slow");
}
END_TEST

START_TEST(test_budget_on_root_port) {
        unconfigured("1-1", 510);
        ck_assert_str_eq(findings_at("1-1"), "power-budget-exceeded/warning/likely -> slow");
        ck_assert_ptr_nonnull(strstr(last_diagnosis()->findings.items[0].cause, "510 mA"));
}
END_TEST

START_TEST(test_not_configured_without_reason) {
        unconfigured("1-1", 100);
        ck_assert_str_eq(findings_at("1-1"), "not-configured/warning/certain -> slow");
        place("1-1")->device.settled = false;
        ck_assert_str_eq(findings_at("1-1"), " -> ok");
}
END_TEST

START_TEST(test_not_authorized_explains_no_configuration) {
        unconfigured("1-1", 100);
        place("1-1")->device.authorized = NO;
        ck_assert_str_eq(findings_at("1-1"), "not-authorized/warning/certain -> slow");
}
END_TEST

/* The kernel chooses a configuration a moment after somebody authorised the device. */
START_TEST(test_authorized_a_moment_ago) {
        struct port before;

        unconfigured("1-1", 100);
        before = *place("1-1");
        place("1-1")->device.authorized = NO;
        before.device.authorized = YES;
        before.device.settled = false;
        tell_device(&before);
        ck_assert_str_eq(findings_at("1-1"), " -> ok");
        before.device.settled = true;
        tell_device(&before);
        ck_assert_str_eq(findings_at("1-1"), "not-configured/warning/certain -> slow");
}
END_TEST

START_TEST(test_autosuspend) {
        headset("1-1", "MDR-1000X", 100, 0);
        power("1-1", true, RUNTIME_ACTIVE);
        ck_assert_str_eq(findings_at("1-1"), " -> ok");
        power("1-1", true, RUNTIME_SUSPENDED);
        ck_assert_str_eq(findings_at("1-1"), "device-autosuspended/warning/likely -> blocked");
        ck_assert_uint_eq(port_negotiated_ma(place("1-1")), 2);
        power("1-1", false, RUNTIME_ACTIVE);
        ck_assert_str_eq(findings_at("1-1"), " -> ok");
}
END_TEST

START_TEST(test_over_current_on_the_headsets_port) {
        port_facts("1-1", CONNECT_HOTPLUG, 4);
        headset("1-1", "MDR-1000X", 100, 0);
        at(200);
        over_current("1-1", 5);
        ck_assert_str_eq(findings_at("1-1"), " -> ok");
        at(201);
        over_current("1-1", 6);
        ck_assert_str_eq(findings_at("1-1"), "port-over-current/warning/certain -> at-risk");
        at(202);
        over_current("1-1", 7);
        ck_assert_str_eq(findings_at("1-1"), "port-over-current/warning/certain -> blocked");
        at(202 + 3700);
        ck_assert_str_eq(findings_at("1-1"), " -> ok");
}
END_TEST

START_TEST(test_over_current_line_that_stood) {
        headset("1-1", "MDR-1000X", 100, 0);
        at(200);
        line("1-1", KERNEL_OVER_CURRENT, 0);
        ck_assert_str_eq(findings_at("1-1"), "port-over-current/warning/likely -> at-risk");
}
END_TEST

/* The kernel reports the end of an over-current like its beginning. It is not a second one. */
static const char *action_of(const char *where, enum finding_code code) {
        const struct finding *f;

        findings_at(where);
        f = findings_find(&last_diagnosis()->findings, code);
        ck_assert_ptr_nonnull(f);
        return f->action;
}

/* Every action that names a setting of the kernel has the command to copy. */
START_TEST(test_commands_of_settings) {
        struct port *p = headset("1-1.2", "MDR-1000X", 100, 0);

        power("1-1.2", true, RUNTIME_SUSPENDED);
        ck_assert_ptr_nonnull(strstr(action_of("1-1.2", DEVICE_AUTOSUSPENDED),
                                     "\"echo on | sudo tee /sys/bus/usb/devices/1-1.2/power/control\""));
        p->device.authorized = NO;
        tell_device(p);
        ck_assert_ptr_nonnull(
                strstr(action_of("1-1.2", NOT_AUTHORIZED), "\"echo 1 | sudo tee /sys/bus/usb/devices/1-1.2/authorized\""));
        p->in_sysfs = true;
        p->facts.disabled = YES;
        ck_assert_ptr_nonnull(
                strstr(action_of("1-1.2", PORT_OFF), "\"echo 0 | sudo tee /sys/bus/usb/devices/1-1:1.0/1-1-port2/disable\""));
        port_facts("1-2", CONNECT_HOTPLUG, 0);
        place("1-2")->facts.disabled = YES;
        ck_assert_ptr_nonnull(
                strstr(action_of("1-2", PORT_OFF), "\"echo 0 | sudo tee /sys/bus/usb/devices/1-0:1.0/usb1-port2/disable\""));
}
END_TEST

/* A recording may contain any name. */
START_TEST(test_command_of_a_switch) {
        static const struct {
                const char *file, *value, *command;
        } cases[] = {
                { "/sys/bus/platform/devices/VPC2004:00/usb_charging", "1",
                  "\"echo 1 | sudo tee /sys/bus/platform/devices/VPC2004:00/usb_charging\"" },
                { "/sys/x; rm -rf /home", "1", NULL },
                { "/sys/../etc/passwd", "1", NULL },
                { "/etc/passwd", "1", NULL },
                { "/sys/x", "$(reboot)", NULL },
                { "", "1", NULL },
        };

        headset("1-1", "MDR-1000X", 100, 0);
        for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
                struct switch_facts *w = &story_model()->switches[0];
                const char *action;

                power_switch(SWITCH_SLEEP_POWER, NO, "USB");
                strcpy(w->file, cases[i].file);
                strcpy(w->value, cases[i].value);
                action = action_of("1-1", SLEEP_CHARGING_OFF);
                if (cases[i].command)
                        ck_assert_ptr_nonnull(strstr(action, cases[i].command));
                else
                        ck_assert_ptr_null(strstr(action, "sudo"));
        }
}
END_TEST

START_TEST(test_over_current_end_is_not_another) {
        headset("1-1", "MDR-1000X", 100, 0);
        for (uint32_t i = 0; i < 2; i++) {
                at(200 + 60 * i);
                over_current("1-1", 1 + 2 * i);
                line("1-1", KERNEL_OVER_CURRENT, 0);
                at(205 + 60 * i);
                line("1-1", KERNEL_OVER_CURRENT_CHANGE, 2 + 2 * i);
                over_current("1-1", 2 + 2 * i);
                ck_assert_uint_eq(place("1-1")->over_currents, 1 + i);
                ck_assert_uint_eq(place("1-1")->link.over_currents.total, 1 + i);
        }
}
END_TEST

/* `ports` and the evidence have the same figure. The kernel's own count has two for each, and contains the noise. */
START_TEST(test_over_current_figures_agree) {
        const struct finding *f;

        at(3);
        headset("1-1", "MDR-1000X", 100, 0);
        port_facts("1-1", CONNECT_HOTPLUG, 0);
        host_line(KERNEL_BOOT);
        at(4);
        over_current("1-1", 2);
        line("1-1", KERNEL_OVER_CURRENT_CHANGE, 2);
        host_line(KERNEL_SLEEP_ENTRY);
        at(100);
        host_line(KERNEL_SLEEP_EXIT);
        over_current("1-1", 4);
        ck_assert_uint_eq(place("1-1")->over_currents, 0);
        for (uint32_t i = 0; i < 2; i++) {
                at(200 + 10 * i);
                over_current("1-1", 6 + 2 * i);
                line("1-1", KERNEL_OVER_CURRENT_CHANGE, 6 + 2 * i);
        }
        findings_at("1-1");
        f = findings_find(&last_diagnosis()->findings, PORT_OVER_CURRENT);
        ck_assert_ptr_nonnull(f);
        ck_assert_uint_eq(place("1-1")->over_currents, 2);
        ck_assert_str_eq(f->evidence[0].value, "2 times");
        ck_assert_str_eq(f->evidence[1].value, "8 (one at the begin and one at the end of each)");
}
END_TEST

START_TEST(test_over_current_false_ones) {
        /* an empty port */
        at(200);
        line("1-3", KERNEL_OVER_CURRENT, 0);
        ck_assert_str_eq(findings_at("1-3"), " -> unknown");
        /* in the wake-up */
        headset("1-1", "MDR-1000X", 100, 0);
        host_line(KERNEL_SLEEP_ENTRY);
        at(210);
        host_line(KERNEL_SLEEP_EXIT);
        at(212);
        line("1-1", KERNEL_OVER_CURRENT, 0);
        ck_assert_ptr_null(findings_find(&last_diagnosis()->findings, PORT_OVER_CURRENT));
        findings_at("1-1");
        ck_assert_ptr_null(findings_find(&last_diagnosis()->findings, PORT_OVER_CURRENT));
        /* as a side effect of the unplug */
        at(300);
        line("1-1", KERNEL_DISCONNECT, 5);
        at(301);
        line("1-1", KERNEL_OVER_CURRENT, 0);
        log_findings_at("1-1");
        ck_assert_ptr_null(findings_find(&last_diagnosis()->findings, PORT_OVER_CURRENT));
}
END_TEST

START_TEST(test_over_current_at_boot) {
        at(3);
        headset("1-1", "MDR-1000X", 100, 0);
        line("1-1", KERNEL_OVER_CURRENT, 0);
        ck_assert_str_eq(findings_at("1-1"), " -> ok");
}
END_TEST

/* The daemon reads the log of the whole boot when it starts. What the log reports about the time of the boot is over. */
START_TEST(test_boot_line_of_the_backlog) {
        at(5000);
        headset("1-1", "MDR-1000X", 100, 0);
        at(0.5);
        host_line(KERNEL_BOOT);
        at(5010);
        line("1-1", KERNEL_OVER_CURRENT, 0);
        ck_assert_str_eq(findings_at("1-1"), "port-over-current/warning/likely -> at-risk");
}
END_TEST

START_TEST(test_port_off) {
        struct event e = { .type = EVENT_PORT };

        port_facts("1-1", CONNECT_HOTPLUG, 0);
        headset("1-1", "MDR-1000X", 100, 0);
        at(110);
        unplug("1-1");
        e.where = place("1-1")->address;
        e.u.port.disabled = YES;
        e.time.at = 110 * SECOND;
        model_apply(story_model(), &e);
        ck_assert_str_eq(findings_at("1-1"), "port-off/warning/certain -> blocked");
        ck_assert(port_is_unidentified(story_model(), place("1-1")));
        ck_assert_str_eq(port_unidentified_state(place("1-1")), "off");
}
END_TEST

static void failing_try(const char *where, double t, uint32_t number, uint32_t error) {
        at(t);
        line(where, KERNEL_CONNECT, number);
        at(t + 0.1);
        line(where, KERNEL_READ_FAILED, error);
}

/* A device that the kernel tries again every few seconds fails all the time. The finding does not come and go. */
START_TEST(test_a_failure_stands_while_it_is_tried_again) {
        for (int i = 0; i < 8; i++) {
                double t = 200 + 6 * i;

                failing_try("1-2", t, 5, 71);
                ck_assert(i == 0 || is_found_at("1-2", ENUMERATION_FAILED));
                failing_try("1-2", t + 1, 6, 71);
                at(t + 2);
                line("1-2", KERNEL_GAVE_UP, 0);
                ck_assert(is_found_at("1-2", ENUMERATION_FAILED));
                ck_assert(port_is_unidentified(story_model(), place("1-2")));
                ck_assert_str_eq(port_unidentified_state(place("1-2")), "failed");
        }
        at(260);
        line("1-2", KERNEL_CONNECT, 9);
        headset("1-2", "WH-1000XM4", 100, 0);
        ck_assert(!is_found_at("1-2", ENUMERATION_FAILED));
}
END_TEST

START_TEST(test_enumeration_failed) {
        failing_try("1-2", 200, 5, 71);
        failing_try("1-2", 200.5, 6, 71);
        at(201);
        line("1-2", KERNEL_POWER_CYCLE, 0);
        /* The kernel is still trying. */
        ck_assert(!port_is_unidentified(story_model(), place("1-2")));
        line("1-2", KERNEL_GAVE_UP, 0);
        ck_assert_str_eq(findings_at("1-2"), "enumeration-failed/warning/certain -> slow");
        ck_assert_str_eq(last_diagnosis()->findings.items[0].subject, "usb1-port2");
        ck_assert_str_eq(port_unidentified_state(place("1-2")), "failed");
        at(201 + 599);
        findings_at("1-2");
        ck_assert(port_is_unidentified(story_model(), place("1-2")));
        at(201 + 601);
        findings_at("1-2");
        ck_assert(!port_is_unidentified(story_model(), place("1-2")));
}
END_TEST

START_TEST(test_enumeration_silent_after_errors) {
        failing_try("1-2", 200, 5, 110);
        at(209);
        ck_assert_str_eq(findings_at("1-2"), " -> unknown");
        ck_assert(!port_is_unidentified(story_model(), place("1-2")));
        at(230);
        ck_assert_str_eq(findings_at("1-2"), " -> unknown");
        ck_assert(port_is_unidentified(story_model(), place("1-2")));
        ck_assert_str_eq(port_unidentified_state(place("1-2")), "failed");
        at(236);
        ck_assert_str_eq(findings_at("1-2"), "enumeration-failed/warning/likely -> slow");
}
END_TEST

START_TEST(test_enumeration_retried) {
        failing_try("1-2", 200, 5, 71);
        failing_try("1-2", 200.5, 6, 71);
        at(201);
        line("1-2", KERNEL_CONNECT, 7);
        at(201.15);
        found_line("1-2", 0x054c, 0x0cd3);
        headset("1-2", "MDR-1000X", 100, 0);
        ck_assert_str_eq(findings_at("1-2"), "enumeration-retried/notice/certain -> at-risk");
        ck_assert_uint_eq(link_enumeration_usec(&place("1-2")->link), 150000);
        ck_assert_uint_eq(place("1-2")->link.tries, 3);
        ck_assert_uint_eq(place("1-2")->link.failed_tries, 2);
        at(201 + 3700);
        ck_assert_str_eq(findings_at("1-2"), " -> ok");
}
END_TEST

START_TEST(test_hidden_timeout) {
        at(200);
        line("1-2", KERNEL_CONNECT, 5);
        at(205.4);
        found_line("1-2", 0x054c, 0x0cd3);
        headset("1-2", "MDR-1000X", 100, 0);
        ck_assert_str_eq(findings_at("1-2"), "enumeration-retried/notice/likely -> ok");
}
END_TEST

START_TEST(test_failure_behind_hub_weighs_the_hub) {
        hub("1-1", true, 4);
        failing_try("1-1.2", 200, 5, 71);
        line("1-1.2", KERNEL_GAVE_UP, 0);
        ck_assert_str_eq(findings_at("1-1.2"), "enumeration-failed/warning/certain, hub-in-path/warning/possible -> slow");
}
END_TEST

static void drop(const char *where, double t, double gap) {
        at(t);
        line(where, KERNEL_DISCONNECT, 5);
        at(t + gap);
        line(where, KERNEL_CONNECT, 6);
        at(t + gap + 0.15);
        found_line(where, 0x054c, 0x0cd3);
}

START_TEST(test_flapping) {
        at(200);
        line("1-2", KERNEL_CONNECT, 5);
        found_line("1-2", 0x054c, 0x0cd3);
        drop("1-2", 260, 1);
        ck_assert_str_eq(log_findings_at("1-2"), " -> unknown");
        drop("1-2", 300, 1);
        drop("1-2", 350, 1);
        ck_assert_str_eq(log_findings_at("1-2"), "link-unstable/warning/likely -> at-risk");
        headset("1-2", "MDR-1000X", 100, 0);
        /* A log is read afterwards, but here somebody may just be trying plugs and ports. */
        ck_assert_str_eq(findings_at("1-2"), "link-unstable/warning/possible -> at-risk");
        ck_assert_ptr_nonnull(strstr(last_diagnosis()->findings.items[0].cause, "if nobody unplugged it"));
        drop("1-2", 400, 0.4);
        ck_assert_str_eq(findings_at("1-2"), "link-unstable/warning/likely -> at-risk");
        at(401 + 3700);
        ck_assert_str_eq(findings_at("1-2"), " -> ok");
}
END_TEST

/* No error line at all: only one connect mark after the other. */
START_TEST(test_drops_while_enumerating) {
        for (int i = 0; i < 3; i++) {
                at(200 + i * 2);
                line("1-2", KERNEL_CONNECT, 5 + (uint32_t) i);
        }
        ck_assert_str_eq(findings_at("1-2"), "link-unstable/notice/possible -> unknown");
        at(206);
        line("1-2", KERNEL_CONNECT, 8);
        ck_assert_str_eq(findings_at("1-2"), "link-unstable/warning/likely -> at-risk");
        ck_assert(port_is_unidentified(story_model(), place("1-2")));
        ck_assert_str_eq(port_unidentified_state(place("1-2")), "unstable");
}
END_TEST

/* The over-current protection trips before the device is identified. */
START_TEST(test_over_current_before_identity) {
        port_facts("1-2", CONNECT_HOTPLUG, 0);
        at(200);
        line("1-2", KERNEL_CONNECT, 5);
        at(200.1);
        over_current("1-2", 1);
        line("1-2", KERNEL_OVER_CURRENT, 0);
        ck_assert_str_eq(findings_at("1-2"), "port-over-current/warning/likely -> blocked");
        ck_assert(port_is_unidentified(story_model(), place("1-2")));
        ck_assert_str_eq(port_unidentified_state(place("1-2")), "over-current");
        line("1-2", KERNEL_READ_FAILED, 71);
        at(240);
        ck_assert_str_eq(findings_at("1-2"), "port-over-current/warning/likely -> blocked");
}
END_TEST

START_TEST(test_charges_hours_apart_are_no_flapping) {
        at(200);
        line("1-2", KERNEL_CONNECT, 5);
        found_line("1-2", 0x054c, 0x0cd3);
        for (int i = 1; i < 5; i++)
                drop("1-2", 200 + i * 7000, 2000);
        ck_assert_str_eq(log_findings_at("1-2"), " -> unknown");
}
END_TEST

START_TEST(test_emi_once_means_little) {
        headset("1-2", "MDR-1000X", 100, 0);
        at(300);
        line("1-2", KERNEL_EMI, 0);
        ck_assert_str_eq(findings_at("1-2"), "link-unstable/notice/possible -> ok");
        at(400);
        line("1-2", KERNEL_EMI, 0);
        at(500);
        line("1-2", KERNEL_EMI, 0);
        ck_assert_str_eq(findings_at("1-2"), "link-unstable/warning/likely -> at-risk");
}
END_TEST

START_TEST(test_sleep_is_no_flapping) {
        at(200);
        line("1-2", KERNEL_CONNECT, 5);
        found_line("1-2", 0x054c, 0x0cd3);
        for (int i = 0; i < 3; i++) {
                at(300 + i * 20);
                host_line(KERNEL_SLEEP_ENTRY);
                at(301 + i * 20);
                line("usb1", KERNEL_ROOT_HUB_LOST_POWER, 0);
                drop("1-2", 301.5 + i * 20, 0.4);
                host_line(KERNEL_SLEEP_EXIT);
        }
        ck_assert_str_eq(log_findings_at("1-2"), "host-suspended/notice/certain -> unknown");
}
END_TEST

START_TEST(test_resets_of_all_are_a_wake_up) {
        headset("1-2", "MDR-1000X", 100, 0);
        device("1-3", 1, "Mouse", 100);
        device("1-4", 2, "Camera", 100);
        for (int i = 0; i < 4; i++) {
                at(200 + i * 50);
                line("1-2", KERNEL_RESET, 5);
                line("1-3", KERNEL_RESET, 6);
                line("1-4", KERNEL_RESET, 7);
        }
        ck_assert_str_eq(findings_at("1-2"), " -> ok");
        ck_assert_str_eq(findings_at("1-4"), " -> ok");
}
END_TEST

START_TEST(test_controller_dead) {
        headset("1-2", "MDR-1000X", 100, 0);
        at(200);
        controller_line("0000:00:14.0", KERNEL_CONTROLLER_DEAD, 0);
        at(202);
        tick();
        ck_assert_str_eq(findings_at("1-2"), " -> ok");
        ck_assert_uint_eq(diagnosis_deadline(story_model()), 203 * SECOND);
        at(203);
        tick();
        ck_assert_str_eq(findings_at("1-2"), "controller-dead/critical/certain -> blocked");
        ck_assert_str_eq(last_diagnosis()->findings.items[0].subject, "0000:00:14.0");
        /* It comes back. */
        controller_line("0000:00:14.0", KERNEL_BUS_REGISTERED, 1);
        ck_assert_str_eq(findings_at("1-2"), " -> ok");
}
END_TEST

static const char *controller_words(const char *name, bool whole_log) {
        const struct controller *c = model_controller(story_model(), name);
        struct diagnosis d = {};
        static char text[64];

        ck_assert_ptr_nonnull(c);
        diagnose_controller(story_model(), c, whole_log, &d);
        snprintf(text, sizeof text, "%s", d.findings.n ? finding_code_name(d.findings.items[0].code) : "");
        diagnosis_clear(&d);
        return text;
}

/* A dock is unplugged. The kernel calls its controller dead before, while and after it is removed. */
START_TEST(test_surprise_removal) {
        static const char dock[] = "0000:0c:00.0";
        static const enum kernel_message orders[][6] = {
                { KERNEL_CONTROLLER_DEAD, KERNEL_CONTROLLER_REMOVED, KERNEL_BUS_GONE },
                { KERNEL_CONTROLLER_REMOVED, KERNEL_CONTROLLER_DEAD, KERNEL_BUS_GONE },
                { KERNEL_CONTROLLER_DEAD, KERNEL_CONTROLLER_DEAD, KERNEL_BUS_GONE },
                { KERNEL_CONTROLLER_REMOVED, KERNEL_BUS_GONE, KERNEL_CONTROLLER_DEAD },
                { KERNEL_BUS_GONE, KERNEL_CONTROLLER_DEAD, KERNEL_CONTROLLER_REMOVED, KERNEL_CONTROLLER_DEAD },
        };

        for (size_t i = 0; i < sizeof orders / sizeof orders[0]; i++) {
                controller_line(dock, KERNEL_BUS_REGISTERED, 5);
                for (size_t j = 0; j < 6 && orders[i][j] != KERNEL_NONE; j++)
                        controller_line(dock, orders[i][j], 5);
                ck_assert_str_eq(controller_words(dock, true), "");
                at((double) (story_model()->now.at / SECOND) + 60);
                tick();
                ck_assert_str_eq(controller_words(dock, false), "");
        }
        /* The next time it is plugged in it cannot be set up, and its bus goes away because of that. */
        controller_line(dock, KERNEL_BUS_REGISTERED, 5);
        controller_line(dock, KERNEL_CONTROLLER_FAILED, 110);
        controller_line(dock, KERNEL_BUS_GONE, 5);
        ck_assert_str_eq(controller_words(dock, false), "controller-dead");
        controller_line(dock, KERNEL_BUS_REGISTERED, 5);
        ck_assert_str_eq(controller_words(dock, false), "");
        /* A controller that dies without being removed is dead. */
        controller_line(dock, KERNEL_CONTROLLER_DEAD, 0);
        ck_assert_str_eq(controller_words(dock, true), "controller-dead");
}
END_TEST

START_TEST(test_other_controller_dead) {
        headset("1-2", "MDR-1000X", 100, 0);
        controller_line("0000:3a:00.0", KERNEL_BUS_REGISTERED, 3);
        controller_line("0000:3a:00.0", KERNEL_CONTROLLER_DEAD, 0);
        ck_assert_str_eq(findings_at("1-2"), " -> ok");
}
END_TEST

static const char *host_words(void) {
        struct diagnosis d = {};
        static char text[128];

        diagnose_host(story_model(), true, &d);
        snprintf(text, sizeof text, "%s", d.findings.n ? finding_code_name(d.findings.items[0].code) : "");
        diagnosis_clear(&d);
        return text;
}

START_TEST(test_under_voltage) {
        ck_assert_str_eq(host_words(), "");
        host_line(KERNEL_UNDER_VOLTAGE);
        ck_assert_str_eq(host_words(), "host-power-fault");
}
END_TEST

static unsigned host_findings_now(void) {
        const struct model *m = story_model();
        struct diagnosis d = {};
        size_t n;

        diagnose_host(m, false, &d);
        n = d.findings.n;
        diagnose_controller(m, model_controller(m, "0000:00:14.0"), false, &d);
        n += d.findings.n;
        diagnosis_clear(&d);
        return (unsigned) n;
}

#define GOOD_SECONDS 3600.0

/* At the deadline, and not before. */
static void check_end(double end) {
        ck_assert_uint_eq(diagnosis_deadline(story_model()), (uint64_t) (end * 1e6) + 1);
        at(end - 1);
        tick();
        ck_assert_uint_eq(host_findings_now(), 1);
        at(end + 1);
        tick();
        ck_assert_uint_eq(host_findings_now(), 0);
        ck_assert_uint_eq(diagnosis_deadline(story_model()), 0);
}

/* A fault that still exists has no deadline. One that is over ends after an hour without errors. */
START_TEST(test_under_voltage_ends) {
        at(500);
        host_line(KERNEL_UNDER_VOLTAGE);
        ck_assert_uint_eq(host_findings_now(), 1);
        ck_assert_uint_eq(diagnosis_deadline(story_model()), 0);
        at(600);
        host_line(KERNEL_VOLTAGE_NORMAL);
        check_end(500 + GOOD_SECONDS);
}
END_TEST

START_TEST(test_common_over_current_ends) {
        const char *ports[] = { "1-1", "1-2", "1-3", "1-4", "2-1", "2-2", "2-3", "2-4" };

        at(500);
        for (unsigned i = 0; i < 8; i++)
                line(ports[i], KERNEL_OVER_CURRENT, 0);
        at(2000);
        tick(); /* the time in which a port waits for further messages is over */
        check_end(500 + GOOD_SECONDS);
}
END_TEST

START_TEST(test_all_ports_over_current) {
        struct diagnosis d = {};
        const char *ports[] = { "1-1", "1-2", "1-3", "1-4", "2-1", "2-2", "2-3", "2-4" };

        at(500);
        for (unsigned i = 0; i < 7; i++)
                line(ports[i], KERNEL_OVER_CURRENT, 0);
        diagnose_controller(story_model(), model_controller(story_model(), "0000:00:14.0"), false, &d);
        ck_assert_uint_eq(d.findings.n, 0);
        line(ports[7], KERNEL_OVER_CURRENT, 0);
        diagnose_controller(story_model(), model_controller(story_model(), "0000:00:14.0"), false, &d);
        ck_assert_uint_eq(d.findings.n, 1);
        ck_assert_uint_eq(d.findings.items[0].code, HOST_POWER_FAULT);
        diagnosis_clear(&d);
}
END_TEST

START_TEST(test_not_visible_is_no_fault) {
        struct model_facts facts = { .model = "WH-1000XM5", .enumerates = UNKNOWN };
        struct diagnosis d = {};

        diagnose_elsewhere(story_model(), &facts, "wh_1000xm5_000000", &d);
        ck_assert_uint_eq(d.findings.n, 1);
        ck_assert_uint_eq(d.findings.items[0].code, NOT_VISIBLE);
        ck_assert_uint_eq(d.findings.items[0].severity, INFO);
        ck_assert_uint_eq(d.verdict, VERDICT_UNKNOWN);
        diagnosis_clear(&d);
}
END_TEST

int main(void) {
        Suite *suite = suite_create("causes");
        TCase *c = tcase_create("power path");

        tcase_add_checked_fixture(c, story_with_ports, story_end);
        tcase_add_test(c, test_direct_is_quiet);
        tcase_add_test(c, test_the_nearest_supply_counts);
        tcase_add_test(c, test_hub_in_path);
        tcase_add_test(c, test_internal_hub_is_none);
        tcase_add_test(c, test_rate_matching_hub_is_none);
        tcase_add_test(c, test_port_limits_current);
        tcase_add_test(c, test_bus_powered_hub);
        tcase_add_test(c, test_budget_before_hub);
        tcase_add_test(c, test_budget_on_root_port);
        tcase_add_test(c, test_not_configured_without_reason);
        tcase_add_test(c, test_authorized_a_moment_ago);
        tcase_add_test(c, test_not_authorized_explains_no_configuration);
        tcase_add_test(c, test_autosuspend);
        tcase_add_test(c, test_over_current_on_the_headsets_port);
        tcase_add_test(c, test_over_current_line_that_stood);
        tcase_add_test(c, test_over_current_end_is_not_another);
        tcase_add_test(c, test_commands_of_settings);
        tcase_add_test(c, test_command_of_a_switch);
        tcase_add_test(c, test_over_current_figures_agree);
        tcase_add_test(c, test_over_current_false_ones);
        tcase_add_test(c, test_over_current_at_boot);
        tcase_add_test(c, test_boot_line_of_the_backlog);
        tcase_add_test(c, test_port_off);
        tcase_add_test(c, test_a_failure_stands_while_it_is_tried_again);
        tcase_add_test(c, test_enumeration_failed);
        tcase_add_test(c, test_enumeration_silent_after_errors);
        tcase_add_test(c, test_enumeration_retried);
        tcase_add_test(c, test_hidden_timeout);
        tcase_add_test(c, test_failure_behind_hub_weighs_the_hub);
        tcase_add_test(c, test_flapping);
        tcase_add_test(c, test_drops_while_enumerating);
        tcase_add_test(c, test_over_current_before_identity);
        tcase_add_test(c, test_charges_hours_apart_are_no_flapping);
        tcase_add_test(c, test_emi_once_means_little);
        tcase_add_test(c, test_sleep_is_no_flapping);
        tcase_add_test(c, test_resets_of_all_are_a_wake_up);
        tcase_add_test(c, test_controller_dead);
        tcase_add_test(c, test_surprise_removal);
        tcase_add_test(c, test_other_controller_dead);
        tcase_add_test(c, test_under_voltage);
        tcase_add_test(c, test_under_voltage_ends);
        tcase_add_test(c, test_common_over_current_ends);
        tcase_add_test(c, test_all_ports_over_current);
        tcase_add_test(c, test_not_visible_is_no_fault);
        suite_add_tcase(suite, c);
        return run_suite(suite);
}
