/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Progress: one line on the terminal (stderr) about what takes more than a second; it goes when the work is done. Nothing
 * is written under -q or when stderr is no terminal.
 */

#include "client/client.h"

struct progress {
        bool wanted, shown;
        uint64_t begun, written; /* CLOCK_MONOTONIC µs */
};

void progress_begin(struct progress *p, const struct options *o);

/* To be called now and then: writes the line, at most five times a second, once a second has gone by. */
void progress_say(struct progress *p, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Takes the line away. Also to be called before anything else is written to the terminal. */
void progress_end(struct progress *p);

/* Whole seconds since the beginning. */
unsigned progress_seconds(const struct progress *p);
