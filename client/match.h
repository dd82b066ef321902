/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Match: finds the headset, port or device that a HEADSET argument names.
 */

#include "client/client.h"

/* Returns whether `name` names the headset (H): an id, a prefix of one, its model (case, spaces and dashes are ignored), or
 * the name of its device. `start` is set if only a prefix of the id matches. */
bool match_headset(struct json_object *headset, const char *name, bool *start);

/* Returns whether it names the port, from `unidentified` or from all ports: its id, or the kernel's name of the port or of the
 * device on it. */
bool match_port(struct json_object *port, const char *name);

/* Removes everything that is not named from `headsets` and `unidentified` of a status. Returns how many are left, or, after
 * complaining, -ENOTUNIQ if a prefix matches the ids of several headsets. */
int match_status(struct json_object *status, const char *name);

/* Returns the name of a headset's device ("1-2.3"), the last one of its path; "" if it is not on USB. */
const char *headset_device(struct json_object *headset);
