/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Runtime state: what a restart within the same boot has to know so that nothing is reported twice: the boot id, the newest
 * kernel-log record that was read, and what was reported and still holds. It is a small text file in the runtime directory,
 * which is in memory, and it is written at once on every change.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct runtime_state {
        char *path;        /* NULL: no directory, nothing is kept */
        char boot[40];     /* id of this boot; empty: not known */
        uint64_t sequence; /* newest kernel-log record that an earlier run of this boot read; 0: none */
        size_t n, n_earlier;
        char **entries; /* what was reported and still holds */
        char **earlier; /* the same for the earlier run in this boot */
        bool changed;
        uint64_t newest; /* sequence number to be written next */
        bool complained; /* a write error was logged; reset when a write succeeds */
};

/* Reads the file in the directory. The directory is created on the first write. NULL: there is no directory and nothing is
 * kept. */
void runtime_state_load(struct runtime_state *m, const char *folder);

/* Neither reads nor keeps anything; for replays. */
void runtime_state_none(struct runtime_state *m);
void runtime_state_done(struct runtime_state *m);

/* Returns whether an earlier run of this boot reported it. */
bool runtime_state_had(const struct runtime_state *m, const char *what);

/* Returns whether it is currently recorded as reported. */
bool runtime_state_holds(const struct runtime_state *m, const char *what);

void runtime_state_add(struct runtime_state *m, const char *what);
void runtime_state_remove(struct runtime_state *m, const char *what);

/* Writes the file if something changed, or `always`. A failure is logged once. */
void runtime_state_save(struct runtime_state *m, uint64_t sequence, bool always);
