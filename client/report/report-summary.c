/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Summary: the report in a few lines, to be copied into a mail or a bug report.
 */
#include <stdlib.h>
#include <string.h>

#include "client/report/report.h"
#include "client/show/show.h"
#include "common/language.h"
#include "view/path-words.h"
#include "words/words.h"

static struct json_object *at(struct json_object *list, size_t i) {
        return json_object_array_get_idx(list, i);
}

static const char *sureness(struct json_object *finding) {
        const char *confidence = json_text(finding, "confidence");

        return *confidence ? words_value(confidence) : _("not stated");
}

static bool holds(struct json_object *findings, struct json_object *finding) {
        for (size_t i = 0; i < json_length(findings); i++)
                if (at(findings, i) == finding)
                        return true;
        return false;
}

/* Prints one finding in full, the leading one of the report if it is in the list, and only the codes of the others. */
static void put_findings(FILE *out, struct json_object *findings, struct json_object *leading) {
        struct json_object *first = holds(findings, leading) ? leading : json_length(findings) > 0 ? at(findings, 0) : NULL;
        const char *before = _("Found too: ");

        if (!first)
                return;
        fprintf(out, "%s: %s (%s, %s)\n", _("Cause"), json_text(first, "cause"), json_text(first, "code"), sureness(first));
        if (*json_text(first, "action"))
                fprintf(out, "%s: %s\n", _("To do"), json_text(first, "action"));
        for (size_t i = 0; i < json_length(findings); i++)
                if (at(findings, i) != first) {
                        fprintf(out, "%s%s", before, json_text(at(findings, i), "code"));
                        before = ", ";
                }
        if (json_length(findings) > 1)
                fputc('\n', out);
}

static void put_path(FILE *out, struct json_object *path) {
        char label[2400];

        for (size_t i = 0; i < json_length(path); i++) {
                if (path_kind_is(at(path, i), "port"))
                        path_port_label(at(path, i), label, sizeof label);
                else
                        path_node_label(at(path, i), label, sizeof label);
                fprintf(out, "%s%s", i == 0 ? "" : " > ", label);
        }
        if (json_length(path) > 0)
                fputc('\n', out);
}

static void put_headset(FILE *out, struct json_object *h, struct json_object *of_host, struct json_object *leading) {
        char words[2400];

        fprintf(out, "%s: %s.\n", *json_text(h, "model") ? json_text(h, "model") : json_text(h, "id"),
                headline_words(h, of_host, words, sizeof words));
        put_findings(out, json_list(h, "findings"), leading);
        put_path(out, json_list(h, "path"));
}

static void put_port(FILE *out, struct json_object *p, struct json_object *leading) {
        char words[420];

        port_words(json_text(p, "name"), json_text(p, "sysname"), words, sizeof words);
        fprintf(out, "%s: %s.\n", words, unidentified_words(p));
        put_findings(out, json_list(p, "findings"), leading);
}

static void put_check(FILE *out, struct json_object *check) {
        struct json_object *conclusion = json_child(check, "conclusion");

        if (*json_text(conclusion, "cause"))
                fprintf(out, _("Checked by questions: %s %s\n"), json_text(check, "model"), json_text(conclusion, "cause"));
        if (*json_text(conclusion, "action"))
                fprintf(out, "%s: %s\n", _("To do"), json_text(conclusion, "action"));
}

/* Prints the object of the leading finding (`leads`), or all other objects. */
static void put_subjects(FILE *out, struct json_object *report, struct json_object *leading, bool leads) {
        struct json_object *status = json_child(report, "status"), *check = json_child(report, "check");
        struct json_object *headsets = json_list(status, "headsets"), *ports = json_list(status, "unidentified");
        struct json_object *of_host = json_list(json_child(status, "host"), "findings");

        if (holds(of_host, leading) == leads)
                put_findings(out, of_host, leading);
        for (size_t i = 0; i < json_length(headsets); i++)
                if (holds(json_list(at(headsets, i), "findings"), leading) == leads)
                        put_headset(out, at(headsets, i), of_host, leading);
        for (size_t i = 0; i < json_length(ports); i++)
                if (holds(json_list(at(ports, i), "findings"), leading) == leads)
                        put_port(out, at(ports, i), leading);
        if (check && (leading && json_child(check, "conclusion") == leading) == leads)
                put_check(out, check);
}

static void put_nothing_seen(FILE *out, struct json_object *status) {
        if (!status)
                fprintf(out, "%s\n", _(REPORT_NO_STATUS));
        else if (json_length(json_list(status, "headsets")) + json_length(json_list(status, "unidentified")) == 0)
                fprintf(out, "%s\n", _("No Sony headset is visible now. Many never appear on USB."));
}

static void put_computer(FILE *out, struct json_object *report) {
        static const char *const keys[] = { "make", "firmware", "system", "kernel" };
        struct json_object *computer = json_child(report, "computer");
        const char *before = "";
        char time[32];

        for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
                if (*json_text(computer, keys[i])) {
                        fprintf(out, "%s%s", before, json_text(computer, keys[i]));
                        before = ", ";
                }
        fprintf(out, "%ssonycharge %s, %s\n", before, json_text(report, "version"),
                report_time(json_number(report, "created_at"), time, sizeof time));
}

/* Returns one string per line, because a program that does not trust the text would not show a text with several lines as it
 * is. */
static struct json_object *lines_of(char *text) {
        struct json_object *lines = json_object_new_array();
        char *rest = NULL;

        for (char *line = strtok_r(text, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest))
                json_object_array_add(lines, json_object_new_string(line));
        return lines;
}

struct json_object *report_summary(struct json_object *report) {
        struct json_object *lines, *leading = report_leading_finding(report);
        char *text = NULL;
        size_t size;
        FILE *out = open_memstream(&text, &size);

        if (!out)
                return json_object_new_array();
        put_subjects(out, report, leading, true);
        put_subjects(out, report, leading, false);
        put_nothing_seen(out, json_child(report, "status"));
        put_computer(out, report);
        lines = fclose(out) == 0 ? lines_of(text) : json_object_new_array();
        free(text);
        return lines;
}
