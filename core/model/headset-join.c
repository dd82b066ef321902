/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Decides which sightings are of the same headset. They are joined only when exactly one headset of the model fits. Two
 * headsets of the same model stay separate.
 */
#include <string.h>

#include "model/headset.h"
#include "model/model-internal.h"
#include "model/path.h"

static bool is_model(const struct port *p, const char *model) {
        return port_has_headset(p) && strcmp(p->device.facts.model, model) == 0;
}

static bool is_partner(const struct typec_port *t, const char *model) {
        return typec_has_headset(t) && strcmp(t->facts.partner_model.model, model) == 0;
}

const struct port *typec_headset_device(const struct model *m, const struct typec_port *t) {
        const char *model = t->facts.partner_model.model;
        const struct port *only = NULL;

        for (size_t i = 0; i < m->n_typec; i++)
                if (m->typec[i] != t && is_partner(m->typec[i], model))
                        return NULL;
        for (size_t i = 0; i < m->n_ports; i++) {
                if (!is_model(m->ports[i], model))
                        continue;
                if (only)
                        return NULL;
                only = m->ports[i];
        }
        return only;
}

bool typec_is_headset(const struct model *m, const struct typec_port *t) {
        return t->there && typec_has_headset(t) && !typec_usb_device(m, t) && !typec_headset_device(m, t);
}

void model_plugged(const struct model *m, const char *model, struct plugged *ret) {
        *ret = (struct plugged){};
        if (model[0] == '\0')
                return;
        for (size_t i = 0; i < m->n_typec; i++)
                if (is_partner(m->typec[i], model) && typec_is_headset(m, m->typec[i])) {
                        ret->typec = m->typec[i];
                        ret->n++;
                }
        for (size_t i = 0; i < m->n_ports; i++)
                if (is_model(m->ports[i], model)) {
                        ret->port = m->ports[i];
                        ret->n++;
                }
        if (ret->port)
                ret->typec = NULL;
}

unsigned model_headsets_of(const struct model *m, const char *model, const struct headset **ret) {
        unsigned n = 0;

        *ret = NULL;
        for (size_t i = 0; i < m->n_headsets && model[0] != '\0'; i++)
                if (!m->headsets[i]->gone && strcmp(m->headsets[i]->facts.facts.model, model) == 0) {
                        *ret = m->headsets[i];
                        n++;
                }
        return n;
}

/* All paired headsets of the model count, because one that is out of reach may be the one that is plugged in. */
bool headset_is_plugged(const struct model *m, const struct headset *h, struct plugged *ret) {
        const struct headset *last;

        model_plugged(m, h->facts.facts.model, ret);
        return !h->gone && ret->n == 1 && model_headsets_of(m, h->facts.facts.model, &last) == 1;
}
