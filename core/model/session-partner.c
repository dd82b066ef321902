/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Plug sessions of devices that only a Type-C port sees. Most headsets charge without appearing on USB.
 */
#include <stdio.h>
#include <string.h>

#include "model/model.h"
#include "model/path.h"
#include "model/session-internal.h"

static bool is_partner(const struct model *m, const struct typec_port *t) {
        return t->there && t->facts.partner && (typec_is_headset(m, t) || typec_is_sighting(m, t));
}

/* From now on the USB device has a session of its own. */
static bool is_on_usb(const struct model *m, const struct typec_port *t) {
        return typec_usb_device(m, t) || (t->usb && (t->usb->link.state == LINK_TRYING || t->usb->link.state == LINK_FAILED)) ||
               typec_headset_device(m, t);
}

static bool is_same_partner(const struct session *s, const struct typec_port *t) {
        return s->number != 0 && s->first_connect.at == t->observed.attached.at &&
               s->first_connect.wall == t->observed.attached.wall;
}

static void begin(struct model *m, struct typec_port *t) {
        struct session *s = &t->session;

        session_fold(m, s);
        *s = (struct session){ .number = ++m->sessions, .revision = 1, .partner = true, .start = t->observed.attached };
        s->first_connect = t->observed.attached;
        s->before_start = t->observed.before_start;
        snprintf(s->port, sizeof s->port, "typec-port%u", t->facts.number);
}

struct session *typec_session(const struct model *m, const char *port) {
        char own[SESSION_PORT_MAX];

        for (size_t i = 0; i < m->n_typec; i++) {
                snprintf(own, sizeof own, "typec-port%u", m->typec[i]->facts.number);
                if (strcmp(own, port) == 0)
                        return &m->typec[i]->session;
        }
        return NULL;
}

static void end(struct model *m, struct typec_port *t, bool identified) {
        struct session *s = &t->session;

        if (identified)
                session_close(s, SESSION_IDENTIFIED, m->now);
        else if (!t->there)
                session_close(s, SESSION_LOST, m->now);
        else
                session_close(s, m->asleep ? SESSION_ASLEEP : SESSION_UNPLUGGED,
                              t->observed.left.at != 0 ? t->observed.left : m->now);
}

/* The model was reported by the partner itself, or concluded from a link that ended when power arrived. */
static bool take_model(struct session *s, const char *model, bool guessed) {
        if (strcmp(s->model, model) == 0 && s->guessed == guessed)
                return false;
        snprintf(s->model, sizeof s->model, "%s", model);
        s->headset = true;
        s->guessed = guessed;
        return true;
}

static void take(const struct model *m, struct typec_port *t) {
        const struct headset *probable = typec_probable_headset(m, t);
        struct session *s = &t->session;
        uint32_t offered = typec_available_ma(t);
        bool changed = false;

        if (typec_is_headset(m, t))
                changed = take_model(s, t->facts.partner_model.model, false);
        else if (probable)
                changed = take_model(s, probable->facts.facts.model, true);
        changed |= offered > 0 && offered != s->offered_ma;
        if (offered > 0)
                s->offered_ma = offered;
        s->slept_usec = t->observed.slept_usec;
        if (changed)
                s->revision++;
}

void session_follow_partner(struct model *m, struct typec_port *t) {
        struct session *s = &t->session;
        bool here = is_partner(m, t), stays = t->there && t->facts.partner && is_same_partner(s, t);

        /* A partner is still present when the firmware has only stopped reporting it. */
        if (s->ended == SESSION_OPEN && s->number != 0 && (!stays || is_on_usb(m, t)))
                end(m, t, stays);
        if (here && !is_same_partner(s, t))
                begin(m, t);
        if (here && s->ended == SESSION_OPEN)
                take(m, t);
}
