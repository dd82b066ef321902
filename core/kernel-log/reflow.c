/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "kernel-log/reflow.h"

#include <stdlib.h>
#include <string.h>

#include "common/text.h"

#define ENOUGH_LINES 24
#define ENOUGH_BYTES 8192

static bool append(struct reflow *r, const char *s, size_t len) {
        if (r->size - r->len < len) {
                size_t size = r->len + len + ENOUGH_BYTES / 4;
                char *grown = realloc(r->text, size);

                if (!grown)
                        return false;
                r->text = grown;
                r->size = size;
        }
        memcpy(r->text + r->len, s, len);
        r->len += len;
        return true;
}

bool reflow_keep(struct reflow *r, const char *line, size_t len) {
        if (!append(r, line, len))
                return false;
        if (!append(r, "\n", 1)) {
                r->len -= len;
                return false;
        }
        r->lines++;
        return true;
}

bool reflow_is_enough(const struct reflow *r) {
        return r->lines >= ENOUGH_LINES || r->len >= ENOUGH_BYTES;
}

/* In a log whose records were wrapped one by one, no record begins inside of a line. In one that lost some of its newlines, most
 * lines are still records. */
bool reflow_is_filled(const struct reflow *r) {
        return r->inside >= 2 && (r->lines - r->whole) * 3 >= r->lines;
}

static bool is_word(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_digit(c);
}

/* Returns true when the line was broken after the hyphen of a word: "full-" and "speed". */
static bool ends_with_hyphen(const struct reflow *r) {
        return r->len >= 2 && r->text[r->len - 1] == '-' && is_word(r->text[r->len - 2]);
}

bool reflow_join(struct reflow *r, const char *line, size_t len) {
        const char *end = line + len;

        while (line < end && (*line == '>' || *line == '|' || *line == ' ' || *line == '\t'))
                line++;
        while (end > line && (end[-1] == '\r' || end[-1] == ' '))
                end--;
        if (line == end)
                return true;
        if (r->len > 0 && !ends_with_hyphen(r) && !append(r, " ", 1))
                return false;
        return append(r, line, (size_t) (end - line));
}

void reflow_drop(struct reflow *r, size_t n) {
        r->len -= n;
        if (n > 0)
                memmove(r->text, r->text + n, r->len);
}

void reflow_done(struct reflow *r) {
        free(r->text);
        *r = (struct reflow){};
}
