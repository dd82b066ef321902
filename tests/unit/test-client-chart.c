/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Bars, rows of time, curves and tables, as text without colours.
 */
#include <check.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include "client/show/chart.h"
#include "client/show/text-table.h"
#include "run.h"

static const struct {
        bool utf8;
        uint64_t part, whole;
        size_t columns;
        const char *out;
} bars[] = {
        { false, 0, 500, 10, ".........." },
        { false, 250, 500, 10, "#####....." },
        { false, 500, 500, 10, "##########" },
        { false, 501, 500, 10, "#########>" },
        { false, UINT64_MAX, 1, 10, "#########>" },
        { false, 100, 0, 10, ".........." },
        { false, 24, 500, 10, ".........." },
        { true, 25, 500, 10, "▌░░░░░░░░░" },
        { true, 250, 500, 10, "█████░░░░░" },
        { true, 500, 500, 4, "████" },
        { true, 490, 500, 4, "████" },
        { true, 900, 500, 4, "███▶" },
};

START_TEST(test_bar) {
        struct options o = { .utf8 = bars[_i].utf8 };
        FILE *out = begin_writing();

        put_bar(out, &o, bars[_i].part, bars[_i].whole, bars[_i].columns);
        expect_written(out, bars[_i].out);
}
END_TEST

START_TEST(test_columns_of_time) {
        struct span_of_time t = { .begin = 1000, .end = 2000, .columns = 10 }, point = { .begin = 5, .end = 5, .columns = 10 },
                            none = { .begin = 0, .end = 9 };

        ck_assert_uint_eq(chart_column(&t, 0), 0);
        ck_assert_uint_eq(chart_column(&t, 1000), 0);
        ck_assert_uint_eq(chart_column(&t, 1099), 0);
        ck_assert_uint_eq(chart_column(&t, 1100), 1);
        ck_assert_uint_eq(chart_column(&t, 2000), 9);
        ck_assert_uint_eq(chart_column(&t, UINT64_MAX), 9);
        ck_assert_uint_eq(chart_column(&point, 5), 0);
        ck_assert_uint_eq(chart_column(&point, 500), 9);
        ck_assert_uint_eq(chart_column(&none, 5), 0);
}
END_TEST

START_TEST(test_marks) {
        static const enum mark marks[] = {
                MARK_NONE, MARK_SHORT, MARK_GOOD, MARK_GOOD, MARK_NONE, MARK_SHAKY, MARK_BAD, MARK_NONE
        };
        bool used[_MARK_MAX] = { [MARK_GOOD] = true, [MARK_BAD] = true };
        struct options o = { .columns = 80 };
        FILE *out = begin_writing();

        put_marks(out, &o, marks, 8);
        fputc('|', out);
        put_marks_legend(out, &o, used, 2);
        expect_written(out, " .== ~x|  x failed  = fine\n");
}
END_TEST

START_TEST(test_curve) {
        static const signed char levels[] = { -1, 0, 12, 25, 50, 75, 100, -1, -1 };
        struct options o = {};
        FILE *out = begin_writing();

        put_curve(out, &o, levels, sizeof levels, 7);
        expect_written(out, "100 %|       #\n"
                            " 75 %|      ##\n"
                            " 50 %|     ###\n"
                            " 25 %|  ::####\n");
}
END_TEST

static const struct table_column columns[] = { { "NAME", .min = 4 }, { "N", .right = true }, { "WORDS" } };

static void fill(struct table *t) {
        table_cell(t, STYLE_PLAIN, "a long name");
        table_cellf(t, STYLE_PLAIN, "%d", 7);
        table_cell(t, STYLE_PLAIN, "some words that go on");
}

START_TEST(test_table_fits) {
        struct options o = { .utf8 = true, .columns = 60, .width = 60 };
        _cleanup_table_ struct table t = {};
        FILE *out = begin_writing();

        table_init(&t, &o, columns, 3, 0);
        fill(&t);
        table_cell(&t, STYLE_PLAIN, "日本語");
        table_cell(&t, STYLE_PLAIN, "123");
        table_cell(&t, STYLE_PLAIN, "");
        table_put(out, &t);
        ck_assert_uint_eq(table_rows(&t), 2);
        expect_written(out, "NAME           N  WORDS\n"
                            "a long name    7  some words that go on\n"
                            "日本語       123\n");
}
END_TEST

/* First the elastic column becomes narrower, then the last column moves below. */
START_TEST(test_table_gives_way) {
        struct options o = { .columns = 34, .width = 34 };
        _cleanup_table_ struct table t = {}, narrow = {};
        FILE *out = begin_writing();

        table_init(&t, &o, columns, 3, 0);
        fill(&t);
        table_put(out, &t);
        o.columns = o.width = 24;
        table_init(&narrow, &o, columns, 3, 0);
        fill(&narrow);
        table_put(out, &narrow);
        expect_written(out, "NAME       N  WORDS\n"
                            "a long...  7  some words that go\n"
                            "              on\n"
                            "NAME  N\n"
                            "a...  7\n"
                            "    some words that go\n"
                            "    on\n");
}
END_TEST

int main(void) {
        Suite *suite = suite_create("chart");
        TCase *c = tcase_create("chart");

        setlocale(LC_CTYPE, "C.UTF-8");
        tcase_add_loop_test(c, test_bar, 0, (int) (sizeof bars / sizeof *bars));
        tcase_add_test(c, test_columns_of_time);
        tcase_add_test(c, test_marks);
        tcase_add_test(c, test_curve);
        tcase_add_test(c, test_table_fits);
        tcase_add_test(c, test_table_gives_way);
        suite_add_tcase(suite, c);
        return run_suite(suite);
}
