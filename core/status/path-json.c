/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Hosts, controllers, ports, hubs and devices as JSON. */

#include "status/path-json.h"

#include <stdio.h>

#include "common/finding-json.h"

/* A bus-powered hub uses one unit load for itself (USB 2.0 §11.13; USB 3.2 §11.4.5). */
#define OWN_NEED_MA 100
#define OWN_NEED_SUPER_MA 150

void json_put(struct json_object *o, const char *key, struct json_object *value) {
        json_object_object_add_ex(o, key, value, JSON_C_OBJECT_ADD_KEY_IS_NEW | JSON_C_OBJECT_ADD_CONSTANT_KEY);
}

struct json_object *json_string(const char *text) {
        return json_object_new_string(text);
}

struct json_object *json_tristate(enum tristate t) {
        return t == UNKNOWN ? NULL : json_object_new_boolean(t == YES);
}

struct json_object *json_moment(const struct model *m, struct moment when) {
        return json_number_or_null(moment_wall(m, when));
}

static const char *speed_name(enum usb_speed s) {
        static const char *const names[] = {
                [SPEED_LOW] = "low",
                [SPEED_FULL] = "full",
                [SPEED_HIGH] = "high",
                [SPEED_SUPER] = "super",
                [SPEED_SUPER_PLUS] = "super-plus",
        };

        return (size_t) s < sizeof(names) / sizeof(names[0]) ? names[s] : NULL;
}

static struct json_object *speed_to_json(enum usb_speed s) {
        return speed_name(s) ? json_string(speed_name(s)) : NULL;
}

static const char *connect_type_name(enum connect_type t) {
        static const char *const names[] = {
                [CONNECT_HOTPLUG] = "hotplug",
                [CONNECT_HARDWIRED] = "hardwired",
                [CONNECT_NOT_USED] = "not-used",
        };

        return (size_t) t < sizeof(names) / sizeof(names[0]) ? names[t] : NULL;
}

static struct json_object *node_new(const char *kind, const char *name, const char *sysname) {
        struct json_object *o = json_object_new_object();

        json_put(o, "kind", json_string(kind));
        json_put(o, "name", json_text_or_null(name));
        json_put(o, "sysname", json_text_or_null(sysname));
        return o;
}

static struct json_object *controller_node(const struct model *m, const struct port *root) {
        const struct controller *c = model_controller_of_bus(m, root->address.bus);
        struct json_object *o = node_new("controller", NULL, c ? c->name : root->device.controller);

        json_put(o, "dead", json_object_new_boolean(c && c->dead));
        return o;
}

static struct json_object *port_node(const struct model *m, const struct port *p) {
        char sysname[ADDRESS_NAME_MAX], id[ADDRESS_NAME_MAX], key[SESSION_PORT_MAX], title[PORT_TITLE_MAX];
        const char *type = p->in_sysfs ? connect_type_name(p->facts.connect_type) : NULL;

        struct json_object *o = node_new("port", port_title(p, title), address_port_name(&p->address, sysname));
        json_put(o, "id", json_string(address_port_id(&p->address, id)));
        json_put(o, "port_key", json_string(port_key(m, p, key)));
        json_put(o, "budget_ma", json_number_or_null(port_budget_ma(p)));
        json_put(o, "connect_type", json_text_or_null(type));
        return o;
}

static bool hub_self_powered(const struct port *hub) {
        const struct port below = { .hub = (struct port *) hub, .address = hub->address };

        return hub->address.depth == 0 || path_bus_powered_hub(&below) != hub;
}

/* Returns what a bus-powered hub has for all its ports together: the current of its own port less its own need. For other hubs no
 * common limit is known. */
static uint32_t hub_budget_ma(const struct port *hub) {
        uint32_t own = speed_is_super(hub->device.speed) ? OWN_NEED_SUPER_MA : OWN_NEED_MA;
        uint32_t given = port_budget_ma(hub);

        if (hub_self_powered(hub) || given <= own)
                return 0;
        return given - own;
}

static void add_hub_facts(const struct model *m, const struct port *hub, struct json_object *o) {
        bool known = hub->present || hub->address.depth == 0;

        json_put(o, "self_powered", known ? json_object_new_boolean(hub_self_powered(hub)) : NULL);
        json_put(o, "budget_ma", json_number_or_null(hub_budget_ma(hub)));
        json_put(o, "declared_sum_ma", json_object_new_int64(hub_declared_sum_ma(m, hub)));
        json_put(o, "internal", json_object_new_boolean(hub_is_internal(hub)));
        json_put(o, "speed", speed_to_json(hub->device.speed));
}

struct json_object *hub_to_json(const struct model *m, const struct port *hub) {
        char sysname[ADDRESS_NAME_MAX], label[EVENT_TEXT_MAX];
        struct json_object *o = json_object_new_object();

        json_put(o, "sysname", json_string(address_device_name(&hub->address, sysname)));
        json_put(o, "name", json_string(device_label(&hub->device, label, sizeof(label))));
        add_hub_facts(m, hub, o);
        return o;
}

static void add_device_facts(const struct port *p, struct json_object *o) {
        const struct device_facts *d = &p->device;
        char id[8];

        snprintf(id, sizeof(id), "%04x", d->vendor);
        json_put(o, "vid", d->vendor ? json_string(id) : NULL);
        snprintf(id, sizeof(id), "%04x", d->product);
        json_put(o, "pid", d->vendor ? json_string(id) : NULL);
        json_put(o, "speed", speed_to_json(d->speed));
        json_put(o, "declared_ma", d->n_configurations > 0 ? json_object_new_int64(device_declared_ma(d)) : NULL);
        json_put(o, "negotiated_ma", json_number_or_null(port_negotiated_ma(p)));
        json_put(o, "configuration", d->active_configuration < 0 ? NULL : json_object_new_int(d->active_configuration));
        json_put(o, "authorized", json_tristate(d->authorized));
}

static struct json_object *device_node(const struct model *m, const struct port *p, bool last) {
        char sysname[ADDRESS_NAME_MAX], label[EVENT_TEXT_MAX];
        bool hub = port_has_hub(p) && !last;
        struct json_object *o = node_new(hub ? "hub" : "device", device_label(&p->device, label, sizeof(label)),
                                         address_device_name(&p->address, sysname));

        if (hub)
                add_hub_facts(m, p, o);
        else
                add_device_facts(p, o);
        return o;
}

struct json_object *child_to_json(const struct port *p) {
        char sysname[ADDRESS_NAME_MAX], label[EVENT_TEXT_MAX];

        if (!p->present)
                return NULL;
        struct json_object *o = json_object_new_object();
        json_put(o, "sysname", json_string(address_device_name(&p->address, sysname)));
        json_put(o, "name", json_string(device_label(&p->device, label, sizeof(label))));
        json_put(o, "hub", json_object_new_boolean(port_has_hub(p)));
        add_device_facts(p, o);
        return o;
}

struct json_object *path_to_json(const struct model *m, const struct port *p) {
        const struct port *way[ADDRESS_DEPTH_MAX + 1];
        struct json_object *path = json_object_new_array();
        size_t n = 0;

        for (const struct port *q = p; q && n < ADDRESS_DEPTH_MAX + 1; q = q->hub)
                way[n++] = q;
        json_object_array_add(path, node_new("host", NULL, NULL));
        while (n-- > 0) {
                if (way[n]->address.depth == 0) {
                        json_object_array_add(path, controller_node(m, way[n]));
                        continue;
                }
                json_object_array_add(path, port_node(m, way[n]));
                if (way[n] != p || p->present)
                        json_object_array_add(path, device_node(m, way[n], way[n] == p));
        }
        return path;
}
