/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Each message is one write, so that lines of several programs do not mix. */

#include "common/log.h"

#include <errno.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "common/clock.h"

#define HOUR_USEC (UINT64_C(3600) * 1000000)
#define KINDS_MAX 32

/* Never blocks on the stream of journald, because journald may have stopped reading. Other files on standard error are shared
 * with the program that started this one, so their flags are not changed. Returns true when the line was written. */
static bool put(const char *line, size_t len) {
        ssize_t n = send(STDERR_FILENO, line, len, MSG_DONTWAIT | MSG_NOSIGNAL);

        if (n < 0 && errno == ENOTSOCK)
                n = write(STDERR_FILENO, line, len);
        return n >= 0;
}

static void tell_lost(unsigned *lost) {
        char line[96];
        int n;

        if (*lost == 0)
                return;
        n = snprintf(line, sizeof(line), "%s%u lines were lost here.\n", getenv("JOURNAL_STREAM") ? "<4>" : "", *lost);
        if (put(line, (size_t) n))
                *lost = 0;
}

__attribute__((format(printf, 2, 0))) static void write_line(int priority, const char *format, va_list ap, unsigned left_out) {
        static unsigned lost;
        char line[1024], more[64] = "";
        size_t used = 0, room;
        int saved = errno;

        if (getenv("JOURNAL_STREAM"))
                used = (size_t) snprintf(line, sizeof(line), "<%d>", priority);
        if (left_out > 0)
                snprintf(more, sizeof(more), " (%u like it were left out)", left_out);
        room = sizeof(line) - used - strlen(more) - 1;
        int n = vsnprintf(line + used, room, format, ap);
        if (n > 0) {
                used += (size_t) n < room ? (size_t) n : room - 1;
                used += (size_t) snprintf(line + used, sizeof(line) - used, "%s\n", more);
                tell_lost(&lost);
                if (lost > 0 || !put(line, used))
                        lost++;
        }
        errno = saved;
}

void log_text(int priority, const char *format, ...) {
        va_list ap;

        va_start(ap, format);
        write_line(priority, format, ap, 0);
        va_end(ap);
}

/* Formats are literals, so a kind is known by its address. There are fewer kinds than places. */
static struct kind {
        const char *format;
        uint64_t at;
        unsigned left_out;
} kinds[KINDS_MAX];

static struct kind *find_kind(const char *format) {
        struct kind *k = kinds;

        while (k < kinds + KINDS_MAX - 1 && k->format && k->format != format)
                k++;
        return k;
}

bool log_text_hourly(int priority, const char *format, ...) {
        struct kind *k = find_kind(format);
        uint64_t now = now_usec(CLOCK_BOOTTIME);
        va_list ap;

        if (k->format == format && now - k->at < HOUR_USEC) {
                k->left_out++;
                return false;
        }
        va_start(ap, format);
        write_line(priority, format, ap, k->format == format ? k->left_out : 0);
        va_end(ap);
        *k = (struct kind){ .format = format, .at = now };
        return true;
}
