/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Log: converts the lines of a whole kernel log of any form to events.
 *
 * Each line is first parsed as it is. When that gives no message or only a part of one, the markup of forums, mail programs
 * and terminals is removed. Several records on one line are separated, a wrapped message continues in the next line, and a
 * duplicate record counts once.
 */

#include "kernel-log/journal-record.h"
#include "kernel-log/line.h"
#include "kernel-log/reflow.h"
#include "kernel-log/repeat.h"

/* Records of the kernel are not longer (kernel printk.c). */
#define KERNEL_LOG_TEXT_MAX 1024

/* A message that may continue in the next line. */
struct unfinished {
        bool pending, known; /* known: `event` has the meaning of the part so far */
        struct event event;
        struct log_scan scan;
        size_t len;
        char text[KERNEL_LOG_TEXT_MAX];
};

struct kernel_log {
        void (*emit)(void *userdata, const struct event *e);
        void *userdata;
        struct log_reader_state state; /* clock.utc_offset may be set before the first line */
        struct moment now;             /* time of the newest line */
        uint64_t lines;                /* lines read */
        uint64_t records;              /* lines of a known form */
        uint64_t messages;             /* messages about USB and power */
        bool marked;                   /* copied from a web page or mail: markup is removed from every line */
        char boot_id[40];              /* of the newest journal record */
        struct log_scan newest;        /* the prefix of the newest record */
        char newest_begin[1];          /* first character of that prefix */
        bool newest_is_device_text;    /* it may have contained a string of a device */
        uint64_t joined;               /* lines with more than one record */
        struct reflow reflow;
        struct journal_reader journal;
        struct unfinished unfinished;
        struct repeats repeats;
        char *scratch; /* buffer for the line without markup */
        size_t scratch_size;
};

/* Processes one line without its newline. */
void kernel_log_line(struct kernel_log *l, const char *line, size_t len);

/* Handles the end of the log. */
void kernel_log_end(struct kernel_log *l);

void kernel_log_done(struct kernel_log *l); /* releases what it holds */
