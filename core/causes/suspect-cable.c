/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * A cable under suspicion, as far as the user names cables: it fails on two ports, or another one works on the same port.
 */
#include "causes/suspects.h"

#include <stdio.h>
#include <string.h>

/* Ports on which the cable fails; the first few are evidence. */
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
                char place[PLACE_MAX];

                for (size_t j = 0; j < n; j++)
                        again |= strcmp(ports[j], port) == 0;
                if (again)
                        continue;
                ports[n++] = port;
                if (f)
                        finding_evidence(f, "this cable", "history", t.bad_at, "failed %u of %u times on %s", t.bad,
                                         tally_all(&t), suspect_port_words(c->s->model, port, place));
        }
        return n;
}

static struct finding *tell_cable_suspect(const struct suspects *c, struct findings *out, const char *cable, bool sure,
                                          const struct statistics_tally *others_here, const struct statistics_tally *others) {
        struct finding *f = found(c->s, out, CABLE_SUSPECT, WARNING, sure ? LIKELY : POSSIBLE);
        char place[PLACE_MAX];

        suspect_port_words(c->s->model, c->port, place);
        if (others_here->good > 0)
                say_cause(f, "Another cable works on %s and the cable \"%s\" does not, which points to this cable.", place,
                          cable);
        else
                say_cause(f, "The cable \"%s\" fails on more than one port, which points to this cable.", cable);
        say_action(f, "Use another cable, best the one that came with the headset; to be sure, try this one on another device.");
        ports_where_it_fails(c, cable, f);
        if (others_here->good > 0)
                finding_evidence(f, "other cables", "history", 0, "%u of %u fine on %s", others_here->good,
                                 tally_all(others_here), place);
        else if (others->good > 0)
                finding_evidence(f, "other cables", "history", 0, "%u of %u fine", others->good, tally_all(others));
        finding_evidence(f, "name of the cable", "user", 0, "as it was told last; if another one is plugged in, name that one");
        return f;
}

/* Never from a log: nobody names cables in it. */
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
        /* What fails with every cable is not the cable. */
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
                finding_evidence(f, "other cables", "history", 0,
                                 "none was fine since this one began to fail: it may be the headset itself");
}
