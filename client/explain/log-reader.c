/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Log reader: lines in constant memory.
 */
#include "client/explain/log-reader.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Large enough that system calls do not matter, small enough for the CPU cache. */
#define BUFFER_SIZE ((size_t) 256 * 1024)

int log_reader_init(struct log_reader *r, int fd) {
        *r = (struct log_reader){ .fd = fd, .at_start = true, .buffer = malloc(BUFFER_SIZE) };
        return r->buffer ? 0 : -ENOMEM;
}

void log_reader_done(struct log_reader *r) {
        free(r->buffer);
        r->buffer = NULL;
}

static ssize_t read_some(int fd, char *to, size_t size) {
        ssize_t n;

        do
                n = read(fd, to, size);
        while (n < 0 && errno == EINTR);
        return n < 0 ? -errno : n;
}

/* PowerShell and some editors write UTF-16. Without a byte-order mark it is not detected. */
static void detect_encoding(struct log_reader *r) {
        const char *s = r->buffer;

        r->at_start = false;
        if (r->end < 2)
                return;
        if (memcmp(s, "\xff\xfe", 2) == 0)
                r->encoding = LOG_UTF16_LE;
        else if (memcmp(s, "\xfe\xff", 2) == 0)
                r->encoding = LOG_UTF16_BE;
        if (r->encoding != LOG_BYTES) {
                r->end -= 2;
                memmove(r->buffer, r->buffer + 2, r->end);
        }
}

/* Converts one UTF-16 unit to ASCII. */
static char narrow(const struct log_reader *r, char first, char second) {
        char high = r->encoding == LOG_UTF16_LE ? second : first, low = r->encoding == LOG_UTF16_LE ? first : second;

        return high == 0 && (unsigned char) low < 0x80 ? low : '?';
}

/* Converts the bytes after `from` to ASCII in place. */
static void narrow_all(struct log_reader *r, size_t from) {
        size_t out = from;

        for (size_t i = from; i < r->end; i++) {
                if (!r->half)
                        r->left_over = r->buffer[i];
                else
                        r->buffer[out++] = narrow(r, r->left_over, r->buffer[i]);
                r->half = !r->half;
        }
        r->end = out;
}

/* Reads one more block behind the remaining data. Returns the number of bytes, 0 at the end, or a negative errno. */
static ssize_t fill(struct log_reader *r) {
        size_t old;
        ssize_t n;

        if (r->begin > 0) {
                memmove(r->buffer, r->buffer + r->begin, r->end - r->begin);
                r->end -= r->begin;
                r->begin = 0;
        }
        old = r->end;
        n = read_some(r->fd, r->buffer + old, BUFFER_SIZE - old);
        if (n <= 0)
                return n;
        r->end += (size_t) n;
        if (r->at_start)
                detect_encoding(r);
        if (r->encoding != LOG_BYTES)
                narrow_all(r, old);
        return n;
}

static bool take_line(struct log_reader *r, size_t searched, char **ret_line, size_t *ret_len) {
        char *begin = r->buffer + r->begin, *from = begin + searched;
        char *newline = memchr(from, '\n', r->end - r->begin - searched);

        if (!newline)
                return false;
        *ret_line = begin;
        *ret_len = (size_t) (newline - begin);
        r->begin += *ret_len + 1;
        return true;
}

/* The last line of a file may lack its newline. */
static int take_rest(struct log_reader *r, char **ret_line, size_t *ret_len) {
        r->at_end = true;
        if (r->begin == r->end || r->skipping)
                return 0;
        *ret_line = r->buffer + r->begin;
        *ret_len = r->end - r->begin;
        r->begin = r->end;
        return 1;
}

/* Returns whether the line is to be returned. The end of a line whose beginning was skipped is not. */
static bool is_wanted(struct log_reader *r, size_t len) {
        bool wanted = !r->skipping && len <= LOG_READER_LINE_MAX;

        r->skipping = false;
        return wanted;
}

int log_reader_next(struct log_reader *r, char **ret_line, size_t *ret_len) {
        while (!r->at_end) {
                size_t searched = 0;

                while (!take_line(r, searched, ret_line, ret_len)) {
                        ssize_t n;

                        searched = r->end - r->begin;
                        if (searched > LOG_READER_LINE_MAX) {
                                r->skipping = true;
                                r->begin = r->end = searched = 0;
                        }
                        n = fill(r);
                        if (n < 0)
                                return (int) n;
                        if (n == 0)
                                return take_rest(r, ret_line, ret_len);
                }
                if (is_wanted(r, *ret_len))
                        return 1;
        }
        return 0;
}

const char *log_reader_compression(const char *line, size_t len) {
        static const struct {
                const char *magic, *program;
                size_t len;
        } forms[] = {
                { "\x1f\x8b", "gzip", 2 },
                { "\x28\xb5\x2f\xfd", "zstd", 4 },
                { "\xfd"
                  "7zXZ",
                  "xz", 5 },
                { "BZh", "bzip2", 3 },
        };

        for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++)
                if (len >= forms[i].len && memcmp(line, forms[i].magic, forms[i].len) == 0)
                        return forms[i].program;
        return NULL;
}
