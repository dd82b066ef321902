/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Headset as JSON: what it reports about itself, and what a person answered about it.
 */

#include <json.h>

#include "causes/diagnosis.h"

/* Each function returns a new object that the caller owns, or NULL for null (not known). */

struct json_object *charging_to_json(const struct model *m, const struct sightings *seen);
struct json_object *battery_to_json(const struct model *m, const struct headset *h);
struct json_object *bluetooth_to_json(const struct model *m, const struct headset *h);
struct json_object *measured_to_json(const struct model *m, const struct sightings *seen);
struct json_object *reading_to_json(const struct model *m, const struct headset *h);
struct json_object *firmware_to_json(const struct headset *h);
struct json_object *answers_to_json(const uint8_t *answers);
struct json_object *all_answers_to_json(const struct model *m, const struct answers *t);

/* Returns one line for each value that a different setting of this computer would make known. */
struct json_object *notes_to_json(const struct model *m);
