/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Options: one table of the command-line options. A verb lists its specific options in its row of the table of verbs; the
 * others are accepted with every verb.
 */

#include "client/client.h"

struct command_line {
        bool help, version, color_forbidden;
        uint64_t given; /* bit n: row n of the table was given */
};

/* Parses the options; getopt's optind is then the first other argument. Returns STATUS_OK, or STATUS_USAGE after complaining. */
int options_read(int argc, char **argv, struct options *o, struct command_line *line);

/* Complains if an option was given that the verb does not accept. Returns STATUS_OK or STATUS_USAGE. */
int options_check(const struct command_line *line, const struct verb *verb);

/* Prints the help about options: those of a verb and the common ones, or all if it is NULL. */
void options_help(const struct options *o, const struct verb *verb);

/* Writes the options that a verb takes (NULL: those of any verb), one a line, as "--json", "-q", "--limit=", a tab and what it
 * does: for the completions. */
void options_list(const struct verb *verb);
