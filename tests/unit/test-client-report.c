/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The report: foreign text stays text in it, and what identifies a person is left out. */
#include <check.h>
#include <json.h>
#include <stdlib.h>
#include <string.h>

#include "common/answer.h"
#include "client/report/html.h"
#include "client/report/report.h"
#include "run.h"

START_TEST(test_text_is_text) {
        FILE *out = begin_writing();

        html_text(out, "a-b 1-2.1");
        expect_written(out, "<span class=\"w\">a-b</span> <span class=\"w\">1-2.1</span>");
        out = begin_writing();
        html_text(out, "a<b> & \"c\" 'd' \xc3\xa9");
        expect_written(out, "a&lt;b&gt; &amp; &quot;c&quot; &#39;d&#39; \xc3\xa9");
        out = begin_writing();
        html_element(out, "p class=\"x\"", "</p><script>");
        html_element(out, "p", "");
        expect_written(out, "<p class=\"x\">&lt;/p&gt;&lt;script&gt;</p>\n");
        out = begin_writing();
        html_row(out, "<", ">");
        html_row(out, "not there", "");
        html_rowf(out, "n", "%s", "&");
        expect_written(out,
                       "<tr><th scope=\"row\">&lt;</th><td>&gt;</td></tr>\n<tr><th scope=\"row\">n</th><td>&amp;</td></tr>\n");
}
END_TEST

static const struct {
        const char *line;
        bool shown;
} lines[] = {
        { "usb 1-2: new full-speed USB device number 5 using xhci_hcd", true },
        { "usb 1-2: New USB device found, idVendor=054c, idProduct=0d58, bcdDevice= 1.00", true },
        { "usb usb1-port2: over-current condition", true },
        { "usb 1-2: SerialNumber: 123456789", false },
        { "usb 1-2: Product: Anna's phone", false },
        { "usb 1-2: Manufacturer: Anna", false },
        { "wlan0: associated with aa:bb:cc:dd:ee:ff", false },
        { "audit: user=anna", false },
        { "", false },
};

START_TEST(test_lines_that_are_shown) {
        ck_assert_int_eq(report_shows_line(lines[_i].line, strlen(lines[_i].line)), lines[_i].shown);
}
END_TEST

static const char *const hostile[] = {
        "[]",
        "[null,1,\"x\",[],{}]",
        "[{\"kind\":\"port\"}]",
        "[{\"kind\":\"host\"},{\"kind\":\"<script>\",\"name\":\"<b>\",\"sysname\":\"\\\"'&\"}]",
        "[{\"kind\":\"port\",\"sysname\":1},{\"kind\":\"hub\",\"self_powered\":\"x\"},{\"kind\":\"port\",\"budget_ma\":-5}]",
};

/* Each element is closed, and no foreign text became an element. */
START_TEST(test_path_of_anything) {
        struct json_object *path = json_tokener_parse(hostile[_i]);
        struct json_object *findings = json_tokener_parse("[{\"severity\":\"warning\",\"segment\":\"hub\",\"subject\":\"<i>\"}]");
        FILE *out = begin_writing();

        report_path(out, path, findings);
        fclose(out);
        ck_assert(strncmp(written, "<ol ", 4) == 0 && strstr(written, "</ol>\n"));
        ck_assert_ptr_null(strstr(written, "<script"));
        ck_assert_ptr_null(strstr(written, "<b>"));
        ck_assert_ptr_null(strstr(written, "<i>"));
        free(written);
        json_object_put(path);
        json_object_put(findings);
}
END_TEST

static const char *const hostile_maps[] = {
        "{}",
        "{\"hubs\":[1,null,{\"sysname\":\"usb1\"},{\"sysname\":\"usb2\",\"ports\":[]}],\"typec\":[5]}",
        "{\"hubs\":[{\"sysname\":\"usb<i>\",\"ports\":[{\"name\":\"<b>\",\"device\":{\"name\":\"<script>\",\"sysname\":7}}]}]}",
        "{\"hubs\":[{\"sysname\":\"usb1\",\"ports\":[{\"device\":{\"sysname\":\"usb1\"}}]}],\"typec\":[{\"name\":\"<b>\"}]}",
};

/* The last one is a hub that hangs on itself. */
START_TEST(test_map_of_anything) {
        struct json_object *map = json_tokener_parse(hostile_maps[_i]);
        FILE *out = begin_writing();

        report_ports(out, map);
        fclose(out);
        ck_assert(written_len == 0 || (strncmp(written, "<section>", 9) == 0 && strstr(written, "</section>\n")));
        ck_assert_ptr_null(strstr(written, "<script"));
        ck_assert_ptr_null(strstr(written, "<b>"));
        ck_assert_ptr_null(strstr(written, "<i>"));
        ck_assert_uint_lt(written_len, 4000);
        free(written);
        json_object_put(map);
}
END_TEST

static bool draws(bool (*draw)(FILE *, struct json_object *), const char *json) {
        struct json_object *o = json_tokener_parse(json);
        FILE *out = begin_writing();
        bool drawn = draw(out, o);

        fclose(out);
        ck_assert_int_eq(written_len > 0, drawn);
        ck_assert(!drawn || strstr(written, "<title>"));
        free(written);
        json_object_put(o);
        return drawn;
}

START_TEST(test_too_little_to_draw) {
        ck_assert(!draws(svg_battery, "[]"));
        ck_assert(!draws(svg_battery, "[{\"at\":5,\"level\":50}]"));
        ck_assert(!draws(svg_battery, "[{\"at\":5,\"level\":50},{\"at\":5,\"level\":60}]"));
        ck_assert(!draws(svg_battery, "[{\"at\":5000000,\"level\":50},{\"at\":9000000,\"level\":255},{\"at\":-1},null]"));
        ck_assert(!draws(svg_battery, "[{\"at\":5000000,\"level\":50},{\"at\":9000000,\"level\":null}]"));
        ck_assert(draws(svg_battery, "[{\"at\":5000000,\"level\":0},{\"at\":9000000,\"level\":10},null,{\"level\":5}]"));
        ck_assert(!draws(svg_sessions, "[{\"start\":5}]"));
        ck_assert(!draws(svg_sessions, "[{\"start\":\"x\"},{\"end\":[]}]"));
        ck_assert(draws(svg_sessions, "[{\"start\":1000000,\"end\":9223372036854775807,\"outcome\":\"bad\"},{\"start\":5}]"));
}
END_TEST

/* What is known about the battery, and about a headset that has left. */
static const char own_side[] =
        "{\"created_at\":1764000000000000,\"version\":\"1\",\"status\":{\"headsets\":[{\"id\":\"a\",\"model\":\"WF-C500\","
        "\"verdict\":\"ok\",\"findings\":[{\"code\":\"case-empty\",\"severity\":\"warning\"}],\"charging\":{\"state\":\"yes\","
        "\"source\":\"bluez\",\"level\":0,\"at\":1764000000000000,"
        "\"time_to_full\":{\"min_minutes\":100,\"max_minutes\":150,\"assumption\":\"If <so>.\"}},"
        "\"battery\":{\"level\":0,\"parts\":[{\"part\":\"left\",\"level\":0,\"charging\":\"yes\"},"
        "{\"part\":\"case\",\"level\":null,\"charging\":\"no\"}],\"source\":\"bluez\",\"step\":10,\"stale\":true},"
        "\"bluetooth\":{\"connected\":true,\"paired\":true,\"since\":null,\"dropped_at\":null},"
        "\"firmware\":{\"version\":\"1.0.0\",\"newest\":\"1.2.3\",\"newest_date\":\"2025-01\"},"
        "\"told\":{\"answers\":{\"led\":\"dark\",\"wet\":\"no\"},\"at\":1764000000000000}}],\"notes\":[\"A <note>.\"]},"
        "\"sessions\":[{\"id\":2,\"headset\":\"a\",\"start\":5000000,\"battery\":[{\"at\":6000000,\"level\":20}]},"
        "{\"id\":1,\"headset\":\"b\",\"start\":1000000,\"end\":4000000,\"battery\":[{\"at\":1000000,\"level\":0},"
        "{\"at\":3000000,\"level\":60},{\"at\":4000000,\"level\":null}],\"told\":{\"cable\":\"other\"}}],"
        "\"kernel_lines\":[],\"computer\":{},\"missing\":[]}";

static void expect_words(const char *const *words) {
        for (; *words; words++)
                ck_assert_msg(strstr(written, *words) != NULL, "\"%s\" is not in:\n%s", *words, written);
}

START_TEST(test_own_side_on_the_page) {
        static const char *const words[] = {
                "<p class=\"lead\">The path allows charging, but something needs you.</p>",
                "<td>yes, 0 % (Bluetooth, <span class=\"w\">20",
                "<td>in about 1.5 to 2.5 h (If &lt;so&gt;.)</td>",
                "<th scope=\"row\">Battery</th><td>left 0 % (charges), case (does not charge)",
                "told in steps of 10 %",
                "it may be another one by now",
                "<th scope=\"row\">Bluetooth</th><td>connected</td>",
                "1.0.0; the newest one known is 1.2.3 of <span class=\"w\">2025-01</span>",
                "<th scope=\"row\">Charging light</th><td>dark</td>",
                "A &lt;note&gt;.",
                "<h3>Battery of b while it was plugged in</h3>",
                "From 0 % (1970",
                "to 60 % (1970",
                "its user said: Cable: other",
                NULL,
        };
        struct json_object *report = json_tokener_parse(own_side);
        FILE *out = begin_writing();

        ck_assert_ptr_nonnull(report);
        report_html(out, report);
        fclose(out);
        expect_words(words);
        ck_assert_ptr_null(strstr(written, "<h3>Battery while plugged in"));
        free(written);
        json_object_put(report);
}
END_TEST

START_TEST(test_own_side_as_text) {
        static const char *const words[] = { "yes, 0 %",  "left 0 % (charges)",    "led dark",
                                             "A <note>.", "Bluetooth connected\n", NULL };
        struct json_object *report = json_tokener_parse(own_side);
        FILE *out = begin_writing();
        size_t columns = 0;

        report_text(out, report);
        fclose(out);
        expect_words(words);
        /* The sentence appears once. */
        ck_assert_ptr_null(strstr(strstr(written, "dark") + 1, "dark"));
        for (const char *c = written; *c; c++) {
                columns = *c == '\n' ? 0 : columns + 1;
                ck_assert_msg(columns <= 80, "a line is too long:\n%s", written);
        }
        free(written);
        json_object_put(report);
}
END_TEST

START_TEST(test_words_for_every_question) {
        for (enum question q = 0; q < _QUESTION_MAX; q++)
                ck_assert_str_ne(report_question_words(question_name(q)), question_name(q));
        ck_assert_str_eq(report_question_words("newer-question"), "newer-question");
}
END_TEST

int main(void) {
        Suite *suite = suite_create("client-report");
        TCase *c = tcase_create("report");

        tcase_add_test(c, test_text_is_text);
        tcase_add_loop_test(c, test_lines_that_are_shown, 0, sizeof lines / sizeof *lines);
        tcase_add_loop_test(c, test_path_of_anything, 0, sizeof hostile / sizeof *hostile);
        tcase_add_loop_test(c, test_map_of_anything, 0, sizeof hostile_maps / sizeof *hostile_maps);
        tcase_add_test(c, test_too_little_to_draw);
        tcase_add_test(c, test_own_side_on_the_page);
        tcase_add_test(c, test_own_side_as_text);
        tcase_add_test(c, test_words_for_every_question);
        suite_add_tcase(suite, c);
        return run_suite(suite);
}
