/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "client/explain/explain-headset.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

/* Returns the answers about the model if they are about one headset alone. */
static const struct answers *answers_of(const struct model *m, const char *model) {
        const struct answers *only = NULL;

        for (size_t i = 0; i < m->n_answers && model[0] != '\0'; i++) {
                const struct answers *t = m->answers[i];

                if (t->gone || strcmp(t->facts.model, model) != 0)
                        continue;
                if (only)
                        return NULL;
                only = t;
        }
        return only;
}

static const struct headset *joined(const struct model *m, const struct port *p) {
        const struct headset *h;
        struct plugged plugged;

        if (model_headsets_of(m, p->device.facts.model, &h) != 1 || !headset_is_plugged(m, h, &plugged) || plugged.port != p)
                return NULL;
        return h;
}

void explain_diagnose_port(const struct model *m, const struct port *p, struct diagnosis *d) {
        struct sightings seen = { .port = p, .whole_log = true };

        if (port_has_headset(p)) {
                seen.headset = joined(m, p);
                seen.answers = answers_of(m, p->device.facts.model);
        }
        if (seen.headset || seen.answers)
                diagnose_headset(m, &seen, NULL, "", d);
        else
                diagnose_port(m, p, true, d);
}

void explain_add_connectors(struct json_object *list, const struct model *m) {
        struct diagnosis d = {};
        char name[TYPEC_NAME_MAX];

        for (size_t i = 0; i < m->n_typec; i++) {
                diagnose_typec(m, m->typec[i], true, &d);
                explain_add_nameless(list, typec_name(m->typec[i], name), &d);
        }
        diagnosis_clear(&d);
}

/* Stores the model as in ids: "wh_1000xm4". */
static void put_id(const struct model_facts *facts, char *ret, size_t size) {
        size_t n = 0;

        for (const char *c = facts->model; *c != '\0' && n + 1 < size; c++)
                ret[n++] = isalnum((unsigned char) *c) ? (char) tolower((unsigned char) *c) : '_';
        ret[n] = '\0';
}

static void add(struct json_object *list, const struct model *m, const struct sightings *seen, const struct model_facts *facts) {
        struct diagnosis d = {};
        char id[sizeof facts->model];

        put_id(facts, id, sizeof id);
        diagnose_headset(m, seen, facts, id, &d);
        explain_add_nameless(list, id, &d);
        diagnosis_clear(&d);
}

void explain_add_headsets(struct json_object *list, const struct model *m) {
        const struct headset *h;
        struct plugged plugged;

        for (size_t i = 0; i < m->n_headsets; i++) {
                h = m->headsets[i];
                if (!headset_is_near(m, h) || (headset_is_plugged(m, h, &plugged) && plugged.port))
                        continue;
                const struct sightings seen = {
                        .headset = h, .typec = plugged.typec, .answers = answers_of(m, h->facts.facts.model), .whole_log = true
                };
                add(list, m, &seen, &h->facts.facts);
        }
        for (size_t i = 0; i < m->n_answers; i++) {
                const struct answers *t = m->answers[i];
                const struct sightings seen = { .answers = t, .whole_log = true };

                model_plugged(m, t->facts.model, &plugged);
                if (!t->gone && plugged.n == 0 && model_headsets_of(m, t->facts.model, &h) == 0)
                        add(list, m, &seen, &t->facts);
        }
}
