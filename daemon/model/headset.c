/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "headset.h"

#include <stdlib.h>
#include <string.h>

#include "model-internal.h"

/* A level that stands is worth a point this often; one that changed always is. */
#define POINT_USEC (30 * MINUTE)

static struct headset **place(const struct model *m, enum headset_way way, const char *mark) {
        for (size_t i = 0; i < m->n_headsets; i++)
                if (m->headsets[i]->facts.way == way && strcmp(m->headsets[i]->facts.mark, mark) == 0)
                        return (struct headset **) &m->headsets[i];
        return NULL;
}

struct headset *model_headset(const struct model *m, enum headset_way way, const char *mark) {
        struct headset **p = place(m, way, mark);

        return p ? *p : NULL;
}

static struct headset *add(struct model *m, const struct event *e) {
        struct headset *h;

        if (m->n_headsets == MODEL_HEADSETS_MAX)
                return NULL;
        h = calloc(1, sizeof *h);
        if (!h)
                return NULL;
        h->past = (struct headset_past){ .way = e->u.headset.way, .since = e->time, .before_start = !m->settled };
        memcpy(h->past.mark, e->u.headset.mark, sizeof h->past.mark);
        m->headsets[m->n_headsets++] = h;
        return h;
}

uint8_t headset_level(const struct headset *h) {
        const struct battery_state *parts = h->facts.parts;
        uint8_t lowest = BATTERY_UNKNOWN;

        if (parts[BATTERY_WHOLE].percent != BATTERY_UNKNOWN)
                return parts[BATTERY_WHOLE].percent;
        for (unsigned i = 0; i < _BATTERY_PART_MAX; i++)
                if (parts[i].percent < lowest)
                        lowest = parts[i].percent;
        return lowest;
}

enum charging headset_charging(const struct headset *h) {
        enum charging worst = CHARGING_UNKNOWN;

        for (unsigned i = 0; i < _BATTERY_PART_MAX; i++) {
                enum charging c = h->facts.parts[i].charging;

                if (c == CHARGING_YES)
                        return c;
                if (c != CHARGING_UNKNOWN && (worst == CHARGING_UNKNOWN || c == CHARGING_NO))
                        worst = c;
        }
        return worst;
}

static bool is_worth_a_point(const struct headset_past *past, const struct battery_point *p) {
        const struct battery_point *newest = past->n_points > 0 ? &past->points[past->n_points - 1] : NULL;

        return !newest || newest->percent != p->percent || newest->charging != p->charging ||
               moment_span(newest->when, p->when) >= POINT_USEC;
}

static void note_level(struct headset *h, struct moment when) {
        struct headset_past *past = &h->past;
        struct battery_point p = { .when = when, .percent = headset_level(h), .charging = headset_charging(h) };

        if (p.percent == BATTERY_UNKNOWN)
                return;
        past->level_at = when;
        if (!is_worth_a_point(past, &p))
                return;
        if (past->n_points == BATTERY_POINTS_MAX)
                memmove(past->points, past->points + 1, --past->n_points * sizeof past->points[0]);
        past->points[past->n_points++] = p;
}

static void note_link(struct headset *h, bool was_connected, struct moment when) {
        if (h->facts.connected && !was_connected)
                h->past.connected_at = when;
        if (!h->facts.connected && was_connected) {
                h->past.dropped_at = when;
                h->past.left = false;
        }
}

void model_apply_headset(struct model *m, const struct event *e) {
        struct headset *h = model_headset(m, e->u.headset.way, e->u.headset.mark);
        bool was_connected = h && h->facts.connected;

        if (!h)
                h = add(m, e);
        if (!h)
                return;
        h->facts = e->u.headset;
        note_link(h, was_connected, e->time);
        note_level(h, e->time);
}

void model_apply_headset_gone(struct model *m, const struct headset_facts *f) {
        struct headset **p = place(m, f->way, f->mark);

        if (!p)
                return;
        free(*p);
        m->n_headsets--;
        memmove(p, p + 1, (size_t) (m->headsets + m->n_headsets - p) * sizeof *p);
}

void model_apply_headset_past(struct model *m, const struct headset_past *past) {
        struct headset *h = model_headset(m, past->way, past->mark);

        if (h)
                h->past = *past;
}

struct told *model_told(const struct model *m, const char *id) {
        for (size_t i = 0; i < m->n_told; i++)
                if (strcmp(m->told[i]->id, id) == 0)
                        return m->told[i];
        return NULL;
}

/* What was said last about anything pushes out what was said first. */
static struct told *add_told(struct model *m, const char *id) {
        struct told *t = calloc(1, sizeof *t);

        if (!t)
                return NULL;
        memcpy(t->id, id, sizeof t->id);
        if (m->n_told == MODEL_TOLD_MAX) {
                free(m->told[0]);
                memmove(m->told, m->told + 1, --m->n_told * sizeof m->told[0]);
        }
        m->told[m->n_told++] = t;
        return t;
}

/* Answers add up: what is not answered now stays as it was said before. */
void model_apply_told(struct model *m, const struct event *e) {
        struct told *t = model_told(m, e->u.told.id);

        if (!t)
                t = add_told(m, e->u.told.id);
        if (!t)
                return;
        t->facts = e->u.told.facts;
        t->at = e->time;
        for (size_t i = 0; i < sizeof t->answers; i++)
                if (e->u.told.answers[i] != 0)
                        t->answers[i] = e->u.told.answers[i];
}

bool headset_is_near(const struct model *m, const struct headset *h) {
        if (h->facts.connected)
                return true;
        return !h->past.left && h->past.dropped_at.at != 0 && moment_span(h->past.dropped_at, m->now) < HEADSET_RECENT_USEC;
}

void headsets_free(struct model *m) {
        for (size_t i = 0; i < m->n_headsets; i++)
                free(m->headsets[i]);
        for (size_t i = 0; i < m->n_told; i++)
                free(m->told[i]);
}
