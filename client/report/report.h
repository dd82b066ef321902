/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Report: everything that somebody far away needs to help, in one piece.
 *
 * It is gathered once, as one JSON object; HTML and text are drawn from that. Keys: "api_version", "created_at", "version",
 * "with_serial", "computer" (report-computer.c), "status" (the object of `status`), "sessions", "headset_health",
 * "port_health" (of `history`), "check" (the result of the doctor's last check, with "at", "headset" and "model"; null: none),
 * "kernel_lines" ([{"at","text"}]), "identifiers" ({headset id: {...}}, only with
 * --with-serial), "missing" (sentences: what could not be read).
 */

#include <systemd/sd-bus.h>

#include "client/client.h"

/* What is known of the computer itself: system, kernel, make, firmware. The caller owns it. */
struct json_object *report_computer(void);

/* The kernel's lines about USB and power of this boot, newest last, without what tells who somebody is. `ret_missing` becomes a
 * sentence (static) when they cannot be read, else NULL. The caller owns the list. */
struct json_object *report_kernel_lines(const char **ret_missing);

/* Is the message one that a report may show? Names and serial numbers that devices tell are not. */
bool report_shows_line(const char *text, size_t len);

/* Drawings as inline SVG: the way of the power, the plug sessions on their days, and a battery's level over time. The last
 * two write nothing and return false when there is too little to draw. */
void svg_path(FILE *out, struct json_object *path, struct json_object *findings);
bool svg_sessions(FILE *out, struct json_object *sessions);
bool svg_battery(FILE *out, struct json_object *points);

/* Parts of the page: rows of the headset's own side; what a person told (null: nothing); the battery's curve in the headset's
 * newest plug session that has one, under the headline, or nothing. */
void report_own_side(FILE *out, struct json_object *h);
void report_answers(FILE *out, struct json_object *told);
void report_curve(FILE *out, struct json_object *sessions, const char *id, const char *head);

/* The doctor's last check as pairs of a label and a text, given to `put` one after another. */
typedef void report_put_row(FILE *out, const char *label, const char *text);
void report_check(FILE *out, struct json_object *check, report_put_row *put);

/* Said in place of the status when the daemon could not be reached. */
#define REPORT_NO_STATUS N_("sonycharged could not be reached, so what this computer sees is not known.")

void report_html(FILE *out, struct json_object *report);
void report_text(FILE *out, struct json_object *report);

/* "2026-11-25 22:41:07"; "" for 0. Returns buf. */
const char *report_time(uint64_t at_usec, char *buf, size_t size);

/* What Sony's service asks for, and what the program cannot know; NULL at the end. */
extern const char *const report_service_words[], *const report_limit_words[];

/* What a person answered, as a sentence's beginning: "The charging light is"; the question's name for one of a later version. */
const char *report_question_words(const char *question);
