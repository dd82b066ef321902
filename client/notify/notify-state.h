/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * State: converts the daemon's objects to the list of plugs that the policy works on.
 */

#include <json.h>

#include "client/notify/notify-policy.h"

/* Stores what is plugged in, headsets that are seen by Bluetooth only, and faults of the computer in `ret`. Returns how many,
 * at most `max`. Values that only a later version knows count as unknown. */
size_t states_read(struct json_object *state, struct plug_state *ret, size_t max);

/* Converts one object. Returns false if there is nothing to show about it. */
bool state_of_headset(struct json_object *properties, struct plug_state *ret);
bool state_of_port(struct json_object *properties, struct plug_state *ret);
bool state_of_host(struct json_object *finding, struct plug_state *ret);
