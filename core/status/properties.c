/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "status/properties.h"

#include <stdlib.h>
#include <string.h>

#include "common/cleanup.h"
#include "common/finding-json.h"
#include "hwdb/facts-json.h"
#include "status/headset-json.h"
#include "status/path-json.h"
#include "status/typec-json.h"

static struct json_object *read_id(const struct shown *s) {
        return json_string(s->id);
}

static struct json_object *read_verdict(const struct shown *s) {
        return json_string(verdict_name(s->diagnosis->verdict));
}

static struct json_object *read_findings(const struct shown *s) {
        return findings_to_json(&s->diagnosis->findings);
}

static struct json_object *read_model(const struct shown *s) {
        static const struct device_facts nothing;
        char label[EVENT_TEXT_MAX];

        if (s->facts->model[0])
                return json_string(s->facts->model);
        return json_string(device_label(s->seen.port ? &s->seen.port->device : &nothing, label, sizeof(label)));
}

static struct json_object *read_family(const struct shown *s) {
        return json_text_or_null(s->facts->family);
}

static bool is_linked(const struct headset *h, enum headset_way way) {
        return h && h->facts.connected && h->facts.way == way;
}

static void add_if(struct json_object *list, bool sees, const char *what) {
        if (sees)
                json_object_array_add(list, json_string(what));
}

/* The sources that see it now. */
static struct json_object *read_seen_by(const struct shown *s) {
        struct json_object *list = json_object_new_array_ext(4);

        add_if(list, s->seen.port && s->seen.port->present, "usb");
        add_if(list, s->by_typec, "typec");
        add_if(list, is_linked(s->seen.headset, HEADSET_BLUETOOTH), "bluetooth");
        add_if(list, is_linked(s->seen.headset, HEADSET_DONGLE), "dongle");
        add_if(list, s->seen.answers, "user");
        return list;
}

static struct json_object *last_seen(const struct model *m, struct moment when, const char *by) {
        struct json_object *o = json_object_new_object();

        json_put(o, "by", json_string(by));
        json_put(o, "at", json_moment(m, when));
        return o;
}

static struct json_object *read_last_seen(const struct shown *s) {
        const struct headset *own = s->seen.headset;
        const char *link = own && own->facts.way == HEADSET_DONGLE ? "dongle" : "bluetooth";
        const struct model *m = s->model;

        if (s->seen.port && s->seen.port->present)
                return last_seen(m, m->now, "usb");
        if (s->by_typec)
                return last_seen(m, m->now, "typec");
        if (own && own->facts.connected)
                return last_seen(m, m->now, link);
        if (own && own->observed.dropped_at.at != 0)
                return last_seen(m, own->observed.dropped_at, link);
        if (s->seen.answers)
                return last_seen(m, s->seen.answers->at, "user");
        return s->seen.port ? last_seen(m, s->seen.port->link.since, "usb") : NULL;
}

static struct json_object *read_charging(const struct shown *s) {
        return charging_to_json(s->model, &s->seen);
}

static struct json_object *read_battery(const struct shown *s) {
        return battery_to_json(s->model, s->seen.headset);
}

static struct json_object *read_bluetooth(const struct shown *s) {
        return bluetooth_to_json(s->model, s->seen.headset);
}

static struct json_object *read_reading(const struct shown *s) {
        return reading_to_json(s->model, s->seen.headset);
}

static struct json_object *read_measured(const struct shown *s) {
        return measured_to_json(s->model, &s->seen);
}

static struct json_object *read_firmware(const struct shown *s) {
        return firmware_to_json(s->seen.headset);
}

static struct json_object *read_path(const struct shown *s) {
        if (s->seen.port)
                return path_to_json(s->model, s->seen.port);
        return s->seen.typec ? typec_path_to_json(s->seen.typec) : json_object_new_array_ext(1);
}

static struct json_object *read_declared(const struct shown *s) {
        const struct port *p = s->seen.port;

        return p && p->device.n_configurations > 0 ? json_object_new_int64(device_declared_ma(&p->device)) : NULL;
}

static struct json_object *read_negotiated(const struct shown *s) {
        if (s->seen.port)
                return json_number_or_null(port_negotiated_ma(s->seen.port));
        return s->seen.typec ? json_number_or_null(typec_offer_ma(s->seen.typec)) : NULL;
}

static struct json_object *read_available(const struct shown *s) {
        if (s->seen.port)
                return json_number_or_null(port_available_ma(s->seen.port));
        return s->seen.typec ? json_number_or_null(typec_available_ma(s->seen.typec)) : NULL;
}

static struct json_object *read_needed(const struct shown *s) {
        return json_number_or_null(s->facts->needed_ma);
}

static struct json_object *read_enumeration(const struct shown *s) {
        const struct link *l = s->seen.port ? &s->seen.port->link : NULL;
        struct json_object *o = json_object_new_object();
        bool seen = l && l->connect_seen;

        json_put(o, "usec", json_number_or_null(l ? link_enumeration_usec(l) : 0));
        json_put(o, "attempts", seen ? json_object_new_int64(l->tries) : NULL);
        json_put(o, "errors", seen ? json_object_new_int64(l->errors) : NULL);
        return o;
}

static struct json_object *read_facts(const struct shown *s) {
        return s->facts->model[0] ? model_facts_to_json(s->facts) : NULL;
}

static struct json_object *read_answers(const struct shown *s) {
        return all_answers_to_json(s->model, s->seen.answers);
}

const struct property headset_properties[] = {
        { "Id", "s", "id", read_id, .constant = true },
        { "Model", "s", "model", read_model },
        { "Family", "s", "family", read_family },
        { "SeenBy", "as", "seen_by", read_seen_by },
        { "LastSeen", "a{sv}", "last_seen", read_last_seen, .live = true },
        { "Verdict", "s", "verdict", read_verdict },
        { "Charging", "a{sv}", "charging", read_charging },
        { "Battery", "a{sv}", "battery", read_battery },
        { "Bluetooth", "a{sv}", "bluetooth", read_bluetooth },
        { "Reading", "a{sv}", "reading", read_reading },
        { "Measured", "a{sv}", "measured", read_measured },
        { "Firmware", "a{sv}", "firmware", read_firmware },
        { "Path", "aa{sv}", "path", read_path },
        { "DeclaredMa", "u", "declared_ma", read_declared },
        { "NegotiatedMa", "u", "negotiated_ma", read_negotiated },
        { "AvailableMa", "u", "available_ma", read_available },
        { "NeededMa", "u", "needed_ma", read_needed },
        { "Enumeration", "a{sv}", "enumeration", read_enumeration },
        { "Facts", "a{sv}", "facts", read_facts },
        { "Told", "a{sv}", "told", read_answers },
        { "Findings", "aa{sv}", "findings", read_findings },
        {},
};

/* Returns "connected", "empty", "off" or a state as in `unidentified`. */
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

/* The other half of the connector as a port name; "" when it is not known. */
static const char *peer_name(const struct port *place, char buf[static ADDRESS_NAME_MAX]) {
        buf[0] = '\0';
        if (place->in_sysfs && place->facts.peer.bus != 0)
                address_port_name(&place->facts.peer, buf);
        return buf;
}

/* The device in the port; for a Type-C connector the USB device behind it. */
static const struct port *port_content(const struct shown *s) {
        if (s->object->typec)
                return typec_usb_device(s->model, s->object->typec);
        return s->object->port->present ? s->object->port : NULL;
}

static struct json_object *read_port_sysname(const struct shown *s) {
        char name[ADDRESS_NAME_MAX];

        if (s->object->typec)
                return json_string(typec_name(s->object->typec, name));
        return json_string(address_port_name(&s->object->place->address, name));
}

static struct json_object *read_port_title(const struct shown *s) {
        char title[PORT_TITLE_MAX];

        return json_string(s->object->typec ? typec_title(s->object->typec, title) : port_title(s->object->place, title));
}

/* The identifier that is the same in every boot, as history uses it. A connector has none. */
static struct json_object *read_port_key(const struct shown *s) {
        char key[SESSION_PORT_MAX];

        return s->object->typec ? NULL : json_string(port_key(s->model, s->object->place, key));
}

static struct json_object *read_peer(const struct shown *s) {
        const struct typec_port *t = s->object->typec;
        char name[ADDRESS_NAME_MAX];

        if (!t)
                return json_text_or_null(peer_name(s->object->place, name));
        return t->usb ? json_string(address_port_name(&t->usb->address, name)) : NULL;
}

static struct json_object *read_state(const struct shown *s) {
        return json_string(port_state(s->object));
}

static struct json_object *read_budget(const struct shown *s) {
        return json_number_or_null(s->object->typec ? typec_available_ma(s->object->typec) : port_budget_ma(s->object->port));
}

static struct json_object *read_declared_sum(const struct shown *s) {
        const struct port *p = port_content(s);

        if (!p)
                return json_object_new_int64(0);
        if (!s->object->typec && port_has_hub(p))
                return json_object_new_int64(hub_declared_sum_ma(s->model, p));
        return json_object_new_int64(device_declared_ma(&p->device));
}

static struct json_object *read_over_currents(const struct shown *s) {
        return json_object_new_int64(s->object->typec ? 0 : s->object->port->over_currents);
}

static struct json_object *read_failures(const struct shown *s) {
        return json_object_new_int64(s->object->typec ? 0 : s->object->port->link.failures_total);
}

static struct json_object *read_child(const struct shown *s) {
        const struct port *p = port_content(s);
        char name[ADDRESS_NAME_MAX];

        return p ? json_string(address_device_name(&p->address, name)) : NULL;
}

static struct json_object *read_device(const struct shown *s) {
        const struct port *p = port_content(s);

        return p ? child_to_json(p) : NULL;
}

/* What the firmware reports about the connector, whether it is trusted or not. */
static struct json_object *read_typec(const struct shown *s) {
        return s->object->typec ? typec_to_json(s->object->typec) : NULL;
}

const struct property port_properties[] = {
        { "Id", "s", "id", read_id, .constant = true },
        { "Label", "s", "name", read_port_title },
        { "Name", "s", "sysname", read_port_sysname, .constant = true },
        { NULL, NULL, "port_key", read_port_key },
        { "Peer", "s", "peer", read_peer },
        { "State", "s", "state", read_state },
        { "Verdict", "s", "verdict", read_verdict },
        { "BudgetMa", "u", "budget_ma", read_budget },
        { "DeclaredSumMa", "u", "declared_sum_ma", read_declared_sum },
        { "OverCurrents", "u", "over_currents", read_over_currents },
        { "Failures", "u", "failures", read_failures },
        { "Child", "s", "child", read_child },
        { NULL, NULL, "device", read_device },
        { NULL, NULL, "typec", read_typec, .optional = true },
        { "Findings", "aa{sv}", "findings", read_findings },
        {},
};

struct json_object *properties_to_json(const struct property *list, const struct shown *s) {
        struct json_object *o = json_object_new_object();

        for (; o && list->key; list++) {
                struct json_object *value = list->read(s);

                if (value || !list->optional)
                        json_put(o, list->key, value);
        }
        return o;
}

static struct shown shown_of(const struct model *m, const struct object *o) {
        return (struct shown){
                .model = m,
                .object = o,
                .id = o->id,
                .facts = o->kind == OBJECT_HEADSET ? object_facts(o) : NULL,
                .seen = { .port = o->port, .typec = o->typec, .headset = o->headset, .answers = o->answers },
                .by_typec = o->kind == OBJECT_HEADSET && typec_sees(m, o),
                .diagnosis = &o->diagnosis,
        };
}

struct json_object *object_to_json(const struct model *m, const struct object *o) {
        const struct shown s = shown_of(m, o);

        return o->kind == OBJECT_HOST ? NULL : properties_to_json(properties_of(o->kind), &s);
}

struct json_object *object_value(const struct model *m, const struct object *o, const struct property *p) {
        if (p->live && o->values) { /* there are no values when out of memory */
                const struct shown s = shown_of(m, o);

                json_object_object_add(o->values, p->key, p->read(&s));
        }
        return json_object_object_get(o->values, p->key);
}

static void free_text(struct json_object *value, void *text) {
        free(text);
}

/* Returns the value as text, which the caller frees. json-c would keep the text of the outermost object a second time, so this is
 * a list that is dropped. */
static char *text_of(struct json_object *value) {
        _cleanup_(json_putp) struct json_object *list = json_object_new_array_ext(1);
        const char *text;

        if (!list || json_object_array_add(list, json_object_get(value)) < 0)
                return NULL;
        text = json_object_to_json_string_ext(list, JSON_C_TO_STRING_PLAIN);
        return text ? strndup(text + 1, strlen(text) - 2) : NULL;
}

/* Lets the value keep its text until it is made anew. To write it is by far the largest part of a status. */
static void keep_text(struct json_object *value) {
        bool large = json_object_is_type(value, json_type_object) || json_object_is_type(value, json_type_array);
        char *text = large && !json_object_get_userdata(value) ? text_of(value) : NULL;

        if (text)
                json_object_set_serializer(value, json_object_userdata_to_json_string, text, free_text);
}

struct json_object *object_values(const struct model *m, const struct object *o) {
        for (const struct property *p = properties_of(o->kind); p->key; p++)
                if (p->live)
                        (void) object_value(m, o, p);
                else
                        keep_text(json_object_object_get(o->values, p->key));
        return json_object_get(o->values);
}
