/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* One write per message, so that lines of several programs do not mix. */

#include "common/log.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

void log_text(int priority, const char *format, ...) {
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
                if (write(STDERR_FILENO, line, used) < 0) {
                        /* nobody to tell */
                }
        }
        errno = saved;
}
