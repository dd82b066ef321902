/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * sonychargectl: from the command line to a verb.
 */
#include <errno.h>
#include <getopt.h>
#include <string.h>

#include "client.h"
#include "options.h"
#include "terminal.h"
#include "verbs.h"

static int run_verb(const struct options *o, const struct command_line *line, int argc, char **argv) {
        char *status_argv[] = { (char *) "status", NULL };
        const struct verb *verb;

        if (argc == 0) {
                argc = 1;
                argv = status_argv;
        }
        verb = verb_find(argv[0]);
        if (!verb) {
                complain("unknown verb \"%s\"; see: sonychargectl --help", argv[0]);
                return STATUS_USAGE;
        }
        if (argc - 1 < verb->min_args || argc - 1 > verb->max_args) {
                complain("%s arguments; usage: sonychargectl %s %s", argc - 1 < verb->min_args ? "too few" : "too many",
                         verb->name, verb->synopsis);
                return STATUS_USAGE;
        }
        if (options_check(line, verb) != STATUS_OK)
                return STATUS_USAGE;
        return verb->run(o, argc, argv);
}

static int run(const struct options *o, const struct command_line *line, int argc, char **argv) {
        char *version[] = { (char *) "version", NULL };

        if (line->help)
                return verbs_help(o, argc > 0 ? argv[0] : NULL);
        return line->version ? verb_version(o, 1, version) : run_verb(o, line, argc, argv);
}

/* A result that does not arrive is a failure; one that the verb has told already is not told again. */
static int finish(int r) {
        if (r == STATUS_FAILED || (fflush(stdout) == 0 && !ferror(stdout)))
                return r;
        complain("cannot write: %s", strerror(errno));
        return STATUS_FAILED;
}

int main(int argc, char **argv) {
        struct options o = { .timeout_usec = UINT64_MAX };
        struct command_line line = {};
        int r;

        r = options_read(argc, argv, &o, &line);
        if (r != STATUS_OK)
                return r;
        terminal_init(&o, line.color_forbidden);
        return finish(run(&o, &line, argc - optind, argv + optind));
}
