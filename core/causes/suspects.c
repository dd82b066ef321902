/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "causes/suspects.h"

#include <stdio.h>
#include <string.h>

/* Two failures within the last weeks. */
#define ENOUGH_BAD (STATISTICS_WEIGHT * 8 / 5)
/* A good session counts for two months. */
#define ENOUGH_GOOD (STATISTICS_WEIGHT / 4)

uint32_t tally_all(const struct statistics_tally *t) {
        return t->good + t->bad + t->shaky;
}

struct statistics_tally suspect_count(const struct suspects *c, struct statistics_filter filter) {
        struct statistics_tally t;

        statistics_count(c->s->model, &filter, &t);
        return t;
}

static bool is_known(const struct suspects *c, const char *device) {
        for (size_t i = 0; i < c->n; i++)
                if (strcmp(c->candidates[i].device, device) == 0)
                        return true;
        return false;
}

static void add_candidate(struct suspects *c, const char *device, const char *model) {
        struct candidate *k = &c->candidates[c->n];

        if (c->n == CANDIDATES_MAX || is_known(c, device))
                return;
        *k = (struct candidate){ .device = device, .model = model, .shared = statistics_are_shared(c->s->model, device) };
        k->here = suspect_count(c, (struct statistics_filter){ .device = device, .port = c->port });
        /* Other ports matter only for a device that has trouble at this one. Most have none, and the table is long. */
        if (k->here.bad + k->here.shaky > 0)
                k->elsewhere = suspect_count(c, (struct statistics_filter){ .device = device, .not_port = c->port });
        c->n++;
}

void suspect_collect(struct suspects *c, const struct subject *s) {
        struct statistics_filter here = { .port = c->port, .named_device = true };
        const struct session *session;
        const struct statistics_entry *entry;
        size_t i = 0;

        c->s = s;
        c->n = 0;
        port_key(s->model, s->port, c->port);
        while (statistics_next(s->model, &here, &i, &entry, &session))
                add_candidate(c, entry ? entry->device : session->device, entry ? entry->model : session->model);
        c->nameless = (struct statistics_tally){};
        /* A log does not show whether the same device failed twice. */
        if (!s->whole_log)
                c->nameless = suspect_count(c, (struct statistics_filter){ .device = "", .port = c->port });
}

void suspect_place(const struct model *m, const char *key, struct place *ret) {
        char own[SESSION_PORT_MAX];

        for (size_t i = 0; i < m->n_ports; i++) {
                const struct port *p = m->ports[i];

                if (p->address.depth > 0 && strcmp(port_key(m, p, own), key) == 0) {
                        place_of_port(p, ret);
                        return;
                }
        }
        *ret = (struct place){ .words = SAY_ANOTHER_PLACE, .location = "" };
}

bool tally_is_mostly_bad(const struct statistics_tally *t) {
        return t->bad_weight >= ENOUGH_BAD && t->bad_weight >= t->good_weight;
}

bool tally_is_mostly_fine(const struct statistics_tally *t) {
        return t->good > 0 && t->good_weight >= ENOUGH_GOOD && t->good_weight >= 3 * t->bad_weight;
}

bool tally_was_fine_since(const struct statistics_tally *elsewhere, const struct statistics_tally *here) {
        return elsewhere->good_at == 0 || here->bad_since == 0 || elsewhere->good_at > here->bad_since;
}

bool suspect_is_there(const struct subject *s) {
        const struct port *p = s->port;

        if (!p || p->address.depth == 0 || p->session.number == 0 || port_has_hub(p))
                return false;
        if (s->whole_log || p->session.ended == SESSION_OPEN)
                return true;
        return p->session.failed && moment_follows(p->link.last_line, s->model->now, MODEL_UNIDENTIFIED_USEC);
}
