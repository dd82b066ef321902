/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* The replies of the API. */

#include "status/status.h"

#include <stdio.h>
#include <string.h>

#include "common/finding-json.h"
#include "status/headset-json.h"
#include "status/statistics-json.h"
#include "status/path-json.h"
#include "model/names.h"
#include "status/properties.h"

/* Returns what the headset at the port reports about itself. */
static const struct headset *own_side(const struct model *m, const struct port *p) {
        const struct headset *h;
        struct plugged plugged;

        if (!port_has_headset(p) || model_headsets_of(m, p->device.facts.model, &h) != 1 || !headset_is_plugged(m, h, &plugged))
                return NULL;
        return h;
}

struct json_object *device_to_json(const struct model *m, const struct port *p) {
        char id[ADDRESS_NAME_MAX];
        struct diagnosis d = {};
        const struct shown s = {
                .model = m,
                .id = address_port_id(&p->address, id),
                .facts = &p->device.facts,
                .seen = { .port = p, .headset = own_side(m, p) },
                .by_typec = p->typec && p->typec->facts.partner,
                .diagnosis = &d,
        };

        diagnose_port(m, p, false, &d);
        struct json_object *o = properties_to_json(headset_properties, &s);
        diagnosis_clear(&d);
        return o;
}

struct json_object *absent_to_json(const struct model *m, const struct model_facts *facts) {
        char id[EVENT_NAME_MAX];
        struct diagnosis d = {};
        const struct shown s = { .model = m, .id = id, .facts = facts, .diagnosis = &d };

        model_slug(facts->model, id, sizeof(id));
        diagnose_elsewhere(m, facts, id, &d);
        struct json_object *o = properties_to_json(headset_properties, &s);
        diagnosis_clear(&d);
        return o;
}

struct json_object *degraded_to_json(const struct model *m) {
        struct json_object *list = json_object_new_array();

        for (enum source s = 0; s < _SOURCE_MAX; s++)
                if (m->degraded[s])
                        json_object_array_add(list, json_string(source_names[s]));
        return list;
}

static void add_objects(struct json_object *list, const struct registry *r, const struct model *m) {
        for (size_t i = 0; i < r->n; i++)
                if (r->objects[i]->kind == OBJECT_HEADSET)
                        json_object_array_add(list, object_values(m, r->objects[i]));
}

static void add_unidentified(struct json_object *list, const struct registry *r, const struct model *m) {
        static const char *const same[] = { "name", "sysname", "port_key", "state", "verdict", "findings" };

        for (size_t i = 0; i < r->n; i++) {
                const struct object *o = r->objects[i];

                if (o->kind != OBJECT_PORT || !o->unidentified)
                        continue;
                struct json_object *j = json_object_new_object();
                json_put(j, "port", json_string(o->id));
                /* Only a Type-C connector shows when an unidentified partner has left. */
                bool left = o->typec && !o->typec->facts.partner;
                json_put(j, "since", json_moment(m, o->since));
                json_put(j, "left", left ? json_moment(m, o->typec->observed.left) : NULL);
                for (size_t k = 0; k < sizeof(same) / sizeof(same[0]); k++)
                        json_put(j, same[k], json_object_get(json_object_object_get(o->values, same[k])));
                json_object_array_add(list, j);
        }
}

struct json_object *host_findings_to_json(const struct registry *r) {
        struct json_object *all = json_object_new_array();

        for (size_t i = 0; i < r->n; i++)
                for (size_t k = 0; r->objects[i]->kind == OBJECT_HOST && k < r->objects[i]->diagnosis.findings.n; k++)
                        json_object_array_add(all, finding_to_json(&r->objects[i]->diagnosis.findings.items[k]));
        return all;
}

/* A port without an unidentified device is shown with the headset in it. */
static bool is_shown(const struct object *o) {
        return o->kind != OBJECT_PORT || o->unidentified;
}

enum verdict worst_verdict(const struct registry *r) {
        enum verdict worst = VERDICT_OK;
        bool any = false;

        for (size_t i = 0; i < r->n; i++) {
                const struct object *o = r->objects[i];

                if (!is_shown(o))
                        continue;
                any = true;
                if (o->diagnosis.verdict > worst)
                        worst = o->diagnosis.verdict;
        }
        return any ? worst : VERDICT_UNKNOWN;
}

/* Returns true when an object before the n-th has the same finding. */
static bool is_counted(const struct registry *r, size_t n, const struct finding *f) {
        for (size_t i = 0; i < n; i++)
                for (size_t k = 0; is_shown(r->objects[i]) && k < r->objects[i]->diagnosis.findings.n; k++) {
                        const struct finding *other = &r->objects[i]->diagnosis.findings.items[k];

                        if (other->code == f->code && strcmp(other->subject, f->subject) == 0)
                                return true;
                }
        return false;
}

struct json_object *counts_to_json(const struct registry *r) {
        unsigned headsets = 0, unidentified = 0, findings[_SEVERITY_MAX] = {};
        struct json_object *o = json_object_new_object();

        for (size_t i = 0; i < r->n; i++) {
                const struct findings *list = &r->objects[i]->diagnosis.findings;

                headsets += r->objects[i]->kind == OBJECT_HEADSET;
                unidentified += r->objects[i]->kind == OBJECT_PORT && r->objects[i]->unidentified;
                for (size_t k = 0; is_shown(r->objects[i]) && k < list->n; k++)
                        findings[list->items[k].severity] += !is_counted(r, i, &list->items[k]);
        }
        json_put(o, "headsets", json_object_new_int64(headsets));
        json_put(o, "unidentified", json_object_new_int64(unidentified));
        for (enum severity s = 0; s < _SEVERITY_MAX; s++)
                json_put(o, severity_name(s), json_object_new_int64(findings[s]));
        return o;
}

static struct json_object *controllers_to_json(const struct model *m) {
        struct json_object *list = json_object_new_array();

        for (size_t i = 0; i < m->n_controllers; i++) {
                const struct controller *c = &m->controllers[i];
                struct json_object *o = json_object_new_object(), *buses = json_object_new_array();

                for (size_t b = 0; b < sizeof(c->buses) / sizeof(c->buses[0]); b++)
                        if (c->buses[b] != 0)
                                json_object_array_add(buses, json_object_new_int(c->buses[b]));
                json_put(o, "sysname", json_string(c->name));
                json_put(o, "buses", buses);
                json_put(o, "dead", json_object_new_boolean(c->dead));
                json_object_array_add(list, o);
        }
        return list;
}

static struct json_object *host_to_json(const struct registry *r, const struct model *m) {
        struct json_object *o = json_object_new_object();

        json_put(o, "kernel", json_text_or_null(m->kernel));
        json_put(o, "controllers", controllers_to_json(m));
        json_put(o, "findings", host_findings_to_json(r));
        json_put(o, "lost_log_records", json_object_new_int64((int64_t) m->lost_records));
        json_put(o, "tester", json_object_new_boolean(model_measures(m)));
        return o;
}

struct json_object *status_to_json(const struct registry *r, const struct model *m) {
        struct json_object *o = json_api_object(), *headsets = json_object_new_array(), *unidentified = json_object_new_array();

        if (!o || !headsets || !unidentified)
                return NULL;
        json_put(o, "host", host_to_json(r, m));
        json_put(o, "degraded", degraded_to_json(m));
        add_objects(headsets, r, m);
        json_put(o, "headsets", headsets);
        add_unidentified(unidentified, r, m);
        json_put(o, "unidentified", unidentified);
        json_put(o, "notes", notes_to_json(m));
        json_put(o, "past", statistics_to_json(r, m));
        json_put(o, "last", statistics_last_to_json(r, m));
        return o;
}

static struct json_object *hub_ports(const struct registry *r, const struct model *m, const struct port *hub) {
        struct json_object *list = json_object_new_array();

        for (size_t i = 0; i < m->n_ports; i++)
                for (size_t k = 0; m->ports[i]->hub == hub && k < r->n; k++)
                        if (r->objects[k]->kind == OBJECT_PORT && r->objects[k]->place == m->ports[i])
                                json_object_array_add(list, object_values(m, r->objects[k]));
        return list;
}

struct json_object *ports_to_json(const struct registry *r, const struct model *m) {
        struct json_object *o = json_api_object(), *hubs = json_object_new_array(), *connectors = json_object_new_array();

        for (size_t i = 0; i < r->n; i++)
                if (r->objects[i]->kind == OBJECT_PORT && r->objects[i]->typec)
                        json_object_array_add(connectors, object_values(m, r->objects[i]));
        for (size_t i = 0; i < m->n_ports; i++) {
                const struct port *p = m->ports[i];

                if (!port_has_hub(p) || !(p->present || (p->address.depth == 0 && !m->live)))
                        continue;
                struct json_object *hub = hub_to_json(m, p);
                json_put(hub, "ports", hub_ports(r, m, p));
                json_object_array_add(hubs, hub);
        }
        json_put(o, "hubs", hubs);
        json_put(o, "typec", connectors);
        return o;
}
