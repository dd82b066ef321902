/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Type-C connectors as objects, and headsets that told their name there and nowhere else.
 */
#include "registry-internal.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "keyed-hash.h"

const struct model_facts *object_facts(const struct object *o) {
        return o->port ? &o->port->device.facts : &o->typec->facts.partner_model;
}

static bool is_same_model(const struct port *p, const struct typec_port *t) {
        return port_has_headset(p) && strcmp(p->device.facts.model, t->facts.partner_model.model) == 0;
}

/* The one headset on USB that this partner is: sightings are joined only when exactly one fits (contract, "Ids"). */
static const struct port *joined(const struct model *m, const struct typec_port *t) {
        const struct port *only = NULL;

        for (size_t i = 0; i < m->n_typec; i++)
                if (m->typec[i] != t && typec_has_headset(m->typec[i]) &&
                    strcmp(m->typec[i]->facts.partner_model.model, t->facts.partner_model.model) == 0)
                        return NULL;
        for (size_t i = 0; i < m->n_ports; i++) {
                if (!is_same_model(m->ports[i], t))
                        continue;
                if (only)
                        return NULL;
                only = m->ports[i];
        }
        return only;
}

bool typec_sees(const struct model *m, const struct object *o) {
        if (o->typec)
                return o->typec->facts.partner;
        if (!o->port || !o->port->present)
                return false;
        if (o->port->typec && o->port->typec->facts.partner)
                return true;
        for (size_t i = 0; i < m->n_typec; i++)
                if (typec_has_headset(m->typec[i]) && joined(m, m->typec[i]) == o->port)
                        return true;
        return false;
}

uint64_t typec_fingerprint(const struct registry *r, const struct typec_port *t) {
        return keyed_hash(r->key, &t->facts, sizeof t->facts);
}

static struct object *find(const struct registry *r, enum object_kind kind, const struct typec_port *t) {
        for (size_t i = 0; i < r->n; i++)
                if (r->objects[i]->kind == kind && r->objects[i]->typec == t)
                        return r->objects[i];
        return NULL;
}

/* A partner tells no serial number, so the place stands for it. */
static void make_id(const struct registry *r, const struct typec_port *t, char ret[static EVENT_NAME_MAX]) {
        char slug[40], name[TYPEC_NAME_MAX], what[80];

        model_slug(t->facts.partner_model.model, slug, sizeof slug);
        snprintf(what, sizeof what, "%s %s", t->facts.partner_model.model, typec_id(t, name));
        snprintf(ret, EVENT_NAME_MAX, "%s_%06x", slug, (unsigned) (keyed_hash(r->key, what, strlen(what)) & 0xffffff));
}

static bool is_headset_of_its_own(const struct model *m, const struct typec_port *t) {
        return t->there && typec_has_headset(t) && !typec_usb_device(m, t) && !joined(m, t);
}

static int update_partner(struct registry *r, const struct model *m, const struct typec_port *t) {
        struct object *o = find(r, OBJECT_HEADSET, t);
        bool wanted = is_headset_of_its_own(m, t), added = !o;
        struct diagnosis d = {};
        char id[EVENT_NAME_MAX];

        if (!wanted) {
                if (o)
                        registry_remove(r, o);
                return 0;
        }
        if (!o) {
                make_id(r, t, id);
                o = registry_add(r, OBJECT_HEADSET, id, m);
                if (!o)
                        return -ENOMEM;
                o->typec = t;
                o->since = o->since_attached = t->past.attached;
                o->before_start = t->past.before_start;
        }
        diagnose_typec(m, t, false, &d);
        o->last_seen = m->now;
        o->seen_now = true;
        object_update(r, o, &d, added);
        return 0;
}

static int update_connector(struct registry *r, const struct model *m, const struct typec_port *t) {
        struct object *o = find(r, OBJECT_PORT, t);
        bool added = !o;
        struct diagnosis d = {};
        char id[TYPEC_NAME_MAX];

        if (!t->there) {
                if (o)
                        registry_remove(r, o);
                return 0;
        }
        if (!o) {
                o = registry_add(r, OBJECT_PORT, typec_id(t, id), m);
                if (!o)
                        return -ENOMEM;
                o->typec = t;
        }
        diagnose_typec(m, t, false, &d);
        o->unidentified = typec_is_unidentified(m, t);
        o->since = t->past.attached;
        object_update(r, o, &d, added);
        return 0;
}

int update_typec(struct registry *r, const struct model *m, const struct typec_port *t) {
        int k = update_partner(r, m, t), l = update_connector(r, m, t);

        return k < 0 ? k : l;
}
