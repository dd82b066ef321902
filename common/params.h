/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Params: the named numbers and texts that a sentence is made of, stored in a fixed-size buffer. They accompany a finding, so
 * that a client can build the same sentence in another language.
 *
 * The name of a number ends with its unit ("needed_ma"). A value whose name ends with "_words" is the name of another
 * template. All other values are texts from outside, such as the name of a device.
 */

#include <json-c/json.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PARAMS_MAX 240

/* A zero-initialised object is empty. */
struct params {
        char list[PARAMS_MAX]; /* a sequence of name, '\0', 'n' or 't' and the value, '\0' */
        size_t used;
};

/* Adds a value. An empty text is skipped and a long text is truncated. A value for which there is no space left is dropped. */
void params_number(struct params *p, const char *name, uint64_t number);
void params_text(struct params *p, const char *name, const char *text);

/* Returns the value with this name as text, or NULL. */
const char *params_find(const struct params *p, const char *name, bool *ret_number);

/* Returns an object with one key for each value, or NULL when there are none. The caller owns it. */
struct json_object *params_to_json(const struct params *p);

/* Reads such an object. Members that are neither text nor number are ignored. */
void params_from_json(struct params *p, struct json_object *o);
