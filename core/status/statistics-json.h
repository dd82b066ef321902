/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Statistics as JSON: what earlier plug sessions add to the status.
 */

#include <json.h>

#include "registry/registry.h"

/* For each headset that had trouble before: how often, on this port and on others. */
struct json_object *statistics_to_json(const struct registry *r, const struct model *m);

/* The headset that was plugged in last, when none is now: model, and when it left; null: none is remembered. */
struct json_object *statistics_last_to_json(const struct registry *r, const struct model *m);
