/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Helper: does one thing that may block, in a process of its own with a time limit (docs/architecture.md, "Reading without
 * waking"): reads a small file, opens a device, writes a report.
 */

#include <stddef.h>
#include <systemd/sd-event.h>

/* The most that helper_write() takes. */
#define HELPER_WRITE_MAX 64

struct helper_answer {
        int error;        /* 0, or a negative errno; -ETIMEDOUT when it was not done in time */
        const char *text; /* of a file that was read, else NULL */
        int fd;           /* that was opened, now the callee's; else negative */
};

typedef void helper_done(void *userdata, const struct helper_answer *answer);

/* Those that have not ended yet. */
struct helpers {
        struct helper *first;
};

/* Each calls `done` once, later and from the loop or helpers_end(). Returns 0 or a negative errno, then `done` is not called.
 * SIGCHLD must be blocked. */
int helper_read_file(struct helpers *all, sd_event *event, const char *path, helper_done *done, void *userdata);
int helper_open(struct helpers *all, sd_event *event, const char *path, int flags, helper_done *done, void *userdata);
int helper_write(struct helpers *all, sd_event *event, int fd, const void *data, size_t size, helper_done *done, void *userdata);

/* Whoever waits with this `userdata` waits no more: `done` is not called. */
void helpers_forget(struct helpers *all, const void *userdata);

/* Ends all of them; who still waits is told that nothing was done. A child that cannot die for now, because of a device's
 * lock, is left to init. */
void helpers_end(struct helpers *all);
