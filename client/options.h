/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Options: one table of what may stand on the command line. A verb names the options of its own in its row of the table
 * of verbs; the others go with every verb.
 */

#include "client/client.h"

struct command_line {
        bool help, version, color_forbidden;
        uint64_t given; /* bit n: row n of the table was given */
};

/* Reads the options; getopt's optind is then the first argument that is none. Returns STATUS_OK, or STATUS_USAGE after
 * complaining. */
int options_read(int argc, char **argv, struct options *o, struct command_line *line);

/* Complains when an option was given that means nothing to the verb; then STATUS_USAGE, else STATUS_OK. */
int options_check(const struct command_line *line, const struct verb *verb);

/* The part of the help about options: those of a verb and those of all, or everything when it is NULL. */
void options_help(const struct options *o, const struct verb *verb);

/* Writes the options that a verb takes (NULL: those of any verb), one a line, as "--json", "-q", "--limit=", a tab and what it
 * does: for the completions. */
void options_list(const struct verb *verb);
