/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Helper: does one operation that may block in a separate process with a time limit (docs/architecture.md, "Reading without
 * waking"): reads a small file, opens a device, or writes a report.
 */

#include <stddef.h>
#include <systemd/sd-event.h>

/* The maximum size for helper_write(). */
#define HELPER_WRITE_MAX 64

struct helper_answer {
        int error;        /* 0 or a negative errno; -ETIMEDOUT if the time limit was reached */
        const char *text; /* content of the file that was read, else NULL */
        int fd;           /* descriptor that was opened, now owned by the callee; else negative */
};

typedef void helper_done(void *userdata, const struct helper_answer *answer);

/* Helpers that have not ended yet. */
struct helpers {
        struct helper *first;
};

/* Each calls `done` once, later, from the loop or from helpers_end(). Returns 0, or a negative errno and then `done` is not
 * called. SIGCHLD must be blocked. */
int helper_read_file(struct helpers *all, sd_event *event, const char *path, helper_done *done, void *userdata);
int helper_open(struct helpers *all, sd_event *event, const char *path, int flags, helper_done *done, void *userdata);
int helper_write(struct helpers *all, sd_event *event, int fd, const void *data, size_t size, helper_done *done, void *userdata);

/* Cancels the callbacks with this `userdata`: their `done` is not called. */
void helpers_forget(struct helpers *all, const void *userdata);

/* Ends all helpers. `done` is called with an error for those still running. A child that cannot be killed for now, because it
 * waits for a device's lock, is left to init. */
void helpers_end(struct helpers *all);
