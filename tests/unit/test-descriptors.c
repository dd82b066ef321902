/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Descriptors as sysfs keeps them, whole and broken.
 */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "daemon/sources/descriptors.h"
#include "run.h"

/* A full-speed headset with two configurations: 500 mA, or 100 mA and self-powered. */
static const uint8_t two[] = {
        18, 1, 0,    2,   0, 0, 0, 64, 0x4c, 0x05, 0x58, 0x0d, 0x00, 0x01, 1, 2, 0, 2, 9, 2, 18,   0,  1,
        1,  0, 0x80, 250, 9, 4, 0, 0,  0,    3,    0,    0,    0,    9,    2, 9, 0, 0, 2, 0, 0xc0, 50,
};

START_TEST(test_two) {
        struct device_facts f = { .speed = SPEED_FULL };

        ck_assert_int_eq(descriptors_parse(two, sizeof two, &f), 0);
        ck_assert_uint_eq(f.vendor, 0x054c);
        ck_assert_uint_eq(f.product, 0x0d58);
        ck_assert_uint_eq(f.bcd_device, 0x0100);
        ck_assert_uint_eq(f.n_configurations, 2);
        ck_assert_uint_eq(f.configurations[0].max_ma, 500);
        ck_assert(!f.configurations[0].self_powered);
        ck_assert_uint_eq(f.configurations[1].value, 2);
        ck_assert_uint_eq(f.configurations[1].max_ma, 100);
        ck_assert(f.configurations[1].self_powered);
}
END_TEST

START_TEST(test_superspeed_unit) {
        ck_assert_uint_eq(max_power_ma(112, SPEED_SUPER), 896);
        ck_assert_uint_eq(max_power_ma(255, SPEED_SUPER_PLUS), 2040);
        ck_assert_uint_eq(max_power_ma(250, SPEED_HIGH), 500);
}
END_TEST

/* Truncated at any byte: complete descriptors are used, and nothing behind the end is read, which the sanitizer checks. */
START_TEST(test_cut) {
        struct device_facts f = { .speed = SPEED_FULL, .vendor = 1 };
        uint8_t *copy = malloc(_i ? (size_t) _i : 1);

        memcpy(copy, two, (size_t) _i);
        if (_i < 18) {
                ck_assert_int_lt(descriptors_parse(copy, (size_t) _i, &f), 0);
                ck_assert_uint_eq(f.vendor, 1);
        } else {
                ck_assert_int_eq(descriptors_parse(copy, (size_t) _i, &f), 0);
                ck_assert_uint_eq(f.n_configurations, _i < 27 ? 0 : _i < 45 ? 1 : 2);
        }
        free(copy);
}
END_TEST

START_TEST(test_lengths_that_lie) {
        struct device_facts f = { .speed = SPEED_FULL };
        uint8_t bytes[sizeof two];

        memcpy(bytes, two, sizeof two);
        bytes[20] = bytes[21] = 0; /* wTotalLength 0 would be an endless loop */
        ck_assert_int_eq(descriptors_parse(bytes, sizeof bytes, &f), 0);
        ck_assert_uint_eq(f.n_configurations, 0);
        bytes[20] = bytes[21] = 0xff;
        ck_assert_int_eq(descriptors_parse(bytes, sizeof bytes, &f), 0);
        ck_assert_uint_eq(f.n_configurations, 1);
}
END_TEST

int main(void) {
        Suite *suite = suite_create("descriptors");
        TCase *c = tcase_create("descriptors");

        tcase_add_test(c, test_two);
        tcase_add_test(c, test_superspeed_unit);
        tcase_add_loop_test(c, test_cut, 0, (int) sizeof two + 1);
        tcase_add_test(c, test_lengths_that_lie);
        suite_add_tcase(suite, c);
        return run_suite(suite);
}
