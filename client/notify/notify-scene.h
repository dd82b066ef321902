/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Scene: the daemon's objects as the plugs that a story is told of.
 */

#include <json.h>

#include "client/notify/notify-story.h"

/* Fills `ret` with what is plugged in, with headsets that only Bluetooth sees, and with faults of the computer; returns how
 * many, at most `max`.
 * What the daemon says in words of a later version counts as unknown. */
size_t scene_look(struct json_object *state, struct sight *ret, size_t max);

/* One object; false when nothing is there that could be told of. */
bool scene_headset(struct json_object *properties, struct sight *ret);
bool scene_port(struct json_object *properties, struct sight *ret);
bool scene_host(struct json_object *finding, struct sight *ret);
