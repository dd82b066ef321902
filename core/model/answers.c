/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The answers of a person about a headset, and how long they are valid.
 */
#include <stdlib.h>
#include <string.h>

#include "model/headset.h"
#include "model/model-internal.h"

struct answers *model_answers(const struct model *m, const char *id) {
        for (size_t i = 0; i < m->n_answers; i++)
                if (!m->answers[i]->gone && strcmp(m->answers[i]->id, id) == 0)
                        return m->answers[i];
        return NULL;
}

const struct answers *answers_hold(const struct answers *a) {
        if (a)
                ((struct answers *) a)->held++;
        return a;
}

/* The model itself holds a reference that is not counted. */
void answers_release(const struct answers *a) {
        struct answers *own = (struct answers *) a;

        if (own && own->held-- == 0)
                free(own);
}

static void take_out(struct model *m, size_t i) {
        answers_release(m->answers[i]);
        memmove(m->answers + i, m->answers + i + 1, (--m->n_answers - i) * sizeof m->answers[0]);
}

static void drop_gone(struct model *m) {
        for (size_t i = m->n_answers; i-- > 0;)
                if (m->answers[i]->gone)
                        take_out(m, i);
}

/* When the list is full, the oldest answers are dropped. Their entry is freed at the next cleanup. */
static struct answers *add(struct model *m, const char *id) {
        struct answers *t = calloc(1, sizeof *t);

        if (!t)
                return NULL;
        drop_gone(m);
        if (m->n_answers == MODEL_ANSWERS_MAX)
                m->answers[0]->gone = true;
        memcpy(t->id, id, sizeof t->id);
        m->answers[m->n_answers++] = t;
        return t;
}

static void take_answers(struct answers *t, const uint8_t *answers) {
        bool any = false;

        for (size_t i = 0; i < sizeof t->by_question; i++) {
                if (answers[i] != 0)
                        t->by_question[i] = answers[i] == ANSWER_TAKEN_BACK ? 0 : answers[i];
                any |= t->by_question[i] != 0;
        }
        t->gone = !any;
}

/* Answers accumulate: a question that is not in this event keeps its earlier answer. */
void model_apply_answers(struct model *m, const struct event *e) {
        struct answers *t = model_answers(m, e->u.answers.id);

        if (!t)
                t = add(m, e->u.answers.id);
        if (!t)
                return;
        t->facts = e->u.answers.facts;
        t->at = e->time;
        if (e->where.bus != 0)
                t->where = e->where;
        if (e->u.answers.typec != 0)
                t->typec = e->u.answers.typec;
        take_answers(t, e->u.answers.by_question);
}

/* Answers about a headset that no source saw apply to the headset of that model that is plugged in next. */
void answers_note_plug(struct model *m, const char *model, const struct address *where, uint8_t typec) {
        for (size_t i = 0; i < m->n_answers; i++) {
                struct answers *t = m->answers[i];
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

void answers_note_unplug(struct model *m, const struct address *where, uint8_t typec) {
        for (size_t i = 0; i < m->n_answers; i++) {
                struct answers *t = m->answers[i];

                if (!t->gone && ((where && address_equal(&t->where, where)) || (typec != 0 && t->typec == typec)))
                        t->unplugged = m->now;
        }
}

void answers_end(struct model *m) {
        for (size_t i = 0; i < m->n_answers; i++) {
                struct answers *t = m->answers[i];

                if (!moment_is_recent(t->at, m->now, ANSWERS_USEC))
                        t->gone = true;
                if (t->unplugged.at != 0 && moment_span(t->unplugged, m->now) >= ANSWERS_REPLUG_USEC)
                        t->gone = true;
        }
}

uint64_t answers_deadline(const struct model *m) {
        uint64_t deadline = 0;

        for (size_t i = 0; i < m->n_answers; i++) {
                const struct answers *t = m->answers[i];
                uint64_t when = t->at.at != 0 ? t->at.at + ANSWERS_USEC : 0;

                if (t->gone)
                        continue;
                if (t->unplugged.at != 0)
                        when = t->unplugged.at + ANSWERS_REPLUG_USEC;
                deadline = deadline_earlier(deadline, when);
        }
        return deadline;
}

void answers_free(struct model *m) {
        for (size_t i = 0; i < m->n_answers; i++)
                answers_release(m->answers[i]);
}
