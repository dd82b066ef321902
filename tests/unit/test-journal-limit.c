/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The rate limit of journal entries about one place. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>

#include "daemon/journal/journal-limit.h"
#include "run.h"

#define SECOND_USEC UINT64_C(1000000)

static unsigned left_out;

/* Counts `n` entries one second apart from `*now` on; returns how many were written. */
static unsigned count(struct journal_limit *l, const char *subject, uint64_t *now, unsigned n) {
        unsigned n_written = 0;

        for (unsigned i = 0; i < n; i++, *now += SECOND_USEC)
                n_written += journal_limit_count(l, subject, *now, &left_out) != JOURNAL_LEAVE_OUT;
        return n_written;
}

START_TEST(test_limit) {
        struct journal_limit l = {};
        uint64_t now = 5;

        ck_assert_uint_eq(count(&l, "1-2", &now, JOURNAL_LIMIT_ENTRIES - 1), JOURNAL_LIMIT_ENTRIES - 1);
        ck_assert_int_eq(journal_limit_count(&l, "1-2", now, &left_out), JOURNAL_LAST);
        ck_assert_uint_eq(count(&l, "1-2", &now, 100), 0);
        ck_assert_uint_eq(left_out, 0);
        ck_assert_int_eq(journal_limit_count(&l, "1-3", now, &left_out), JOURNAL_WRITE);
        now = 5 + JOURNAL_LIMIT_USEC;
        ck_assert_int_eq(journal_limit_count(&l, "1-2", now, &left_out), JOURNAL_WRITE);
        ck_assert_uint_eq(left_out, 100);
        ck_assert_int_eq(journal_limit_count(&l, "1-2", now, &left_out), JOURNAL_WRITE);
        ck_assert_uint_eq(left_out, 0);
}
END_TEST

/* Slow entries are never suppressed. */
START_TEST(test_slowly) {
        struct journal_limit l = {};

        for (uint64_t i = 0; i < 1000; i++)
                ck_assert_int_eq(journal_limit_count(&l, "1-2", i * 20 * SECOND_USEC, &left_out), JOURNAL_WRITE);
}
END_TEST

START_TEST(test_many_places) {
        struct journal_limit l = {};
        char name[16];

        for (unsigned i = 0; i < 10 * JOURNAL_LIMIT_SUBJECTS; i++) {
                snprintf(name, sizeof name, "1-%u", i);
                ck_assert_int_eq(journal_limit_count(&l, name, i, &left_out), JOURNAL_WRITE);
        }
        ck_assert_uint_eq(l.n, JOURNAL_LIMIT_SUBJECTS);
}
END_TEST

int main(void) {
        Suite *s = suite_create("journal-limit");
        TCase *c = tcase_create("limit");

        tcase_add_test(c, test_limit);
        tcase_add_test(c, test_slowly);
        tcase_add_test(c, test_many_places);
        suite_add_tcase(s, c);
        return run_suite(s);
}
