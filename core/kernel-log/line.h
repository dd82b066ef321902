/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Line: the forms in which kernel messages are printed and kept.
 *
 * dmesg (plain, -r, -x, -d, -H, -T, --time-format=iso, with the printk caller), journalctl (short and its relatives),
 * syslog of every usual daemon, /dev/kmsg records, the consoles of vendors' kernels, logcat, or the bare message; each with
 * what quoting, counting and collecting put before it. Only the kernel's own lines count: what another program wrote into
 * the same log is skipped, whatever it looks like.
 */

#include "kernel-log/clock.h"

enum log_line_kind {
        LOG_LINE_NONE,   /* no kernel message: another program's line, a comment, junk */
        LOG_LINE_KERNEL, /* a kernel message */
        LOG_LINE_BOOT,   /* journalctl's mark between two boots */
};

struct log_line {
        enum log_line_kind kind;
        const char *text; /* LOG_LINE_KERNEL: the message, inside the line that was read */
        size_t len;
        struct moment time; /* 0 as long as the log has no stamps */
        uint64_t uptime;    /* µs since boot where the line tells it (1 for 0), else 0 */
        bool escaped;       /* a /dev/kmsg record */
        bool new_boot;      /* the kernel's clock began anew before this line */
};

/* State over the lines of one log. Zero-initialised begins a new one; clock.utc_offset may be set. */
struct log_reader_state {
        struct log_clock clock;
        bool begun;    /* not the first line */
        bool prefixed; /* lines with a prefix were seen: a bare line is part of something else, up to an empty line */
        bool ever_prefixed;
        bool tagged;           /* lines were seen that name the kernel: one that names nobody is not the kernel's */
        bool collected;        /* the log began with a line behind the name of a console */
        bool bare;             /* bare messages were seen in this section */
        uint8_t indent;        /* spaces before the first of them */
        uint8_t prefix_indent; /* spaces before the first line with a prefix */
};

enum log_scan_kind {
        LOG_SCAN_NOTHING, /* empty, a comment, another facility's */
        LOG_SCAN_BOOT,
        LOG_SCAN_FOREIGN, /* a line of a log, and another program's */
        LOG_SCAN_KERNEL,  /* a line of a log, and the kernel's */
        LOG_SCAN_BARE,    /* no prefix: a message only where the log is made of such */
};

/* What stands in one line, before it is known how it fits to the others. */
struct log_scan {
        enum log_scan_kind kind;
        struct stamp outer, uptime; /* of the syslog, journal or terminal; of the kernel */
        bool has_outer, has_uptime;
        bool escaped;
        bool tagged;       /* it names the kernel, or has its stamp */
        bool collected;    /* the name of a console or container stands before it */
        bool numbered;     /* its number in a file, or a mark of a list, stands before it */
        uint8_t indent;    /* spaces at its beginning */
        const char *text;  /* KERNEL and BARE: the message, up to the end of the line */
        const char *begin; /* the first byte behind quote marks and spaces */
};

/* Looks at one line (`len` bytes without its newline; any bytes). Changes nothing. */
void log_line_scan(const struct log_reader_state *state, const char *line, size_t len, struct log_scan *ret);

/* Takes in what was found in the line that ends at `end`: its time, and whether it is a message here. Always fills *ret; for
 * LOG_LINE_NONE only kind and time. */
void log_line_take(struct log_reader_state *state, const struct log_scan *scan, const char *end, struct log_line *ret);

/* Both in one. Nothing is allocated and `line` is not changed. */
void log_line_parse(struct log_reader_state *state, const char *line, size_t len, struct log_line *ret);
