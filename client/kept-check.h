/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Kept check: the result of the doctor's last finished check, in the user's state folder. It is kept for the report alone. The
 * doctor writes it and never reads it, so that a finished check leaves nothing behind for the next one.
 */

#include "client/client.h"

/* Replaces the kept result. Returns 0 or a negative errno. */
int kept_check_write(struct json_object *result);

/* Returns the kept result with strings that are safe to show, or NULL when there is none that can be read. The caller owns it. */
struct json_object *kept_check_read(void);
