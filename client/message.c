/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Messages: everything that is not a result is printed on stderr, one line each.
 */
#include <stdarg.h>
#include <string.h>

#include "client/client.h"
#include "common/text.h"

static char *kept;
static size_t kept_size;

void complain_into(char *buf, size_t size) {
        kept = buf;
        kept_size = size;
        if (buf)
                *buf = '\0';
}

__attribute__((format(printf, 1, 0))) static void put_message(const char *format, va_list ap) {
        char text[2048], safe[2048];

        vsnprintf(text, sizeof text, format, ap);
        if (kept) {
                text_make_safe(kept, kept_size, text, strlen(text));
                return;
        }
        fflush(stdout);
        fprintf(stderr, "sonychargectl: %s\n", text_make_safe(safe, sizeof safe, text, strlen(text)));
}

void complain(const char *format, ...) {
        va_list ap;

        va_start(ap, format);
        put_message(format, ap);
        va_end(ap);
}

void tell(const struct options *o, const char *format, ...) {
        va_list ap;

        if (o->quiet)
                return;
        va_start(ap, format);
        put_message(format, ap);
        va_end(ap);
}
