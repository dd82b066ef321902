/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Reports of INZONE and PULSE receivers, whole and broken, and where a hidraw node is.
 */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "daemon/sources/hid-report.h"
#include "run.h"

/* A frame as the receiver sends it. */
static void event_frame(uint8_t ret[static HID_REPORT_SIZE], uint8_t what, uint8_t how, uint16_t transaction,
                        const uint8_t *payload, size_t size) {
        uint8_t sum = 0;

        memset(ret, 0, HID_REPORT_SIZE);
        ret[0] = 0x02;
        ret[1] = (uint8_t) (12 + size);
        ret[2] = 0x04;
        ret[3] = 0xff;
        ret[4] = (uint8_t) (8 + size);
        ret[6] = 0x96;
        ret[7] = 0xc3;
        ret[8] = 0x14;
        ret[9] = what;
        ret[10] = how;
        ret[11] = (uint8_t) transaction;
        ret[12] = (uint8_t) (transaction >> 8);
        memcpy(ret + 13, payload, size);
        for (size_t i = 6; i < 13 + size; i++)
                sum = (uint8_t) (sum + ret[i]);
        ret[13 + size] = sum;
}

/* As it was seen on the wire: 02 0c 01 00 fc 08 96 c3 41 04 01 02 00 and the sum of all from 96 on. */
START_TEST(test_question) {
        static const uint8_t head[] = { 0x02, 0x0c, 0x01, 0x00, 0xfc, 0x08, 0x96, 0xc3, 0x41, 0x04, 0x01, 0x02, 0x00, 0xa1 };
        uint8_t q[HID_REPORT_SIZE];

        hid_question(q, 2);
        ck_assert_mem_eq(q, head, sizeof head);
        for (size_t i = sizeof head; i < sizeof q; i++)
                ck_assert_uint_eq(q[i], 0);
}
END_TEST

/* The answer that orkun-soylu/inzone-buds-gnome captured: worn, so the case is out of reach. */
START_TEST(test_buds) {
        static const uint8_t payload[] = { 0x00, 0x63, 0x00, 0x62, 0xff, 0x64 };
        uint8_t frame[HID_REPORT_SIZE];
        struct hid_report r;

        event_frame(frame, 0x04, 0x10, 2, payload, sizeof payload);
        ck_assert_int_eq(hid_report_parse(HID_INZONE_BUDS, frame, sizeof frame, &r), HID_ANSWER);
        ck_assert(r.on);
        ck_assert_uint_eq(r.transaction, 2);
        ck_assert_uint_eq(r.parts[BATTERY_RIGHT].percent, 99);
        ck_assert_uint_eq(r.parts[BATTERY_LEFT].percent, 98);
        ck_assert_uint_eq(r.parts[BATTERY_CASE].percent, 100);
        ck_assert_int_eq(r.parts[BATTERY_RIGHT].charging, CHARGING_NO);
        ck_assert_int_eq(r.parts[BATTERY_CASE].charging, CHARGING_UNKNOWN);
        ck_assert_uint_eq(r.parts[BATTERY_WHOLE].percent, BATTERY_UNKNOWN);
}
END_TEST

static const struct {
        const char *what;
        uint8_t event, how, payload[6];
        size_t size;
        enum hid_word word;
        bool on;
        uint8_t percent;
        enum charging charging;
} frames[] = {
        { "an answer", 0x04, 0x10, { 0, 55 }, 2, HID_ANSWER, true, 55, CHARGING_NO },
        { "it charges", 0x04, 0x10, { 1, 55 }, 2, HID_ANSWER, true, 55, CHARGING_YES },
        { "pushed", 0x04, 0xa0, { 1, 100 }, 2, HID_BATTERY, true, 100, CHARGING_YES },
        { "off", 0x04, 0x10, { 0xff, 0xff }, 2, HID_ANSWER, false, BATTERY_UNKNOWN, CHARGING_UNKNOWN },
        { "a battery of 254 %", 0x04, 0x10, { 1, 254 }, 2, HID_ANSWER, false, BATTERY_UNKNOWN, CHARGING_UNKNOWN },
        { "a charger's word that nobody knows", 0x04, 0x10, { 7, 50 }, 2, HID_ANSWER, true, 50, CHARGING_UNKNOWN },
        { "longer than it is known", 0x04, 0x10, { 0, 50, 1, 1, 1, 1 }, 6, HID_ANSWER, true, 50, CHARGING_NO },
        { "too short", 0x04, 0x10, { 1 }, 1, HID_NOTHING, false, 0, 0 },
        { "the volume", 0x21, 0xa0, { 0, 28, 0xff }, 3, HID_OTHER, false, 0, 0 },
        { "the link", 0x01, 0xa0, { 1, 1 }, 2, HID_OTHER, false, 0, 0 },
        { "an echo of a setting", 0x04, 0x20, { 0, 55 }, 2, HID_OTHER, false, 0, 0 },
};

START_TEST(test_frames) {
        uint8_t frame[HID_REPORT_SIZE];
        struct hid_report r;
        enum hid_word word;

        event_frame(frame, frames[_i].event, frames[_i].how, 3, frames[_i].payload, frames[_i].size);
        word = hid_report_parse(HID_INZONE, frame, sizeof frame, &r);
        ck_assert_msg(word == frames[_i].word, "%s: %d", frames[_i].what, word);
        if (word != HID_ANSWER && word != HID_BATTERY)
                return;
        ck_assert_int_eq(r.on, frames[_i].on);
        ck_assert_uint_eq(r.parts[BATTERY_WHOLE].percent, frames[_i].percent);
        ck_assert_int_eq(r.parts[BATTERY_WHOLE].charging, frames[_i].charging);
        ck_assert_uint_eq(r.parts[BATTERY_LEFT].percent, BATTERY_UNKNOWN);
}
END_TEST

/* With any byte changed, or truncated at any length, it is no frame, and nothing behind the end is read, which the sanitizer
 * checks. */
START_TEST(test_damaged) {
        static const uint8_t payload[] = { 0x00, 0x63, 0x00, 0x62, 0x01, 0x64 };
        uint8_t frame[HID_REPORT_SIZE];
        struct hid_report r;

        event_frame(frame, 0x04, 0x10, 2, payload, sizeof payload);
        for (size_t i = 0; i <= 19; i++) {
                /* The byte before the key is said to be 0 and belongs to no sum. */
                if (i == 5)
                        continue;
                frame[i] ^= 0x5a;
                ck_assert_msg(hid_report_parse(HID_INZONE_BUDS, frame, sizeof frame, &r) == HID_NOTHING, "byte %zu", i);
                frame[i] ^= 0x5a;
        }
        for (size_t n = 0; n < 20; n++) {
                uint8_t *exact = malloc(n ? n : 1);

                memcpy(exact, frame, n);
                ck_assert_int_eq(hid_report_parse(HID_INZONE_BUDS, exact, n, &r), HID_NOTHING);
                free(exact);
        }
        ck_assert_int_eq(hid_report_parse(HID_INZONE_BUDS, frame, 20, &r), HID_ANSWER);
        frame[1] = 0xff;
        ck_assert_int_eq(hid_report_parse(HID_INZONE_BUDS, frame, sizeof frame, &r), HID_NOTHING);
        ck_assert_int_eq(hid_report_parse(HID_NONE, frame, sizeof frame, &r), HID_NOTHING);
}
END_TEST

/* Captures of headset-stats. */
static const struct {
        const char *what;
        uint8_t report[8];
        enum hid_word word;
        bool on, fresh;
        uint8_t percent;
        enum charging charging;
} pulses[] = {
        { "switched on", { 0xb0, 0x02, 0x28, 0x28, 0xef, 0x5a, 0x11, 0x28 }, HID_BATTERY, true, true, 40, CHARGING_NO },
        { "steady", { 0xb0, 0x02, 0x28, 0x28, 0xef, 0x58, 0x11, 0x28 }, HID_BATTERY, true, false, 40, CHARGING_NO },
        { "charges",
          { 0xb0, 0x02, 0x28, 0x80, 0xef, 0x58, 0x11, 0x28 },
          HID_BATTERY,
          true,
          false,
          BATTERY_UNKNOWN,
          CHARGING_YES },
        { "muted", { 0xb0, 0x05, 0x28, 0x32, 0xed, 0x15, 0x11, 0x64 }, HID_BATTERY, true, false, 50, CHARGING_NO },
        { "off", { 0xb0, 0x02, 0x28, 0x1e, 0xe3, 0x5b, 0x11, 0x28 }, HID_BATTERY, false, false, 30, CHARGING_NO },
        { "another report", { 0xb1, 0x02, 0x28, 0x1e, 0xe3, 0x5b, 0x11, 0x28 }, HID_NOTHING, false, false, 0, 0 },
        { "a battery of 127 %", { 0xb0, 0x02, 0x28, 0x7f, 0xef, 0x58, 0x11, 0x28 }, HID_NOTHING, false, false, 0, 0 },
};

START_TEST(test_pulse) {
        struct hid_report r;

        ck_assert_int_eq(hid_report_parse(HID_PULSE, pulses[_i].report, 8, &r), pulses[_i].word);
        if (pulses[_i].word == HID_BATTERY) {
                ck_assert_msg(r.on == pulses[_i].on && r.fresh == pulses[_i].fresh, "%s", pulses[_i].what);
                ck_assert_uint_eq(r.parts[BATTERY_WHOLE].percent, pulses[_i].percent);
                ck_assert_int_eq(r.parts[BATTERY_WHOLE].charging, pulses[_i].charging);
        }
        for (size_t n = 0; n < 8; n++)
                ck_assert_int_eq(hid_report_parse(HID_PULSE, pulses[_i].report, n, &r), HID_NOTHING);
}
END_TEST

/* Of the INZONE Buds' receiver (orkun-soylu/inzone-buds-gnome docs/protocol.md). */
static const uint8_t buds_descriptor[] = {
        0x06, 0x13, 0xff, 0x09, 0x01, 0xa1, 0x01, 0x15, 0x00, 0x26, 0xff, 0x00, 0x85, 0x06, 0x09, 0x00, 0x75,
        0x08, 0x95, 0x3d, 0x91, 0x02, 0xc0, 0x06, 0x04, 0xff, 0x09, 0x01, 0xa1, 0x01, 0x15, 0x00, 0x26, 0xff,
        0x00, 0x85, 0x02, 0x75, 0x08, 0x95, 0x3f, 0x09, 0x02, 0x81, 0x02, 0x09, 0x03, 0x91, 0x02, 0xc0,
};

START_TEST(test_descriptor) {
        static const uint8_t consumer[] = { 0x05, 0x0c, 0x09, 0x01, 0xa1, 0x01, 0xc0 };
        static const uint8_t hidden[] = { 0xfe, 0x03, 0x00, 0x06, 0x04, 0xff, 0x05, 0x0c };
        static const uint8_t pulse[] = { 0x05, 0x0c, 0x06, 0x01, 0xff, 0x09, 0x20 };

        ck_assert(hid_descriptor_fits(HID_INZONE_BUDS, buds_descriptor, sizeof buds_descriptor));
        ck_assert(!hid_descriptor_fits(HID_PULSE, buds_descriptor, sizeof buds_descriptor));
        ck_assert(hid_descriptor_fits(HID_PULSE, pulse, sizeof pulse));
        ck_assert(!hid_descriptor_fits(HID_INZONE, consumer, sizeof consumer));
        ck_assert(!hid_descriptor_fits(HID_INZONE, hidden, sizeof hidden));
        for (size_t n = 0; n < 26; n++) {
                uint8_t *exact = malloc(n ? n : 1);

                memcpy(exact, buds_descriptor, n);
                ck_assert_int_eq(hid_descriptor_fits(HID_INZONE, exact, n), n == 26);
                free(exact);
        }
}
END_TEST

START_TEST(test_place) {
        struct hid_place p;
        char name[ADDRESS_NAME_MAX];

        ck_assert(hid_place_parse(
                "/sys/devices/pci0000:00/0000:00:14.0/usb1/1-2/1-2.4/1-2.4:1.5/0003:054C:0EC2.0007/hidraw/hidraw6", &p));
        ck_assert_uint_eq(p.bus, 3);
        ck_assert_uint_eq(p.vendor, 0x054c);
        ck_assert_uint_eq(p.product, 0x0ec2);
        ck_assert_str_eq(p.node, "hidraw6");
        ck_assert_str_eq(address_device_name(&p.where, name), "1-2.4");
        ck_assert(hid_place_parse("/sys/devices/virtual/misc/uhid/0005:054C:0DF0.0001/hidraw/hidraw0", &p));
        ck_assert_uint_eq(p.bus, 5);
        ck_assert_uint_eq(p.where.bus, 0);
        ck_assert(!hid_place_parse("/sys/devices/virtual/misc/uhid", &p));
        ck_assert(!hid_place_parse("/sys/devices/0003:054C:0EC2.0007/input/input3", &p));
        ck_assert(!hid_place_parse("/sys/devices/0003:054C:0EC2.0007/hidraw/hidraw", &p));
        ck_assert(!hid_place_parse("/sys/devices/0003:054C:0EC2.0007/hidraw/hidraw99999999999999", &p));
        ck_assert(!hid_place_parse("", &p));
}
END_TEST

START_TEST(test_kinds) {
        const char *model = NULL;

        ck_assert_int_eq(hid_kind_of(0x054c, 0x0ebf, &model), HID_INZONE);
        ck_assert_str_eq(model, "INZONE H5");
        ck_assert_int_eq(hid_kind_of(0x054c, 0x0ec2, &model), HID_INZONE_BUDS);
        ck_assert_int_eq(hid_kind_of(0x054c, 0x0d5e, &model), HID_PULSE);
        /* A game controller, a mouse of the same name, another vendor. */
        ck_assert_int_eq(hid_kind_of(0x054c, 0x0ce6, &model), HID_NONE);
        ck_assert_int_eq(hid_kind_of(0x054c, 0x0fae, &model), HID_NONE);
        ck_assert_int_eq(hid_kind_of(0x1234, 0x0ec2, &model), HID_NONE);
}
END_TEST

int main(void) {
        Suite *suite = suite_create("hid reports");
        TCase *c = tcase_create("hid reports");

        tcase_add_test(c, test_question);
        tcase_add_test(c, test_buds);
        tcase_add_loop_test(c, test_frames, 0, sizeof frames / sizeof frames[0]);
        tcase_add_test(c, test_damaged);
        tcase_add_loop_test(c, test_pulse, 0, sizeof pulses / sizeof pulses[0]);
        tcase_add_test(c, test_descriptor);
        tcase_add_test(c, test_place);
        tcase_add_test(c, test_kinds);
        suite_add_tcase(suite, c);
        return run_suite(suite);
}
