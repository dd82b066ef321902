/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Type-C connectors as objects.
 */
#include "registry/registry-internal.h"

#include <errno.h>

bool typec_sees(const struct model *m, const struct object *o) {
        if (o->typec)
                return o->typec->facts.partner;
        if (!o->port || !o->port->present)
                return false;
        if (o->port->typec && o->port->typec->facts.partner)
                return true;
        for (size_t i = 0; i < m->n_typec; i++)
                if (typec_has_headset(m->typec[i]) && typec_headset_device(m, m->typec[i]) == o->port)
                        return true;
        return false;
}

static struct object *find(const struct registry *r, const struct typec_port *t) {
        for (size_t i = 0; i < r->n; i++)
                if (r->objects[i]->kind == OBJECT_PORT && r->objects[i]->typec == t)
                        return r->objects[i];
        return NULL;
}

int update_typec(struct registry *r, const struct model *m, const struct typec_port *t) {
        struct object *o = find(r, t);
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
        o->since = t->observed.attached;
        object_update(r, m, o, &d, added);
        return 0;
}
