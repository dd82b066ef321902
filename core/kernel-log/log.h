/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Log: the lines of a whole kernel log, of any form, as events.
 *
 * Each line is read as it stands. Where that gives no message, or only a part of one, what a forum, a mail program or a
 * terminal put into it is taken out; several records on one line are told apart; a message that was wrapped goes on in the
 * next line; a record that arrives twice counts once.
 */

#include "kernel-log/journal.h"
#include "kernel-log/line.h"
#include "kernel-log/repeat.h"

/* A record of the kernel is not longer (kernel printk.c). */
#define KERNEL_LOG_TEXT_MAX 1024

/* A message whose end may stand in the next line. */
struct unfinished {
        bool pending, known; /* known: `event` is what it says so far */
        struct event event;
        struct log_scan scan;
        size_t len;
        char text[KERNEL_LOG_TEXT_MAX];
};

struct kernel_log {
        void (*emit)(void *userdata, const struct event *e);
        void *userdata;
        struct log_reader_state state; /* clock.utc_offset may be set before the first line */
        struct moment now;             /* of the newest line */
        uint64_t lines;                /* that were read */
        uint64_t records;              /* of them, those of a form that is known */
        uint64_t messages;             /* messages about USB and power */
        bool marked;                   /* it was copied from a page: every line is cleaned */
        char boot_id[40];              /* of the newest record of a journal */
        struct log_scan newest;        /* what stood before the newest record */
        char newest_begin[1];          /* the first character of that */
        bool newest_is_device_text;    /* it may have held a string of a device */
        uint64_t joined;               /* lines with more than one record */
        struct journal_reader journal;
        struct unfinished unfinished;
        struct repeats repeats;
        char *scratch; /* the line without its markup */
        size_t scratch_size;
};

/* Takes in one line, without its newline. */
void kernel_log_line(struct kernel_log *l, const char *line, size_t len);

/* The log is at its end. */
void kernel_log_end(struct kernel_log *l);

void kernel_log_done(struct kernel_log *l); /* releases what it holds */
