/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Counts the entries about each subject. */

#include "daemon/journal/journal-limit.h"

#include <stdio.h>
#include <string.h>

static struct journal_limited *oldest(struct journal_limit *l) {
        struct journal_limited *found = &l->subjects[0];

        for (size_t i = 1; i < l->n; i++)
                if (l->subjects[i].since < found->since)
                        found = &l->subjects[i];
        return found;
}

static struct journal_limited *find(struct journal_limit *l, const char *subject, uint64_t now) {
        struct journal_limited *s;

        for (size_t i = 0; i < l->n; i++)
                if (strcmp(l->subjects[i].subject, subject) == 0)
                        return &l->subjects[i];
        s = l->n < JOURNAL_LIMIT_SUBJECTS ? &l->subjects[l->n++] : oldest(l);
        *s = (struct journal_limited){ .since = now };
        snprintf(s->subject, sizeof(s->subject), "%s", subject);
        return s;
}

enum journal_verdict journal_limit_count(struct journal_limit *l, const char *subject, uint64_t now, unsigned *ret_left_out) {
        struct journal_limited *s = find(l, subject, now);

        *ret_left_out = 0;
        if (now - s->since >= JOURNAL_LIMIT_USEC) {
                *ret_left_out = s->left_out;
                s->since = now;
                s->written = s->left_out = 0;
        }
        if (s->written >= JOURNAL_LIMIT_ENTRIES) {
                s->left_out++;
                return JOURNAL_LEAVE_OUT;
        }
        return ++s->written == JOURNAL_LIMIT_ENTRIES ? JOURNAL_LAST : JOURNAL_WRITE;
}
