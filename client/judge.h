/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Judge: derives the exit status of `status`, `list` and `wait` from the daemon's status object.
 */

#include "client/client.h"

/* Returns STATUS_FINDING if anything in it needs action, STATUS_NOTHING if it is empty, else STATUS_OK. */
int status_exit(struct json_object *status);
