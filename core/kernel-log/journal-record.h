/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Journal: parses records that journalctl prints with their fields (-o json, json-pretty, json-sse, json-seq, verbose, export;
 * see systemd.journal-fields(7)), and log lines that a collector has stored in JSON.
 */

#include <stdbool.h>
#include <stddef.h>

#include "kernel-log/stamp.h"

/* A record of the kernel is never longer than this in JSON. Longer ones are skipped. */
#define JOURNAL_RECORD_MAX (64 * 1024)

struct journal_record {
        bool from_kernel;  /* according to the journal's fields, not to the message */
        struct stamp real; /* STAMP_NONE: not given */
        struct stamp uptime;
        char boot_id[40];   /* empty: not given */
        char message[2048]; /* longer messages are truncated; those of the kernel are not longer */
        size_t message_len;
        bool has_message;
        char transport[16], identifier[16]; /* empty: not given */
};

/* State for a record of several lines. A zero-initialised reader has none. Release it with journal_reader_done(). */
struct journal_reader {
        enum journal_form { JOURNAL_NO_FORM, JOURNAL_PRETTY, JOURNAL_VERBOSE, JOURNAL_EXPORT } form;
        bool value_follows; /* export: the next line is the value of MESSAGE, after its length */
        struct journal_record record;
        char *text; /* pretty: the object read so far */
        size_t len;
};

enum journal_answer {
        JOURNAL_NOT_MINE, /* the line does not belong to such a record */
        JOURNAL_TAKEN,    /* the line belongs to a record that is not complete */
        JOURNAL_RECORD,   /* a record is complete: *ret */
        JOURNAL_LINE,     /* the record contains a log line of another form: ret->message */
};

/* Processes one line. A record may be completed by the line that begins the next one. */
enum journal_answer journal_read(struct journal_reader *r, const char *line, size_t len, struct journal_record *ret);

/* Handles the end of the log. Returns JOURNAL_RECORD or JOURNAL_NOT_MINE. */
enum journal_answer journal_read_end(struct journal_reader *r, struct journal_record *ret);

void journal_reader_done(struct journal_reader *r);
