/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Time spans as systemd writes them (systemd.time(7) is where the examples come from).
 */
#include <check.h>
#include <errno.h>
#include <stdlib.h>

#include "client/span.h"
#include "run.h"

#define SEC UINT64_C(1000000)

static const struct {
        const char *text;
        uint64_t usec;
} spans[] = {
        { "2 h", 7200 * SEC },
        { "2hours", 7200 * SEC },
        { "48hr", 48 * 3600 * SEC },
        { "1y 12month", 31557600 * SEC + 12 * 2629800 * SEC },
        { "55s500ms", 55 * SEC + 500000 },
        { "300ms20s 5day", 300000 + 20 * SEC + 5 * 86400 * SEC },
        { "90", 90 * SEC },
        { "1.5s", 3 * SEC / 2 },
        { " .5 min ", 30 * SEC },
        { "1min30s", 90 * SEC },
        { "7µs", 7 },
        { "0", 0 },
        { "infinity", UINT64_MAX },
        { "1.0000009s", SEC },
        { "2M", 2 * UINT64_C(2629800) * SEC },
};

START_TEST(test_span) {
        uint64_t usec = 1;

        ck_assert_int_eq(span_parse(spans[_i].text, &usec), 0);
        ck_assert_uint_eq(usec, spans[_i].usec);
}
END_TEST

static const struct {
        const char *text;
        int error;
} no_spans[] = {
        { "", -EINVAL },        { " ", -EINVAL },
        { "s", -EINVAL },       { "-1s", -EINVAL },
        { "+1s", -EINVAL },     { "1x", -EINVAL },
        { "1.s", -EINVAL },     { "1s,", -EINVAL },
        { "soon", -EINVAL },    { "infinity 1", -EINVAL },
        { "1 S", -EINVAL },     { ".", -EINVAL },
        { "1..5", -EINVAL },    { "0x10", -EINVAL },
        { "1e3", -EINVAL },     { "18446744073709551616us", -ERANGE },
        { "600000y", -ERANGE }, { "584542y 300000d", -ERANGE },
};

START_TEST(test_no_span) {
        uint64_t usec = 1;

        ck_assert_int_eq(span_parse(no_spans[_i].text, &usec), no_spans[_i].error);
        ck_assert_uint_eq(usec, 1);
}
END_TEST

int main(void) {
        Suite *suite = suite_create("client-span");
        TCase *c = tcase_create("span");

        tcase_add_loop_test(c, test_span, 0, (int) (sizeof spans / sizeof *spans));
        tcase_add_loop_test(c, test_no_span, 0, (int) (sizeof no_spans / sizeof *no_spans));
        suite_add_tcase(suite, c);
        return run_suite(suite);
}
