/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * View: the daemon's status (JSON) read and put into words, for every program that shows it: the terminal and the window say the
 * same.
 *
 * The JSON is not trusted: a missing key, a value of another type or an unknown word is shown as far as possible and otherwise
 * left out.
 */

#include <json.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

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

/* Returns whether the list contains a finding of severity warning or above. */
bool findings_need_action(struct json_object *findings);

bool finding_needs_action(struct json_object *finding);

/* Summarizes a headset's verdict and findings in one line, together with those of the computer (NULL: none). Returns buf. */
const char *headline_words(struct json_object *headset, struct json_object *of_host, char *buf, size_t size);

/* Returns the state of an unidentified port as a phrase for the middle of a sentence. */
const char *unidentified_words(struct json_object *port);

/* Returns the purpose of a source: "sleep of the computer"; its name if it is unknown. */
const char *degraded_words(const char *source);

/* "12:03:04" for today, otherwise with the date; "" for 0. Returns buf. */
const char *show_time(uint64_t at_usec, char *buf, size_t size);
