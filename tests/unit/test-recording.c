/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Recordings: each type of event is the same after writing and reading, and a snapshot gives the same model. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kernel-log/kernel-log.h"
#include "recording/event-json.h"
#include "recording/fields.h"
#include "recording/snapshot.h"
#include "story.h"
#include "run.h"

/* Written, read and written again: the same line. */
static void check_round(const struct event *e) {
        char *first = event_to_line(e, true), *second;
        struct event read;

        ck_assert_ptr_nonnull(first);
        ck_assert_msg(event_from_line(first, strlen(first), &read) == 1, "%s", first);
        second = event_to_line(&read, true);
        ck_assert_str_eq(first, second);
        ck_assert_int_eq(read.type, e->type);
        ck_assert_uint_eq(read.time.at, e->time.at);
        ck_assert_uint_eq(read.time.wall, e->time.wall);
        ck_assert(address_equal(&read.where, &e->where));
        free(first);
        free(second);
}

static struct event an_event(enum event_type type) {
        struct event e = { .type = type, .time = { .at = 5, .wall = STORY_EPOCH } };

        ck_assert(address_parse("1-2.3", 5, &e.where));
        if (type == EVENT_ANSWERS) /* those about nobody are refused */
                snprintf(e.u.answers.id, sizeof e.u.answers.id, "wh_1000xm4");
        return e;
}

/* Fills every member with something, by its table. */
static void fill(const struct field *list, void *to) {
        for (; list->kind != FIELD_END; list++) {
                char *p = (char *) to + list->offset;

                switch (list->kind) {
                case FIELD_NUMBER:
                case FIELD_HEX:
                case FIELD_NAME:
                        memcpy(p, "\1\0\0\0\0\0\0\0", list->size);
                        break;
                case FIELD_BOOL:
                        *(bool *) p = true;
                        break;
                case FIELD_TRISTATE:
                        *(enum tristate *) (void *) p = NO;
                        break;
                case FIELD_TEXT:
                case FIELD_SERIAL:
                case FIELD_PRIVATE:
                        snprintf(p, list->size, "%s", "text \"\\/");
                        break;
                case FIELD_ADDRESS:
                        address_parse("2-1", 3, (struct address *) (void *) p);
                        break;
                case FIELD_MOMENT:
                        *(struct moment *) (void *) p = (struct moment){ .at = 7, .wall = 9 };
                        break;
                case FIELD_MOMENTS:
                        for (uint64_t i = 1; i < 12; i++)
                                moments_add((struct moments *) (void *) p, (struct moment){ .at = i, .wall = 2 * i });
                        break;
                case FIELD_CONFIGURATION:
                        *(int16_t *) (void *) p = 255;
                        break;
                case FIELD_PERCENT:
                        *(uint8_t *) p = 100;
                        break;
                case FIELD_ANSWERS:
                        *(uint8_t *) p = 1;
                        break;
                case FIELD_OBJECT:
                        fill(list->of, p);
                        break;
                default:
                        break;
                }
        }
}

START_TEST(test_every_kind) {
        struct event e = an_event((enum event_type) _i);

        if (!event_fields(e.type)) {
                ck_assert_int_eq(e.type, EVENT_NONE);
                return;
        }
        if (e.type == EVENT_DEVICE)
                e.u.device =
                        (struct device_facts){ .active_configuration = -1,
                                               .authorized = UNKNOWN,
                                               .facts = { .enumerates = UNKNOWN, .powers_down = UNKNOWN, .wireless = UNKNOWN } };
        check_round(&e);
        fill(event_fields(e.type), &e.u);
        check_round(&e);
}
END_TEST

START_TEST(test_every_member_is_kept) {
        struct event e = an_event(EVENT_LINK), read;
        char *line;

        fill(event_fields(EVENT_LINK), &e.u);
        line = event_to_line(&e, true);
        ck_assert_int_eq(event_from_line(line, strlen(line), &read), 1);
        ck_assert_mem_eq(&read.u.link, &e.u.link, sizeof e.u.link);
        /* Each bool of struct link has a key, because all of them were set. */
        for (size_t i = 0; i < 8; i++)
                ck_assert_uint_eq(read.u.link.drops.last[i].at, i + 4);
        free(line);
}
END_TEST

START_TEST(test_every_message) {
        struct event e = an_event(EVENT_KERNEL), read;
        char *line;

        e.u.kernel.message = (enum kernel_message) _i;
        line = event_to_line(&e, false);
        ck_assert_int_eq(event_from_line(line, strlen(line), &read), 1);
        ck_assert_int_eq(read.u.kernel.message, _i);
        ck_assert(read.u.kernel.has_where);
        free(line);
}
END_TEST

START_TEST(test_unknown_stays_unknown) {
        static const char line[] = "{\"event\":\"device\",\"where\":\"1-1\"}";
        struct event e;

        ck_assert_int_eq(event_from_line(line, sizeof line - 1, &e), 1);
        ck_assert_int_eq(e.u.device.active_configuration, -1);
        ck_assert_int_eq(e.u.device.authorized, UNKNOWN);
        ck_assert_int_eq(e.u.device.facts.enumerates, UNKNOWN);
}
END_TEST

START_TEST(test_name_of_a_headset_is_left_out) {
        struct event e = { .type = EVENT_HEADSET, .time = { 5, 5 } };
        char *line;

        snprintf(e.u.headset.mark, sizeof e.u.headset.mark, "aaaaaa");
        snprintf(e.u.headset.name, sizeof e.u.headset.name, "Anna's headset");
        snprintf(e.u.headset.address, sizeof e.u.headset.address, "AA:BB:CC:11:22:33");
        line = event_to_line(&e, false);
        ck_assert_ptr_null(strstr(line, "Anna"));
        ck_assert_ptr_null(strstr(line, "AA:BB"));
        free(line);
        line = event_to_line(&e, true);
        ck_assert_ptr_nonnull(strstr(line, "Anna"));
        free(line);
}
END_TEST

START_TEST(test_serial_is_masked) {
        struct event e = an_event(EVENT_DEVICE);
        char *line;

        snprintf(e.u.device.serial, sizeof e.u.device.serial, "SECRET");
        line = event_to_line(&e, false);
        ck_assert_ptr_null(strstr(line, "SECRET"));
        ck_assert_ptr_nonnull(strstr(line, "masked-1-2.3"));
        free(line);
}
END_TEST

static const char *const bad_lines[] = {
        "",
        "x",
        "null",
        "[]",
        "{",
        "{}",
        "{\"event\":1}",
        "{\"event\":\"device\",\"at\":-1}",
        "{\"event\":\"device\",\"at\":1.5}",
        "{\"event\":\"device\",\"where\":\"1-\"}",
        "{\"event\":\"device\",\"name\":7}",
        "{\"event\":\"device\",\"speed\":\"warp\"}",
        "{\"event\":\"device\",\"class\":256}",
        "{\"event\":\"device\",\"vendor\":\"12345\"}",
        "{\"event\":\"device\",\"facts\":[]}",
        "{\"event\":\"device\",\"configurations\":[{},{},{},{},{},{},{},{},{}]}",
        "{\"event\":\"device\",\"configurations\":{}}",
        "{\"event\":\"port\",\"peer\":\"?\"}",
        "{\"event\":\"configured\",\"configuration\":256}",
        "{\"event\":\"power\",\"automatic\":1}",
        "{\"event\":\"link\",\"since\":[1]}",
        "{\"event\":\"link\",\"drops\":{\"total\":1,\"last\":[0]}}",
        "{\"event\":\"link\",\"drops\":{\"total\":9,\"last\":[[1,1],[1,1],[1,1],[1,1],[1,1],[1,1],[1,1],[1,1],[1,1]]}}",
};

START_TEST(test_bad_lines) {
        struct event e;

        ck_assert_msg(event_from_line(bad_lines[_i], strlen(bad_lines[_i]), &e) < 0, "%s", bad_lines[_i]);
}
END_TEST

START_TEST(test_header) {
        static const char hostile[] = "{\"sonycharge_recording\":1,\"kernel\":\"6\\u001b[31m\"}",
                          odd[] = "{\"sonycharge_recording\":1,\"kernel\":[7]}";
        char *line = recording_header_to_line("test", "6.1.0-1"), *nameless = recording_header_to_line("test", "");
        char kernel[EVENT_TEXT_MAX] = "before";

        ck_assert_int_eq(recording_header_from_line(line, strlen(line), NULL), RECORDING_VERSION);
        ck_assert_int_eq(recording_header_from_line(line, strlen(line), kernel), RECORDING_VERSION);
        ck_assert_str_eq(kernel, "6.1.0-1");
        ck_assert_int_eq(recording_header_from_line(nameless, strlen(nameless), kernel), RECORDING_VERSION);
        ck_assert_str_eq(kernel, "");
        ck_assert_int_eq(recording_header_from_line(hostile, strlen(hostile), kernel), RECORDING_VERSION);
        ck_assert_str_eq(kernel, "6?[31m");
        ck_assert_int_eq(recording_header_from_line(odd, strlen(odd), kernel), RECORDING_VERSION);
        ck_assert_str_eq(kernel, "");
        ck_assert_int_lt(recording_header_from_line("{}", 2, NULL), 0);
        free(line);
        free(nameless);
}
END_TEST

static void into_model(void *userdata, const struct event *e) {
        char *line = event_to_line(e, true);
        struct event read;

        ck_assert_int_eq(event_from_line(line, strlen(line), &read), 1);
        model_apply(userdata, &read);
        free(line);
}

/* The findings at each port, as text. */
static void describe(struct model *m, char *buf, size_t size) {
        size_t used = 0;

        buf[0] = '\0';
        for (size_t i = 0; i < m->n_ports; i++) {
                struct diagnosis d = {};
                char name[ADDRESS_NAME_MAX];

                if (m->ports[i]->address.depth == 0)
                        continue;
                diagnose_port(m, m->ports[i], false, &d);
                used += (size_t) snprintf(buf + used, size - used, "%s %s %d", address_device_name(&m->ports[i]->address, name),
                                          verdict_name(d.verdict), port_is_unidentified(m, m->ports[i]));
                for (size_t k = 0; k < d.findings.n; k++)
                        used += (size_t) snprintf(
                                buf + used, size - used, " %s/%s/%s", finding_code_name(d.findings.items[k].code),
                                severity_name(d.findings.items[k].severity), confidence_name(d.findings.items[k].confidence));
                used += (size_t) snprintf(buf + used, size - used, "\n");
                diagnosis_clear(&d);
        }
}

static void tell_much(void) {
        root_hub(1, SPEED_HIGH, 8);
        hub("1-1", false, 4);
        settle();
        at(200);
        headset("1-1.1", "WH-1000XM5", 500, 1500);
        line("1-1", KERNEL_HUB_POOR, 0);
        at(201);
        headset("1-2", "WH-1000XM4", 500, 0);
        over_current("1-2", 1);
        at(202);
        over_current("1-2", 2);
        at(203);
        over_current("1-2", 3);
        line("1-3", KERNEL_CONNECT, 5);
        line("1-3", KERNEL_READ_FAILED, 71);
        line("1-3", KERNEL_GAVE_UP, 0);
        at(205);
        headset("1-4", "WH-1000XM3", 500, 0);
        for (int i = 0; i < 4; i++) {
                at(210 + i * 3);
                unplug("1-4");
                at(211 + i * 3);
                line("1-4", KERNEL_CONNECT, 6);
                headset("1-4", "WH-1000XM3", 500, 0);
        }
        power("1-2", true, RUNTIME_SUSPENDED);
        over_current("1-6", 1);
        host_line(KERNEL_UNDER_VOLTAGE);
        controller_line("0000:00:14.0", KERNEL_CONTROLLER_DEAD, 0);
        at(240);
}

static void into_lines(void *userdata, const struct event *e) {
        char *line = event_to_line(e, false);

        fprintf(userdata, "%s\n", line);
        free(line);
}

static void into_model_and_lines(void *userdata, const struct event *e) {
        model_apply(story_model(), e);
        into_lines(userdata, e);
}

/* Neither what the log says while it is recorded nor the snapshot after it contains a serial number. */
START_TEST(test_recording_of_a_log_has_no_serial) {
        static const char *const log[] = {
                "[  100.000000] usb 1-2: new full-speed USB device number 2 using xhci_hcd",
                "[  100.100000] usb 1-2: New USB device found, idVendor=054c, idProduct=0bb5, bcdDevice= 1.00",
                "[  100.100010] usb 1-2: New USB device strings: Mfr=1, Product=2, SerialNumber=3",
                "[  100.100020] usb 1-2: Product: MDR-1000X",
                "[  100.100030] usb 1-2: SerialNumber: SECRET4711",
                "[  110.000000] usb 1-2: USB disconnect, device number 2",
        };
        struct kernel_log reader = { .emit = into_model_and_lines };
        struct model *copy = model_new();
        char *text = NULL;
        size_t size = 0;
        FILE *out = open_memstream(&text, &size);

        story_begin();
        reader.userdata = out;
        for (size_t i = 0; i < sizeof log / sizeof *log; i++)
                kernel_log_line(&reader, log[i], strlen(log[i]));
        kernel_log_end(&reader);
        kernel_log_done(&reader);
        model_snapshot(story_model(), into_lines, out);
        model_snapshot(story_model(), into_model, copy);
        fclose(out);
        ck_assert_ptr_nonnull(strstr(text, "\"message\":\"serial\""));
        ck_assert_ptr_nonnull(strstr(text, "\"log_mark\":"));
        ck_assert_ptr_nonnull(strstr(text, "MDR-1000X"));
        ck_assert_ptr_null(strstr(text, "SECRET"));
        ck_assert_uint_ne(place("1-2")->link.log_mark, 0);
        ck_assert_uint_eq(copy->ports[copy->n_ports - 1]->link.log_mark, place("1-2")->link.log_mark);
        free(text);
        model_free(copy);
        story_end();
}
END_TEST

START_TEST(test_snapshot_makes_the_same_model) {
        char before[8192], after[8192];
        struct model *copy = model_new();

        story_begin();
        tell_much();
        model_snapshot(story_model(), into_model, copy);
        describe(story_model(), before, sizeof before);
        describe(copy, after, sizeof after);
        ck_assert_ptr_nonnull(strstr(before, "link-unstable"));
        ck_assert_str_eq(before, after);
        ck_assert_uint_eq(copy->n_controllers, story_model()->n_controllers);
        ck_assert(copy->controllers[0].dead && copy->under_voltage_stands && copy->settled);
        ck_assert_uint_eq(copy->now.at, story_model()->now.at);
        ck_assert_uint_eq(model_deadline(copy), model_deadline(story_model()));
        for (size_t i = 0; i < copy->n_ports; i++)
                ck_assert_uint_eq(copy->ports[i]->over_currents, story_model()->ports[i]->over_currents);
        model_free(copy);
        story_end();
}
END_TEST

int main(void) {
        Suite *suite = suite_create("recording");
        TCase *c = tcase_create("recording");

        tcase_add_loop_test(c, test_every_kind, EVENT_NONE, _EVENT_MAX);
        tcase_add_loop_test(c, test_every_message, KERNEL_NONE, _KERNEL_MAX);
        tcase_add_loop_test(c, test_bad_lines, 0, (int) (sizeof bad_lines / sizeof *bad_lines));
        tcase_add_test(c, test_every_member_is_kept);
        tcase_add_test(c, test_unknown_stays_unknown);
        tcase_add_test(c, test_serial_is_masked);
        tcase_add_test(c, test_name_of_a_headset_is_left_out);
        tcase_add_test(c, test_header);
        tcase_add_test(c, test_recording_of_a_log_has_no_serial);
        tcase_add_test(c, test_snapshot_makes_the_same_model);
        suite_add_tcase(suite, c);
        return run_suite(suite);
}
