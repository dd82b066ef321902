/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Match: which headset, port or device a HEADSET argument names.
 */

#include "client/client.h"

/* Does `name` name the headset (H)? An id, a start of one, its model (case, spaces and dashes do not count), or the
 * name of its device. `start` says whether only the start of an id fits. */
bool match_headset(struct json_object *headset, const char *name, bool *start);

/* Does it name the port, one of `unidentified` or of all: its id, or the kernel's name for the port or for what is in it? */
bool match_port(struct json_object *port, const char *name);

/* Leaves only what is named in `headsets` and `unidentified` of a status. Returns how many are left, or, after complaining,
 * -ENOTUNIQ: a start of an id that fits more than one headset is no name. */
int match_status(struct json_object *status, const char *name);

/* Name of the device of a headset ("1-2.3"): the last one of its path, "" when it is not on USB. */
const char *headset_device(struct json_object *headset);
