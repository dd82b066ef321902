/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What a person said of a headset, as long as it holds.
 */
#include <stdlib.h>
#include <string.h>

#include "model/headset.h"
#include "model/model-internal.h"

struct told *model_told(const struct model *m, const char *id) {
        for (size_t i = 0; i < m->n_told; i++)
                if (!m->told[i]->gone && strcmp(m->told[i]->id, id) == 0)
                        return m->told[i];
        return NULL;
}

static void take_out(struct model *m, size_t i) {
        free(m->told[i]);
        memmove(m->told + i, m->told + i + 1, (--m->n_told - i) * sizeof m->told[0]);
}

/* Nobody points to what no longer holds when something new is said: see drop_gone() of headsets. */
static void drop_gone(struct model *m) {
        for (size_t i = m->n_told; i-- > 0;)
                if (m->told[i]->gone)
                        take_out(m, i);
}

/* What is said last pushes out what was said first; that one's place is free after the next look. */
static struct told *add(struct model *m, const char *id) {
        struct told *t = calloc(1, sizeof *t);

        if (!t)
                return NULL;
        drop_gone(m);
        if (m->n_told == MODEL_TOLD_MAX)
                m->told[0]->gone = true;
        memcpy(t->id, id, sizeof t->id);
        m->told[m->n_told++] = t;
        return t;
}

static void take_answers(struct told *t, const uint8_t *answers) {
        bool any = false;

        for (size_t i = 0; i < sizeof t->answers; i++) {
                if (answers[i] != 0)
                        t->answers[i] = answers[i] == ANSWER_TAKEN_BACK ? 0 : answers[i];
                any |= t->answers[i] != 0;
        }
        t->gone = !any;
}

/* Answers add up: what is not answered now stays as it was said before. */
void model_apply_told(struct model *m, const struct event *e) {
        struct told *t = model_told(m, e->u.told.id);

        if (!t)
                t = add(m, e->u.told.id);
        if (!t)
                return;
        t->facts = e->u.told.facts;
        t->at = e->time;
        if (e->where.bus != 0)
                t->where = e->where;
        if (e->u.told.typec != 0)
                t->typec = e->u.told.typec;
        take_answers(t, e->u.told.answers);
}

/* What was said of a headset that nothing saw is said of the one that is plugged in then. */
void told_note_plug(struct model *m, const char *model, const struct address *where, uint8_t typec) {
        for (size_t i = 0; i < m->n_told; i++) {
                struct told *t = m->told[i];
                bool nowhere = t->where.bus == 0 && t->typec == 0;

                if (model[0] == '\0' || strcmp(t->facts.model, model) != 0)
                        continue;
                if (nowhere) {
                        t->where = where ? *where : (struct address){};
                        t->typec = typec;
                }
                if ((where && address_equal(&t->where, where)) || (typec != 0 && t->typec == typec))
                        t->unplugged = (struct moment){};
        }
}

void told_note_unplug(struct model *m, const struct address *where, uint8_t typec) {
        for (size_t i = 0; i < m->n_told; i++) {
                struct told *t = m->told[i];

                if (!t->gone && ((where && address_equal(&t->where, where)) || (typec != 0 && t->typec == typec)))
                        t->unplugged = m->now;
        }
}

void told_end(struct model *m) {
        for (size_t i = 0; i < m->n_told; i++) {
                struct told *t = m->told[i];

                if (!moment_is_recent(t->at, m->now, TOLD_USEC))
                        t->gone = true;
                if (t->unplugged.at != 0 && moment_span(t->unplugged, m->now) >= TOLD_REPLUG_USEC)
                        t->gone = true;
        }
}

uint64_t told_deadline(const struct model *m) {
        uint64_t deadline = 0;

        for (size_t i = 0; i < m->n_told; i++) {
                const struct told *t = m->told[i];
                uint64_t when = t->at.at + TOLD_USEC;

                if (t->gone)
                        continue;
                if (t->unplugged.at != 0)
                        when = t->unplugged.at + TOLD_REPLUG_USEC;
                if (deadline == 0 || when < deadline)
                        deadline = when;
        }
        return deadline;
}

void told_free(struct model *m) {
        for (size_t i = 0; i < m->n_told; i++)
                free(m->told[i]);
}
