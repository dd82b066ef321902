/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Show: findings, paths and whole objects of the API (JSON) as text for people.
 *
 * The JSON is not trusted: a missing key, a value of another type or an unknown word is shown as far as possible and otherwise
 * left out.
 */

#include "client/client.h"

struct table;

/* Returns the string of a key, "" if it is missing or not a string. */
const char *json_text(struct json_object *o, const char *key);

/* Returns the number of a key in 0..INT64_MAX, 0 if it is not known. */
uint64_t json_number(struct json_object *o, const char *key);

bool json_truth(struct json_object *o, const char *key);

/* Returns the array or object of a key, NULL if it is missing or of another type. */
struct json_object *json_list(struct json_object *o, const char *key);
struct json_object *json_child(struct json_object *o, const char *key);

/* Returns the length of a list; 0 for NULL. */
size_t json_length(struct json_object *list);

/* Makes all strings safe to show (text.h) and limits their length. */
void json_make_safe(struct json_object *o);

/* --json: one object on one line, with indentation on a terminal. Returns STATUS_OK or STATUS_FAILED. */
int show_json(struct json_object *o);

/* Returns whether the list contains a finding of severity warning or above. */
bool findings_need_action(struct json_object *findings);

bool finding_needs_action(struct json_object *finding);

/* Print the symbol of a finding's severity, and the word of a verdict with its symbol, in colour. */
void put_severity(FILE *out, const struct options *o, struct json_object *finding);
void put_verdict(FILE *out, const struct options *o, const char *verdict);

/* The same as the next cell of a table. */
void add_verdict(struct table *t, const struct options *o, const char *verdict);

/* Returns a verdict as a phrase for the middle of a sentence; the word itself if it is unknown. */
const char *verdict_words(const char *verdict);

/* Summarizes a headset's verdict and findings in one line, together with those of the computer (NULL: none). Returns buf. */
const char *headline_words(struct json_object *headset, struct json_object *of_host, char *buf, size_t size);

/* Returns the state of an unidentified port as a phrase for the middle of a sentence. */
const char *unidentified_words(struct json_object *port);

/* Returns the purpose of a source: "sleep of the computer"; its name if it is unknown. */
const char *degraded_words(const char *source);

/* Prints an indented line "label text", wrapped to the width. */
void put_row(FILE *out, const struct options *o, const char *label, const char *text);

/* Prints one finding: cause, action, confidence and evidence. Ends with a newline. */
void show_finding(FILE *out, const struct options *o, struct json_object *finding);

/* Prints all findings of a list: the first one in full, the others in short form, and those in `told` (NULL: none), which were
 * shown before, only by name. */
void show_findings(FILE *out, const struct options *o, struct json_object *findings, struct json_object *told);

/* Prints the path from the computer to the device as a tree, and marks the place that `findings` point at. */
void show_path(FILE *out, const struct options *o, struct json_object *path, struct json_object *findings);

/* Prints the claim whether it charges, and what else the headset or a person reported, as rows of put_row(). */
void show_charging(FILE *out, const struct options *o, struct json_object *charging);
void show_own_side(FILE *out, const struct options *o, struct json_object *headset);

/* Print a headset (H of docs/api.md) and a port of `unidentified`; `told` as for show_findings(). */
void show_headset(FILE *out, const struct options *o, struct json_object *headset, struct json_object *told);
void show_unidentified(FILE *out, const struct options *o, struct json_object *port, struct json_object *told);

/* "12:03:04" for today, otherwise with the date; "" for 0. Returns buf. */
const char *show_time(uint64_t at_usec, char *buf, size_t size);
