/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Progress: one line on the terminal (stderr) about an operation that takes more than a second; it is removed at the end.
 * Nothing is written with -q or if stderr is not a terminal.
 */

#include "client/client.h"

struct progress {
        bool wanted, shown;
        uint64_t begun, written; /* CLOCK_MONOTONIC µs */
};

void progress_begin(struct progress *p, const struct options *o);

/* To be called repeatedly: after the first second writes the line, at most five times a second. */
void progress_say(struct progress *p, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Removes the line. Also to be called before other text is written to the terminal. */
void progress_end(struct progress *p);

/* Whole seconds since the beginning. */
unsigned progress_seconds(const struct progress *p);
