/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Client: the types that every verb of sonychargectl uses.
 */

#include <json.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* Exit status (docs/api.md, "Client"). If several apply, the order is 2, 5, 1, 4, 3, 0. */
enum exit_status {
        STATUS_OK = 0,
        STATUS_FAILED = 1,
        STATUS_USAGE = 2,
        STATUS_NOTHING = 3,   /* no headset and no unidentified device, or the named one was not found */
        STATUS_FINDING = 4,   /* there is a finding of severity warning or above */
        STATUS_NO_DAEMON = 5, /* the daemon cannot be reached */
};

struct options {
        bool json;                        /* --json */
        bool quiet;                       /* -q: print results, but no messages except errors */
        bool no_pager;                    /* --no-pager */
        bool with_serial;                 /* --with-serial */
        bool color;                       /* stdout is a terminal with colours, and they are not disabled */
        bool utf8;                        /* the locale's character set is UTF-8; else only ASCII is written */
        bool no_start;                    /* do not start the daemon if it is not running */
        unsigned width;                   /* columns for sentences, 40..100 */
        unsigned columns;                 /* columns of the terminal, 40..1000, for tables; 80 when there is none */
        bool watch;                       /* --watch */
        bool last;                        /* status --last */
        bool ask_headset;                 /* status --ask-headset */
        bool all;                         /* history --all */
        bool limit_set;                   /* history --limit= */
        uint32_t limit;                   /* 0: no limit */
        const char *port, *since, *until; /* history, NULL: not given */
        const char *finding;              /* history --finding, a code; NULL: not given */
        const char *cable;                /* history --cable, NULL: not given */
        bool text;                        /* report --text */
        const char *output;               /* report --output, NULL: not given */
        const char *answers;              /* doctor --answers, NULL: not given */
        uint64_t timeout_usec;            /* --timeout=, UINT64_MAX: none given */
};

/* A verb. argv[0] is its name and is counted by argc. It prints results on stdout and messages on stderr and returns an exit
 * status. */
typedef int verb_function(const struct options *o, int argc, char **argv);

struct verb {
        const char *name;
        int min_args, max_args; /* without the name of the verb */
        verb_function *run;
        const char *synopsis; /* arguments, "" for none */
        const char *summary;  /* one line, for the list of verbs */
        const char *help;     /* text of --help after the synopsis; lines of at most 80 columns */
        const char *options;  /* names of the options that are specific to verbs, surrounded by spaces; NULL: none */
        bool hidden;          /* not shown in the help */
};

verb_function verb_status, verb_list, verb_ports, verb_monitor, verb_wait, verb_record, verb_version, verb_complete, verb_explain,
        verb_history, verb_report, verb_metrics, verb_notify, verb_doctor, verb_guide;

/* Prints one line on stderr, "sonychargectl: ..."; no full stop is added. */
void complain(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* The same for messages that are not errors; silent with -q. */
void tell(const struct options *o, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* From now on messages are stored in buf, which holds the newest one, instead of being printed, because the terminal is in
 * use. NULL restores printing. */
void complain_into(char *buf, size_t size);
