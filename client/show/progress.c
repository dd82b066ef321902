/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Progress: a line that appears after a second and is removed at the end.
 */
#include "client/show/progress.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "common/text.h"
#include "client/follow.h"

#define BEFORE_USEC UINT64_C(1000000)
#define BETWEEN_USEC UINT64_C(200000)

void progress_begin(struct progress *p, const struct options *o) {
        const char *term = getenv("TERM");

        *p = (struct progress){ .begun = now_usec(CLOCK_MONOTONIC) };
        p->wanted = !o->quiet && isatty(STDERR_FILENO) && term && *term && strcmp(term, "dumb") != 0;
}

unsigned progress_seconds(const struct progress *p) {
        return (unsigned) ((now_usec(CLOCK_MONOTONIC) - p->begun) / 1000000);
}

void progress_say(struct progress *p, const char *format, ...) {
        uint64_t now = p->wanted ? now_usec(CLOCK_MONOTONIC) : 0;
        char text[200], safe[200];
        va_list ap;

        if (!p->wanted || now - p->begun < BEFORE_USEC || now - p->written < BETWEEN_USEC)
                return;
        va_start(ap, format);
        vsnprintf(text, sizeof text, format, ap);
        va_end(ap);
        fflush(stdout);
        fprintf(stderr, "\r\x1b[K%.70s", text_make_safe(safe, sizeof safe, text, strlen(text)));
        fflush(stderr);
        p->shown = true;
        p->written = now;
}

void progress_end(struct progress *p) {
        if (p->shown)
                fputs("\r\x1b[K", stderr);
        p->shown = false;
}
