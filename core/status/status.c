/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* The answers of the API. */

#include "status/status.h"

#include <stdio.h>
#include <string.h>

#include "hwdb/facts-json.h"
#include "common/finding-json.h"
#include "status/headset-json.h"
#include "status/statistics-json.h"
#include "status/path-json.h"
#include "status/typec-json.h"

static struct json_object *moment_to_json(const struct model *m, struct moment when) {
        return json_number_or_null(moment_wall(m, when));
}

static struct json_object *enumeration_to_json(const struct link *l) {
        struct json_object *o = json_object_new_object();
        bool seen = l->connect_seen;

        json_put(o, "usec", json_number_or_null(link_enumeration_usec(l)));
        json_put(o, "attempts", seen ? json_object_new_int64(l->tries) : NULL);
        json_put(o, "errors", seen ? json_object_new_int64(l->errors) : NULL);
        return o;
}

/* One headset, or any device, with everything that sees it. */
struct h {
        const char *id;
        const struct model_facts *facts; /* model empty: no headset */
        struct sightings seen;           /* all NULL: nothing sees it */
        bool by_typec;
        const struct diagnosis *diagnosis;
};

static bool is_linked(const struct headset *h, enum headset_way way) {
        return h && h->facts.connected && h->facts.way == way;
}

static void add_if(struct json_object *list, bool sees, const char *what) {
        if (sees)
                json_object_array_add(list, json_string(what));
}

/* What sees it at this moment. */
static struct json_object *seen_by(const struct h *h) {
        struct json_object *list = json_object_new_array_ext(4);

        add_if(list, h->seen.port && h->seen.port->present, "usb");
        add_if(list, h->by_typec, "typec");
        add_if(list, is_linked(h->seen.headset, HEADSET_BLUETOOTH), "bluetooth");
        add_if(list, is_linked(h->seen.headset, HEADSET_DONGLE), "dongle");
        add_if(list, h->seen.answers, "user");
        return list;
}

static struct json_object *last_seen(const struct model *m, struct moment when, const char *by) {
        struct json_object *o = json_object_new_object();

        json_put(o, "by", json_string(by));
        json_put(o, "at", moment_to_json(m, when));
        return o;
}

static struct json_object *last_seen_to_json(const struct model *m, const struct h *h) {
        const struct headset *own = h->seen.headset;
        const char *link = own && own->facts.way == HEADSET_DONGLE ? "dongle" : "bluetooth";

        if (h->seen.port && h->seen.port->present)
                return last_seen(m, m->now, "usb");
        if (h->by_typec)
                return last_seen(m, m->now, "typec");
        if (own && own->facts.connected)
                return last_seen(m, m->now, link);
        if (own && own->observed.dropped_at.at != 0)
                return last_seen(m, own->observed.dropped_at, link);
        if (h->seen.answers)
                return last_seen(m, h->seen.answers->at, "user");
        return h->seen.port ? last_seen(m, h->seen.port->link.since, "usb") : NULL;
}

static struct json_object *nothing_enumerated(void) {
        struct json_object *o = json_object_new_object();

        json_put(o, "usec", NULL);
        json_put(o, "attempts", NULL);
        json_put(o, "errors", NULL);
        return o;
}

static struct json_object *way_to_json(const struct model *m, const struct sightings *seen) {
        if (seen->port)
                return path_to_json(m, seen->port);
        return seen->typec ? typec_path_to_json(seen->typec) : json_object_new_array_ext(1);
}

static void put_currents(struct json_object *o, const struct h *h) {
        const struct port *p = h->seen.port;
        const struct typec_port *t = p ? NULL : h->seen.typec;

        json_put(o, "declared_ma",
                 p && p->device.n_configurations > 0 ? json_object_new_int64(device_declared_ma(&p->device)) : NULL);
        json_put(o, "negotiated_ma", json_number_or_null(p ? port_negotiated_ma(p) : t ? typec_offer_ma(t) : 0));
        json_put(o, "available_ma", json_number_or_null(p ? port_available_ma(p) : t ? typec_available_ma(t) : 0));
        json_put(o, "needed_ma", json_number_or_null(h->facts->needed_ma));
}

static struct json_object *model_name(const struct h *h) {
        static const struct device_facts nothing;
        char label[EVENT_TEXT_MAX];

        if (h->facts->model[0])
                return json_string(h->facts->model);
        return json_string(device_label(h->seen.port ? &h->seen.port->device : &nothing, label, sizeof(label)));
}

static struct json_object *h_to_json(const struct model *m, const struct h *h) {
        struct json_object *o = json_object_new_object();

        json_put(o, "id", json_string(h->id));
        json_put(o, "model", model_name(h));
        json_put(o, "family", json_text_or_null(h->facts->family));
        json_put(o, "seen_by", seen_by(h));
        json_put(o, "last_seen", last_seen_to_json(m, h));
        json_put(o, "verdict", json_string(verdict_name(h->diagnosis->verdict)));
        json_put(o, "charging", charging_to_json(m, &h->seen));
        json_put(o, "battery", battery_to_json(m, h->seen.headset));
        json_put(o, "bluetooth", bluetooth_to_json(m, h->seen.headset));
        json_put(o, "reading", reading_to_json(m, h->seen.headset));
        json_put(o, "firmware", firmware_to_json(h->seen.headset));
        json_put(o, "path", way_to_json(m, &h->seen));
        put_currents(o, h);
        json_put(o, "enumeration", h->seen.port ? enumeration_to_json(&h->seen.port->link) : nothing_enumerated());
        json_put(o, "facts", h->facts->model[0] ? model_facts_to_json(h->facts) : NULL);
        json_put(o, "told", all_answers_to_json(m, h->seen.answers));
        json_put(o, "findings", findings_to_json(&h->diagnosis->findings));
        return o;
}

struct json_object *headset_to_json(const struct model *m, const struct object *o) {
        const struct h h = {
                .id = o->id,
                .facts = object_facts(o),
                .seen = { .port = o->port, .typec = o->typec, .headset = o->headset, .answers = o->answers },
                .by_typec = typec_sees(m, o),
                .diagnosis = &o->diagnosis,
        };

        return h_to_json(m, &h);
}

/* The headset that the device at the port is. */
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
        const struct h h = {
                .id = address_port_id(&p->address, id),
                .facts = &p->device.facts,
                .seen = { .port = p, .headset = own_side(m, p) },
                .by_typec = p->typec && p->typec->facts.partner,
                .diagnosis = &d,
        };

        diagnose_port(m, p, false, &d);
        struct json_object *o = h_to_json(m, &h);
        diagnosis_clear(&d);
        return o;
}

struct json_object *absent_to_json(const struct model *m, const struct model_facts *facts) {
        char id[EVENT_NAME_MAX];
        struct diagnosis d = {};
        const struct h h = { .id = id, .facts = facts, .diagnosis = &d };

        model_slug(facts->model, id, sizeof(id));
        diagnose_elsewhere(m, facts, id, &d);
        struct json_object *o = h_to_json(m, &h);
        diagnosis_clear(&d);
        return o;
}

static const char *port_state(const struct object *o) {
        const struct port *p = o->port;

        if (o->typec)
                return o->unidentified ? "partner" : o->typec->facts.partner ? "connected" : "empty";
        if (o->unidentified)
                return port_unidentified_state(p);
        if (p->present)
                return "connected";
        if (p->in_sysfs && p->facts.disabled == YES)
                return "off";
        return "empty";
}

/* The other half of the connector, as a port name; "" when none is known. */
static const char *peer_name(const struct port *place, char buf[static ADDRESS_NAME_MAX]) {
        buf[0] = '\0';
        if (place->in_sysfs && place->facts.peer.bus != 0)
                address_port_name(&place->facts.peer, buf);
        return buf;
}

/* The connector: what the firmware tells of it, whether it is believed or not. */
static struct json_object *connector_to_json(const struct model *m, const struct object *o) {
        const struct typec_port *t = o->typec;
        const struct port *device = typec_usb_device(m, t);
        char name[ADDRESS_NAME_MAX], port[TYPEC_NAME_MAX];
        struct json_object *j = json_object_new_object();

        json_put(j, "id", json_string(o->id));
        json_put(j, "sysname", json_string(typec_name(t, port)));
        json_put(j, "peer", t->usb ? json_string(address_port_name(&t->usb->address, name)) : NULL);
        json_put(j, "state", json_string(port_state(o)));
        json_put(j, "verdict", json_string(verdict_name(o->diagnosis.verdict)));
        json_put(j, "budget_ma", json_number_or_null(typec_available_ma(t)));
        json_put(j, "declared_sum_ma", json_object_new_int64(device ? device_declared_ma(&device->device) : 0));
        json_put(j, "over_currents", json_object_new_int64(0));
        json_put(j, "failures", json_object_new_int64(0));
        json_put(j, "child", device ? json_string(address_device_name(&device->address, name)) : NULL);
        json_put(j, "device", device ? child_to_json(device) : NULL);
        json_put(j, "typec", typec_to_json(t));
        json_put(j, "findings", findings_to_json(&o->diagnosis.findings));
        return j;
}

struct json_object *port_object_to_json(const struct model *m, const struct object *o) {
        if (o->typec)
                return connector_to_json(m, o);

        const struct port *p = o->port, *place = o->place;
        char name[ADDRESS_NAME_MAX], peer[ADDRESS_NAME_MAX];
        bool hub = p->present && port_has_hub(p);
        struct json_object *j = json_object_new_object();

        json_put(j, "id", json_string(o->id));
        json_put(j, "sysname", json_string(address_port_name(&place->address, name)));
        json_put(j, "peer", json_text_or_null(peer_name(place, peer)));
        json_put(j, "state", json_string(port_state(o)));
        json_put(j, "verdict", json_string(verdict_name(o->diagnosis.verdict)));
        json_put(j, "budget_ma", json_number_or_null(port_budget_ma(p)));
        json_put(j, "declared_sum_ma",
                 json_object_new_int64(hub          ? hub_declared_sum_ma(m, p)
                                       : p->present ? device_declared_ma(&p->device)
                                                    : 0));
        json_put(j, "over_currents", json_object_new_int64(p->over_currents));
        json_put(j, "failures", json_object_new_int64(p->link.failures_total));
        json_put(j, "child", p->present ? json_string(address_device_name(&p->address, name)) : NULL);
        json_put(j, "device", child_to_json(p));
        json_put(j, "findings", findings_to_json(&o->diagnosis.findings));
        return j;
}

static const char *source_name(enum source s) {
        static const char *const names[_SOURCE_MAX] = {
                [SOURCE_KERNEL_LOG] = "kernel-log",
                [SOURCE_LOGIND] = "logind",
                [SOURCE_BLUEZ] = "bluez",
                [SOURCE_UPOWER] = "upower",
                [SOURCE_TYPEC] = "typec",
                [SOURCE_HISTORY] = "history",
                [SOURCE_HWDB] = "hwdb",
        };

        return names[s];
}

struct json_object *degraded_to_json(const struct model *m) {
        struct json_object *list = json_object_new_array();

        for (enum source s = 0; s < _SOURCE_MAX; s++)
                if (m->degraded[s])
                        json_object_array_add(list, json_string(source_name(s)));
        return list;
}

static void add_objects(struct json_object *list, const struct registry *r, const struct model *m) {
        for (size_t i = 0; i < r->n; i++)
                if (r->objects[i]->kind == OBJECT_HEADSET)
                        json_object_array_add(list, headset_to_json(m, r->objects[i]));
}

static void add_unidentified(struct json_object *list, const struct registry *r, const struct model *m) {
        for (size_t i = 0; i < r->n; i++) {
                const struct object *o = r->objects[i];

                if (o->kind != OBJECT_PORT || !o->unidentified)
                        continue;
                struct json_object *j = json_object_new_object();
                json_put(j, "port", json_string(o->id));
                /* Only a Type-C connector tells when what never told its name has left. */
                bool left = o->typec && !o->typec->facts.partner;
                json_put(j, "since", moment_to_json(m, o->since));
                json_put(j, "left", left ? moment_to_json(m, o->typec->observed.left) : NULL);
                json_put(j, "state", json_string(port_state(o)));
                json_put(j, "verdict", json_string(verdict_name(o->diagnosis.verdict)));
                json_put(j, "findings", findings_to_json(&o->diagnosis.findings));
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
                                json_object_array_add(list, port_object_to_json(m, r->objects[k]));
        return list;
}

struct json_object *ports_to_json(const struct registry *r, const struct model *m) {
        struct json_object *o = json_api_object(), *hubs = json_object_new_array(), *connectors = json_object_new_array();

        for (size_t i = 0; i < r->n; i++)
                if (r->objects[i]->kind == OBJECT_PORT && r->objects[i]->typec)
                        json_object_array_add(connectors, port_object_to_json(m, r->objects[i]));
        for (size_t i = 0; i < m->n_ports; i++) {
                const struct port *p = m->ports[i];

                if (!port_has_hub(p) || !(p->present || p->address.depth == 0))
                        continue;
                struct json_object *hub = hub_to_json(m, p);
                json_put(hub, "ports", hub_ports(r, m, p));
                json_object_array_add(hubs, hub);
        }
        json_put(o, "hubs", hubs);
        json_put(o, "typec", connectors);
        return o;
}
