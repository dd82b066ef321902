/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Path as JSON: the parts between the computer and a device, computer first.
 */

#include <json.h>

#include "causes/diagnosis.h"

struct json_object *path_to_json(const struct model *m, const struct port *p);

/* A hub with its budget and the sum of what hangs on it, without its ports. */
struct json_object *hub_to_json(const struct model *m, const struct port *hub);

/* A device in a list of ports; null when the port is empty. */
struct json_object *child_to_json(const struct port *p);

/* Adds a key; like json-c's own, but the name is a literal that lives on. */
void json_put(struct json_object *o, const char *key, struct json_object *value);

struct json_object *json_string(const char *text);
struct json_object *json_tristate(enum tristate t);
