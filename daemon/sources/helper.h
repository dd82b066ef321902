/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Helper: reads one small file that may block, in a process of its own with a time limit (design, rule 2).
 */

#include <stddef.h>
#include <systemd/sd-event.h>

/* `text` is the file's content, NULL when it could not be read in time. */
typedef void helper_done(void *userdata, const char *text);

/* Those that have not ended yet. */
struct helpers {
        struct helper *first;
};

/* Calls `done` once, later and from the loop or helpers_end(). Returns 0 or a negative errno, then `done` is not called.
 * SIGCHLD must be blocked. */
int helper_read_file(struct helpers *all, sd_event *event, const char *path, helper_done *done, void *userdata);

/* Ends all of them; who still waits is told that nothing was read. A child that cannot die for now, because of a device's
 * lock, is left to init. */
void helpers_end(struct helpers *all);
