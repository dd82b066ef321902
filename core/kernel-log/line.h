/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Line: the forms in which kernel messages are printed and kept.
 *
 * dmesg (plain, -r, -x, -d, -H, -T, --time-format=iso, with the printk caller), journalctl (short and its relatives),
 * syslog of every usual daemon, /dev/kmsg records, or the bare message. Only the kernel's own lines count: what another
 * program wrote into the same log is skipped, whatever it looks like.
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
        bool bare;             /* bare messages were seen in this section */
        uint8_t indent;        /* spaces before the first of them */
        uint8_t prefix_indent; /* spaces before the first line with a prefix */
};

/* Reads one line (`len` bytes without its newline; any bytes). Always fills *ret; for LOG_LINE_NONE only kind and
 * time. Nothing is allocated and `line` is not changed. */
void log_line_parse(struct log_reader_state *state, const char *line, size_t len, struct log_line *ret);
