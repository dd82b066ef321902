/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Helper: reads one small file that may block, in a process of its own with a time limit (design, rule 2).
 */

#include <stddef.h>
#include <systemd/sd-event.h>

/* `text` is the file's content, NULL when it could not be read in time. */
typedef void helper_done(void *userdata, const char *text);

/* Calls `done` once, later and from the loop. Returns 0 or a negative errno, then `done` is not called. When the loop
 * ends first, the helper is left to end by itself. SIGCHLD must be blocked. */
int helper_read_file(sd_event *event, const char *path, helper_done *done, void *userdata);
