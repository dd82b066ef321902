/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Options: one table of them, what they set, and the help that is made from it.
 */
#include "client/options.h"

#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#include "common/finding.h"
#include "client/span.h"
#include "client/show/terminal.h"
#include "client/verbs.h"
#include "common/language.h"

enum {
        OPTION_JSON = 0x100,
        OPTION_NO_COLOR,
        OPTION_NO_PAGER,
        OPTION_TIMEOUT,
        OPTION_WITH_SERIAL,
        OPTION_VERSION,
        OPTION_WATCH,
        OPTION_LAST,
        OPTION_ASK_HEADSET,
        OPTION_ALL,
        OPTION_LIMIT,
        OPTION_PORT,
        OPTION_SINCE,
        OPTION_UNTIL,
        OPTION_FINDING,
        OPTION_CABLE,
        OPTION_TEXT,
        OPTION_ANSWERS
};

static const struct row {
        const char *name;
        const char *argument; /* NULL: takes none */
        int id;               /* a letter: also as "-x" */
        const char *help;
} rows[] = {
        { "json", NULL, OPTION_JSON, N_("JSON instead of text: one object (monitor, --watch: one a line)") },
        { "no-color", NULL, OPTION_NO_COLOR, N_("no colours (also: NO_COLOR in the environment)") },
        { "no-pager", NULL, OPTION_NO_PAGER, N_("do not show long output through a pager") },
        { "quiet", NULL, 'q', N_("no messages but errors") },
        { "timeout", "SPAN", OPTION_TIMEOUT, N_("give up, or end, after a time such as 30, 1min30s") },
        { "help", NULL, 'h', N_("show this help, or that of a verb") },
        { "version", NULL, OPTION_VERSION, N_("show the version") },
        { "watch", NULL, OPTION_WATCH, N_("show it again whenever something changes, until Ctrl-C") },
        { "last", NULL, OPTION_LAST, N_("the last plug session of a headset that is gone") },
        { "ask-headset", NULL, OPTION_ASK_HEADSET, N_("ask the headset itself; Sony's app may lose its connection") },
        { "port", "PORT", OPTION_PORT, N_("only plug sessions on this port") },
        { "since", "TIME", OPTION_SINCE, N_("only after a time: 2026-01-31, yesterday, 7d") },
        { "until", "TIME", OPTION_UNTIL, N_("only before a time") },
        { "finding", "CODE", OPTION_FINDING, N_("only plug sessions in which this was found") },
        { "limit", "N", OPTION_LIMIT, N_("so many plug sessions at most; 0: all") },
        { "all", NULL, OPTION_ALL, N_("also devices that are no headsets") },
        { "cable", "NAME", OPTION_CABLE, N_("call the cable in use so from now on") },
        { "output", "FILE", 'o', N_("write to this file; - is standard output") },
        { "text", NULL, OPTION_TEXT, N_("plain text instead of HTML") },
        { "answers", "FILE", OPTION_ANSWERS, N_("answers instead of a person, one step=answer a line") },
        { "with-serial", NULL, OPTION_WITH_SERIAL, N_("do not mask serial numbers and addresses") },
};

#define N_ROWS (sizeof rows / sizeof *rows)

static const struct row *row_of(int id) {
        for (size_t i = 0; i < N_ROWS; i++)
                if (rows[i].id == id)
                        return &rows[i];
        return NULL;
}

static int read_timeout(const char *text, struct options *o) {
        int r = span_parse(text, &o->timeout_usec);

        if (r == 0)
                return STATUS_OK;
        complain(r == -ERANGE ? _("\"%s\" is no time span that fits; write for example --timeout=1min30s")
                              : _("\"%s\" is no time span; write for example --timeout=1min30s"),
                 text);
        return STATUS_USAGE;
}

static int read_limit(const char *text, struct options *o) {
        char *end;
        unsigned long n;

        errno = 0;
        n = strtoul(text, &end, 10);
        if (*text < '0' || *text > '9' || *end || errno != 0 || n > UINT32_MAX) {
                complain(_("\"%s\" is no number; write for example --limit=100, or --limit=0 for all"), text);
                return STATUS_USAGE;
        }
        o->limit = (uint32_t) n;
        o->limit_set = true;
        return STATUS_OK;
}

static int read_code(const char *text, struct options *o) {
        o->finding = text;
        if (finding_code_from_name(text) != _FINDING_CODE_MAX)
                return STATUS_OK;
        complain(_("\"%s\" is no finding; see sonycharge-findings(7) for their names"), text);
        return STATUS_USAGE;
}

/* Options of single verbs. */
static int read_verb_option(int id, struct options *o) {
        switch (id) {
        case OPTION_WATCH:
                o->watch = true;
                break;
        case OPTION_LAST:
                o->last = true;
                break;
        case OPTION_ASK_HEADSET:
                o->ask_headset = true;
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
        case OPTION_FINDING:
                return read_code(optarg, o);
        case OPTION_CABLE:
                o->cable = optarg;
                break;
        case 'o':
                o->output = optarg;
                break;
        case OPTION_TEXT:
                o->text = true;
                break;
        case OPTION_ANSWERS:
                o->answers = optarg;
                break;
        case OPTION_WITH_SERIAL:
                o->with_serial = true;
                break;
        }
        return STATUS_OK;
}

static int read_option(int id, struct options *o, struct command_line *line) {
        switch (id) {
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
                return read_timeout(optarg, o);
        case 'h':
                line->help = true;
                break;
        case OPTION_VERSION:
                line->version = true;
                break;
        default:
                return read_verb_option(id, o);
        }
        return STATUS_OK;
}

static int complain_about_option(int c, char **argv) {
        const char *see = _("see: sonychargectl --help");
        const char *given = optind > 0 ? argv[optind - 1] : "";

        if (c == ':')
                complain(_("option %s wants a value; %s"), given, see);
        else if (optopt > 0 && optopt < 0x100)
                complain(_("unknown option -%c; %s"), optopt, see);
        else if (optopt >= 0x100)
                complain(_("option %s takes no value; %s"), given, see);
        else
                complain(_("unknown option %s; %s"), given, see);
        return STATUS_USAGE;
}

int options_read(int argc, char **argv, struct options *o, struct command_line *line) {
        struct option long_options[N_ROWS + 1] = {};
        int c, r = STATUS_OK;

        for (size_t i = 0; i < N_ROWS; i++)
                long_options[i] =
                        (struct option){ rows[i].name, rows[i].argument ? required_argument : no_argument, NULL, rows[i].id };
        opterr = 0;
        while (r == STATUS_OK && (c = getopt_long(argc, argv, ":qho:", long_options, NULL)) >= 0) {
                const struct row *row = row_of(c);

                if (!row)
                        return complain_about_option(c, argv);
                line->given |= UINT64_C(1) << (row - rows);
                r = read_option(c, o, line);
        }
        return r;
}

/* Returns whether the option is in the verb's list of specific options. */
static bool lists(const struct verb *verb, const char *name) {
        size_t len = strlen(name);

        for (const char *p = verb->options ? verb->options : ""; *p; p += strspn(p, " ")) {
                size_t n = strcspn(p, " ");

                if (n == len && strncmp(p, name, len) == 0)
                        return true;
                p += n;
        }
        return false;
}

/* Stores the verbs that have this specific option, as "status, list"; empty if it is accepted with every verb. Returns buf. */
static const char *owners(const struct row *row, char *buf, size_t size) {
        const struct verb *verb;

        *buf = '\0';
        for (size_t i = 0; (verb = verb_at(i)); i++)
                if (lists(verb, row->name))
                        snprintf(buf + strlen(buf), size - strlen(buf), "%s%s", *buf ? ", " : "", verb->name);
        return buf;
}

static bool takes(const struct verb *verb, const struct row *row) {
        char buf[160];

        return !verb || lists(verb, row->name) || !*owners(row, buf, sizeof buf);
}

int options_check(const struct command_line *line, const struct verb *verb) {
        char buf[160];

        for (size_t i = 0; i < N_ROWS; i++)
                if (line->given >> i & 1 && !takes(verb, &rows[i])) {
                        complain(_("--%s means nothing to \"%s\", only to: %s"), rows[i].name, verb->name,
                                 owners(&rows[i], buf, sizeof buf));
                        return STATUS_USAGE;
                }
        return STATUS_OK;
}

static void put_help(const struct options *o, const struct verb *verb, const struct row *row) {
        char usage[64], text[320], whose[160];
        char letter[8] = "    ";

        owners(row, whose, sizeof whose);
        if (row->id < 0x100)
                snprintf(letter, sizeof letter, "-%c, ", row->id);
        snprintf(usage, sizeof usage, "  %s--%s%s%s", letter, row->name, row->argument ? "=" : "",
                 row->argument ? row->argument : "");
        snprintf(text, sizeof text, "%s%s%s", verb ? "" : whose, !verb && *whose ? ": " : "", _(row->help));
        put_column(stdout, o, usage, 21);
        putchar(' ');
        put_wrapped(stdout, o, text, 22, 22);
        putchar('\n');
}

void options_help(const struct options *o, const struct verb *verb) {
        char buf[160];

        for (size_t i = 0; i < N_ROWS; i++)
                if (*owners(&rows[i], buf, sizeof buf) && takes(verb, &rows[i]))
                        put_help(o, verb, &rows[i]);
        for (size_t i = 0; i < N_ROWS; i++)
                if (!*owners(&rows[i], buf, sizeof buf))
                        put_help(o, verb, &rows[i]);
}

void options_list(const struct verb *verb) {
        for (size_t i = 0; i < N_ROWS; i++) {
                if (!takes(verb, &rows[i]))
                        continue;
                printf("--%s%s\t%s\n", rows[i].name, rows[i].argument ? "=" : "", _(rows[i].help));
                if (rows[i].id < 0x100)
                        printf("-%c\t%s\n", rows[i].id, _(rows[i].help));
        }
}
