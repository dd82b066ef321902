/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Type-C connectors: what the firmware reports, whether it can be trusted, and what it means.
 */
#include "model/typec.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/model-internal.h"
#include "model/path.h"

/* Highest values of a power data object: 48 V with extended power range, with a margin for rounding in the firmware. The lowest
 * voltage is vSafe5V less its tolerance; programmable supplies go down to 3.3 V (USB PD r3.1 §7.1 and §10.2). */
#define PDO_MOST_MV 50500
#define PDO_LEAST_MV 3000
#define PDO_MOST_MA 5000 /* maximum for a cable (USB Type-C r2.1 §2.4) */
#define VSAFE5V_MV 5000
/* Product types of a cable plug (kernel include/linux/usb/pd_vdo.h, IDH_PTYPE_PCABLE and IDH_PTYPE_ACABLE). */
#define PRODUCT_PASSIVE_CABLE 3
#define PRODUCT_ACTIVE_CABLE 4

static size_t typec_place(const struct model *m, uint8_t number, bool *ret_found) {
        size_t i = 0;

        while (i < m->n_typec && m->typec[i]->facts.number < number)
                i++;
        *ret_found = i < m->n_typec && m->typec[i]->facts.number == number;
        return i;
}

/* Returns the connector, after creating it if necessary. Returns NULL when there are too many or when out of memory. */
static struct typec_port *typec_port(struct model *m, uint8_t number) {
        bool found;
        size_t i = typec_place(m, number, &found);
        struct typec_port *t;

        if (found)
                return m->typec[i];
        if (m->n_typec == MODEL_TYPEC_MAX)
                return NULL;
        t = calloc(1, sizeof *t);
        if (!t)
                return NULL;
        t->facts.number = t->observed.number = number;
        memmove(m->typec + i + 1, m->typec + i, (m->n_typec - i) * sizeof *m->typec);
        m->typec[i] = t;
        m->n_typec++;
        return t;
}

/* The kernel has links in both directions, and either may be read first. */
static bool names_port(const struct typec_facts *f, const struct port *p) {
        if (p->in_sysfs && p->facts.typec == f->number + 1)
                return true;
        for (uint8_t i = 0; i < f->n_usb; i++)
                if (address_equal(&f->usb[i], &p->address))
                        return true;
        return false;
}

/* The first link is to the USB 2 half where both are known, because the buses of a controller are numbered in this order. */
static void join(struct typec_port *t, struct port *p) {
        p->typec = t;
        if (!t->usb || address_compare(&p->address, &t->usb->address) < 0)
                t->usb = p;
}

static void leave_ports(struct model *m, struct typec_port *t) {
        for (size_t i = 0; i < m->n_ports; i++)
                if (m->ports[i]->typec == t)
                        m->ports[i]->typec = NULL;
        t->usb = NULL;
}

static void link_ports(struct model *m, struct typec_port *t) {
        leave_ports(m, t);
        for (size_t i = 0; i < m->n_ports; i++)
                if (names_port(&t->facts, m->ports[i]))
                        join(t, m->ports[i]);
}

void typec_note_port(struct model *m, struct port *p) {
        struct typec_port *before = p->typec;

        p->typec = NULL;
        for (size_t i = 0; i < m->n_typec; i++)
                if (m->typec[i]->there && names_port(&m->typec[i]->facts, p))
                        join(m->typec[i], p);
        if (before && before != p->typec)
                link_ports(m, before);
}

void typec_note_device(const struct model *m, const struct port *p) {
        if (!p->typec || !port_has_headset(p))
                return;
        p->typec->observed.expected = p->device.facts;
        p->typec->observed.expected_at = m->now;
}

static void partner_came(struct typec_port *t, const struct model *m, struct moment now) {
        t->observed.attached = now;
        t->observed.before_start = !m->settled;
        t->observed.left_unidentified = false;
        t->observed.slept_times = 0;
        t->observed.slept_usec = 0;
        t->observed.slept_by = SLEEP_BY_NOBODY;
}

void model_apply_typec(struct model *m, const struct event *e) {
        struct typec_port *t = typec_port(m, e->u.typec.number);
        bool had, was_unidentified;

        if (!t)
                return;
        if (t->facts.partner && !e->u.typec.partner) {
                headsets_note_no_partner(m, t);
                answers_note_unplug(m, NULL, (uint8_t) (t->facts.number + 1));
        }
        t->there = true;
        had = t->facts.partner;
        was_unidentified = typec_is_sighting(m, t);
        t->facts = e->u.typec;
        t->observed.silent = false;
        link_ports(m, t);
        if (t->facts.partner && !had) {
                partner_came(t, m, e->time);
                answers_note_plug(m, t->facts.partner_model.model, NULL, (uint8_t) (t->facts.number + 1));
                if (m->settled)
                        headsets_note_partner(m, t);
        }
        if (!t->facts.partner && had) {
                t->observed.left = e->time;
                t->observed.left_unidentified = was_unidentified;
        }
        for (size_t i = 0; i < m->n_ports; i++)
                if (m->ports[i]->typec == t)
                        typec_note_device(m, m->ports[i]);
}

void model_apply_typec_observed(struct model *m, const struct typec_observed *observed) {
        bool found;
        size_t i = typec_place(m, observed->number, &found);

        if (found)
                m->typec[i]->observed = *observed;
}

void model_apply_typec_gone(struct model *m, uint32_t number) {
        bool found;
        size_t i = typec_place(m, number <= UINT8_MAX ? (uint8_t) number : UINT8_MAX, &found);

        if (!found)
                return;
        leave_ports(m, m->typec[i]);
        *m->typec[i] = (struct typec_port){
                .facts = { .number = (uint8_t) number },
                .observed = { .number = (uint8_t) number },
                .session = m->typec[i]->session,
        };
}

bool model_has_typec(const struct model *m) {
        for (size_t i = 0; i < m->n_typec; i++)
                if (m->typec[i]->there)
                        return true;
        return false;
}

/* The message names the controller and not a connector. Until a port is reported again, none of its values can be trusted. */
void typec_note_silent(struct model *m, const struct event *e) {
        m->typec_silent = true;
        m->typec_errno = e->u.kernel.number;
        m->typec_silent_at = e->time;
        for (size_t i = 0; i < m->n_typec; i++) {
                m->typec[i]->observed.silent = m->typec[i]->there;
                m->typec[i]->observed.silent_at = e->time;
        }
}

static bool pdo_is_absurd(const struct typec_pdo *p) {
        if (p->max_mv > PDO_MOST_MV || p->max_mv < PDO_LEAST_MV || p->max_ma > PDO_MOST_MA)
                return true;
        return p->kind != TYPEC_PDO_FIXED && (p->min_mv > p->max_mv || p->min_mv < PDO_LEAST_MV);
}

static bool has_absurd_pdo(const struct typec_facts *f) {
        for (uint8_t i = 0; i < f->n_source; i++)
                if (pdo_is_absurd(&f->source[i]))
                        return true;
        return false;
}

/* Finds contradictions in the firmware's own values. */
static unsigned own_doubts(const struct typec_port *t) {
        const struct typec_facts *f = &t->facts;
        unsigned doubts = 0;

        if (f->unreadable)
                doubts |= TYPEC_DOUBT_UNREADABLE;
        if (t->observed.silent)
                doubts |= TYPEC_DOUBT_SILENT;
        if (f->partner && f->mode == TYPEC_PD && f->partner_pd == NO)
                doubts |= TYPEC_DOUBT_PD;
        if (f->partner && f->power_role == TYPEC_SOURCE && (f->supply_online == YES || f->supply_feeds == NO))
                doubts |= TYPEC_DOUBT_SUPPLY;
        if (has_absurd_pdo(f))
                doubts |= TYPEC_DOUBT_PDO;
        return doubts;
}

/* Returns a device that is known to be in this very socket. */
static const struct port *linked_device(const struct model *m, const struct typec_port *t) {
        for (size_t i = 0; t->usb && i < m->n_ports; i++)
                if (m->ports[i]->typec == t && m->ports[i]->present && m->ports[i]->address.depth > 0)
                        return m->ports[i];
        return NULL;
}

static unsigned doubts_of_device(const struct model *m, const struct typec_port *t) {
        const struct port *p = linked_device(m, t);

        if (!p || moment_span(p->attached, m->now) < TYPEC_GRACE_USEC)
                return 0;
        if (!t->facts.partner)
                return TYPEC_DOUBT_NO_PARTNER;
        return t->facts.data_role == TYPEC_DEVICE ? TYPEC_DOUBT_DATA_ROLE : 0;
}

unsigned typec_doubts(const struct model *m, const struct typec_port *t) {
        return own_doubts(t) | doubts_of_device(m, t);
}

bool typec_is_source(const struct typec_port *t) {
        return t->facts.partner && t->facts.power_role == TYPEC_SOURCE && !(own_doubts(t) & _TYPEC_DOUBT_ROLES);
}

static uint32_t offer_at_5v(const struct typec_facts *f) {
        for (uint8_t i = 0; i < f->n_source; i++)
                if (f->source[i].kind == TYPEC_PDO_FIXED && f->source[i].max_mv == VSAFE5V_MV)
                        return f->source[i].max_ma;
        return 0;
}

uint32_t typec_offer_ma(const struct typec_port *t) {
        if (!typec_is_source(t))
                return 0;
        switch (t->facts.mode) {
        case TYPEC_1500_MA:
                return 1500;
        case TYPEC_3000_MA:
                return 3000;
        case TYPEC_PD:
                return own_doubts(t) & TYPEC_DOUBT_PDO ? 0 : offer_at_5v(&t->facts);
        default:
                return 0;
        }
}

bool typec_offer_is_hidden(const struct typec_port *t) {
        return t->facts.partner && t->facts.mode == TYPEC_PD && typec_offer_ma(t) == 0 && t->facts.power_role != TYPEC_SINK;
}

static bool typec_identity_seen(const struct typec_identity *i) {
        return i->id_header != 0 || i->cert_stat != 0 || i->product != 0 || i->vdo1 != 0;
}

bool typec_has_headset(const struct typec_port *t) {
        const struct model_facts *f = &t->facts.partner_model;

        return t->facts.partner && f->model[0] != '\0' && strcmp(f->family, "dongle") != 0;
}

/* Returns true when this USB device may be the partner of a connector whose USB port is not known. It must be connected directly
 * to the computer and removable, and must have arrived at the same time, or both were found at start. */
static bool may_be_partner(const struct typec_port *t, const struct port *p) {
        if (!p->present || p->address.depth == 0 || p->typec || p->device.removable == REMOVABLE_FIXED ||
            (p->in_sysfs && (p->facts.connect_type == CONNECT_HARDWIRED || p->facts.connect_type == CONNECT_NOT_USED)))
                return false;
        if (!p->hub || !hub_is_internal(p->hub))
                return false;
        if (t->observed.before_start)
                return moment_span(t->observed.attached, p->attached) <= TYPEC_TOGETHER_USEC;
        return moment_span(t->observed.attached, p->attached) <= TYPEC_TOGETHER_USEC &&
               moment_span(p->attached, t->observed.attached) <= TYPEC_TOGETHER_USEC;
}

const struct port *typec_usb_device(const struct model *m, const struct typec_port *t) {
        return linked_device(m, t);
}

bool typec_may_be(const struct model *m, const struct typec_port *t, const struct port *p) {
        return t->usb ? linked_device(m, t) == p : may_be_partner(t, p);
}

bool typec_may_be_usb_device(const struct model *m, const struct typec_port *t) {
        if (t->usb)
                return linked_device(m, t) != NULL;
        for (size_t i = 0; i < m->n_ports; i++)
                if (may_be_partner(t, m->ports[i]))
                        return true;
        return false;
}

/* Firmware that reports nothing cannot report it late. */
static bool has_settled(const struct model *m, const struct typec_port *t) {
        if (t->observed.silent || t->facts.unreadable)
                return true;
        return t->facts.partner && moment_span(t->observed.attached, m->now) >= TYPEC_SETTLE_USEC;
}

/* It is not known which USB port belongs to the connector, so it may be this one, unless something else was plugged into it
 * before. */
static bool may_be_socket_of(const struct typec_port *t, const struct port *p) {
        struct typec_port later = *t;

        if (!t->there || t->usb || t->facts.n_usb > 0)
                return false;
        if (!t->facts.partner)
                later.observed = (struct typec_observed){ .attached = p->attached };
        return may_be_partner(&later, p);
}

bool typec_is_awaited(const struct model *m, const struct port *p) {
        if (!p->present || p->before_start || moment_span(p->attached, m->now) >= TYPEC_GRACE_USEC)
                return false;
        if (p->typec)
                return !has_settled(m, p->typec);
        for (size_t i = 0; i < m->n_typec; i++)
                if (may_be_socket_of(m->typec[i], p) && !has_settled(m, m->typec[i]))
                        return true;
        return false;
}

/* A failed enumeration in the same socket has a finding of its own. */
static bool usb_side_speaks(const struct typec_port *t) {
        return t->usb && (t->usb->link.state == LINK_TRYING || t->usb->link.state == LINK_FAILED);
}

bool typec_is_sighting(const struct model *m, const struct typec_port *t) {
        const struct typec_facts *f = &t->facts;

        if (!typec_is_source(t) || f->accessory || f->alternate_modes > 0 || typec_identity_seen(&f->partner_identity))
                return false;
        if (!t->observed.before_start && moment_span(t->observed.attached, m->now) < TYPEC_GRACE_USEC)
                return false;
        return !usb_side_speaks(t) && !typec_may_be_usb_device(m, t);
}

bool typec_is_unidentified(const struct model *m, const struct typec_port *t) {
        if (t->facts.partner)
                return typec_is_sighting(m, t);
        return t->observed.left_unidentified && moment_span(t->observed.left, m->now) < MODEL_UNIDENTIFIED_USEC &&
               !typec_may_be_usb_device(m, t);
}

bool typec_has_e_marker(const struct typec_facts *f) {
        unsigned type = f->cable_identity.id_header >> 27 & 7;

        return f->cable && (type == PRODUCT_PASSIVE_CABLE || type == PRODUCT_ACTIVE_CABLE);
}

uint32_t typec_cable_rating_ma(const struct typec_facts *f) {
        if (!typec_has_e_marker(f))
                return 0;
        switch (f->cable_identity.vdo1 >> 5 & 3) {
        case 1:
                return 3000;
        case 2:
                return 5000;
        default:
                return 0;
        }
}

uint64_t typec_deadline(const struct model *m) {
        uint64_t deadline = 0;

        for (size_t i = 0; i < m->n_typec; i++) {
                const struct typec_port *t = m->typec[i];
                const struct port *p = linked_device(m, t);

                if (t->facts.partner && t->observed.attached.at != 0) {
                        deadline = deadline_next(deadline, t->observed.attached.at + TYPEC_SETTLE_USEC, m->now);
                        deadline = deadline_next(deadline, t->observed.attached.at + TYPEC_GRACE_USEC, m->now);
                }
                if (t->observed.left_unidentified && t->observed.left.at != 0)
                        deadline = deadline_next(deadline, t->observed.left.at + MODEL_UNIDENTIFIED_USEC, m->now);
                if (p && p->attached.at != 0)
                        deadline = deadline_next(deadline, p->attached.at + TYPEC_GRACE_USEC, m->now);
        }
        for (size_t i = 0; i < m->n_ports && m->n_typec > 0; i++)
                if (port_has_headset(m->ports[i]) && typec_is_awaited(m, m->ports[i]))
                        deadline = deadline_next(deadline, m->ports[i]->attached.at + TYPEC_GRACE_USEC, m->now);
        return deadline;
}

const char *typec_name(const struct typec_port *t, char buf[static TYPEC_NAME_MAX]) {
        snprintf(buf, TYPEC_NAME_MAX, "port%u", t->facts.number);
        return buf;
}

const char *typec_id(const struct typec_port *t, char buf[static TYPEC_NAME_MAX]) {
        snprintf(buf, TYPEC_NAME_MAX, "typec_port%u", t->facts.number);
        return buf;
}

const char *typec_mode_name(enum typec_mode mode) {
        switch (mode) {
        case TYPEC_DEFAULT:
                return "default";
        case TYPEC_1500_MA:
                return "1.5 A";
        case TYPEC_3000_MA:
                return "3.0 A";
        case TYPEC_PD:
                return "USB PD";
        default:
                return "not known";
        }
}
