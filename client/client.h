/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Client: what every verb of sonychargectl gets, and what it answers.
 */

#include <json.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* Exit status (docs/api.md, "Client"); the first that applies, in the order 2, 5, 1, 4, 3, 0. */
enum exit_status {
        STATUS_OK = 0,
        STATUS_FAILED = 1,
        STATUS_USAGE = 2,
        STATUS_NOTHING = 3,   /* no headset and nothing unidentified, or the named one not found */
        STATUS_FINDING = 4,   /* a finding of severity warning or above now */
        STATUS_NO_DAEMON = 5, /* the daemon is not to be reached */
};

struct options {
        bool json;                        /* --json */
        bool quiet;                       /* -q: results go on, messages that are no errors do not */
        bool no_pager;                    /* --no-pager */
        bool with_serial;                 /* --with-serial */
        bool color;                       /* stdout is a terminal that knows colours and nobody forbade them */
        bool utf8;                        /* the locale's character set is UTF-8; else only ASCII is written */
        bool no_start;                    /* the daemon is not to be started when it is not running */
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

/* A verb: argv[0] is its own name, argc counts it. Prints results on stdout and messages on stderr by itself and
 * returns an exit status. */
typedef int verb_function(const struct options *o, int argc, char **argv);

struct verb {
        const char *name;
        int min_args, max_args; /* without the name */
        verb_function *run;
        const char *synopsis; /* arguments, "" for none */
        const char *summary;  /* one line, for the list of verbs */
        const char *help;     /* what --help says after the synopsis; lines of at most 80 columns */
        const char *options;  /* names of the options that only some verbs take, between spaces; NULL: none */
        bool hidden;          /* not in the help */
};

verb_function verb_status, verb_list, verb_ports, verb_monitor, verb_wait, verb_record, verb_version, verb_complete, verb_explain,
        verb_history, verb_report, verb_notify, verb_doctor, verb_guide;

/* One line on stderr, "sonychargectl: ..."; a full stop is not added. */
void complain(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* The same, but silent under -q: for messages that are no errors. */
void tell(const struct options *o, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* From now on messages are kept in buf, the newest one, and not written, as the terminal is taken; NULL ends that. */
void complain_into(char *buf, size_t size);
