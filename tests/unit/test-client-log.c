/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Logs as the client reads them: blocks into lines, journal JSON, and whole small logs up to the answer.
 */
#include <check.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "client/explain/explain.h"
#include "kernel-log/kernel-log.h"
#include "client/explain/log-reader.h"
#include "client/show/show.h"
#include "run.h"
#include "common/finding-json.h"

struct chunk {
        const char *bytes;
        size_t len, times;
};

/* A pipe that another process fills, chunk after chunk. */
static int pipe_with(const struct chunk *chunks, size_t n) {
        int fds[2];

        ck_assert_int_eq(pipe(fds), 0);
        if (fork() == 0) {
                close(fds[0]);
                for (size_t i = 0; i < n; i++)
                        for (size_t t = 0; t < chunks[i].times; t++)
                                if (write(fds[1], chunks[i].bytes, chunks[i].len) < 0)
                                        _exit(1);
                _exit(0);
        }
        close(fds[1]);
        return fds[0];
}

#define CHUNK(s) \
        { (s), sizeof(s) - 1, 1 }

static void expect_lines(const struct chunk *chunks, size_t n, const char *const *lines) {
        struct log_reader reader;
        int fd = pipe_with(chunks, n);
        size_t len;
        char *line;

        ck_assert_int_eq(log_reader_init(&reader, fd), 0);
        for (; *lines; lines++) {
                ck_assert_int_eq(log_reader_next(&reader, &line, &len), 1);
                ck_assert_uint_eq(len, strlen(*lines));
                ck_assert_int_eq(memcmp(line, *lines, len), 0);
        }
        ck_assert_int_eq(log_reader_next(&reader, &line, &len), 0);
        ck_assert_int_eq(log_reader_next(&reader, &line, &len), 0);
        log_reader_done(&reader);
        close(fd);
        while (wait(NULL) > 0)
                ;
}

START_TEST(test_reader_lines) {
        static const struct chunk chunks[] = { CHUNK("one\ntw"), CHUNK("o\n\nthr"), CHUNK("ee") };
        static const char *const lines[] = { "one", "two", "", "three", NULL };

        expect_lines(chunks, 3, lines);
        expect_lines(chunks, 0, lines + 4);
}
END_TEST

START_TEST(test_reader_skips_what_is_too_long) {
        static char block[65536];
        const struct chunk chunks[] = {
                CHUNK("one\nlong "), { block, sizeof block, 160 }, CHUNK(" end\ntwo\n"), { block, sizeof block, 20 }
        };
        static const char *const lines[] = { "one", "two", NULL };

        memset(block, 'A', sizeof block);
        expect_lines(chunks, 4, lines);
}
END_TEST

START_TEST(test_reader_utf16) {
        static const struct chunk little[] = { CHUNK("\xff\xfeo\0n\0"), CHUNK("e\0\n"), CHUNK("\0\xf6\0w\0\n\0") };
        static const struct chunk big[] = { CHUNK("\xfe\xff\0o\0n\0e\0\n\0\xf6\0w\0\n") };
        static const char *const lines[] = { "one", "?w", NULL };

        expect_lines(little, 3, lines);
        expect_lines(big, 1, lines);
}
END_TEST

START_TEST(test_compression) {
        ck_assert_str_eq(log_reader_compression("\x1f\x8b\x08", 3), "gzip");
        ck_assert_ptr_null(log_reader_compression("\x1f", 1));
        ck_assert_ptr_null(log_reader_compression("[    1.0", 8));
}
END_TEST

START_TEST(test_json_record) {
        static const char line[] =
                "{\"_TRANSPORT\":\"kernel\",\"SYSLOG_IDENTIFIER\":\"kernel\",\"MESSAGE\":\"usb 1-2: x\",\"_BOOT_ID\":\"ab\","
                "\"_SOURCE_MONOTONIC_TIMESTAMP\":\"12\",\"__REALTIME_TIMESTAMP\":\"1699470001000000\"}";
        struct journal_reader reader = {};
        struct journal_record r;

        ck_assert_int_eq(journal_read(&reader, line, sizeof line - 1, &r), JOURNAL_RECORD);
        ck_assert(r.from_kernel);
        ck_assert_uint_eq(r.uptime.usec, 12);
        ck_assert_uint_eq(r.real.usec, 1699470001000000);
        ck_assert_uint_eq(r.message_len, 10);
        ck_assert_str_eq(r.boot_id, "ab");
}
END_TEST

static const struct {
        const char *line;
        bool record, from_kernel;
} records[] = {
        { "{\"MESSAGE\":\"usb 1-2: x\",\"_TRANSPORT\":\"kernel\"}", true, true },
        { "{\"MESSAGE\":[117,115,98,255],\"_TRANSPORT\":\"kernel\",\"SYSLOG_IDENTIFIER\":\"kernel\"}", true, true },
        { "{\"MESSAGE\":[\"a\",\"b\"],\"_TRANSPORT\":[\"kernel\"],\"SYSLOG_IDENTIFIER\":\"kernel\"}", true, true },
        { "{\"MESSAGE\":\"usb 1-2: x\",\"SYSLOG_IDENTIFIER\":\"kernel\"}", true, true },
        { "{\"MESSAGE\":\"usb 1-2: x\",\"SYSLOG_IDENTIFIER\":\"kernel\",\"_TRANSPORT\":\"syslog\"}", true, false },
        { "{\"MESSAGE\":\"usb 1-2: x\",\"SYSLOG_IDENTIFIER\":\"systemd\",\"_TRANSPORT\":\"kernel\"}", true, false },
        { "{\"MESSAGE\":\"usb 1-2: x\"}", true, false },
        { "{\"MESSAGE\":null,\"_TRANSPORT\":\"kernel\"}", true, true },
        { "{\"_TRANSPORT\":\"kernel\"}", false, false },
        { "{\"MESSAGE\":\"usb", false, false },
        { "{}", false, false },
        { "[]", false, false },
        { "{", false, false },
};

START_TEST(test_json_records) {
        struct journal_record r = {};
        struct journal_reader reader = {};
        bool record = journal_read(&reader, records[_i].line, strlen(records[_i].line), &r) == JOURNAL_RECORD;

        journal_reader_done(&reader);
        ck_assert_msg(record == records[_i].record, "%s", records[_i].line);
        if (record)
                ck_assert_msg(r.from_kernel == records[_i].from_kernel, "%s", records[_i].line);
}
END_TEST

static void into_model(void *userdata, const struct event *e) {
        model_apply(userdata, e);
}

/* The answer to a log, given as one text. */
static struct json_object *explain(const char *log) {
        struct model *model = model_new();
        struct kernel_log feed = { .emit = into_model, .userdata = model };
        struct json_object *answer;
        char *copy = strdup(log), *line = copy;

        ck_assert_ptr_nonnull(model);
        while (*line) {
                size_t len = strcspn(line, "\n");

                kernel_log_line(&feed, line, len);
                line += len + (line[len] == '\n');
        }
        kernel_log_end(&feed);
        kernel_log_done(&feed);
        model_close_log(model);
        answer = explain_answer(model);
        model_free(model);
        free(copy);
        return answer;
}

/* A log and "subject state first-code" of every subject, in order; "-" for no finding. */
static const struct {
        const char *log, *answer;
} logs[] = {
        { "", "" },
        { "[ 9.0] usb 1-2: new full-speed USB device number 5 using xhci_hcd\n"
          "[ 9.1] usb 1-2: New USB device found, idVendor=054c, idProduct=0cd3, bcdDevice= 1.00\n",
          "1-2 enumerated -\n" },
        { "[ 90.0] usb 1-2: new full-speed USB device number 5 using xhci_hcd\n"
          "[ 90.1] usb 1-2: device descriptor read/64, error -71\n",
          "1-2 failed enumeration-failed\n" },
        { "[ 90.0] usb 1-2: new full-speed USB device number 5 using xhci_hcd\n", "1-2 unknown -\n" },
        /* colours of dmesg -L */
        { "\x1b[32m[ 90.0] \x1b[0m\x1b[33musb 1-2: \x1b[0mnew full-speed USB device number 5 using xhci_hcd\n"
          "\x1b[32m[ 90.1] \x1b[0m\x1b[33musb 1-2: \x1b[0m\x1b[31mdevice descriptor read/64, error -71\x1b[0m\n",
          "1-2 failed enumeration-failed\n" },
        /* journalctl -o json; another program's line, another boot */
        { "{\"_TRANSPORT\":\"kernel\",\"MESSAGE\":\"usb 1-2: device descriptor read/64, error -71\",\"_BOOT_ID\":\"a\"}\n"
          "{\"_TRANSPORT\":\"syslog\",\"SYSLOG_IDENTIFIER\":\"kernel\",\"MESSAGE\":\"usb 1-3: device descriptor read/64, error "
          "-71\",\"_BOOT_ID\":\"a\"}\n",
          "1-2 failed enumeration-failed\n" },
        { "{\"_TRANSPORT\":\"kernel\",\"MESSAGE\":\"usb 1-2: device descriptor read/64, error -71\",\"_BOOT_ID\":\"a\"}\n"
          "{\"_TRANSPORT\":\"kernel\",\"MESSAGE\":\"usb 1-3: device descriptor read/64, error -71\",\"_BOOT_ID\":\"b\"}\n",
          "1-3 failed enumeration-failed\n" },
        /* nothing from before a boot counts */
        { "[ 90.0] usb 1-2: device descriptor read/64, error -71\n[ 0.0] Linux version 6.1.0\n[ 9.0] usb 1-3: new full-speed USB "
          "device number 2 using x\n",
          "1-3 unknown -\n" },
        { "Nov 08 23:39:09 h kernel: usb 1-2: device descriptor read/64, error -71\n-- Boot 00 --\nNov 08 23:49:09 h kernel: x\n",
          "" },
        { "[ 900.0] xhci_hcd 0000:00:14.0: new USB bus registered, assigned bus number 1\n[ 901.0] xhci_hcd 0000:00:14.0: HC "
          "died; cleaning up\n",
          "0000:00:14.0 unknown controller-dead\n" },
};

static char *summary(struct json_object *answer) {
        struct json_object *subjects = json_list(answer, "subjects");
        char *text = NULL;
        size_t size = 0;
        FILE *out = open_memstream(&text, &size);

        for (size_t i = 0; i < json_length(subjects); i++) {
                struct json_object *s = json_object_array_get_idx(subjects, i), *findings = json_list(s, "findings");
                const char *code = json_length(findings) > 0 ? json_text(json_object_array_get_idx(findings, 0), "code") : "-";

                fprintf(out, "%s %s %s\n", json_text(s, "subject"), json_text(s, "state"), code);
        }
        fclose(out);
        return text;
}

START_TEST(test_answer) {
        struct json_object *answer = explain(logs[_i].log);
        char *text = summary(answer);

        ck_assert_str_eq(text, logs[_i].answer);
        ck_assert_str_eq(json_text(answer, "api_version"), API_VERSION);
        free(text);
        json_object_put(answer);
}
END_TEST

START_TEST(test_unknown_is_null) {
        struct json_object *answer = explain("[ 90.0] usb 1-2: New USB device found, idVendor=054c, idP\n");
        struct json_object *s = json_object_array_get_idx(json_list(answer, "subjects"), 0), *pid, *product;

        ck_assert_str_eq(json_text(s, "vid"), "054c");
        ck_assert(json_object_object_get_ex(s, "pid", &pid) && !pid);
        ck_assert(json_object_object_get_ex(s, "product", &product) && !product);
        json_object_put(answer);
}
END_TEST

int main(void) {
        Suite *s = suite_create("logs in the client");
        TCase *c = tcase_create("logs");

        tcase_add_test(c, test_reader_lines);
        tcase_add_test(c, test_reader_skips_what_is_too_long);
        tcase_add_test(c, test_reader_utf16);
        tcase_add_test(c, test_compression);
        tcase_add_test(c, test_json_record);
        tcase_add_loop_test(c, test_json_records, 0, (int) (sizeof records / sizeof records[0]));
        tcase_add_loop_test(c, test_answer, 0, (int) (sizeof logs / sizeof logs[0]));
        tcase_add_test(c, test_unknown_is_null);
        suite_add_tcase(s, c);
        return run_suite(s);
}
