/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Reflow: the text of a log that a mail program filled to a line width, so that records begin and end anywhere in a line.
 *
 * Whether a log is of this kind shows in its first lines together, and not in one of them. These lines are therefore kept until
 * it is known.
 */

#include <stdbool.h>
#include <stddef.h>

#include "kernel-log/line.h"

enum reflow_state {
        REFLOW_WAITS,     /* no timestamp seen yet */
        REFLOW_UNDECIDED, /* `text` has the lines since the first timestamp */
        REFLOW_NO,
        REFLOW_YES, /* `text` has the record that is not complete yet */
};

struct reflow {
        enum reflow_state state;
        unsigned lines;         /* kept lines */
        unsigned whole;         /* of these, lines that are one record from the beginning to the end */
        unsigned inside;        /* of these, lines in which a record begins after the first character */
        struct log_scan newest; /* prefix of the newest record; `text` is not valid */
        char newest_begin[1];   /* first character of that prefix */
        char *text;
        size_t len, size;
};

/* Keeps a line, followed by a newline. Returns false when there is no memory. */
bool reflow_keep(struct reflow *r, const char *line, size_t len);

/* Returns true when no more lines are needed to tell what the log is. */
bool reflow_is_enough(const struct reflow *r);

/* Returns true when the kept lines were filled. */
bool reflow_is_filled(const struct reflow *r);

/* Appends a line of a filled log to the record so far, without quote marks. Returns false when there is no memory. */
bool reflow_join(struct reflow *r, const char *line, size_t len);

/* Removes the first `n` bytes. */
void reflow_drop(struct reflow *r, size_t n);

void reflow_done(struct reflow *r); /* releases the text */
