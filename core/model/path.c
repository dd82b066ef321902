/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "model/path.h"

#include <stdio.h>
#include <string.h>

#define CLASS_HUB 9
#define VENDOR_INTEL 0x8087

/* kernel hub.c hub_configure(): full_load and unit_load (USB 2.0 §7.2.1, USB 3.2 §11.4.5). */
#define FULL_LOAD_MA 500
#define FULL_LOAD_SUPER_MA 900
#define UNIT_LOAD_MA 100
#define UNIT_LOAD_SUPER_MA 150
/* USB 2.0 §7.2.3: a suspended device may draw 2.5 mA on average. */
#define SUSPENDED_MA 2

bool speed_is_super(enum usb_speed s) {
        return s == SPEED_SUPER || s == SPEED_SUPER_PLUS;
}

bool port_has_hub(const struct port *p) {
        if (!p->present && !p->known && p->has_children)
                return true;
        return p->address.depth == 0 || p->device.device_class == CLASS_HUB || p->device.max_child > 0 || p->hub_ports > 0;
}

bool hub_is_silent(const struct port *p) {
        return p->link.state == LINK_IDENTIFIED && (p->link.hub_unusable || p->link.hub_errors >= 2);
}

/* Intel's rate-matching hubs are between the chipset's EHCI controller and its ports (usb.ids 8087:0020 to 8087:800x). */
static bool is_rate_matching_hub(const struct device_facts *d) {
        static const uint16_t products[] = { 0x0020, 0x0024, 0x8000, 0x8001, 0x8008, 0x8009 };

        if (d->vendor != VENDOR_INTEL)
                return false;
        for (size_t i = 0; i < sizeof products / sizeof products[0]; i++)
                if (d->product == products[i])
                        return true;
        return false;
}

bool hub_is_internal(const struct port *p) {
        if (p->address.depth == 0 || is_rate_matching_hub(&p->device))
                return true;
        if (p->device.removable == REMOVABLE_FIXED)
                return true;
        return p->in_sysfs && p->facts.connect_type == CONNECT_HARDWIRED;
}

size_t path_external_hubs(const struct port *p, const struct port **ret, size_t max) {
        const struct port *hubs[ADDRESS_DEPTH_MAX];
        size_t n = 0;

        for (const struct port *hub = p->hub; hub; hub = hub->hub)
                if (!hub_is_internal(hub))
                        hubs[n++] = hub;
        for (size_t i = 0; i < n && i < max; i++)
                ret[i] = hubs[n - 1 - i];
        return n;
}

/* bmAttributes of the active configuration, or of the first one. */
static const struct usb_configuration *configuration_in_use(const struct device_facts *d) {
        for (unsigned i = 0; i < d->n_configurations; i++)
                if (d->active_configuration > 0 && d->configurations[i].value == d->active_configuration)
                        return &d->configurations[i];
        return d->n_configurations > 0 ? &d->configurations[0] : NULL;
}

static bool hub_is_bus_powered(const struct port *hub) {
        const struct usb_configuration *c = configuration_in_use(&hub->device);

        if (hub->address.depth == 0)
                return false;
        return hub->hub_poor || (hub->present && c && !c->self_powered);
}

static bool hub_is_self_powered(const struct port *hub) {
        const struct usb_configuration *c = configuration_in_use(&hub->device);

        return hub->address.depth == 0 || (hub->present && c && c->self_powered && !hub->hub_poor);
}

const struct port *path_bus_powered_hub(const struct port *p) {
        for (const struct port *hub = p->hub; hub && !hub_is_self_powered(hub); hub = hub->hub)
                if (hub_is_bus_powered(hub))
                        return hub;
        return NULL;
}

uint32_t port_budget_ma(const struct port *p) {
        const struct port *hub = p->hub;
        bool super;

        if (!hub)
                return 0;
        super = speed_is_super(hub->device.speed);
        if (hub_is_bus_powered(hub))
                return super ? UNIT_LOAD_SUPER_MA : UNIT_LOAD_MA;
        if (!hub->present)
                return 0;
        return super ? FULL_LOAD_SUPER_MA : FULL_LOAD_MA;
}

uint32_t port_available_ma(const struct port *p) {
        uint32_t budget = port_budget_ma(p), offer = p->typec ? typec_offer_ma(p->typec) : 0;

        if (p->typec && typec_offer_is_hidden(p->typec))
                return 0;
        return offer > budget ? offer : budget;
}

uint32_t typec_available_ma(const struct typec_port *t) {
        if (!typec_is_source(t) || typec_offer_is_hidden(t))
                return 0;
        return t->facts.mode == TYPEC_DEFAULT ? FULL_LOAD_MA : typec_offer_ma(t);
}

uint32_t hub_declared_sum_ma(const struct model *m, const struct port *hub) {
        uint32_t sum = 0;

        for (size_t i = 0; i < m->n_ports; i++)
                if (m->ports[i]->hub == hub && m->ports[i]->present)
                        sum += device_declared_ma(&m->ports[i]->device);
        return sum;
}

uint32_t device_declared_ma(const struct device_facts *d) {
        const struct usb_configuration *c = configuration_in_use(d);

        return c ? c->max_ma : 0;
}

uint32_t device_least_declared_ma(const struct device_facts *d) {
        uint32_t least = UINT32_MAX;

        for (unsigned i = 0; i < d->n_configurations; i++)
                if (d->configurations[i].max_ma < least)
                        least = d->configurations[i].max_ma;
        return least;
}

uint32_t port_negotiated_ma(const struct port *p) {
        if (!p->present)
                return 0;
        if (p->typec && typec_offer_ma(p->typec) > 0)
                return typec_offer_ma(p->typec);
        if (p->power_known && p->power.status == RUNTIME_SUSPENDED)
                return SUSPENDED_MA;
        if (p->device.active_configuration > 0)
                return device_declared_ma(&p->device);
        if (p->device.active_configuration < 0 && !p->device.settled)
                return 0;
        return speed_is_super(p->device.speed) ? UNIT_LOAD_SUPER_MA : UNIT_LOAD_MA;
}

const char *port_title(const struct port *p, char buf[static PORT_TITLE_MAX]) {
        if (p->in_sysfs && p->facts.location[0] != '\0')
                snprintf(buf, PORT_TITLE_MAX, "%s USB port", p->facts.location);
        else if (p->address.depth > 0)
                snprintf(buf, PORT_TITLE_MAX, "USB port %u", p->address.port[p->address.depth - 1]);
        else
                snprintf(buf, PORT_TITLE_MAX, "USB bus %u", p->address.bus);
        return buf;
}

const char *typec_title(const struct typec_port *t, char buf[static PORT_TITLE_MAX]) {
        if (t->usb && t->usb->in_sysfs && t->usb->facts.location[0] != '\0')
                snprintf(buf, PORT_TITLE_MAX, "%s Type-C port", t->usb->facts.location);
        else
                snprintf(buf, PORT_TITLE_MAX, "Type-C port %u", t->facts.number);
        return buf;
}

const char *device_label(const struct device_facts *d, char *buf, size_t size) {
        if (d->name[0] != '\0')
                snprintf(buf, size, "%s", d->name);
        else if (d->vendor != 0)
                snprintf(buf, size, "USB device %04x:%04x", d->vendor, d->product);
        else
                snprintf(buf, size, "USB device");
        return buf;
}

bool port_has_headset(const struct port *p) {
        const struct model_facts *f = &p->device.facts;

        return p->present && f->model[0] != '\0' && strcmp(f->family, "dongle") != 0;
}
