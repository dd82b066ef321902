/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Runtime state: what a restart within the same boot must know, so that nothing is told twice: the boot, the newest
 * kernel-log record that was read, and what was told and still holds. A small text file in the runtime folder, which is in
 * memory: it is written at once with every change.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct runtime_state {
        char *path;        /* NULL: no folder, nothing is kept */
        char boot[40];     /* this boot's id; empty: not known */
        uint64_t sequence; /* newest record of the kernel log that an earlier run of this boot read; 0: none */
        size_t n, n_earlier;
        char **entries; /* what was told and holds */
        char **earlier; /* the same of the run before, in this boot */
        bool changed;
        uint64_t newest; /* sequence to be written next */
        bool complained; /* that the file cannot be written; once until it can */
};

/* Reads the file in the folder, which is made when the file is first written; NULL: there is none, nothing is kept. */
void runtime_state_load(struct runtime_state *m, const char *folder);

/* Nothing is read or kept: for replays. */
void runtime_state_none(struct runtime_state *m);
void runtime_state_done(struct runtime_state *m);

/* Was it told before in this boot, by an earlier run? */
bool runtime_state_had(const struct runtime_state *m, const char *what);

/* Does it stand as told now? */
bool runtime_state_holds(const struct runtime_state *m, const char *what);

void runtime_state_add(struct runtime_state *m, const char *what);
void runtime_state_remove(struct runtime_state *m, const char *what);

/* Writes the file when something changed, or `always`. What fails is named in the log, once. */
void runtime_state_save(struct runtime_state *m, uint64_t sequence, bool always);
