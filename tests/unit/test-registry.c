/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the registry reports, in which order, and how headsets get their ids. */
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
        if (c->object->kind == OBJECT_PORT)
                return;
        snprintf(changes + n, sizeof changes - n, "%s%s %.10s%s%s", n ? "; " : "", words[c->kind], c->object->id,
                 c->finding ? " " : "", c->finding ? finding_code_name(c->finding->code) : "");
}

static void begin(void) {
        begin_registry(listen);
}

START_TEST(test_a_headset_comes_and_goes) {
        hub("1-1", true, 4);
        headset("1-1.1", "WH-1000XM4", 100, 0);
        ck_assert_str_eq(update(NULL), "added wh_1000xm4; raised wh_1000xm4 hub-in-path");
        ck_assert_str_eq(update(NULL), "");
        at(110);
        unplug("1-1.1");
        ck_assert_str_eq(update("1-1.1"), "cleared wh_1000xm4 hub-in-path; removed wh_1000xm4");
        ck_assert_str_eq(update(NULL), "");
}
END_TEST

START_TEST(test_a_finding_comes_and_goes) {
        headset("1-1", "WH-1000XM4", 100, 0);
        ck_assert_str_eq(update("1-1"), "added wh_1000xm4");
        power("1-1", true, RUNTIME_SUSPENDED);
        ck_assert_str_eq(update("1-1"), "raised wh_1000xm4 device-autosuspended; changed wh_1000xm4");
        power("1-1", false, RUNTIME_ACTIVE);
        ck_assert_str_eq(update("1-1"), "cleared wh_1000xm4 device-autosuspended; changed wh_1000xm4");
}
END_TEST

START_TEST(test_a_hub_matters_to_what_hangs_on_it) {
        struct port *h = hub("1-1", true, 4);

        headset("1-1.1", "WH-1000XM4", 100, 0);
        update(NULL);
        h->device.configurations[0].self_powered = false;
        tell_device(h);
        ck_assert_str_eq(update("1-1"), "raised wh_1000xm4 hub-bus-powered; changed wh_1000xm4");
}
END_TEST

static const struct object *headset_at(const char *where) {
        for (size_t i = 0; i < registry.n; i++)
                if (registry.objects[i]->kind == OBJECT_HEADSET && registry.objects[i]->port == place(where))
                        return registry.objects[i];
        ck_abort_msg("no headset at %s", where);
}

/* The path of a device has the sum of what is declared behind its hub. Nothing else of a neighbour concerns it. */
START_TEST(test_neighbours_share_a_sum) {
        const struct json_object *values;

        hub("1-1", true, 4);
        headset("1-1.1", "WH-1000XM4", 100, 0);
        update(NULL);
        values = headset_at("1-1.1")->values;
        headset("1-1.2", "WH-1000XM3", 100, 0);
        ck_assert_str_eq(update("1-1.2"), "changed wh_1000xm4; added wh_1000xm3; raised wh_1000xm3 hub-in-path");
        ck_assert_ptr_ne(headset_at("1-1.1")->values, values);
        values = headset_at("1-1.1")->values;
        power("1-1.2", true, RUNTIME_SUSPENDED);
        update("1-1.2");
        ck_assert_ptr_eq(headset_at("1-1.1")->values, values);
}
END_TEST

/* Changes at several ports are told together; of too many ports all objects are looked at. */
START_TEST(test_changes_are_gathered) {
        hub("1-1", true, 30);
        for (unsigned n = 1; n <= 30; n++) {
                char where[16];

                snprintf(where, sizeof where, "1-1.%u", n);
                headset(where, "WH-1000XM4", 100, 0);
                registry_note(&registry, place(where));
                if (n == 2)
                        update(where);
        }
        ck_assert(registry_has_news(&registry));
        update("1-1.30");
        ck_assert(!registry_has_news(&registry));
        for (unsigned n = 1; n <= 30; n++) {
                char where[16];

                snprintf(where, sizeof where, "1-1.%u", n);
                headset_at(where);
        }
}
END_TEST

START_TEST(test_replugged_faster_than_told) {
        headset("1-1", "WH-1000XM4", 100, 0);
        update("1-1");
        at(120);
        unplug("1-1");
        headset("1-1", "WH-1000XM3", 100, 0);
        ck_assert_str_eq(update("1-1"), "removed wh_1000xm4; added wh_1000xm3");
}
END_TEST

static const struct object *port_object(const char *id) {
        const struct object *o = registry_find(&registry, OBJECT_PORT, id);

        ck_assert_msg(o != NULL, "no port %s", id);
        return o;
}

static void fail_to_enumerate(const char *where) {
        for (uint32_t n = 0; n < 4; n++) {
                line(where, KERNEL_CONNECT, 7 + n);
                line(where, KERNEL_READ_FAILED, 71);
        }
        line(where, KERNEL_GAVE_UP, 0);
}

/* At a deadline a state has ended, or there is another deadline. */
START_TEST(test_deadlines_pass) {
        uint64_t deadline, before = 0;

        port_facts("1-2", CONNECT_HOTPLUG, 0);
        fail_to_enumerate("1-2");
        update(NULL);
        ck_assert(port_object("usb1_port2")->unidentified);
        ck_assert_int_eq(port_object("usb1_port2")->diagnosis.verdict, VERDICT_SLOW);
        while ((deadline = diagnosis_deadline(story_model())) != 0) {
                struct event tick = { .type = EVENT_TICK, .time = { .at = deadline } };

                ck_assert_uint_gt(deadline, before);
                before = deadline;
                model_apply(story_model(), &tick);
                update(NULL);
        }
        ck_assert(!port_object("usb1_port2")->unidentified);
        ck_assert_uint_le(before, 112 * SECOND + MODEL_UNIDENTIFIED_USEC + 1);
        /* The port is empty, so it is not slow. */
        ck_assert_int_eq(port_object("usb1_port2")->diagnosis.verdict, VERDICT_UNKNOWN);
        ck_assert_uint_eq(port_object("usb1_port2")->diagnosis.findings.n, 0);
}
END_TEST

START_TEST(test_ids) {
        struct port *a = headset("1-1", "WH-1000XM4", 100, 0), *b = headset("1-2", "WH-1000XM4", 100, 0);
        char one[EVENT_NAME_MAX], two[EVENT_NAME_MAX];
        const struct mark_key other = { .machine = { 9 } };

        headset_id(&registry.key, a, one);
        headset_id(&registry.key, b, two);
        ck_assert_msg(strcmp(one, two) != 0, "two alike must stay apart");
        ck_assert_uint_eq(strlen(one), strlen("wh_1000xm4_3f2a1c"));
        headset_id(&other, a, two);
        ck_assert_msg(strcmp(one, two) != 0, "another machine, another id");
        /* With a serial number a headset has the same id at every port, and the number cannot be read from the id. */
        snprintf(a->device.serial, sizeof a->device.serial, "12345678");
        snprintf(b->device.serial, sizeof b->device.serial, "12345678");
        headset_id(&registry.key, a, one);
        headset_id(&registry.key, b, two);
        ck_assert_str_eq(one, two);
        ck_assert_ptr_null(strstr(one, "123456"));
}
END_TEST

START_TEST(test_same_hash_gets_another_id) {
        headset("1-1", "WH-1000XM4", 100, 0);
        headset("1-2", "WH-1000XM4", 100, 0);
        snprintf(place("1-1")->device.serial, EVENT_TEXT_MAX, "1");
        snprintf(place("1-2")->device.serial, EVENT_TEXT_MAX, "1");
        update(NULL);
        ck_assert_str_ne(registry.objects[0]->id, registry.objects[1]->id);
}
END_TEST

START_TEST(test_unidentified_port) {
        const struct object *o;

        port_facts("1-3", CONNECT_HOTPLUG, 0);
        update(NULL);
        o = registry_find(&registry, OBJECT_PORT, "usb1_port3");
        ck_assert_ptr_nonnull(o);
        ck_assert(!o->unidentified);
        at(200);
        line("1-3", KERNEL_CONNECT, 5);
        line("1-3", KERNEL_READ_FAILED, 71);
        line("1-3", KERNEL_GAVE_UP, 0);
        update("1-3");
        ck_assert(o->unidentified);
        ck_assert_uint_eq(o->diagnosis.findings.items[0].code, ENUMERATION_FAILED);
        at(900);
        line("1-1", KERNEL_HUB_FOUND, 0);
        update(NULL);
        ck_assert(!o->unidentified);
        ck_assert_uint_eq(o->diagnosis.findings.n, 0);
}
END_TEST

START_TEST(test_two_halves_are_one_port) {
        struct event e = { .type = EVENT_PORT, .u.port.disabled = UNKNOWN };

        root_hub(2, SPEED_SUPER, 4);
        address_parse("usb1-port1", 10, &e.where);
        address_parse("usb2-port1", 10, &e.u.port.peer);
        model_apply(story_model(), &e);
        address_parse("usb2-port1", 10, &e.where);
        address_parse("usb1-port1", 10, &e.u.port.peer);
        model_apply(story_model(), &e);
        update(NULL);
        ck_assert_ptr_nonnull(registry_find(&registry, OBJECT_PORT, "usb1_port1"));
        ck_assert_ptr_null(registry_find(&registry, OBJECT_PORT, "usb2_port1"));
        /* A failure on the SuperSpeed half is reported under the same name. */
        at(200);
        line("2-1", KERNEL_GAVE_UP, 0);
        update("2-1");
        ck_assert(registry_find(&registry, OBJECT_PORT, "usb1_port1")->unidentified);
}
END_TEST

START_TEST(test_controller_with_findings) {
        headset("1-1", "WH-1000XM4", 100, 0);
        update(NULL);
        controller_line("0000:00:14.0", KERNEL_CONTROLLER_DEAD, 0);
        at((double) (story_model()->now.at / SECOND) + 3);
        tick();
        ck_assert_str_eq(update(NULL), "raised wh_1000xm4 controller-dead; changed wh_1000xm4; added 0000:00:14; "
                                       "raised 0000:00:14 controller-dead");
}
END_TEST

int main(void) {
        Suite *suite = suite_create("registry");
        TCase *c = tcase_create("registry");

        tcase_add_checked_fixture(c, begin, end_registry);
        tcase_add_test(c, test_a_headset_comes_and_goes);
        tcase_add_test(c, test_a_finding_comes_and_goes);
        tcase_add_test(c, test_a_hub_matters_to_what_hangs_on_it);
        tcase_add_test(c, test_neighbours_share_a_sum);
        tcase_add_test(c, test_changes_are_gathered);
        tcase_add_test(c, test_replugged_faster_than_told);
        tcase_add_test(c, test_deadlines_pass);
        tcase_add_test(c, test_ids);
        tcase_add_test(c, test_same_hash_gets_another_id);
        tcase_add_test(c, test_unidentified_port);
        tcase_add_test(c, test_two_halves_are_one_port);
        tcase_add_test(c, test_controller_with_findings);
        suite_add_tcase(suite, c);
        return run_suite(suite);
}
