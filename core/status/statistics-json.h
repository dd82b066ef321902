/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Statistics as JSON: what earlier plug sessions contribute to the status.
 */

#include <json.h>

#include "registry/registry.h"

/* Returns for each headset that had trouble how often this happened at its port and at others. */
struct json_object *statistics_to_json(const struct registry *r, const struct model *m);

/* Returns the model of the headset that was plugged in last and when it left, if none is plugged in now. null: none is known. */
struct json_object *statistics_last_to_json(const struct registry *r, const struct model *m);
