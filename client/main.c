/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * sonychargectl: from the command line to a verb.
 */
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "client/client.h"
#include "client/options.h"
#include "client/show/terminal.h"
#include "client/verbs.h"
#include "common/language.h"

static int run_verb(const struct options *o, const struct command_line *line, int argc, char **argv) {
        char *status_argv[] = { (char *) "status", NULL };
        const struct verb *verb;

        if (argc == 0) {
                argc = 1;
                argv = status_argv;
        }
        verb = verb_find(argv[0]);
        if (!verb)
                return verb_unknown(argv[0]);
        if (argc - 1 < verb->min_args || argc - 1 > verb->max_args) {
                complain(argc - 1 < verb->min_args ? _("too few arguments; usage: sonychargectl %s %s")
                                                   : _("too many arguments; usage: sonychargectl %s %s"),
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

/* A result that cannot be written is a failure. It is not reported again if the verb has already done so. */
static int finish(int r) {
        if (r == STATUS_FAILED || (fflush(stdout) == 0 && !ferror(stdout)))
                return r;
        return output_failed(errno);
}

/* If a standard descriptor is closed, the bus or a file could get its number and messages would be written to it. The
 * replacement fails when it is used. */
static void fill_descriptors(void) {
        for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
                if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY) < 0)
                        return;
}

int main(int argc, char **argv) {
        struct options o = { .timeout_usec = UINT64_MAX };
        struct command_line line = {};
        int r;

        fill_descriptors();
        language_init();
        r = options_read(argc, argv, &o, &line);
        if (r != STATUS_OK)
                return r;
        /* The window shows these texts to the user of this program. */
        if (o.json && !getenv("SONYCHARGE_TRANSLATE_JSON"))
                language_for_programs();
        terminal_init(&o, line.color_forbidden);
        return finish(run(&o, &line, argc - optind, argv + optind));
}
