/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Findings as JSON objects of docs/api.md (F), and small helpers for values that may be unknown.
 */

#include <json.h>
#include <stdint.h>

#include "common/finding.h"

#define API_VERSION "1.0"

/* A new object; the caller owns it. NULL when memory is out. */
struct json_object *finding_to_json(const struct finding *f);
struct json_object *findings_to_json(const struct findings *list);

/* "unknown is null, never 0 or an empty string". */
struct json_object *json_number_or_null(uint64_t n);
struct json_object *json_text_or_null(const char *text);

/* A new object with "api_version" as its first key. */
struct json_object *json_api_object(void);

/* For _cleanup_(). */
static inline void json_putp(struct json_object **o) {
        json_object_put(*o);
}
