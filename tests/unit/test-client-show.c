/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What the client shows: lines that fit, safe texts, the weak place in the path, names of headsets.
 */
#include <check.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "client/connection.h"
#include "client/match.h"
#include "client/sessions.h"
#include "client/show/show.h"
#include "client/judge.h"
#include "client/show/terminal.h"
#include "client/changes.h"
#include "run.h"

static const struct {
        bool utf8;
        unsigned width;
        const char *text;
        size_t column, indent;
        const char *out;
} lines[] = {
        { true, 40, "one two", 0, 0, "one two" },
        { true, 40, "", 3, 3, "" },
        { true, 40, "   many    spaces  ", 0, 0, "many spaces" },
        { true, 40, "1234567890123456789012345678901234567 90", 0, 0, "1234567890123456789012345678901234567 90" },
        { true, 40, "12345678901234567890123456789012345678 90", 0, 2, "12345678901234567890123456789012345678\n  90" },
        { true, 40, "äääääääääääääääääääääääääääääääääääää öö", 0, 0, "äääääääääääääääääääääääääääääääääääää öö" },
        { true, 40, "日本日本日本日本日本日本日本日本日本日 本", 0, 0, "日本日本日本日本日本日本日本日本日本日\n本" },
        { true, 40, "a 12345678901234567890123456789012345678901234567890", 0, 0,
          "a\n1234567890123456789012345678901234567890\n1234567890" },
        { false, 40, "“Größe” … 5–35 °C → x", 0, 0, "\"Gr??e\" ... 5-35  deg C -> x" },
        { true, 10, "narrow terminals still get twenty columns", 0, 0, "narrow terminals\nstill get twenty\ncolumns" },
};

START_TEST(test_wrapped) {
        struct options o = { .utf8 = lines[_i].utf8, .width = lines[_i].width, .columns = lines[_i].width };
        FILE *out = begin_writing();

        put_wrapped(out, &o, lines[_i].text, lines[_i].column, lines[_i].indent);
        expect_written(out, lines[_i].out);
}
END_TEST

START_TEST(test_column) {
        struct options o = { .utf8 = true, .width = 80 };
        FILE *out = begin_writing();

        put_column(out, &o, "日本語", 5);
        put_column(out, &o, "äb", 4);
        put_column(out, &o, "cut off", 3);
        expect_written(out, "日本…äb  cu…");
}
END_TEST

static const char *const hostile[] = {
        "null",
        "1",
        "\"text\"",
        "[]",
        "{}",
        "[null,1,\"x\",[],{}]",
        "{\"findings\":[null,{\"severity\":7,\"evidence\":[1,{}]}],\"path\":[1,null,{}],\"seen_by\":{}}",
        "{\"kind\":\"port\",\"severity\":\"warning\",\"subject\":\"usb1-port2\",\"state\":5,\"since\":-4}"
};

/* For any input something is shown, and the sanitizers find no error. */
START_TEST(test_hostile) {
        struct options o = { .utf8 = true, .width = 80 };
        struct json_object *j = json_tokener_parse(hostile[_i]), *list = json_object_new_array();
        FILE *out = begin_writing();

        json_object_array_add(list, json_object_get(j));
        show_headset(out, &o, j, list);
        show_unidentified(out, &o, j, NULL);
        show_findings(out, &o, list, NULL);
        show_findings(out, &o, list, list);
        show_path(out, &o, list, list);
        (void) status_exit(j);
        (void) match_status(j, "x");
        fclose(out);
        free(written);
        json_object_put(list);
        json_object_put(j);
}
END_TEST

/* An old state of a case is shown in the past tense and with its age, never as the present state. */
START_TEST(test_old_state_of_a_case) {
        static const struct {
                bool stale;
                int64_t age; /* minutes; -1: not known */
                const char *words;
        } rows[] = { { false, 0, "case 78 % (charges)" },
                     { true, 20, "case 78 % (charged 20 min ago)" },
                     { true, -1, "case 78 % (charged when it was told last)" } };
        struct options o = { .utf8 = true, .width = 200 };

        for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
                int64_t at = rows[i].age < 0 ? 0 : ((int64_t) time(NULL) - 60 * rows[i].age) * 1000000;
                struct json_object *h, *list = json_object_new_array();
                char text[400];
                FILE *out = begin_writing();

                snprintf(text, sizeof text,
                         "{\"id\":\"wf\",\"model\":\"WF-1000XM5\",\"battery\":{\"level\":61,\"source\":\"mdr\"},\"charging\":{"
                         "\"state\":\"no\",\"parts\":[{\"part\":\"case\",\"level\":78,\"state\":\"yes\",\"stale\":%s,\"at\":%lld}"
                         "]}}",
                         rows[i].stale ? "true" : "false", (long long) at);
                h = json_tokener_parse(text);
                ck_assert_ptr_nonnull(h);
                show_headset(out, &o, h, list);
                fclose(out);
                ck_assert_msg(strstr(written, rows[i].words), "%s: %s", rows[i].words, written);
                free(written);
                json_object_put(list);
                json_object_put(h);
        }
}
END_TEST

static const struct {
        const char *text;
        bool is_object;
} answers[] = {
        { "{}", true },
        { "{\"a\":1}\n", true },
        { " {\"a\":[{}]} \t\r\n", true },
        { "{\"name\":\"Jörgs WH-1000XM4\",\"hub\":\"Häb …\"}", true },
        { "", false },
        { "{", false },
        { "{}x", false },
        { "{}{}", false },
        { "{} {}", false },
        { "{\"a\":1", false },
        { "[]", false },
        { "1", false },
        { "null", false },
        { "\"{}\"", false },
};

START_TEST(test_parse_object) {
        struct json_object *o = parse_json_object(answers[_i].text);

        ck_assert_int_eq(o != NULL, answers[_i].is_object);
        json_object_put(o);
}
END_TEST

START_TEST(test_parse_keeps_every_letter) {
        struct json_object *o = parse_json_object("{\"name\":\"Jörgs\",\"words\":\"5 to 35 °C\"}");

        ck_assert_str_eq(json_text(o, "name"), "Jörgs");
        ck_assert_str_eq(json_text(o, "words"), "5 to 35 °C");
        json_object_put(o);
}
END_TEST

/* Every version of json-c gives the largest number, and neither an error nor a small number. */
START_TEST(test_parse_numbers_beyond_64_bits) {
        struct json_object *o = parse_json_object("{\"max\":18446744073709551615,\"more\":18446744073709551616,"
                                                  "\"much\":99999999999999999999999999,\"less\":-99999999999999999999999999}");

        ck_assert_uint_eq(json_number(o, "max"), INT64_MAX);
        ck_assert_uint_eq(json_number(o, "more"), INT64_MAX);
        ck_assert_uint_eq(json_number(o, "much"), INT64_MAX);
        ck_assert_uint_eq(json_number(o, "less"), 0);
        json_object_put(o);
}
END_TEST

START_TEST(test_made_safe) {
        struct json_object *j = json_object_new_object(), *list = json_object_new_array();
        char longer[3000];

        memset(longer, 'a', sizeof longer - 1);
        longer[sizeof longer - 1] = '\0';
        json_object_array_add(list, json_object_new_string("\x1b[31m"));
        json_object_array_add(list, json_object_new_string_len("a\0b", 3));
        json_object_object_add(j, "list", list);
        json_object_object_add(j, "long", json_object_new_string(longer));
        json_make_safe(j);
        ck_assert_str_eq(json_object_get_string(json_object_array_get_idx(list, 0)), "?[31m");
        ck_assert_str_eq(json_object_get_string(json_object_array_get_idx(list, 1)), "a?b");
        ck_assert_uint_le(strlen(json_text(j, "long")), 1024);
        json_object_put(j);
}
END_TEST

static const struct {
        const char *segment, *subject;
        int line; /* of the tree, from 0 */
} weak_places[] = {
        { "host", "0000:00:14.0", 1 }, { "host", "host", 1 },        { "hub", "1-2", 2 },       { "hub", "1-2.3", 2 },
        { "port", "usb1-port2", 2 },   { "port", "1-2-port3", 3 },   { "port", "1-2.3", 3 },    { "link", "1-2.3", 3 },
        { "device", "1-2.3", 3 },      { "new", "wh_1000xm4_0", 3 }, { "link", "nonsense", 3 },
};

static struct json_object *example_path(void) {
        return json_tokener_parse(
                "[{\"kind\":\"host\"},{\"kind\":\"controller\",\"sysname\":\"0000:00:14.0\"},"
                "{\"kind\":\"port\",\"sysname\":\"usb1-port2\"},{\"kind\":\"hub\",\"sysname\":\"1-2\",\"name\":\"Hub\"},"
                "{\"kind\":\"port\",\"sysname\":\"1-2-port3\"},{\"kind\":\"device\",\"sysname\":\"1-2.3\"}]");
}

START_TEST(test_weak_place) {
        struct options o = { .width = 100 };
        struct json_object *path = example_path(), *findings = json_object_new_array(), *f = json_object_new_object();
        FILE *out = begin_writing();
        char *line;

        json_object_object_add(f, "segment", json_object_new_string(weak_places[_i].segment));
        json_object_object_add(f, "subject", json_object_new_string(weak_places[_i].subject));
        json_object_object_add(f, "severity", json_object_new_string("warning"));
        json_object_array_add(findings, f);
        show_path(out, &o, path, findings);
        fclose(out);
        line = strtok(written, "\n");
        for (int i = 0; line; i++, line = strtok(NULL, "\n"))
                ck_assert_int_eq(strstr(line, "weak place") != NULL, i == weak_places[_i].line);
        free(written);
        json_object_put(findings);
        json_object_put(path);
}
END_TEST

static void note_change(void *userdata, const struct status_change *c) {
        static const char *const kinds[] = { [CHANGE_ADDED] = "added",
                                             [CHANGE_CHANGED] = "changed",
                                             [CHANGE_REMOVED] = "removed",
                                             [CHANGE_RAISED] = "raised",
                                             [CHANGE_CLEARED] = "cleared" };
        bool finding = c->kind == CHANGE_RAISED || c->kind == CHANGE_CLEARED;

        fprintf(userdata, "%s %s%s%s", kinds[c->kind], c->is_host ? "host" : json_text(c->object, "id"), finding ? " " : "",
                finding ? json_text(c->data, "code") : "");
        if (c->kind == CHANGE_CHANGED) {
                json_object_object_foreach(c->data, key, value) fprintf(userdata, " %s=%s", key, json_object_get_string(value));
        }
        fputs("; ", userdata);
}

#define DEAD "\"findings\":[{\"code\":\"controller-dead\",\"subject\":\"c\"}]"
#define LIMIT "\"findings\":[{\"code\":\"port-limits-current\",\"subject\":\"1-1\"}]"

static const struct {
        const char *before, *now, *told;
} changes[] = {
        { "{}", "{}", "" },
        { "{\"headsets\":7}", "{\"headsets\":[5,[],{}],\"ports\":\"x\",\"host\":[]}", "added ; added ; added ; " },
        { "{}", "{\"headsets\":[{\"id\":\"a\"," LIMIT "}],\"ports\":[{\"id\":\"p\"," LIMIT "}]}",
          "added a; added p; raised a port-limits-current; " },
        { "{\"headsets\":[{\"id\":\"a\"," LIMIT "}],\"ports\":[{\"id\":\"p\"," LIMIT "}]}",
          "{\"headsets\":[],\"ports\":[{\"id\":\"p\"," LIMIT "}]}", "removed a; " },
        { "{\"host\":{\"findings\":[]},\"headsets\":[{\"id\":\"a\"}],\"ports\":[{\"id\":\"p\"}]}",
          "{\"host\":{" DEAD "},\"headsets\":[{\"id\":\"a\"," DEAD "}],\"ports\":[{\"id\":\"p\"," DEAD "}]}",
          "raised host controller-dead; " },
        { "{\"host\":{" DEAD "}}", "{\"host\":{\"findings\":\"x\"}}", "cleared host controller-dead; " },
        { "{\"headsets\":[{\"id\":\"a\",\"verdict\":\"ok\",\"last_seen\":{\"at\":1},\"charging\":{\"at\":1,\"state\":\"no\"}}]}",
          "{\"headsets\":[{\"id\":\"a\",\"verdict\":\"ok\",\"last_seen\":{\"at\":2},\"charging\":{\"at\":2,\"state\":\"no\"}}]}",
          "" },
        { "{\"headsets\":[{\"id\":\"a\",\"verdict\":\"ok\"}]}", "{\"headsets\":[{\"id\":\"a\",\"verdict\":\"slow\"," LIMIT "}]}",
          "raised a port-limits-current; changed a verdict=slow; " },
};

START_TEST(test_changes) {
        struct json_object *before = json_tokener_parse(changes[_i].before), *now = json_tokener_parse(changes[_i].now);
        char *told = NULL;
        size_t size;
        FILE *out = open_memstream(&told, &size);

        ck_assert_ptr_nonnull(before);
        ck_assert_ptr_nonnull(now);
        changes_tell(before, now, note_change, out);
        changes_tell(now, now, note_change, out);
        fclose(out);
        ck_assert_str_eq(told, changes[_i].told);
        free(told);
        json_object_put(before);
        json_object_put(now);
}
END_TEST

/* The length of a session whose end was not seen is not known, or is what is proven. */
START_TEST(test_length_of_a_session) {
        static const struct {
                const char *json, *words;
        } rows[] = {
                { "{\"ended\":\"unplugged\",\"lasted_usec\":2520000000}", "42 min" },
                { "{\"ended\":\"lost\",\"lasted_usec\":null,\"lasted_at_least_usec\":2520000000}", "42 min or more" },
                { "{\"ended\":\"lost\",\"lasted_usec\":null,\"lasted_at_least_usec\":300000}", "not known" },
                { "{\"ended\":\"unplugged\",\"lasted_usec\":null,\"lasted_at_least_usec\":2520000000}", "42 min or more" },
        };
        char buf[SESSION_LENGTH_MAX];

        for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
                struct json_object *s = json_tokener_parse(rows[i].json);

                ck_assert_str_eq(session_length_words(s, buf), rows[i].words);
                json_object_put(s);
        }
}
END_TEST

int main(void) {
        Suite *suite = suite_create("client-show");
        TCase *c = tcase_create("show");

        setlocale(LC_CTYPE, "C.UTF-8");
        tcase_add_loop_test(c, test_wrapped, 0, (int) (sizeof lines / sizeof *lines));
        tcase_add_test(c, test_column);
        tcase_add_test(c, test_length_of_a_session);
        tcase_add_test(c, test_old_state_of_a_case);
        tcase_add_loop_test(c, test_hostile, 0, (int) (sizeof hostile / sizeof *hostile));
        tcase_add_loop_test(c, test_parse_object, 0, sizeof answers / sizeof *answers);
        tcase_add_test(c, test_parse_keeps_every_letter);
        tcase_add_test(c, test_parse_numbers_beyond_64_bits);
        tcase_add_test(c, test_made_safe);
        tcase_add_loop_test(c, test_weak_place, 0, (int) (sizeof weak_places / sizeof *weak_places));
        tcase_add_loop_test(c, test_changes, 0, sizeof changes / sizeof *changes);
        suite_add_tcase(suite, c);
        return run_suite(suite);
}
