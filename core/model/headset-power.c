/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Combines plugs and links: some headsets power down when power arrives, and one with a defective battery loses its link when
 * power is removed.
 */
#include "model/headset.h"
#include "model/model-internal.h"
#include "model/path.h"

static bool is_within(struct moment a, struct moment b, uint64_t span) {
        return a.at != 0 && b.at >= a.at && b.at - a.at <= span;
}

/* Sleep of the computer also ends links, and a resume looks like a plug. */
static bool is_disturbed(const struct model *m) {
        return m->asleep || (m->wake_seen && is_within(m->wake, m->now, HEADSET_TOGETHER_USEC));
}

static bool switches_off(const struct headset *h) {
        return !h->gone && h->facts.facts.powers_down == YES;
}

static bool has_just_dropped(const struct model *m, const struct headset *h) {
        return !h->facts.connected && !h->facts.ended_here && is_within(h->observed.dropped_at, m->now, HEADSET_TOGETHER_USEC);
}

/* Returns when the plugged-in device arrived; 0: before the start. */
static struct moment came_at(const struct plugged *p) {
        if (p->port)
                return p->port->before_start ? (struct moment){} : p->port->attached;
        return p->typec->observed.before_start ? (struct moment){} : p->typec->observed.attached;
}

static bool is_nameless(const struct model *m, const struct typec_port *t) {
        return t->there && t->facts.partner && !t->facts.accessory && !typec_has_headset(t) && !typec_may_be_usb_device(m, t) &&
               t->facts.power_role == TYPEC_SOURCE && !t->observed.before_start;
}

/* Returns the only unidentified partner that arrived at a Type-C port within the last seconds, or NULL. */
static const struct typec_port *nameless_partner(const struct model *m) {
        const struct typec_port *only = NULL;

        for (size_t i = 0; i < m->n_typec; i++) {
                const struct typec_port *t = m->typec[i];

                if (!is_nameless(m, t) || !is_within(t->observed.attached, m->now, HEADSET_TOGETHER_USEC))
                        continue;
                if (only)
                        return NULL;
                only = t;
        }
        return only;
}

/* Returns the only headset that may have powered down for charging within the last seconds, or NULL. */
static struct headset *dropped_headset(const struct model *m) {
        struct headset *only = NULL;

        for (size_t i = 0; i < m->n_headsets; i++) {
                struct headset *h = m->headsets[i];

                if (!switches_off(h) || !has_just_dropped(m, h))
                        continue;
                if (only)
                        return NULL;
                only = h;
        }
        return only;
}

/* Returns the headset that the plugged-in device is, or NULL when there is none or several match. */
static struct headset *headset_of(const struct model *m, const char *model) {
        const struct headset *h;
        struct plugged plugged;

        if (model_headsets_of(m, model, &h) != 1 || !headset_is_plugged(m, h, &plugged))
                return NULL;
        return (struct headset *) h;
}

/* The headset ran for an hour without the cable, so its battery holds a charge. Earlier losses of the link were therefore not
 * caused by the battery and are forgotten. */
static void note_good_run(const struct model *m, struct headset *h) {
        struct headset_observed *observed = &h->observed;
        struct moment begin =
                observed->unplugged_at.at > observed->connected_at.at ? observed->unplugged_at : observed->connected_at;

        if (observed->connected_at.at <= observed->death_at.at || moment_span(begin, m->now) < MODEL_GOOD_USEC)
                return;
        observed->deaths = 0;
        observed->death_at = (struct moment){};
}

static void came(struct model *m, const char *model) {
        struct headset *h = headset_of(m, model);

        if (!h)
                return;
        if (h->facts.connected)
                note_good_run(m, h);
        h->observed.left = false;
        if (switches_off(h) && has_just_dropped(m, h) && !is_disturbed(m))
                h->observed.plugged_at = m->now;
}

static void leaves(struct model *m, const char *model) {
        struct headset *h = headset_of(m, model);

        if (!h)
                return;
        h->observed.left = !h->facts.connected;
        h->observed.unplugged_at = h->facts.connected && !m->asleep ? m->now : (struct moment){};
}

static bool came_with(const struct headset *h, const struct typec_port *t) {
        return !h->gone && !h->facts.connected && is_within(t->observed.attached, h->observed.plugged_at, HEADSET_TOGETHER_USEC);
}

/* The connector reported a partner first, and USB then identified it as another device. So no power arrived at a headset. */
static void take_back_power(struct model *m, const struct typec_port *t) {
        struct plugged plugged;

        for (size_t i = 0; i < m->n_headsets; i++)
                if (came_with(m->headsets[i], t) && !headset_is_plugged(m, m->headsets[i], &plugged))
                        m->headsets[i]->observed.plugged_at = (struct moment){};
}

static void another_came(struct model *m, const struct port *p) {
        for (size_t i = 0; i < m->n_typec; i++)
                if (m->typec[i]->there && !typec_has_headset(m->typec[i]) && typec_may_be(m, m->typec[i], p))
                        take_back_power(m, m->typec[i]);
}

void headsets_note_plug(struct model *m, const struct port *p) {
        if (port_has_headset(p))
                came(m, p->device.facts.model);
        else
                another_came(m, p);
}

void headsets_note_unplug(struct model *m, const struct port *p) {
        if (port_has_headset(p))
                leaves(m, p->device.facts.model);
}

void headsets_note_partner(struct model *m, const struct typec_port *t) {
        struct headset *h;

        if (typec_is_headset(m, t)) {
                came(m, t->facts.partner_model.model);
                return;
        }
        h = dropped_headset(m);
        if (h && !is_disturbed(m) && nameless_partner(m) == t)
                h->observed.plugged_at = m->now;
}

void headsets_note_no_partner(struct model *m, const struct typec_port *t) {
        if (typec_is_headset(m, t))
                leaves(m, t->facts.partner_model.model);
}

const struct headset *typec_probable_headset(const struct model *m, const struct typec_port *t) {
        const struct headset *only = NULL;

        if (!is_nameless(m, t))
                return NULL;
        for (size_t i = 0; i < m->n_typec; i++)
                if (m->typec[i] != t && is_nameless(m, m->typec[i]) &&
                    is_within(t->observed.attached, m->typec[i]->observed.attached, HEADSET_TOGETHER_USEC))
                        return NULL;
        for (size_t i = 0; i < m->n_headsets; i++) {
                if (!came_with(m->headsets[i], t))
                        continue;
                if (only)
                        return NULL;
                only = m->headsets[i];
        }
        return only;
}

/* Counts a loss of the link right after an unplug: the headset ran only on the power of the plug. */
static void note_death(struct headset *h) {
        if (!is_within(h->observed.unplugged_at, h->observed.dropped_at, HEADSET_DEATH_USEC))
                return;
        h->observed.unplugged_at = (struct moment){};
        h->observed.death_at = h->observed.dropped_at;
        if (h->observed.deaths < UINT8_MAX)
                h->observed.deaths++;
}

void headset_note_drop(struct model *m, struct headset *h) {
        const struct typec_port *nameless;
        struct plugged plugged;
        struct moment at = {};

        model_plugged(m, h->facts.facts.model, &plugged);
        if (plugged.n == 0)
                note_good_run(m, h);
        if (h->facts.ended_here || is_disturbed(m))
                return;
        note_death(h);
        if (!switches_off(h))
                return;
        nameless = nameless_partner(m);
        if (headset_is_plugged(m, h, &plugged))
                at = came_at(&plugged);
        else if (plugged.n == 0 && nameless && dropped_headset(m) == h)
                at = nameless->observed.attached;
        if (is_within(at, m->now, HEADSET_TOGETHER_USEC))
                h->observed.plugged_at = at;
}

/* BlueZ reports only after the end of a link that this computer ended it. */
void headset_take_back_drop(struct headset *h) {
        struct headset_observed *observed = &h->observed;

        if (observed->deaths > 0 && observed->death_at.at == observed->dropped_at.at) {
                observed->deaths--;
                observed->death_at = (struct moment){};
        }
        if (is_within(observed->plugged_at, observed->dropped_at, HEADSET_TOGETHER_USEC) ||
            is_within(observed->dropped_at, observed->plugged_at, HEADSET_TOGETHER_USEC))
                observed->plugged_at = (struct moment){};
}
