/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "model/headset.h"

#include <stdlib.h>
#include <string.h>

#include "model/model-internal.h"
#include "model/path.h"

/* An unchanged level is recorded at this interval. A changed level is always recorded. */
#define POINT_USEC (30 * MINUTE)

static struct headset *find(const struct model *m, enum headset_way way, const char *mark) {
        for (size_t i = 0; i < m->n_headsets; i++)
                if (m->headsets[i]->facts.way == way && strcmp(m->headsets[i]->facts.mark, mark) == 0)
                        return m->headsets[i];
        return NULL;
}

struct headset *model_headset(const struct model *m, enum headset_way way, const char *mark) {
        struct headset *h = find(m, way, mark);

        return h && !h->gone ? h : NULL;
}

const struct headset *headset_hold(const struct headset *h) {
        if (h)
                ((struct headset *) h)->held++;
        return h;
}

/* The model itself holds a reference that is not counted. */
void headset_release(const struct headset *h) {
        struct headset *own = (struct headset *) h;

        if (own && own->held-- == 0)
                free(own);
}

static void drop_gone(struct model *m) {
        size_t n = 0;

        for (size_t i = 0; i < m->n_headsets; i++) {
                if (m->headsets[i]->gone)
                        headset_release(m->headsets[i]);
                else
                        m->headsets[n++] = m->headsets[i];
        }
        m->n_headsets = n;
}

static struct headset *add(struct model *m) {
        struct headset *h;

        if (m->n_headsets == MODEL_HEADSETS_MAX)
                drop_gone(m);
        if (m->n_headsets == MODEL_HEADSETS_MAX)
                return NULL;
        h = calloc(1, sizeof *h);
        if (h)
                m->headsets[m->n_headsets++] = h;
        return h;
}

/* A headset that was reported before keeps its entry and its history. */
static struct headset *begin(struct model *m, const struct event *e) {
        struct headset *h = find(m, e->u.headset.way, e->u.headset.mark);

        if (h && !h->gone)
                return h;
        /* An unknown model is not treated as a headset. Only a recording can contain one. */
        if (e->u.headset.facts.model[0] == '\0')
                return NULL;
        if (!h)
                h = add(m);
        if (!h)
                return NULL;
        h->gone = false;
        h->facts = (struct headset_facts){ .way = e->u.headset.way };
        h->observed.way = e->u.headset.way;
        h->observed.since = e->time;
        h->observed.before_start = e->u.headset.found || !m->settled;
        memcpy(h->observed.mark, e->u.headset.mark, sizeof h->observed.mark);
        return h;
}

uint8_t parts_level(const struct battery_state parts[static _BATTERY_PART_MAX]) {
        uint8_t lowest = BATTERY_UNKNOWN;

        if (parts[BATTERY_WHOLE].percent != BATTERY_UNKNOWN)
                return parts[BATTERY_WHOLE].percent;
        for (unsigned i = 0; i < _BATTERY_PART_MAX; i++)
                if (parts[i].percent < lowest)
                        lowest = parts[i].percent;
        return lowest;
}

enum charging parts_charging(const struct battery_state parts[static _BATTERY_PART_MAX]) {
        enum charging worst = CHARGING_UNKNOWN;

        for (unsigned i = 0; i < _BATTERY_PART_MAX; i++) {
                enum charging c = parts[i].charging;

                if (c == CHARGING_YES)
                        return c;
                if (c != CHARGING_UNKNOWN && (worst == CHARGING_UNKNOWN || c == CHARGING_NO))
                        worst = c;
        }
        return worst;
}

uint8_t headset_level(const struct headset *h) {
        return parts_level(h->facts.parts);
}

enum charging headset_charging(const struct headset *h) {
        return parts_charging(h->facts.parts);
}

static bool is_worth_a_point(const struct headset_observed *observed, const struct battery_point *p) {
        const struct battery_point *newest = observed->n_points > 0 ? &observed->points[observed->n_points - 1] : NULL;

        return !newest || newest->percent != p->percent || newest->charging != p->charging ||
               moment_span(newest->when, p->when) >= POINT_USEC;
}

static void note_level(struct headset *h, struct moment when) {
        struct headset_observed *observed = &h->observed;
        struct battery_point p = { .when = when, .percent = headset_level(h), .charging = headset_charging(h) };

        if (p.percent == BATTERY_UNKNOWN)
                return;
        observed->level_at = when;
        if (!is_worth_a_point(observed, &p))
                return;
        if (observed->n_points == BATTERY_POINTS_MAX)
                memmove(observed->points, observed->points + 1, --observed->n_points * sizeof observed->points[0]);
        observed->points[observed->n_points++] = p;
}

/* Not every report brings a new level: the source repeats the level when the name or the link changes. A receiver is asked for
 * the level itself, so its reports always do. */
static bool is_level_news(const struct headset_facts *before, const struct headset_facts *now) {
        return !before->connected || now->way == HEADSET_DONGLE || memcmp(before->parts, now->parts, sizeof now->parts) != 0;
}

static void note_link(struct model *m, struct headset *h, bool was_connected, struct moment when) {
        if (h->facts.connected && !was_connected) {
                /* When the link was already there at the start, it is not known when it began. */
                h->observed.connected_at = h->facts.found ? (struct moment){} : when;
                h->observed.left = false;
        }
        if (!h->facts.connected && was_connected) {
                h->observed.dropped_at = when;
                h->observed.left = false;
                headset_note_drop(m, h);
        }
        if (h->facts.ended_here)
                headset_take_back_drop(h);
}

/* The last known level is still shown, so its source is kept, too. */
static void keep_level_source(struct headset *h, const struct headset_facts *before) {
        if (h->facts.battery != BATTERY_BY_NOBODY)
                return;
        h->facts.battery = before->battery;
        h->facts.step = before->step;
}

void model_apply_headset(struct model *m, const struct event *e) {
        struct headset *h = begin(m, e);
        enum charging before_charging;
        struct headset_facts before;

        if (!h)
                return;
        before = h->facts;
        before_charging = headset_charging(h);
        h->facts = e->u.headset;
        /* A headset whose model was known does not change its model. */
        if (h->facts.facts.model[0] == '\0')
                h->facts.facts = before.facts;
        keep_level_source(h, &before);
        if (headset_charging(h) != before_charging)
                h->observed.charging_at = e->time;
        note_link(m, h, before.connected, e->time);
        if (h->facts.connected && is_level_news(&before, &h->facts))
                note_level(h, e->time);
}

void model_apply_headset_gone(struct model *m, const struct headset_facts *f) {
        struct headset *h = model_headset(m, f->way, f->mark);

        if (!h)
                return;
        h->gone = true;
        h->facts.connected = h->facts.paired = false;
}

void model_apply_headset_observed(struct model *m, const struct headset_observed *observed) {
        struct headset *h = model_headset(m, observed->way, observed->mark);

        if (h)
                h->observed = *observed;
}

bool headset_is_near(const struct model *m, const struct headset *h) {
        if (h->gone)
                return false;
        if (h->facts.connected)
                return true;
        return !h->observed.left && h->observed.dropped_at.at != 0 &&
               moment_is_recent(h->observed.dropped_at, m->now, HEADSET_RECENT_USEC);
}

uint64_t headset_deadline(const struct model *m) {
        uint64_t deadline = 0;

        for (size_t i = 0; i < m->n_headsets; i++) {
                const struct headset *h = m->headsets[i];
                uint64_t when = h->observed.dropped_at.at + HEADSET_RECENT_USEC;

                if (!h->facts.connected && headset_is_near(m, h))
                        deadline = deadline_next(deadline, when, m->now);
        }
        return deadline;
}

void headsets_free(struct model *m) {
        for (size_t i = 0; i < m->n_headsets; i++)
                headset_release(m->headsets[i]);
}
