/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Forms of log lines: each form with its text and time, whole logs with their state, and lines that are not the kernel's.
 */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "kernel-log/line.h"
#include "run.h"

#define S UINT64_C(1000000)
#define TEXT "usb 1-2: USB disconnect, device number 5"

static struct log_line parse(struct log_reader_state *state, const char *text) {
        size_t len = strlen(text);
        char *copy = malloc(len + 1); /* of exactly this size, for the sanitizer */
        struct log_line line;

        memcpy(copy, text, len);
        log_line_parse(state, copy, len, &line);
        if (line.text)
                line.text = text + (line.text - copy);
        free(copy);
        return line;
}

/* One line alone: `at` is its time on the log's scale, UINT64_MAX: not looked at. */
struct form {
        const char *line;
        uint64_t at, wall, uptime;
};

#define ANY UINT64_MAX

static const struct form forms[] = {
        { TEXT, 0, 0, 0 },
        { "    " TEXT, 0, 0, 0 },
        { "kernel: " TEXT, 0, 0, 0 },
        { TEXT "\r", 0, 0, 0 },
        { "\xef\xbb\xbf" TEXT, 0, 0, 0 },
        { "> " TEXT, 0, 0, 0 },
        /* dmesg */
        { "[ 1234.567890] " TEXT, 1234567890, 0, 1234567890 },
        { "[    0.000000] " TEXT, 1, 0, 1 },
        { "[ 1234.567890] " TEXT "\r", 1234567890, 0, 1234567890 },
        { "[16737.134113][ T2426] " TEXT, 16737134113, 0, 16737134113 },
        { "[16737.134113][    C2] " TEXT, 16737134113, 0, 16737134113 },
        { "[16737.134113] [ T2426] " TEXT, 16737134113, 0, 16737134113 },
        { "<6>[ 1234.567890] " TEXT, 1234567890, 0, 1234567890 },
        { "<6>" TEXT, 0, 0, 0 },
        { "kern  :info  : [ 1234.567890] " TEXT, 1234567890, 0, 1234567890 },
        { "kern  :err   : [ 1234.567890] " TEXT, 1234567890, 0, 1234567890 },
        { "[ 1234.567890 <    0.000123>] " TEXT, 1234567890, 0, 1234567890 },
        { "[  +5.300072] " TEXT, 5300072, 0, 0 },
        { "[  +5,300072] " TEXT, 5300072, 0, 0 },
        { "[<    5.300072>] " TEXT, 5300072, 0, 0 },
        { "[Jan26 13:33] " TEXT, ANY, 0, 0 },
        { "[Jan 6 13:33] " TEXT, ANY, 0, 0 },
        { "[M\xc3\xa4r 6 13:33] " TEXT, ANY, 0, 0 },
        { "[1\xe6\x9c\x88"
          "26 13:33] " TEXT,
          ANY, 0, 0 },
        { "[Wed Nov  8 20:00:01 2023] " TEXT, 1699473601 * S, 1699473601 * S, 0 },
        { "[Sat Aug  9 10:10:10 2025] " TEXT, 1754734210 * S, 1754734210 * S, 0 },
        { "[fr. mai 14 07:36:51 2021] " TEXT, ANY, 0, 0 },
        { "[Wed Nov  8 20:00:01 2023 <    0.000010>] " TEXT, 1699473601 * S, 1699473601 * S, 0 },
        { "2023-11-08T20:00:01,123456+01:00 " TEXT, 1699470001 * S + 123456, 1699470001 * S + 123456, 0 },
        { "kern  :info  : 2023-11-08T20:00:01,123456+01:00 " TEXT, 1699470001 * S + 123456, 1699470001 * S + 123456, 0 },
        /* journalctl */
        { "Nov 08 23:39:09 laptop kernel: " TEXT, ANY, 0, 0 },
        { "Nov 08 23:39:09.123456 laptop kernel: " TEXT, ANY, 0, 0 },
        { "Apr 20 06:31:10 kernel: " TEXT, ANY, 0, 0 },
        { "M\xc3\xa4r 19 08:19:08 kernel: " TEXT, ANY, 0, 0 },
        { "pa\xc5\xba 09 10:10:10 komputer kernel: " TEXT, ANY, 0, 0 },
        { "11\xe6\x9c\x88 08 23:39:09 laptop kernel: " TEXT, ANY, 0, 0 },
        { "M\xe4r 19 08:19:08 kernel: " TEXT, ANY, 0, 0 },
        { "2022-04-04T10:02:02+0100 host kernel: " TEXT, 1649062922 * S, 1649062922 * S, 0 },
        { "2022-04-04T10:02:02+01:00 host kernel: " TEXT, 1649062922 * S, 1649062922 * S, 0 },
        { "2025-01-12T18:01:01.146086+02:00 host kernel: " TEXT, 1736697661 * S + 146086, 1736697661 * S + 146086, 0 },
        { "2025-01-12T16:01:01Z host kernel: " TEXT, 1736697661 * S, 1736697661 * S, 0 },
        { "Sun 2025-01-12 16:01:01 UTC host kernel: " TEXT, 1736697661 * S, 1736697661 * S, 0 },
        { "Sun 2025-01-12 16:01:01.5 CET kernel: " TEXT, 1736697661 * S + 500000, 1736697661 * S + 500000, 0 },
        { "1736697661.146086 host kernel: " TEXT, 1736697661 * S + 146086, 1736697661 * S + 146086, 0 },
        { "[20959.980900] laptop kernel: " TEXT, 20959980900, 0, 20959980900 },
        { "[20959.980900] kernel: " TEXT, 20959980900, 0, 20959980900 },
        { "[20959.980900 <    1.000000 >] laptop kernel: " TEXT, 20959980900, 0, 20959980900 },
        /* syslog */
        { "Feb  7 08:00:42 host kernel: [53705.272040] " TEXT, 53705272040, 0, 53705272040 },
        { "Feb  7 08:00:42 host kernel: [53705.272040][ T12] " TEXT, 53705272040, 0, 53705272040 },
        { "2026-08-27T10:49:01+10:00 host kernel: [   12.000001] " TEXT, 12000001, 1787791741 * S, 12000001 },
        { "2026-08-27 10:49:01 host kernel: " TEXT, 1787827741 * S, 1787827741 * S, 0 },
        { "Jan  1 00:04:00 box user.err kernel: [16204.731904] " TEXT, 16204731904, 0, 16204731904 },
        { "Jan  1 00:04:00 kern.info kernel: " TEXT, ANY, 0, 0 },
        { "Wed Nov  8 20:00:01 2023 kern.info kernel: [   12.345678] " TEXT, 12345678, 1699473601 * S, 12345678 },
        { "kernel: [   12.345678] " TEXT, 12345678, 0, 12345678 },
        { "<6>1 2023-11-08T20:00:01Z host kernel - - - " TEXT, 1699473601 * S, 1699473601 * S, 0 },
        /* /dev/kmsg */
        { "6,1709,32313350280,-;" TEXT, 32313350280, 0, 32313350280 },
        { "6,1709,32313350280,-,caller=T12;" TEXT, 32313350280, 0, 32313350280 },
        /* grep */
        { "123:[ 1234.567890] " TEXT, 1234567890, 0, 1234567890 },
        { "/var/log/kern.log.1:Feb  7 08:00:42 host kernel: " TEXT, ANY, 0, 0 },
};

START_TEST(test_form) {
        const struct form *f = &forms[_i];
        struct log_reader_state state = {};
        struct log_line line = parse(&state, f->line);

        ck_assert_msg(line.kind == LOG_LINE_KERNEL, "%s", f->line);
        ck_assert_msg(line.len == strlen(TEXT) && memcmp(line.text, TEXT, line.len) == 0, "%s: %.*s", f->line, (int) line.len,
                      line.text);
        ck_assert_uint_eq(line.time.wall, f->wall);
        ck_assert_uint_eq(line.uptime, f->uptime);
        if (f->at == ANY)
                ck_assert_uint_gt(line.time.at, 0);
        else
                ck_assert_uint_eq(line.time.at, f->at);
}
END_TEST

static const char *const foreign[] = {
        "",
        " ",
        "# a comment",
        "Nov 08 23:39:09 laptop bash[991]: kernel: " TEXT,
        "Nov 08 23:39:09 laptop logger: " TEXT,
        "Nov 08 23:39:09 laptop kernel[1]: " TEXT,
        "Nov 08 23:39:09 laptop " TEXT,
        "Nov 08 23:39:09 kernel " TEXT,
        "2022-04-04T10:02:02+0100 host usb[1]: " TEXT,
        "1736697661.146086 host app: kernel: " TEXT,
        "30,1710,32313350281,-;" TEXT,
        "6,6380,628283546,",
        "6,6380,",
        "<30>[ 1234.567890] " TEXT,
        "<12>" TEXT,
        "daemon:info  : [ 1234.567890] " TEXT,
        "user  :notice: [ 1234.567890] " TEXT,
        "-- Journal begins at Mon 2022-01-03 --",
};

/* Not from the kernel, or too short for a message. */
START_TEST(test_foreign) {
        struct log_reader_state state = {};
        struct log_line line;

        parse(&state, "[    1.000000] usb: a line of a log");
        line = parse(&state, foreign[_i]);
        ck_assert_msg(line.kind == LOG_LINE_NONE, "%s", foreign[_i]);
        ck_assert_ptr_null(line.text);
}
END_TEST

/* Each form is truncated at each byte, without a crash or a read behind the end. */
START_TEST(test_cut) {
        const char *text = forms[_i].line;
        struct log_reader_state state = {};

        for (size_t n = 0; n <= strlen(text); n++) {
                char *copy = malloc(n + 1);
                struct log_line line;

                memcpy(copy, text, n);
                log_line_parse(&state, copy, n, &line);
                if (line.kind == LOG_LINE_KERNEL)
                        ck_assert(line.text >= copy && line.text + line.len <= copy + n);
                free(copy);
        }
}
END_TEST

START_TEST(test_bare_lines_after_prefixed_ones) {
        struct log_reader_state state = {};

        ck_assert_int_eq(parse(&state, TEXT).kind, LOG_LINE_KERNEL);
        ck_assert_int_eq(parse(&state, "Nov 08 23:39:09 laptop kernel: usb 1-2: Product: two").kind, LOG_LINE_KERNEL);
        /* A product name with a newline, as journalctl shows it, must not be taken for a message. */
        ck_assert_int_eq(parse(&state, "                               " TEXT).kind, LOG_LINE_NONE);
        ck_assert_int_eq(parse(&state, "   Nov 08 23:39:09 laptop kernel: " TEXT).kind, LOG_LINE_NONE);
        ck_assert_int_eq(parse(&state, TEXT).kind, LOG_LINE_NONE);
        /* Another piece of a log, pasted below. */
        ck_assert_int_eq(parse(&state, "").kind, LOG_LINE_NONE);
        ck_assert_int_eq(parse(&state, TEXT).kind, LOG_LINE_KERNEL);
        ck_assert_int_eq(parse(&state, "  " TEXT).kind, LOG_LINE_NONE);
}
END_TEST

START_TEST(test_boot_marks) {
        struct log_reader_state state = {};

        ck_assert_int_eq(parse(&state, "-- Boot 5d1c8bc2ab2f4bd0a6c4a1d7d3a9f8e0 --").kind, LOG_LINE_BOOT);
        ck_assert_int_eq(parse(&state, "-- Reboot --").kind, LOG_LINE_BOOT);
}
END_TEST

START_TEST(test_uptime_begins_anew) {
        struct log_reader_state state = {};
        struct log_line a = parse(&state, "[ 5000.000000] x"), b;

        b = parse(&state, "[ 4999.999000] x");
        ck_assert(!b.new_boot);
        ck_assert_uint_eq(b.time.at, a.time.at);
        b = parse(&state, "[    0.500000] x");
        ck_assert(b.new_boot);
        ck_assert_uint_ge(b.time.at, a.time.at + 600 * S);
        a = parse(&state, "[    1.500000] x");
        ck_assert(!a.new_boot);
        ck_assert_uint_eq(a.time.at, b.time.at + S);
        ck_assert_uint_eq(a.uptime, 1500000);
}
END_TEST

static uint64_t span(const char *first, const char *second) {
        struct log_reader_state state = {};
        uint64_t at = parse(&state, first).time.at;

        ck_assert_uint_gt(at, 0);
        return parse(&state, second).time.at - at;
}

START_TEST(test_days) {
        const uint64_t day = 86400 * S;

        ck_assert_uint_eq(span("Nov 08 23:59:59 kernel: x", "Nov 09 00:00:01 kernel: x"), 2 * S);
        ck_assert_uint_eq(span("Nov 30 23:59:59 kernel: x", "Dec 01 00:00:01 kernel: x"), 2 * S);
        ck_assert_uint_eq(span("Dec 31 23:59:59 kernel: x", "Jan 01 00:00:01 kernel: x"), 2 * S);
        ck_assert_uint_eq(span("Jan 01 00:00:00 kernel: x", "Mar 01 00:00:00 kernel: x"), 59 * day);
        ck_assert_uint_eq(span("pa\xc5\xba 30 23:59:59 kernel: x", "lis 01 00:00:01 kernel: x"), 2 * S);
        ck_assert_uint_eq(span("pa\xc5\xba 31 23:59:59 kernel: x", "lis 02 00:00:01 kernel: x"), 2 * S);
        ck_assert_uint_eq(span("pa\xc5\xba 09 10:00:00 kernel: x", "pa\xc5\xba 11 10:00:00 kernel: x"), 2 * day);
        /* a clock that is set back, and the end of summer time: time continues from there */
        ck_assert_uint_eq(span("Nov 08 10:00:00 kernel: x", "Nov 08 09:00:00 kernel: x"), 0);
        ck_assert_uint_eq(span("2023-10-29T02:59:59+02:00 h kernel: x", "2023-10-29T02:00:01+01:00 h kernel: x"), 2 * S);
}
END_TEST

/* Lines within one second keep their order, and the next second begins at its time. */
START_TEST(test_whole_seconds) {
        static const char *const forms_of_seconds[] = {
                "Nov 08 10:00:01 h kernel: x",
                "2023-11-08T10:00:01+01:00 h kernel: x",
                "[Wed Nov  8 10:00:01 2023] x",
        };

        for (size_t i = 0; i < sizeof forms_of_seconds / sizeof forms_of_seconds[0]; i++) {
                struct log_reader_state state = {};
                char first[64], second[64];
                uint64_t begin, last, now;

                strcpy(first, forms_of_seconds[i]);
                strcpy(second, forms_of_seconds[i]);
                strstr(second, ":01")[2] = '2';
                begin = last = parse(&state, first).time.at;
                for (int k = 0; k < 50; k++) {
                        now = parse(&state, first).time.at;
                        ck_assert_uint_gt(now, last);
                        last = now;
                }
                ck_assert_uint_lt(last, begin + S);
                ck_assert_uint_eq(parse(&state, second).time.at, begin + S);
        }
        /* With stamps in microseconds equal stamps are the same moment. */
        ck_assert_uint_eq(span("[   12.000001] x", "[   12.000001] x"), 0);
}
END_TEST

START_TEST(test_clock_set_back_goes_on) {
        struct log_reader_state state = {};
        uint64_t at;

        parse(&state, "Nov 08 10:00:00 kernel: x");
        at = parse(&state, "Nov 08 09:00:00 kernel: x").time.at;
        ck_assert_uint_eq(parse(&state, "Nov 08 09:10:00 kernel: x").time.at - at, 600 * S);
}
END_TEST

START_TEST(test_relative) {
        struct log_reader_state state = {};
        uint64_t at = parse(&state, "[Jan26 13:31] x").time.at;

        ck_assert_uint_eq(parse(&state, "[  +5,300072] x").time.at, at + 5300072);
        ck_assert_uint_eq(parse(&state, "[ +15.000000] x").time.at, at + 20300072);
        /* Only the minute is printed, so the time may be up to a minute earlier. */
        ck_assert_uint_eq(parse(&state, "[Jan26 13:32] x").time.at, at + 60 * S);
        ck_assert_uint_eq(parse(&state, "[ +30.000000] x").time.at, at + 90 * S);
        ck_assert_uint_eq(parse(&state, "[Jan26 13:33] x").time.at, at + 120 * S);
        ck_assert_uint_eq(parse(&state, "[Jan27 13:33] x").time.at, at + (86400 + 120) * S);
}
END_TEST

START_TEST(test_wall_without_zone) {
        struct log_reader_state state = { .clock.utc_offset = 3600 };

        ck_assert_uint_eq(parse(&state, "[Wed Nov  8 20:00:01 2023] x").time.wall, 1699470001 * S);
        ck_assert_uint_eq(parse(&state, "2023-11-08T20:00:02+00:00 h kernel: x").time.wall, 1699473602 * S);
}
END_TEST

START_TEST(test_kernel_stamp_is_preferred) {
        struct log_reader_state state = {};
        uint64_t at;

        parse(&state, "Feb  7 08:00:42 host systemd[1]: Started.");
        at = parse(&state, "Feb  7 08:00:42 host kernel: [  100.000000] x").time.at;
        ck_assert_uint_eq(parse(&state, "Feb  7 18:00:42 host kernel: [  101.000000] x").time.at, at + S);
        ck_assert_uint_eq(parse(&state, "Feb  7 18:00:42 host kernel: x").time.at, at + S);
}
END_TEST

START_TEST(test_nul_bytes) {
        static const char line[] = "\0\0\0[   12.000000] " TEXT;
        struct log_reader_state state = {};
        struct log_line l;

        log_line_parse(&state, line, sizeof line - 1, &l);
        ck_assert_int_eq(l.kind, LOG_LINE_KERNEL);
        ck_assert_uint_eq(l.len, strlen(TEXT));
}
END_TEST

int main(void) {
        Suite *s = suite_create("log lines");
        TCase *c = tcase_create("lines");

        tcase_add_loop_test(c, test_form, 0, (int) (sizeof forms / sizeof forms[0]));
        tcase_add_loop_test(c, test_foreign, 0, (int) (sizeof foreign / sizeof foreign[0]));
        tcase_add_loop_test(c, test_cut, 0, (int) (sizeof forms / sizeof forms[0]));
        tcase_add_test(c, test_bare_lines_after_prefixed_ones);
        tcase_add_test(c, test_boot_marks);
        tcase_add_test(c, test_uptime_begins_anew);
        tcase_add_test(c, test_days);
        tcase_add_test(c, test_whole_seconds);
        tcase_add_test(c, test_clock_set_back_goes_on);
        tcase_add_test(c, test_relative);
        tcase_add_test(c, test_wall_without_zone);
        tcase_add_test(c, test_kernel_stamp_is_preferred);
        tcase_add_test(c, test_nul_bytes);
        suite_add_tcase(s, c);
        return run_suite(s);
}
