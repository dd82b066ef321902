/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Headset as JSON: what it says of itself, and what a person said of it.
 */

#include <json.h>

#include "causes/diagnosis.h"

/* Each returns a new object that the caller owns; NULL stands for null: not known. */

struct json_object *charging_to_json(const struct model *m, const struct sightings *seen);
struct json_object *battery_to_json(const struct model *m, const struct headset *h);
struct json_object *bluetooth_to_json(const struct model *m, const struct headset *h);
struct json_object *measured_to_json(const struct model *m, const struct sightings *seen);
struct json_object *reading_to_json(const struct model *m, const struct headset *h);
struct json_object *firmware_to_json(const struct headset *h);
struct json_object *answers_to_json(const uint8_t *answers);
struct json_object *all_answers_to_json(const struct model *m, const struct answers *t);

/* "yes", "no", "full", "unknown" */
const char *charging_name(enum charging c);

/* One line for each thing that would be known with another setting of this computer. */
struct json_object *notes_to_json(const struct model *m);
