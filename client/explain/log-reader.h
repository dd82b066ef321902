/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Log reader: reads the lines of a file or pipe of any size in constant memory.
 */

#include <stdbool.h>
#include <stddef.h>

/* No kernel record is longer (kernel printk.c: 1 KiB of text, four characters for an escaped one), and neither is journald's
 * JSON of one. A longer line is skipped without being stored. */
#define LOG_READER_LINE_MAX (64 * 1024)

enum log_encoding { LOG_BYTES, LOG_UTF16_LE, LOG_UTF16_BE };

struct log_reader {
        int fd; /* borrowed */
        char *buffer;
        size_t begin, end; /* data that was read but not yet returned */
        bool at_start, at_end, skipping;
        enum log_encoding encoding;
        bool half; /* UTF-16: the first byte of a unit is left over */
        char left_over;
};

/* Prepares to read from fd, which remains owned by the caller. Returns 0 or -ENOMEM. */
int log_reader_init(struct log_reader *r, int fd);
void log_reader_done(struct log_reader *r);

/* Returns the next line without its newline in *ret_line. It may be modified and is valid until the next call. UTF-16 with a
 * byte-order mark is converted to ASCII with "?" for other characters. Returns 1, 0 at the end, or a negative errno of read(). */
int log_reader_next(struct log_reader *r, char **ret_line, size_t *ret_len);

/* Returns the name of the compression program if the file is compressed ("gzip"), else NULL. To be called after the first line
 * was read. */
const char *log_reader_compression(const char *line, size_t len);
