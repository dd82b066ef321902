/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Report: everything that is needed for remote support, in one file.
 *
 * It is collected once as a JSON object, from which HTML and text are made. Keys: "api_version", "created_at", "version",
 * "with_serial", "computer" (report-computer.c), "status" (the object of `status`), "sessions", "headset_health",
 * "port_health" (of `history`), "check" (the result of the doctor's last check, with "at", "headset" and "model"; null: none),
 * "kernel_lines" ([{"at","text"}]), "identifiers" ({headset id: {...}}, only with
 * --with-serial), "missing" (sentences: what could not be read), "ports" (the object of `ports`; null: not known), "summary" (a
 * few lines to be copied, as a list).
 */

#include <systemd/sd-bus.h>

#include "client/client.h"

/* Returns the facts about the computer: system, kernel, make, firmware. The caller owns the object. */
struct json_object *report_computer(void);

/* Returns the kernel's lines about USB and power of this boot, newest last, without anything that identifies a
 * person. If they cannot be read, `ret_missing` is set to a sentence (static), else to NULL. The caller owns the list. */
struct json_object *report_kernel_lines(const char **ret_missing);

/* Returns whether a report may show the message. Names and serial numbers of devices are not shown. */
bool report_shows_line(const char *text, size_t len);

/* Drawings as inline SVG: the plug sessions by day, and the battery level over time. They write nothing and return false if there
 * is too little to draw. */
bool svg_sessions(FILE *out, struct json_object *sessions);
bool svg_battery(FILE *out, struct json_object *points);

/* Parts of the page: the rows of what the headset reports; a person's answers (NULL: none); and the battery curve of the newest
 * plug session that has one, under the headline. */
void report_own_side(FILE *out, struct json_object *h);
void report_answers(FILE *out, struct json_object *told);
void report_curve(FILE *out, struct json_object *sessions, const char *id, const char *head);

/* The path of the power as a list, with the weak place marked (findings NULL: none). */
void report_path(FILE *out, struct json_object *path, struct json_object *findings);

/* The map of all ports, from the object of `ports`; nothing where no port is known. */
void report_ports(FILE *out, struct json_object *ports);

/* Returns the finding that has to be read first, of all that the report is about: a dangerous battery, or else the most severe
 * one (NULL: none). It belongs to the report. report_is_danger() tells whether a finding is about a dangerous battery. */
struct json_object *report_leading_finding(struct json_object *report);
bool report_is_danger(struct json_object *finding);

/* Returns the report in a few lines, a list of strings. The caller owns it. */
struct json_object *report_summary(struct json_object *report);

/* Passes the result of the doctor's last check to `put`, as pairs of a label and a text. */
typedef void report_put_row(FILE *out, const char *label, const char *text);
void report_check(FILE *out, struct json_object *check, report_put_row *put);

/* Shown instead of the status if the daemon could not be reached. */
#define REPORT_NO_STATUS N_("sonycharged could not be reached, so what this computer sees is not known.")
#define REPORT_NO_HEADSET N_("No Sony headset is visible now. Many never appear on USB, so this is no fault by itself.")

/* Titles of sections. */
#define REPORT_LAST_CHECK N_("The last check with \"sonychargectl doctor\"")
#define REPORT_LIMITS N_("What this report cannot know")

/* Returns a sentence that says whether the report holds serial numbers. */
const char *report_identity_words(struct json_object *report);

void report_html(FILE *out, struct json_object *report);
void report_text(FILE *out, struct json_object *report);

/* "2026-11-25 22:41:07"; "" for 0. Returns buf. */
const char *report_time(uint64_t at_usec, char *buf, size_t size);

/* What Sony's service asks for and this program cannot know; NULL at the end. */
extern const char *const report_service_words[], *const report_limit_words[];

/* Returns the beginning of a sentence about an answer, such as "The charging light is"; for a question of a later version its
 * name. */
const char *report_question_words(const char *question);
