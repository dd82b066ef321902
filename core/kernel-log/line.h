/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Line: recognises the forms in which kernel messages are printed and stored.
 *
 * These are dmesg (plain, -r, -x, -d, -H, -T, --time-format=iso, with the printk caller), journalctl (short and its variants),
 * all usual syslog daemons, /dev/kmsg records, consoles of vendor kernels, logcat, and the bare message. Each may have a
 * prefix that was added by quoting, numbering or a log collector. Only lines of the kernel count. What another program wrote
 * to the same log is skipped, whatever it looks like.
 */

#include "kernel-log/log-clock.h"

enum log_line_kind {
        LOG_LINE_NONE,   /* not a kernel message: a line of another program, a comment or anything else */
        LOG_LINE_KERNEL, /* a kernel message */
        LOG_LINE_BOOT,   /* the mark of journalctl between two boots */
};

struct log_line {
        enum log_line_kind kind;
        const char *text; /* LOG_LINE_KERNEL: the message, a part of the input line */
        size_t len;
        struct moment time; /* 0 until the log has had a timestamp */
        uint64_t uptime;    /* µs since boot when the line gives it (1 for 0), else 0 */
        bool escaped;       /* a /dev/kmsg record */
        bool new_boot;      /* the kernel's clock restarted before this line */
};

/* State across the lines of one log. A zero-initialised state begins a new log; clock.utc_offset may be set. */
struct log_reader_state {
        struct log_clock clock;
        bool begun;    /* not the first line */
        bool prefixed; /* lines with a prefix were seen, so a line without one continues something else, until an empty line */
        bool ever_prefixed;
        bool tagged;           /* lines that name the kernel were seen, so a line without a name is not from the kernel */
        bool collected;        /* the first line of the log had the name of a console before it */
        bool bare;             /* bare messages were seen in this section */
        uint8_t indent;        /* spaces before the first bare message */
        uint8_t prefix_indent; /* spaces before the first line with a prefix */
};

enum log_scan_kind {
        LOG_SCAN_NOTHING, /* empty, a comment, or of another facility */
        LOG_SCAN_BOOT,
        LOG_SCAN_FOREIGN, /* a log line of another program */
        LOG_SCAN_KERNEL,  /* a log line of the kernel */
        LOG_SCAN_BARE,    /* no prefix; a message only if the log consists of such lines */
};

/* The parts of one line, before it is compared with other lines. */
struct log_scan {
        enum log_scan_kind kind;
        struct stamp outer, uptime; /* from syslog, journal or terminal; from the kernel */
        bool has_outer, has_uptime;
        bool escaped;
        bool tagged;       /* it names the kernel or has the kernel's timestamp */
        bool collected;    /* it starts with the name of a console or container */
        bool numbered;     /* it starts with a line number or a list mark */
        uint8_t indent;    /* spaces at the beginning */
        const char *text;  /* KERNEL and BARE: the message, up to the end of the line */
        const char *begin; /* the first byte after quote marks and spaces */
};

/* Scans one line of `len` bytes without its newline, which may contain any bytes. Does not change the state. */
void log_line_scan(const struct log_reader_state *state, const char *line, size_t len, struct log_scan *ret);

/* Applies the result of a scan of the line that ends at `end`: determines its time and whether it is a message in this log.
 * Always fills *ret; for LOG_LINE_NONE only kind and time. */
void log_line_take(struct log_reader_state *state, const struct log_scan *scan, const char *end, struct log_line *ret);

/* Scans and applies one line. Allocates nothing and does not change `line`. */
void log_line_parse(struct log_reader_state *state, const char *line, size_t len, struct log_line *ret);
