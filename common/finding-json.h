/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Findings as JSON objects (docs/api.md, F), and helpers for values that may be unknown.
 */

#include <json.h>
#include <stdint.h>

#include "common/finding.h"

#define API_VERSION "1.1"

/* Returns a new object that the caller owns, or NULL when out of memory. */
struct json_object *finding_to_json(const struct finding *f);
struct json_object *findings_to_json(const struct findings *list);

/* Returns null for an unknown value: 0 or an empty text. The API never shows these for "unknown". */
struct json_object *json_number_or_null(uint64_t n);
struct json_object *json_text_or_null(const char *text);

/* Returns a new object that has "api_version" as its first key. The caller owns it. */
struct json_object *json_api_object(void);

/* For use with _cleanup_(). */
static inline void json_putp(struct json_object **o) {
        json_object_put(*o);
}
