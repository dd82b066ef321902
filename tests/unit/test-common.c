/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Safe text, findings and their order, the keyed hash.
 */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/clock.h"
#include "common/finding-json.h"
#include "common/keyed-hash.h"
#include "common/text.h"
#include "run.h"

static const struct {
        const char *in, *out;
} texts[] = {
        { "WH-1000XM4", "WH-1000XM4" },
        { "  padded  ", "padded" },
        { "Kopfh\xc3\xb6rer", "Kopfh\xc3\xb6rer" },
        { "\x1b[2J\x1b]0;pwn\x07", "?[2J?]0;pwn?" },
        { "a\nb\tc", "a?b?c" },
        { "bad\xff\xfe", "bad??" },
        { "\xc0\xaf overlong", "?? overlong" },
        { "\xed\xa0\x80 surrogate", "??? surrogate" },
        { "cut \xe2\x82", "cut ??" },
        { "right-to-left \xe2\x80\xae", "right-to-left ?" },
        { "c1 \xc2\x9b", "c1 ?" },
        { "arabic letter mark \xd8\x9c", "arabic letter mark ?" },
        { "soft hyphen \xc2\xad", "soft hyphen ?" },
        { "mongolian vowel separator \xe1\xa0\x8e", "mongolian vowel separator ?" },
        { "hangul filler \xe3\x85\xa4", "hangul filler ?" },
        { "tag \xf3\xa0\x81\x81 \xf3\xa0\x84\x80", "tag ? ?" },
        { "private use \xee\x80\x80", "private use ?" },
        { "no character \xef\xbf\xbf \xf0\x9f\xbf\xbe", "no character ? ?" },
        { "Gr\xc3\xb6\xc3\x9f"
          "e \xe3\x82\xbd\xe3\x83\x8b\xe3\x83\xbc \xf0\x9f\x8e\xa7",
          "Gr\xc3\xb6\xc3\x9f"
          "e \xe3\x82\xbd\xe3\x83\x8b\xe3\x83\xbc \xf0\x9f\x8e\xa7" },
        { "", "" },
};

START_TEST(test_safe) {
        char buf[96];

        ck_assert_str_eq(text_make_safe(buf, sizeof buf, texts[_i].in, strlen(texts[_i].in)), texts[_i].out);
}
END_TEST

START_TEST(test_safe_cuts_at_a_whole_character) {
        char buf[4];

        ck_assert_str_eq(text_make_safe(buf, sizeof buf, "ab\xc3\xb6", 4), "ab");
        ck_assert_str_eq(text_make_safe(buf, 1, "ab", 2), "");
}
END_TEST

START_TEST(test_unescape) {
        char text[] = "a\\x20b\\x5cx \\xZZ \\x1";
        size_t n = text_unescape(text, strlen(text));

        ck_assert_uint_eq(n, strlen("a b\\x \\xZZ \\x1"));
        ck_assert_int_eq(memcmp(text, "a b\\x \\xZZ \\x1", n), 0);
}
END_TEST

/* The first vectors of the SipHash paper's appendix A: key 00..0f, message 00..0e. */
START_TEST(test_siphash_vector) {
        uint8_t key[16], message[15];

        for (uint8_t i = 0; i < 16; i++)
                key[i] = i;
        for (uint8_t i = 0; i < 15; i++)
                message[i] = i;
        ck_assert_uint_eq(keyed_hash(key, message, 15), UINT64_C(0xa129ca6149be45e5));
}
END_TEST

START_TEST(test_order) {
        static const struct {
                enum finding_code code;
                enum severity severity;
                enum confidence confidence;
        } sorted[] = {
                { CONTROLLER_DEAD, CRITICAL, CERTAIN },
                { NOT_AUTHORIZED, WARNING, CERTAIN },
                { POWER_BUDGET_EXCEEDED, WARNING, CERTAIN },
                { HUB_BUS_POWERED, WARNING, CERTAIN },
                { ENUMERATION_FAILED, WARNING, LIKELY },
                /* Circumstances come after the faults of the same severity, whatever their confidence. */
                { HUB_IN_PATH, WARNING, CERTAIN },
                { PORT_LIMITS_CURRENT, WARNING, CERTAIN },
                { LINK_UNSTABLE, NOTICE, POSSIBLE },
                { FIRMWARE_OLD, NOTICE, CERTAIN },
                { NOT_VISIBLE, INFO, CERTAIN },
                { SLEEP_CHARGING_OFF, INFO, CERTAIN },
        };
        size_t n = sizeof sorted / sizeof *sorted;

        /* Each rotation of the list is sorted, so that a comparison that is not transitive is found. */
        for (size_t shift = 0; shift < n; shift++) {
                struct findings list = {};

                for (size_t i = 0; i < n; i++)
                        findings_add(&list, sorted[(i * 4 + shift) % n].code, sorted[(i * 4 + shift) % n].severity,
                                     sorted[(i * 4 + shift) % n].confidence);
                findings_sort(&list);
                for (size_t i = 0; i < n; i++)
                        ck_assert_str_eq(finding_code_name(list.items[i].code), finding_code_name(sorted[i].code));
                findings_clear(&list);
        }
}
END_TEST

START_TEST(test_table_of_findings) {
        for (unsigned i = 0; i < _FINDING_CODE_MAX; i++) {
                enum finding_code code = (enum finding_code) i;
                const char *after_name = finding_after_name(code);

                ck_assert_uint_eq(finding_code_from_name(finding_code_name(code)), code);
                /* As much as desktops show of a notification's title, with "WH-1000XM4: " before it in the second case. */
                ck_assert_uint_le(strlen(finding_title(code)), 27);
                ck_assert(!after_name || strlen(after_name) <= 15);
                for (unsigned k = 0; k < i; k++) {
                        ck_assert_str_ne(finding_message_id(code), finding_message_id((enum finding_code) k));
                        ck_assert_int_ne(finding_rank(code), finding_rank((enum finding_code) k));
                }
        }
        ck_assert_uint_eq(finding_code_from_name("no-such-code"), _FINDING_CODE_MAX);
}
END_TEST

START_TEST(test_json_unknown_is_null) {
        struct findings list = {};
        struct finding *f = findings_add(&list, HUB_IN_PATH, NOTICE, CERTAIN);
        struct json_object *o, *evidence, *at = (void *) -1;

        f->evidence[f->n_evidence++] = (struct evidence){ .what = "hub", .value = "1-1", .source = "udev" };
        o = finding_to_json(f);
        ck_assert(json_object_object_get_ex(o, "evidence", &evidence));
        ck_assert(json_object_object_get_ex(json_object_array_get_idx(evidence, 0), "at", &at));
        ck_assert_ptr_null(at);
        ck_assert_ptr_null(json_number_or_null(0));
        ck_assert_ptr_null(json_text_or_null(""));
        json_object_put(o);
        findings_clear(&list);
}
END_TEST

/* A time beyond the end of time_t is late, never early. */
START_TEST(test_clock_second) {
        ck_assert_int_eq(clock_second(0), 0);
        ck_assert_int_eq(clock_second(1999999), 1);
        ck_assert_int_gt(clock_second(UINT64_C(4000000000000000)), INT32_MAX - 1);
        ck_assert_int_gt(clock_second(UINT64_MAX), INT32_MAX - 1);
}
END_TEST

int main(void) {
        Suite *suite = suite_create("common");
        TCase *c = tcase_create("common");

        tcase_add_test(c, test_clock_second);
        tcase_add_loop_test(c, test_safe, 0, (int) (sizeof texts / sizeof *texts));
        tcase_add_test(c, test_safe_cuts_at_a_whole_character);
        tcase_add_test(c, test_unescape);
        tcase_add_test(c, test_siphash_vector);
        tcase_add_test(c, test_order);
        tcase_add_test(c, test_table_of_findings);
        tcase_add_test(c, test_json_unknown_is_null);
        suite_add_tcase(suite, c);
        return run_suite(suite);
}
