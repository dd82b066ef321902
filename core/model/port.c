/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Ports: the sorted list of them, and what udev and sysfs report of a port and of the device at it.
 */
#include "model/model-internal.h"

#include <stdlib.h>
#include <string.h>

#include "model/session-internal.h"

/* Returns the index of the address in the list, or the index at which to insert it. */
static size_t port_place(const struct model *m, const struct address *where, bool *ret_found) {
        size_t low = 0, high = m->n_ports;

        while (low < high) {
                size_t middle = (low + high) / 2;
                int order = address_compare(&m->ports[middle]->address, where);

                if (order == 0) {
                        *ret_found = true;
                        return middle;
                }
                if (order < 0)
                        low = middle + 1;
                else
                        high = middle;
        }
        *ret_found = false;
        return low;
}

struct port *model_find(const struct model *m, const struct address *where) {
        bool found;
        size_t i;

        if (m->recent && address_equal(&m->recent->address, where))
                return m->recent;
        i = port_place(m, where, &found);
        return found ? m->ports[i] : NULL;
}

void port_forget_device(struct port *p) {
        p->present = p->known = p->before_start = p->power_known = false;
        p->device = (struct device_facts){ .active_configuration = -1, .authorized = UNKNOWN };
        p->power = (struct power_facts){};
        p->attached = (struct moment){};
}

/* Returns the port, after creating it and the hubs above it if necessary. Returns NULL when there are too many ports or when out
 * of memory. */
struct port *model_port(struct model *m, const struct address *where) {
        struct port *p = model_find(m, where), *hub = NULL;
        struct address up;
        bool found;
        size_t i;

        if (p) {
                m->recent = p;
                return p;
        }
        if (address_parent(where, &up)) {
                hub = model_port(m, &up);
                if (!hub)
                        return NULL;
        }
        if (m->n_ports == MODEL_PORTS_MAX)
                return NULL;
        p = calloc(1, sizeof *p);
        if (!p)
                return NULL;
        p->address = *where;
        p->hub = hub;
        p->facts.disabled = UNKNOWN;
        port_forget_device(p);
        i = port_place(m, where, &found);
        memmove(m->ports + i + 1, m->ports + i, (m->n_ports - i) * sizeof *m->ports);
        m->ports[i] = p;
        m->n_ports++;
        m->recent = p;
        typec_note_port(m, p);
        return p;
}

/* During startup udev may report a device after the daemon has started. The kernel log shows when it really arrived. */
static bool was_connected_before_start(const struct model *m, const struct link *l) {
        return l->connect_seen && l->state == LINK_IDENTIFIED && l->connect.at != 0 && l->connect.at < m->settled_at.at;
}

static void apply_device(struct model *m, struct port *p, const struct event *e) {
        bool same = p->present && p->device.vendor == e->u.device.vendor && p->device.product == e->u.device.product;
        int16_t configuration = p->device.active_configuration;
        /* When a device is authorised, the kernel chooses a configuration anew. */
        bool chosen_anew = p->device.authorized == NO && e->u.device.authorized != NO;
        bool settled = p->device.settled && !chosen_anew;

        m->live = true;
        if (!same) {
                port_forget_device(p);
                p->attached = e->time;
                p->before_start = !m->settled || was_connected_before_start(m, &p->link);
        }
        p->present = p->known = true;
        p->device = e->u.device;
        /* The state that messages about interfaces have shown is kept until the device itself reports it. */
        if (same && p->device.active_configuration < 0)
                p->device.active_configuration = configuration;
        if (same && settled)
                p->device.settled = true;
        if (p->address.depth == 0) {
                controller_add_bus(m, p->device.controller, p->address.bus);
                session_note_bus(m, p);
                return;
        }
        /* Whatever has a device below is a hub, also before it is known itself. */
        for (struct port *hub = p->hub; hub; hub = hub->hub)
                hub->has_children = true;
        /* udev reports a device only after the kernel has identified it. */
        if (p->link.state != LINK_IDENTIFIED)
                link_identified(&p->link, e->time, 0);
        link_note_device(&p->link, e->u.device.vendor, e->u.device.product, e->u.device.mark);
        typec_note_device(m, p);
        if (!same && m->settled)
                headsets_note_plug(m, p);
        if (!same)
                answers_note_plug(m, p->device.facts.model, &p->address, 0);
}

static void apply_device_gone(struct model *m, struct port *p, const struct event *e) {
        char controller[EVENT_NAME_MAX];

        typec_note_device(m, p);
        headsets_note_unplug(m, p);
        answers_note_unplug(m, &p->address, 0);
        memcpy(controller, p->device.controller, sizeof controller);
        p->present = false;
        p->power_known = false;
        p->power = (struct power_facts){};
        p->hub_over_current = p->hub_poor = false;
        if (p->address.depth == 0) {
                controller_drop_bus(m, p->address.bus);
                controller_remove_if_idle(m, controller);
        } else if (p->link.state == LINK_IDENTIFIED)
                link_disconnected(&p->link, e->time, m->asleep);
}

static void apply_port(struct port *p, const struct event *e) {
        enum tristate disabled = e->u.port.disabled == UNKNOWN && p->in_sysfs ? p->facts.disabled : e->u.port.disabled;

        if (!p->in_sysfs)
                p->over_current_base = e->u.port.over_current_count;
        p->facts = e->u.port;
        p->facts.disabled = disabled;
        p->in_sysfs = true;
}

static void apply_port_gone(struct port *p) {
        p->over_current_changes = 0;
        p->in_sysfs = false;
        p->facts = (struct port_facts){ .disabled = UNKNOWN };
        p->link = (struct link){};
        p->over_currents = 0;
        p->over_current_late = p->over_current_parity = p->over_current_stands = false;
        port_forget_device(p);
}

/* The count rises when the condition begins and when it ends (kernel hub.c port_event()). An odd increase since the arrival of
 * the hub means that a condition has begun and not ended. */
static void apply_over_current(struct model *m, struct port *p, const struct event *e) {
        p->facts.over_current_count = e->u.count;
        p->over_current_parity = ((e->u.count - p->over_current_base) & 1) != 0;
        port_over_current(m, p, e, false);
}

void model_apply_port(struct model *m, struct port *p, const struct event *e) {
        switch (e->type) {
        case EVENT_DEVICE:
                apply_device(m, p, e);
                break;
        case EVENT_DEVICE_GONE:
                apply_device_gone(m, p, e);
                break;
        case EVENT_CONFIGURED:
                p->device.active_configuration = e->u.configured;
                break;
        case EVENT_PORT:
                apply_port(p, e);
                typec_note_port(m, p);
                break;
        case EVENT_PORT_GONE:
                apply_port_gone(p);
                typec_note_port(m, p);
                break;
        case EVENT_POWER:
                p->power = e->u.power;
                p->power_known = true;
                break;
        case EVENT_OVER_CURRENT:
                apply_over_current(m, p, e);
                break;
        case EVENT_LINK:
                p->link = e->u.link;
                break;
        default:
                break;
        }
}
