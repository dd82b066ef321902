/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Journal: records that journalctl prints with their fields (-o json, json-pretty, json-sse, json-seq, verbose, export; see
 * systemd.journal-fields(7)), and lines of a log that a collector keeps inside JSON.
 */

#include <stdbool.h>
#include <stddef.h>

#include "kernel-log/stamp.h"

/* What is longer than a record of the kernel can be in JSON is given up. */
#define JOURNAL_RECORD_MAX (64 * 1024)

struct journal_record {
        bool from_kernel;  /* the journal itself says so, not the message */
        struct stamp real; /* STAMP_NONE: not told */
        struct stamp uptime;
        char boot_id[40];   /* empty: not told */
        char message[2048]; /* longer ones are cut; kernel records are not longer */
        size_t message_len;
        bool has_message;
        char transport[16], identifier[16]; /* empty: not told */
};

/* A record of more than one line while it is read. Zero-initialised is none; release with journal_reader_done(). */
struct journal_reader {
        enum journal_form { JOURNAL_NO_FORM, JOURNAL_PRETTY, JOURNAL_VERBOSE, JOURNAL_EXPORT } form;
        bool value_follows; /* export: the next line is the value of MESSAGE, its length before it */
        struct journal_record record;
        char *text; /* pretty: the object so far */
        size_t len;
};

enum journal_answer {
        JOURNAL_NOT_MINE, /* the line is no part of such a record */
        JOURNAL_TAKEN,    /* it is part of one that is not at its end */
        JOURNAL_RECORD,   /* a record is at its end: *ret */
        JOURNAL_LINE,     /* a line of a log of another form stands in it: ret->message */
};

/* Takes in one line. A record may end with the line that begins the next one. */
enum journal_answer journal_read(struct journal_reader *r, const char *line, size_t len, struct journal_record *ret);

/* The log is at its end. Returns JOURNAL_RECORD or JOURNAL_NOT_MINE. */
enum journal_answer journal_read_end(struct journal_reader *r, struct journal_record *ret);

void journal_reader_done(struct journal_reader *r);
