/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Hubs in the path, and the power that they may pass on.
 */
#include "causes/cause.h"

#include <stdio.h>
#include <string.h>

static const char *hub_label(const struct port *hub, char *buf, size_t size) {
        char name[ADDRESS_NAME_MAX], label[EVENT_TEXT_MAX];

        address_device_name(&hub->address, name);
        if (hub->known)
                snprintf(buf, size, "%s (%.80s)", name, device_label(&hub->device, label, sizeof label));
        else
                snprintf(buf, size, "%s", name);
        return buf;
}

static void tell_budget(const struct subject *s, struct finding *f, uint32_t declared, uint32_t budget) {

        if (declared > 0 && budget > 0)
                because(f, SAY_ASKS_FOR_MORE, DEVICE(s->port), NUMBER("declared_ma", declared), NUMBER("budget_ma", budget));
        else
                because(f, SAY_ASKS_FOR_TOO_MUCH, DEVICE(s->port));
        if (path_bus_powered_hub(s->port) || s->port->address.depth > 1)
                advise(f, SAY_DIRECTLY_OR_POWERED_HUB);
        else
                advise(f, SAY_OTHER_PORT_OR_ADAPTER);
        if (declared > 0)
                give(f, SAY_EV_DECLARED_NEED, "descriptors", moment_wall(s->model, s->port->attached),
                     NUMBER("declared_ma", declared));
        if (budget > 0)
                give(f, SAY_EV_PORT_BUDGET, "udev", moment_wall(s->model, s->port->attached), NUMBER("budget_ma", budget));
}

/* A device can have been rejected for power only when the kernel has finished with it and left it without a configuration. */
static bool rejected_by_facts(const struct port *p, uint32_t least, uint32_t budget) {
        const struct device_facts *d = &p->device;

        return p->present && d->settled && d->active_configuration <= 0 && d->authorized != NO && budget > 0 &&
               least != UINT32_MAX && least > budget;
}

static bool rejected_by_log(const struct port *p) {
        if (!p->link.power_rejected && p->link.over_budget_ma == 0)
                return false;
        return !p->present || p->device.active_configuration <= 0;
}

void cause_power_budget_exceeded(const struct subject *s, struct findings *out) {
        const struct port *p = s->port;
        uint32_t least, budget;
        struct finding *f;
        bool by_log;

        if (!p)
                return;
        least = device_least_declared_ma(&p->device);
        budget = p->link.budget_ma ? p->link.budget_ma : port_budget_ma(p);
        by_log = rejected_by_log(p);
        if (!by_log && !rejected_by_facts(p, least, budget))
                return;
        f = found(s, out, POWER_BUDGET_EXCEEDED, WARNING, by_log ? CERTAIN : LIKELY);
        tell_budget(s, f, p->link.over_budget_ma ? p->link.over_budget_ma : least == UINT32_MAX ? 0 : least, budget);
        if (p->link.power_rejected)
                give(f, SAY_EV_CONFIGURATION_REJECTED, "kernel-log", moment_wall(s->model, p->link.last_line));
        else if (!by_log)
                give(f, SAY_EV_NO_CONFIGURATION_CHOSEN, "udev", moment_wall(s->model, p->attached));
}

static void tell_refused_hub(const struct subject *s, struct findings *out) {
        struct finding *f = found(s, out, HUB_BUS_POWERED, WARNING, CERTAIN);

        because(f, SAY_HUB_REFUSED);
        advise(f, SAY_HUB_DIRECTLY_OR_POWERED);
        give(f, SAY_EV_HUB_REFUSED, "kernel-log", moment_wall(s->model, s->port->link.last_line));
}

void cause_hub_bus_powered(const struct subject *s, struct findings *out) {
        const struct port *hub, *p = s->port;
        uint32_t unit, needed;
        struct finding *f;
        char label[160];

        if (!p)
                return;
        if (p->link.hub_refused)
                tell_refused_hub(s, out);
        hub = path_bus_powered_hub(p);
        /* In a log every hub is a subject of its own. */
        if (!hub && s->whole_log && p->hub_poor)
                hub = p;
        if (!hub || (!p->present && !s->whole_log))
                return;
        unit = speed_is_super(hub->device.speed) ? 150 : 100;
        /* When the need of the model is not known, the current that the device declares is used. */
        needed = p->device.facts.needed_ma > 0 ? p->device.facts.needed_ma : device_declared_ma(&p->device);
        f = found(s, out, HUB_BUS_POWERED, needed > unit ? WARNING : INFO, hub->hub_poor ? CERTAIN : LIKELY);
        because(f, SAY_HUB_HAS_NO_SUPPLY, TEXT("hub", hub_label(hub, label, sizeof label)), NUMBER("budget_ma", unit));
        advise(f, SAY_DIRECTLY_OR_POWERED_HUB_TOO);
        give(f, SAY_EV_HUB_BUS_POWERED, hub->hub_poor ? "kernel-log" : "descriptors", moment_wall(s->model, hub->attached),
             TEXT("hub", label));
        if (p->device.facts.needed_ma > 0)
                give(f, SAY_EV_MODEL_NEEDS, "model-facts", 0, NUMBER("needed_ma", needed));
        else if (needed > 0)
                give(f, SAY_EV_DEVICE_DECLARES, "descriptors", moment_wall(s->model, p->attached), NUMBER("declared_ma", needed));
}

/* The hub is certain when it was identified. A log may name a position behind a hub that is part of the computer. diagnosis.c
 * changes severity and confidence when there is a fault behind the hub. */
void cause_hub_in_path(const struct subject *s, struct findings *out) {
        const struct port *hubs[ADDRESS_DEPTH_MAX];
        char label[160];
        struct finding *f;
        bool identified;
        size_t n;

        if (!s->port || s->port->address.depth == 0)
                return;
        n = path_external_hubs(s->port, hubs, ADDRESS_DEPTH_MAX);
        if (n == 0)
                return;
        identified = hubs[n - 1]->known && hubs[n - 1]->device.removable != REMOVABLE_UNKNOWN;
        f = found(s, out, HUB_IN_PATH, NOTICE, identified ? CERTAIN : hubs[n - 1]->known ? LIKELY : POSSIBLE);
        if (n == 1)
                because(f, SAY_HUB_BETWEEN, TEXT("hub", hub_label(hubs[0], label, sizeof label)));
        else
                because(f, SAY_HUBS_BETWEEN, NUMBER("hub_count", n));
        advise(f, SAY_PLUG_IN_DIRECTLY);
        for (size_t i = 0; i < n; i++)
                give(f, SAY_EV_HUB_IN_PATH, s->model->live ? "udev" : "kernel-log", moment_wall(s->model, hubs[i]->attached),
                     TEXT("hub", hub_label(hubs[i], label, sizeof label)));
}
