/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Daemon: the wiring of sources, model, registry and outlets in one loop.
 */

#include <stdbool.h>

struct daemon_options {
        const char *state;    /* --state=, NULL: not given */
        const char *runtime;  /* --runtime=, NULL: not given */
        const char *replay;   /* --replay, NULL: live */
        bool replay_and_exit; /* prints the final state as JSON on stdout and ends */
};

/* Runs until it is told to end. Returns an exit status. */
int daemon_run(const struct daemon_options *options);
