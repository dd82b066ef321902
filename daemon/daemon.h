/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Daemon: connects sources, model, registry and outlets in one event loop.
 */

#include <stdbool.h>

struct daemon_options {
        const char *state;    /* --state=, NULL: not given */
        const char *runtime;  /* --runtime=, NULL: not given */
        const char *replay;   /* --replay, NULL: use the live sources */
        bool replay_and_exit; /* print the final state as JSON on stdout and exit */
};

/* Runs until a signal asks it to stop. Returns an exit status. */
int daemon_run(const struct daemon_options *options);
