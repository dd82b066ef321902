/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Suspects a cable, when the user names cables: it fails at two ports, or another cable works at the same port.
 */
#include "causes/suspects.h"

#include <stdio.h>
#include <string.h>

/* Counts the ports at which the cable fails. The first few are added as evidence. */
static size_t ports_where_it_fails(const struct suspects *c, const char *cable, struct finding *f) {
        struct statistics_filter filter = { .cable = cable };
        const char *ports[CANDIDATES_MAX];
        const struct session *session;
        const struct statistics_entry *entry;
        size_t i = 0, n = 0;

        while (n < CANDIDATES_MAX && statistics_next(c->s->model, &filter, &i, &entry, &session)) {
                const char *port = entry ? entry->port : session->port;
                struct statistics_tally t = suspect_count(c, (struct statistics_filter){ .cable = cable, .port = port });
                bool again = t.bad == 0 || t.bad_weight < t.good_weight;
                struct place place;

                for (size_t j = 0; j < n; j++)
                        again |= strcmp(ports[j], port) == 0;
                if (again)
                        continue;
                ports[n++] = port;
                if (f) {
                        suspect_place(c->s->model, port, &place);
                        give(f, SAY_EV_CABLE_FAILED, "history", t.bad_at, NUMBER("bad_count", t.bad),
                             NUMBER("all_count", tally_all(&t)), PLACE(&place));
                }
        }
        return n;
}

static struct finding *tell_cable_suspect(const struct suspects *c, struct findings *out, const char *cable, bool sure,
                                          const struct statistics_tally *others_here, const struct statistics_tally *others) {
        struct finding *f = found(c->s, out, CABLE_SUSPECT, WARNING, sure ? LIKELY : POSSIBLE);
        struct place place;

        suspect_place(c->s->model, c->port, &place);
        if (others_here->good > 0)
                because(f, SAY_OTHER_CABLE_WORKS_HERE, PLACE(&place), TEXT("cable", cable));
        else
                because(f, SAY_CABLE_FAILS_ON_PORTS, TEXT("cable", cable));
        advise(f, SAY_OTHER_CABLE_TO_BE_SURE);
        ports_where_it_fails(c, cable, f);
        if (others_here->good > 0)
                give(f, SAY_EV_OTHER_CABLES_FINE_ON, "history", 0, NUMBER("fine_count", others_here->good),
                     NUMBER("all_count", tally_all(others_here)), PLACE(&place));
        else if (others->good > 0)
                give(f, SAY_EV_OTHER_CABLES_FINE, "history", 0, NUMBER("fine_count", others->good),
                     NUMBER("all_count", tally_all(others)));
        give(f, SAY_EV_CABLE_AS_NAMED, "user", 0);
        return f;
}

/* Not for logs, because nobody names cables in them. */
void cause_cable_suspect(const struct subject *s, struct findings *out) {
        struct statistics_tally own, here, elsewhere, others, others_here;
        const char *cable = s->port ? s->port->session.cable : "";
        bool another_works, others_since;
        struct suspects c = {};
        struct finding *f;
        size_t ports;

        if (s->whole_log || cable[0] == '\0' || !suspect_is_there(s))
                return;
        suspect_collect(&c, s);
        own = suspect_count(&c, (struct statistics_filter){ .cable = cable });
        here = suspect_count(&c, (struct statistics_filter){ .cable = cable, .port = c.port });
        elsewhere = suspect_count(&c, (struct statistics_filter){ .cable = cable, .not_port = c.port });
        others = suspect_count(&c, (struct statistics_filter){ .not_cable = cable, .named_cable = true });
        others_here = suspect_count(&c, (struct statistics_filter){ .not_cable = cable, .named_cable = true, .port = c.port });
        /* When every cable fails, the cable is not the cause. */
        if (own.bad < 2 || others.bad_weight > others.good_weight)
                return;
        ports = tally_is_mostly_bad(&own) ? ports_where_it_fails(&c, cable, NULL) : 0;
        another_works = tally_is_mostly_bad(&here) && here.bad >= 2 && tally_is_mostly_fine(&others_here) &&
                        tally_was_fine_since(&others_here, &here) && !tally_is_mostly_fine(&elsewhere);
        if (ports < 2 && !another_works)
                return;
        if (!another_works)
                others_here = (struct statistics_tally){};
        others_since = others.good > 0 && tally_was_fine_since(&others, &own);
        f = tell_cable_suspect(&c, out, cable, own.bad >= 3 && others.good >= 3 && others_since, &others_here, &others);
        if (!others_since)
                give(f, SAY_EV_NO_CABLE_FINE, "history", 0);
}
