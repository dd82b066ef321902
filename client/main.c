/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * sonychargectl: options and verbs.
 */
#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#include "client.h"
#include "span.h"
#include "terminal.h"
#include "verbs.h"

enum {
        OPTION_JSON = 0x100,
        OPTION_NO_COLOR,
        OPTION_NO_PAGER,
        OPTION_TIMEOUT,
        OPTION_WITH_SERIAL,
        OPTION_VERSION,
        OPTION_LAST,
        OPTION_ALL,
        OPTION_LIMIT,
        OPTION_PORT,
        OPTION_SINCE,
        OPTION_UNTIL,
        OPTION_CABLE
};

struct command_line {
        bool help, version, color_forbidden;
        const char *timeout;
};

static int read_timeout(const char *text, struct options *o) {
        int r = span_parse(text, &o->timeout_usec);

        if (r == 0)
                return STATUS_OK;
        complain("\"%s\" is no time span%s; write for example --timeout=1min30s", text, r == -ERANGE ? " that fits" : "");
        return STATUS_USAGE;
}

static int complain_about_option(int c, char **argv) {
        static const char see[] = "see: sonychargectl --help";
        const char *given = optind > 0 ? argv[optind - 1] : "";

        if (c == ':')
                complain("option %s wants a value; %s", given, see);
        else if (optopt > 0 && optopt < 0x100)
                complain("unknown option -%c; %s", optopt, see);
        else if (optopt >= 0x100)
                complain("option %s takes no value; %s", given, see);
        else
                complain("unknown option %s; %s", given, see);
        return STATUS_USAGE;
}

static int read_limit(const char *text, struct options *o) {
        char *end;
        unsigned long n;

        errno = 0;
        n = strtoul(text, &end, 10);
        if (*text < '0' || *text > '9' || *end || errno != 0 || n > UINT32_MAX) {
                complain("\"%s\" is no number; write for example --limit=100, or --limit=0 for all", text);
                return STATUS_USAGE;
        }
        o->limit = (uint32_t) n;
        o->limit_set = true;
        return STATUS_OK;
}

/* Options of "history" and "status". Returns STATUS_OK, or STATUS_USAGE after complaining. */
static int read_verb_option(int c, struct options *o) {
        switch (c) {
        case OPTION_LAST:
                o->last = true;
                break;
        case OPTION_ALL:
                o->all = true;
                break;
        case OPTION_LIMIT:
                return read_limit(optarg, o);
        case OPTION_PORT:
                o->port = optarg;
                break;
        case OPTION_SINCE:
                o->since = optarg;
                break;
        case OPTION_UNTIL:
                o->until = optarg;
                break;
        default:
                o->cable = optarg;
        }
        return STATUS_OK;
}

static int read_options(int argc, char **argv, struct options *o, struct command_line *line) {
        static const struct option options[] = {
                { "json", no_argument, NULL, OPTION_JSON },
                { "no-color", no_argument, NULL, OPTION_NO_COLOR },
                { "no-pager", no_argument, NULL, OPTION_NO_PAGER },
                { "quiet", no_argument, NULL, 'q' },
                { "timeout", required_argument, NULL, OPTION_TIMEOUT },
                { "with-serial", no_argument, NULL, OPTION_WITH_SERIAL },
                { "last", no_argument, NULL, OPTION_LAST },
                { "all", no_argument, NULL, OPTION_ALL },
                { "limit", required_argument, NULL, OPTION_LIMIT },
                { "port", required_argument, NULL, OPTION_PORT },
                { "since", required_argument, NULL, OPTION_SINCE },
                { "until", required_argument, NULL, OPTION_UNTIL },
                { "cable", required_argument, NULL, OPTION_CABLE },
                { "help", no_argument, NULL, 'h' },
                { "version", no_argument, NULL, OPTION_VERSION },
                {},
        };
        int c, r = STATUS_OK;

        opterr = 0;
        while (r == STATUS_OK && (c = getopt_long(argc, argv, ":qh", options, NULL)) >= 0) {
                switch (c) {
                case OPTION_JSON:
                        o->json = true;
                        break;
                case OPTION_NO_COLOR:
                        line->color_forbidden = true;
                        break;
                case OPTION_NO_PAGER:
                        o->no_pager = true;
                        break;
                case 'q':
                        o->quiet = true;
                        break;
                case OPTION_TIMEOUT:
                        r = read_timeout(optarg, o);
                        break;
                case OPTION_WITH_SERIAL:
                        o->with_serial = true;
                        break;
                case 'h':
                        line->help = true;
                        break;
                case OPTION_VERSION:
                        line->version = true;
                        break;
                case OPTION_LAST ... OPTION_CABLE:
                        r = read_verb_option(c, o);
                        break;
                default:
                        r = complain_about_option(c, argv);
                }
        }
        return r;
}

static int run_verb(const struct options *o, int argc, char **argv) {
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
        if (o->with_serial && !verb->takes_serial) {
                complain("--with-serial belongs to \"record\"");
                return STATUS_USAGE;
        }
        if (o->last && !verb->takes_last) {
                complain("--last belongs to \"status\"");
                return STATUS_USAGE;
        }
        if ((o->all || o->limit_set || o->port || o->since || o->until || o->cable) && !verb->takes_filter) {
                complain("--port, --since, --until, --limit, --all and --cable belong to \"history\"");
                return STATUS_USAGE;
        }
        return verb->run(o, argc, argv);
}

static int run(const struct options *o, const struct command_line *line, int argc, char **argv) {
        char *version[] = { (char *) "version", NULL };

        if (line->help)
                return verbs_help(o, argc > 0 ? argv[0] : NULL);
        return line->version ? verb_version(o, 1, version) : run_verb(o, argc, argv);
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

        r = read_options(argc, argv, &o, &line);
        if (r != STATUS_OK)
                return r;
        terminal_init(&o, line.color_forbidden);
        return finish(run(&o, &line, argc - optind, argv + optind));
}
