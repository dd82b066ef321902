/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Path as JSON: the parts between the computer and a device, starting at the computer.
 */

#include <json.h>

#include "causes/diagnosis.h"

struct json_object *path_to_json(const struct model *m, const struct port *p);

/* Returns a hub with its budget and the sum of the declared currents, without its ports. */
struct json_object *hub_to_json(const struct model *m, const struct port *hub);

/* Returns a device for a list of ports, or null when the port is empty. */
struct json_object *child_to_json(const struct port *p);

/* Adds a member. Unlike json-c's function it does not copy the key, which must be a string literal. */
void json_put(struct json_object *o, const char *key, struct json_object *value);

struct json_object *json_string(const char *text);

/* Return NULL for what is not known. */
struct json_object *json_tristate(enum tristate t);
struct json_object *json_moment(const struct model *m, struct moment when);
