/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Judge: what the daemon's status object means for the exit status of `status`, `list` and `wait`.
 */

#include "client/client.h"

/* STATUS_FINDING when anything in it needs action, STATUS_NOTHING when nothing is in it, else STATUS_OK. */
int status_exit(struct json_object *status);
