/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Log reader: the lines of a file or pipe of any size, in constant memory.
 */

#include <stdbool.h>
#include <stddef.h>

/* No kernel record is longer (kernel printk.c: 1 KiB of text, four characters for an escaped one), and journald's JSON of
 * one stays below this as well. What is longer is skipped without being kept. */
#define LOG_READER_LINE_MAX (64 * 1024)

enum log_encoding { LOG_BYTES, LOG_UTF16_LE, LOG_UTF16_BE };

struct log_reader {
        int fd; /* borrowed */
        char *buffer;
        size_t begin, end; /* what is read and not yet given out */
        bool at_start, at_end, skipping;
        enum log_encoding encoding;
        bool half; /* UTF-16: half a character is left over */
        char left_over;
};

/* Begins to read from fd, which stays the caller's. Returns 0 or -ENOMEM. */
int log_reader_init(struct log_reader *r, int fd);
void log_reader_done(struct log_reader *r);

/* Gives the next line without its newline; it may be changed and is valid until the next call. UTF-16 with a byte-order
 * mark is given as ASCII with "?" for the rest. Returns 1, 0 at the end, or a negative errno of read(). */
int log_reader_next(struct log_reader *r, char **ret_line, size_t *ret_len);

/* The name of the program that made the file when it is a compressed one ("gzip"), else NULL. To be asked after the first
 * line was read. */
const char *log_reader_compression(const char *line, size_t len);
