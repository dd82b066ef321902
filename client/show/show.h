/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Show: findings, paths and whole objects of the API (JSON) as text for people.
 *
 * Everything here takes JSON that may have come from anywhere: a missing key, another type or an unknown word is shown
 * as far as it makes sense and is otherwise left out.
 */

#include "client/client.h"

struct table;

/* Text of a key, "" when it is not there or no string. */
const char *json_text(struct json_object *o, const char *key);

/* Number of a key in 0..INT64_MAX, 0 when unknown. */
uint64_t json_number(struct json_object *o, const char *key);

bool json_truth(struct json_object *o, const char *key);

/* Array or object of a key, NULL when it is not there or something else. */
struct json_object *json_list(struct json_object *o, const char *key);
struct json_object *json_child(struct json_object *o, const char *key);

/* Length of a list; NULL has none. */
size_t json_length(struct json_object *list);

/* Makes all texts in it safe to show (text.h) and cuts them to a sane length. */
void json_make_safe(struct json_object *o);

/* --json: one object on one line, with indentation on a terminal. Returns STATUS_OK or STATUS_FAILED. */
int show_json(struct json_object *o);

/* Is a finding of severity warning or above in the list of findings? */
bool findings_need_action(struct json_object *findings);

bool finding_needs_action(struct json_object *finding);

/* The symbol of a finding's severity, the word of a verdict with its symbol: in colour. */
void put_severity(FILE *out, const struct options *o, struct json_object *finding);
void put_verdict(FILE *out, const struct options *o, const char *verdict);

/* The same as the next cell of a table. */
void add_verdict(struct table *t, const struct options *o, const char *verdict);

/* What a verdict says, for the middle of a sentence; the word itself when it is one of a later version. */
const char *verdict_words(const char *verdict);

/* What a headset's verdict and findings come to, in one line, beside those of the computer (NULL: none). Returns buf. */
const char *headline_words(struct json_object *headset, struct json_object *of_host, char *buf, size_t size);

/* What the state of an unidentified port says, for the middle of a sentence. */
const char *unidentified_words(struct json_object *port);

/* What a source is there for: "sleep of the computer"; its name when it is one of a later version. */
const char *degraded_words(const char *source);

/* An indented line "label     text", broken to the width. */
void put_row(FILE *out, const struct options *o, const char *label, const char *text);

/* One finding: cause, what to do, how sure, and on what evidence. Ends with a newline. */
void show_finding(FILE *out, const struct options *o, struct json_object *finding);

/* All findings of a list: the first one in full, the others shortly, and those that are in `told` (NULL: none) as well, which
 * was shown before, only by name. */
void show_findings(FILE *out, const struct options *o, struct json_object *findings, struct json_object *told);

/* The way from the computer to the device, as a tree, with the place that `findings` point at marked. */
void show_path(FILE *out, const struct options *o, struct json_object *path, struct json_object *findings);

/* The claim whether it charges, and what else the headset itself, or a person, tells: rows as of put_row(). */
void show_charging(FILE *out, const struct options *o, struct json_object *charging);
void show_own_side(FILE *out, const struct options *o, struct json_object *headset);

/* A headset (H of docs/api.md), a port of `unidentified`; `told` as for show_findings(). */
void show_headset(FILE *out, const struct options *o, struct json_object *headset, struct json_object *told);
void show_unidentified(FILE *out, const struct options *o, struct json_object *port, struct json_object *told);

/* "12:03:04" of today, else with the date; "" for 0. Returns buf. */
const char *show_time(uint64_t at_usec, char *buf, size_t size);
