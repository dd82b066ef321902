/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "model/moment.h"

#include <string.h>

void moments_add(struct moments *m, struct moment when) {
        m->total++;
        if (m->n == MOMENTS_MAX)
                memmove(m->last, m->last + 1, sizeof m->last[0] * --m->n);
        m->last[m->n++] = when;
}

unsigned moments_within(const struct moments *m, uint64_t span) {
        const struct moment *newest = moments_newest(m);
        unsigned count = 0;

        if (!newest || newest->at == 0)
                return 0;
        for (unsigned i = 0; i < m->n; i++)
                if (m->last[i].at != 0 && m->last[i].at <= newest->at && newest->at - m->last[i].at <= span)
                        count++;
        return count;
}

bool moment_is_recent(struct moment since, struct moment now, uint64_t span) {
        bool by_wall = since.wall == 0 || now.wall <= since.wall || now.wall - since.wall < span;

        return by_wall && moment_span(since, now) < span;
}
