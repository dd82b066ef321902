/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Scene: converts the daemon's objects to the list of plugs that the story works on.
 */

#include <json.h>

#include "client/notify/notify-story.h"

/* Stores what is plugged in, headsets that are seen by Bluetooth only, and faults of the computer in `ret`. Returns how many,
 * at most `max`. Values that only a later version knows count as unknown. */
size_t scene_look(struct json_object *state, struct sight *ret, size_t max);

/* Converts one object. Returns false if there is nothing to show about it. */
bool scene_headset(struct json_object *properties, struct sight *ret);
bool scene_port(struct json_object *properties, struct sight *ret);
bool scene_host(struct json_object *finding, struct sight *ret);
