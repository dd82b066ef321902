/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Params: the named values that a sentence is made of, numbers and texts, in a fixed room. They go with a finding to whoever
 * shows it, so that the sentence can be made again in another language.
 *
 * The name of a number ends with its unit ("needed_ma"). A name that ends with "_words" has the name of another template.
 * Everything else is text that comes from outside, such as the name of a device.
 */

#include <json-c/json.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PARAMS_MAX 240

/* Zero-initialised is empty. */
struct params {
        char list[PARAMS_MAX]; /* name, '\0', 'n' or 't' and the value, '\0', and so on */
        size_t used;
};

/* Adds a value. An empty text is left out, a long one is cut; what does not fit is left out. */
void params_number(struct params *p, const char *name, uint64_t number);
void params_text(struct params *p, const char *name, const char *text);

/* The value with this name as text, or NULL. */
const char *params_find(const struct params *p, const char *name, bool *ret_number);

/* An object with a key for each value, or NULL for none. The caller owns it. */
struct json_object *params_to_json(const struct params *p);

/* Reads such an object; whatever is no text and no number is left out. */
void params_from_json(struct params *p, struct json_object *o);
