/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Parts of the model: addresses, links, the numbers of the power path, and too many ports. */
#include "story.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "run.h"

static const struct {
        const char *text, *device, *port, *id; /* device NULL: must be refused */
} addresses[] = {
        { "usb1", "usb1", "usb1", "usb1" },
        { "1-2", "1-2", "usb1-port2", "usb1_port2" },
        { "usb1-port2", "1-2", "usb1-port2", "usb1_port2" },
        { "1-2-port3", "1-2.3", "1-2-port3", "usb1_2_port3" },
        { "1-2.3", "1-2.3", "1-2-port3", "usb1_2_port3" },
        { "2-1.4.1", "2-1.4.1", "2-1.4-port1", "usb2_1_4_port1" },
        { "65535-255.255.255.255.255.255.255", "65535-255.255.255.255.255.255.255", "65535-255.255.255.255.255.255-port255",
          "usb65535_255_255_255_255_255_255_port255" },
        { "", NULL, NULL, NULL },
        { "usb", NULL, NULL, NULL },
        { "usb0", NULL, NULL, NULL },
        { "usb01", NULL, NULL, NULL },
        { "1-", NULL, NULL, NULL },
        { "1-0", NULL, NULL, NULL },
        { "1-2.", NULL, NULL, NULL },
        { "1-2.03", NULL, NULL, NULL },
        { "1-256", NULL, NULL, NULL },
        { "65536-1", NULL, NULL, NULL },
        { "99999999999999999999-1", NULL, NULL, NULL },
        { "1-1.1.1.1.1.1.1.1", NULL, NULL, NULL },
        { "1-1.1.1.1.1.1.1-port1", NULL, NULL, NULL },
        { "1-2:1.0", NULL, NULL, NULL },
        { "1-2-port", NULL, NULL, NULL },
        { "1-2-port3-port4", NULL, NULL, NULL },
        { "usb1-2", NULL, NULL, NULL },
        { " 1-2", NULL, NULL, NULL },
};

START_TEST(test_addresses) {
        const char *text = addresses[_i].text;
        char buf[ADDRESS_NAME_MAX];
        struct address a = { .bus = 77 };

        ck_assert_msg(address_parse(text, strlen(text), &a) == (addresses[_i].device != NULL), "%s", text);
        if (!addresses[_i].device) {
                ck_assert_uint_eq(a.bus, 77);
                return;
        }
        ck_assert_str_eq(address_device_name(&a, buf), addresses[_i].device);
        ck_assert_str_eq(address_port_name(&a, buf), addresses[_i].port);
        ck_assert_str_eq(address_port_id(&a, buf), addresses[_i].id);
}
END_TEST

static struct address named(const char *text) {
        struct address a = {};

        ck_assert(address_parse(text, strlen(text), &a));
        return a;
}

START_TEST(test_address_order) {
        static const char *const sorted[] = {
                "usb1", "1-1", "1-1.2", "1-1.2.1", "1-1.12", "1-2", "1-12", "usb2", "2-1", "usb10"
        };

        for (size_t i = 0; i < sizeof sorted / sizeof *sorted; i++)
                for (size_t k = 0; k < sizeof sorted / sizeof *sorted; k++) {
                        struct address a = named(sorted[i]), b = named(sorted[k]);
                        int order = address_compare(&a, &b);

                        ck_assert_int_eq((order > 0) - (order < 0), (i > k) - (i < k));
                }
}
END_TEST

START_TEST(test_below) {
        struct address hub = named("1-1"), under = named("1-1.2"), beside = named("1-12"), root = named("usb1");

        ck_assert(address_is_below(&under, &hub));
        ck_assert(address_is_below(&under, &root));
        ck_assert(!address_is_below(&beside, &hub));
        ck_assert(!address_is_below(&hub, &hub));
        ck_assert(!address_is_below(&hub, &under));
}
END_TEST

START_TEST(test_moments_window) {
        struct moments m = {};

        for (uint64_t i = 1; i <= 20; i++)
                moments_add(&m, (struct moment){ .at = i * MINUTE });
        ck_assert_uint_eq(m.total, 20);
        ck_assert_uint_eq(m.n, MOMENTS_MAX);
        ck_assert_uint_eq(moments_within(&m, 2 * MINUTE), 3);
        ck_assert_uint_eq(moments_newest(&m)->at, 20 * MINUTE);
}
END_TEST

START_TEST(test_moments_without_a_clock_tell_nothing) {
        struct moments m = {};

        for (int i = 0; i < 5; i++)
                moments_add(&m, (struct moment){});
        ck_assert_uint_eq(moments_within(&m, HOUR), 0);
        ck_assert_uint_eq(m.total, 5);
}
END_TEST

START_TEST(test_budgets) {
        hub("1-1", true, 4);
        hub("1-2", false, 4);
        device("1-1.1", 1, "a", 100);
        device("1-1.2", 2, "b", 400);
        device("1-2.1", 3, "c", 100);
        device("2-1", 4, "d", 896);
        ck_assert_uint_eq(port_budget_ma(place("1-1")), 500);
        ck_assert_uint_eq(port_budget_ma(place("1-1.1")), 500);
        ck_assert_uint_eq(port_budget_ma(place("1-2.1")), 100);
        ck_assert_uint_eq(port_budget_ma(place("2-1")), 900);
        ck_assert_uint_eq(hub_declared_sum_ma(story_model(), place("1-1")), 500);
        ck_assert_ptr_eq(path_bus_powered_hub(place("1-2.1")), place("1-2"));
        ck_assert_ptr_null(path_bus_powered_hub(place("1-1.1")));
}
END_TEST

START_TEST(test_declared_uses_the_active_configuration) {
        struct port *p = device("1-1", 1, "a", 100);
        struct device_facts *d = &p->device;

        d->configurations[d->n_configurations++] = (struct usb_configuration){ .value = 2, .max_ma = 500 };
        ck_assert_uint_eq(device_declared_ma(d), 100);
        d->active_configuration = 2;
        ck_assert_uint_eq(device_declared_ma(d), 500);
        ck_assert_uint_eq(port_negotiated_ma(p), 500);
        d->active_configuration = 0;
        ck_assert_uint_eq(device_declared_ma(d), 100);
        ck_assert_uint_eq(port_negotiated_ma(p), 100);
        ck_assert_uint_eq(device_least_declared_ma(d), 100);
}
END_TEST

START_TEST(test_external_hubs_nearest_to_the_computer_first) {
        const struct port *hubs[2];

        hub("1-1", true, 4);
        hub("1-1.2", true, 4);
        hub("1-1.2.3", true, 4);
        device("1-1.2.3.1", 1, "a", 100);
        ck_assert_uint_eq(path_external_hubs(place("1-1.2.3.1"), hubs, 2), 3);
        ck_assert_ptr_eq(hubs[0], place("1-1"));
        ck_assert_ptr_eq(hubs[1], place("1-1.2"));
}
END_TEST

START_TEST(test_present_before_start) {
        story_begin();
        root_hub(1, SPEED_HIGH, 2);
        ck_assert(device("1-1", 1, "a", 100)->before_start);
        settle();
        ck_assert(!device("1-2", 2, "b", 100)->before_start);
}
END_TEST

/* During boot udev may report a device after the daemon has started. The kernel log shows that it was connected before. */
START_TEST(test_present_before_start_by_the_log) {
        story_begin();
        root_hub(1, SPEED_HIGH, 2);
        at(101);
        line("1-1", KERNEL_CONNECT, 2);
        found_line("1-1", 0x054c, 0x0cd3);
        at(102);
        settle();
        at(103);
        ck_assert(headset("1-1", "WH-1000XM4", 100, 0)->before_start);
        line("1-2", KERNEL_CONNECT, 3);
        found_line("1-2", 0x054c, 0x0cd3);
        at(104);
        ck_assert(!headset("1-2", "WH-1000XM4", 100, 0)->before_start);
}
END_TEST

/* Records that were overwritten before the daemon started are no gap in what it watched. */
START_TEST(test_a_log_that_begins_late) {
        struct event lost = { .type = EVENT_LOG_LOST, .u.count = 5 };

        story_begin();
        settle();
        model_apply(story_model(), &lost);
        ck_assert(!story_model()->log_begins_late);
        story_end();
        story_begin();
        model_apply(story_model(), &lost);
        settle();
        ck_assert(story_model()->log_begins_late);
        ck_assert_uint_eq(story_model()->lost_records, 5);
}
END_TEST

START_TEST(test_a_port_that_left_is_forgotten) {
        port_facts("1-1", CONNECT_HOTPLUG, 3);
        line("1-1", KERNEL_GAVE_UP, 0);
        struct event e = { .type = EVENT_PORT_GONE, .where = named("1-1") };

        model_apply(story_model(), &e);
        ck_assert_int_eq(place("1-1")->link.state, LINK_EMPTY);
        ck_assert(!place("1-1")->in_sysfs);
}
END_TEST

START_TEST(test_another_boot_forgets) {
        line("1-1", KERNEL_GAVE_UP, 0);
        host_line(KERNEL_BOOT);
        ck_assert_int_eq(place("1-1")->link.state, LINK_EMPTY);
}
END_TEST

START_TEST(test_more_ports_than_there_can_be) {
        char name[32];

        for (unsigned bus = 3; bus < 100; bus++)
                for (unsigned port = 1; port < 30; port++) {
                        struct event e = { .type = EVENT_KERNEL, .u.kernel = { .message = KERNEL_GAVE_UP, .has_where = true } };

                        snprintf(name, sizeof name, "%u-%u", bus, port);
                        e.where = named(name);
                        model_apply(story_model(), &e);
                }
        ck_assert_uint_eq(story_model()->n_ports, MODEL_PORTS_MAX);
}
END_TEST

START_TEST(test_deadlines) {
        ck_assert_uint_eq(model_deadline(story_model()), 0);
        at(200);
        line("1-1", KERNEL_CONNECT, 5);
        ck_assert_uint_eq(model_deadline(story_model()), 200 * SECOND + MODEL_PATIENCE_USEC + 1);
        at(211);
        line("usb1", KERNEL_HUB_FOUND, 0);
        ck_assert_uint_eq(model_deadline(story_model()), 200 * SECOND + MODEL_SILENCE_USEC + 1);
        at(212);
        line("1-1", KERNEL_GAVE_UP, 0);
        ck_assert_uint_eq(model_deadline(story_model()), 212 * SECOND + MODEL_UNIDENTIFIED_USEC + 1);
        at(900);
        line("1-2", KERNEL_AUTO_RESUME, 0);
        ck_assert_uint_eq(model_deadline(story_model()), 0);
}
END_TEST

START_TEST(test_drop_needs_a_quick_return) {
        at(200);
        line("1-1", KERNEL_CONNECT, 5);
        found_line("1-1", 1, 2);
        at(300);
        line("1-1", KERNEL_DISCONNECT, 5);
        at(304);
        line("1-1", KERNEL_CONNECT, 6);
        ck_assert_uint_eq(place("1-1")->link.drops.total, 1);
        found_line("1-1", 1, 2);
        at(400);
        line("1-1", KERNEL_DISCONNECT, 6);
        at(410);
        line("1-1", KERNEL_CONNECT, 7);
        ck_assert_uint_eq(place("1-1")->link.drops.total, 1);
        at(471);
        line("1-1", KERNEL_DISCONNECT, 7);
        at(540);
        line("1-1", KERNEL_CONNECT, 8);
        ck_assert_uint_eq(place("1-1")->link.drops.total, 0);
}
END_TEST

/* A device leaves port 1-1 and one with this serial number takes its place, all by the kernel log. */
static void replaced_by(uint16_t product, uint32_t serial) {
        later(10);
        line("1-1", KERNEL_DISCONNECT, 5);
        later(2);
        line("1-1", KERNEL_CONNECT, 6);
        found_line("1-1", 1, product);
        if (serial != 0)
                line("1-1", KERNEL_SERIAL, serial);
}

START_TEST(test_another_serial_number_is_no_drop) {
        const struct link *l;

        at(200);
        line("1-1", KERNEL_CONNECT, 5);
        found_line("1-1", 1, 2);
        line("1-1", KERNEL_SERIAL, 7);
        l = &place("1-1")->link;
        replaced_by(2, 7);
        replaced_by(2, 7);
        ck_assert_uint_eq(l->drops.total, 2);
        later(1);
        line("1-1", KERNEL_RESET, 5);
        line("1-1", KERNEL_EMI, 0);
        line("1-1", KERNEL_DEBOUNCE_FAILED, 0);
        replaced_by(2, 8);
        ck_assert_uint_eq(l->drops.total + l->breaks.total + l->emi.total + l->debounce.total + l->resets.total, 0);
        ck_assert(!l->returned);
        replaced_by(2, 8);
        ck_assert_uint_eq(l->drops.total, 1);
        /* A device without a serial number says nothing, and neither does the first number of another model. */
        replaced_by(2, 0);
        ck_assert_uint_eq(l->drops.total, 2);
        ck_assert_uint_eq(l->log_mark, 8);
        replaced_by(3, 0);
        ck_assert_uint_eq(l->log_mark, 0);
        replaced_by(3, 9);
        ck_assert_uint_eq(l->drops.total, 1);
}
END_TEST

/* Each source is compared with itself: a hash of the log always differs from the mark that udev's serial number gets. */
START_TEST(test_serial_number_of_the_log_and_of_udev) {
        struct port *p;

        at(200);
        line("1-1", KERNEL_CONNECT, 5);
        found_line("1-1", 0x1234, 2);
        line("1-1", KERNEL_SERIAL, 7);
        for (unsigned i = 0; i < 3; i++) {
                p = device("1-1", 2, "Mouse", 100);
                snprintf(p->device.mark, sizeof p->device.mark, "3f2a1c");
                tell_device(p);
                later(10);
                line("1-1", KERNEL_DISCONNECT, 5);
                unplug("1-1");
                later(2);
                line("1-1", KERNEL_CONNECT, 6);
                found_line("1-1", 0x1234, 2);
                line("1-1", KERNEL_SERIAL, 7);
                ck_assert_uint_eq(place("1-1")->link.drops.total, i + 1);
        }
        ck_assert_str_eq(place("1-1")->link.mark, "3f2a1c");
        ck_assert_uint_eq(place("1-1")->link.log_mark, 7);
}
END_TEST

START_TEST(test_errors_while_resetting_are_no_failure) {
        at(200);
        line("1-1", KERNEL_CONNECT, 5);
        found_line("1-1", 1, 2);
        at(300);
        line("1-1", KERNEL_RESET, 5);
        line("1-1", KERNEL_READ_FAILED, 71);
        line("1-1", KERNEL_READ_FAILED, 71);
        line("1-1", KERNEL_RESET, 5);
        ck_assert_int_eq(place("1-1")->link.state, LINK_IDENTIFIED);
        ck_assert_uint_eq(place("1-1")->link.reset_errors, 2);
}
END_TEST

int main(void) {
        Suite *suite = suite_create("model");
        TCase *pure = tcase_create("pure"), *model = tcase_create("model");

        tcase_add_loop_test(pure, test_addresses, 0, (int) (sizeof addresses / sizeof *addresses));
        tcase_add_test(pure, test_address_order);
        tcase_add_test(pure, test_below);
        tcase_add_test(pure, test_moments_window);
        tcase_add_test(pure, test_moments_without_a_clock_tell_nothing);
        tcase_add_checked_fixture(model, story_with_ports, story_end);
        tcase_add_test(model, test_budgets);
        tcase_add_test(model, test_declared_uses_the_active_configuration);
        tcase_add_test(model, test_external_hubs_nearest_to_the_computer_first);
        tcase_add_test(model, test_present_before_start);
        tcase_add_test(model, test_a_log_that_begins_late);
        tcase_add_test(model, test_present_before_start_by_the_log);
        tcase_add_test(model, test_a_port_that_left_is_forgotten);
        tcase_add_test(model, test_another_boot_forgets);
        tcase_add_test(model, test_more_ports_than_there_can_be);
        tcase_add_test(model, test_deadlines);
        tcase_add_test(model, test_drop_needs_a_quick_return);
        tcase_add_test(model, test_another_serial_number_is_no_drop);
        tcase_add_test(model, test_serial_number_of_the_log_and_of_udev);
        tcase_add_test(model, test_errors_while_resetting_are_no_failure);
        suite_add_tcase(suite, pure);
        suite_add_tcase(suite, model);
        return run_suite(suite);
}
