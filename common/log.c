/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Each message is one write, so that lines of several programs do not mix. */

#include "common/log.h"

#include <errno.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

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

void log_text(int priority, const char *format, ...) {
        static unsigned lost;
        char line[1024];
        size_t used = 0;
        int saved = errno;
        va_list ap;

        if (getenv("JOURNAL_STREAM"))
                used = (size_t) snprintf(line, sizeof(line), "<%d>", priority);
        va_start(ap, format);
        int n = vsnprintf(line + used, sizeof(line) - used - 1, format, ap);
        va_end(ap);
        if (n > 0) {
                used += (size_t) n;
                if (used > sizeof(line) - 2)
                        used = sizeof(line) - 2;
                line[used++] = '\n';
                tell_lost(&lost);
                if (lost > 0 || !put(line, used))
                        lost++;
        }
        errno = saved;
}
