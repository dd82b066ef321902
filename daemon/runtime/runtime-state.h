/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Memory: what a restart within the same boot must know, so that nothing is told twice: the boot, the newest kernel-log
 * record that was read, and what was told and still holds. A small text file in the state folder, written by a thread that
 * ends with it: the disk may stand still.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <systemd/sd-event.h>

struct memory {
        char *path;        /* NULL: no folder, nothing is kept */
        char *folder;      /* NULL: there is none; it may be read-only */
        char boot[40];     /* this boot's id; empty: not known */
        uint64_t sequence; /* newest record of the kernel log that an earlier run of this boot read; 0: none */
        size_t n, n_earlier;
        char **told;    /* what was told and holds */
        char **earlier; /* the same of the run before, in this boot */
        bool changed, again;
        uint64_t newest;       /* sequence to be written next */
        struct worker *worker; /* NULL: it is written at once */
        bool complained;       /* that the file cannot be written; once until it can */
};

/* Finds the folder (`folder`, else $STATE_DIRECTORY, else the user's) and reads the file. A folder that cannot be used is
 * named in the log once and nothing is kept. */
void memory_load(struct memory *m, const char *folder);

/* From now on the file is written beside the loop. */
void memory_start(struct memory *m, sd_event *event);

/* Nothing is read or kept: for replays. */
void memory_none(struct memory *m);
void memory_done(struct memory *m);

/* The path of another file in the folder; the caller frees. NULL: there is no folder, or no memory. */
char *memory_file(const struct memory *m, const char *name);

/* Was it told before in this boot, by an earlier run? */
bool memory_was_told(const struct memory *m, const char *what);

/* Does it stand as told now? */
bool memory_holds(const struct memory *m, const char *what);

void memory_add(struct memory *m, const char *what);
void memory_remove(struct memory *m, const char *what);

/* Writes the file when something changed, or `always`. What fails is named in the log, once. */
void memory_save(struct memory *m, uint64_t sequence, bool always);

/* Waits for what is being written, at most a few seconds. */
void memory_finish(struct memory *m);
