/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The report as plain text, for mails and bug trackers.
 */
#include <string.h>

#include "client/sessions.h"
#include "client/report/report.h"
#include "client/show/show.h"
#include "client/show/terminal.h"
#include "common/language.h"

/* Eighty columns without colours, which mail programs do not change. In English it is ASCII. */
static struct options plain = { .width = 78, .columns = 78 };

static void put_title(FILE *out, const char *title) {
        fprintf(out, "\n%s\n", title);
        for (size_t i = text_columns(&plain, title); i > 0; i--)
                fputc('-', out);
        fputc('\n', out);
}

static void put_sentence(FILE *out, const char *text) {
        put_wrapped(out, &plain, text, 0, 0);
        fputc('\n', out);
}

static void put_text_row(FILE *out, const char *label, struct json_object *o, const char *key) {
        if (*json_text(o, key))
                put_row(out, &plain, label, json_text(o, key));
}

static void put_serial(FILE *out, struct json_object *report, const char *id) {
        struct json_object *mine = json_child(json_child(report, "identifiers"), id);

        if (!mine)
                return;
        json_object_object_foreach(mine, key, value) {
                (void) value;
                put_text_row(out, key, mine, key);
        }
}

/* A warning of a dangerous battery comes before everything else. */
static void put_danger(FILE *out, struct json_object *report) {
        struct json_object *leading = report_leading_finding(report);

        if (!report_is_danger(leading))
                return;
        show_finding(out, &plain, leading);
        fputc('\n', out);
}

static void put_headsets(FILE *out, struct json_object *report) {
        struct json_object *status = json_child(report, "status"), *headsets = json_list(status, "headsets");
        struct json_object *unidentified = json_list(status, "unidentified"), *of_host;

        of_host = json_list(json_child(status, "host"), "findings");
        for (size_t i = 0; i < json_length(of_host); i++)
                show_finding(out, &plain, json_object_array_get_idx(of_host, i));
        if (json_length(of_host) > 0)
                fputc('\n', out);
        if (!status)
                put_sentence(out, _(REPORT_NO_STATUS));
        else if (json_length(headsets) + json_length(unidentified) == 0)
                put_sentence(out, _(REPORT_NO_HEADSET));
        for (size_t i = 0; i < json_length(headsets); i++) {
                struct json_object *h = json_object_array_get_idx(headsets, i);

                show_headset(out, &plain, h, of_host);
                show_statistics(out, &plain, status, json_text(h, "id"));
                put_serial(out, report, json_text(h, "id"));
                fputc('\n', out);
        }
        for (size_t i = 0; i < json_length(unidentified); i++)
                show_unidentified(out, &plain, json_object_array_get_idx(unidentified, i), of_host);
}

static void put_sessions(FILE *out, struct json_object *report) {
        struct json_object *history = json_object_new_object();

        json_object_object_add(history, "sessions", json_object_get(json_list(report, "sessions")));
        json_object_object_add(history, "headsets", json_object_get(json_list(report, "headset_health")));
        json_object_object_add(history, "ports", json_object_get(json_list(report, "port_health")));
        show_history(out, &plain, history);
        json_object_put(history);
}

static void put_computer(FILE *out, struct json_object *report) {
        struct json_object *c = json_child(report, "computer"), *status = json_child(report, "status");
        struct json_object *degraded = json_list(status, "degraded"), *missing = json_list(report, "missing");
        struct json_object *notes = json_list(status, "notes");

        put_text_row(out, _("System"), c, "system");
        put_text_row(out, _("Until"), c, "support_end");
        put_text_row(out, _("Kernel"), c, "kernel");
        put_text_row(out, _("Make"), c, "make");
        put_text_row(out, _("Firmware"), c, "firmware");
        for (size_t i = 0; i < json_length(degraded); i++)
                put_row(out, &plain, _("Not seen"),
                        degraded_words(json_object_get_string(json_object_array_get_idx(degraded, i))));
        for (size_t i = 0; i < json_length(missing); i++)
                put_row(out, &plain, _("Missing"), json_object_get_string(json_object_array_get_idx(missing, i)));
        for (size_t i = 0; i < json_length(notes); i++)
                put_row(out, &plain, _("Note"), json_object_get_string(json_object_array_get_idx(notes, i)));
}

static void put_kernel(FILE *out, struct json_object *lines) {
        char time[32];

        for (size_t i = 0; i < json_length(lines); i++) {
                struct json_object *line = json_object_array_get_idx(lines, i);

                fprintf(out, "%s  ", report_time(json_number(line, "at"), time, sizeof time));
                put_text(out, &plain, json_text(line, "text"));
                fputc('\n', out);
        }
        if (json_length(lines) == 0)
                fprintf(out, "%s\n", _("Nothing, or nothing that can be read here."));
}

static void put_check_row(FILE *out, const char *label, const char *text) {
        if (*text)
                put_row(out, &plain, label, text);
}

static void put_words(FILE *out, const char *const *words) {
        for (; *words; words++) {
                fputs("  - ", out);
                put_wrapped(out, &plain, _(*words), 4, 4);
                fputc('\n', out);
        }
}

void report_text(FILE *out, struct json_object *report) {
        char time[32];

        plain.utf8 = language_is_translated();
        fprintf(out, _("sonycharge report, %s, version %s"), report_time(json_number(report, "created_at"), time, sizeof time),
                json_text(report, "version"));
        fputc('\n', out);
        fprintf(out, "%s\n\n", report_identity_words(report));
        put_danger(out, report);
        put_headsets(out, report);
        if (json_child(report, "check")) {
                put_title(out, _(REPORT_LAST_CHECK));
                report_check(out, json_child(report, "check"), put_check_row);
        }
        if (json_child(report, "status")) {
                put_title(out, _("Plug sessions"));
                put_sessions(out, report);
        }
        put_title(out, _("What the kernel said since the computer was started"));
        put_kernel(out, json_list(report, "kernel_lines"));
        put_title(out, _("This computer"));
        put_computer(out, report);
        put_title(out, _("For Sony's service"));
        put_words(out, report_service_words);
        put_title(out, _(REPORT_LIMITS));
        put_words(out, report_limit_words);
}
