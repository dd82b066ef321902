/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Hubs in the path and the power they may hand on.
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
        char thing[THING_MAX];

        if (declared > 0 && budget > 0)
                say_cause(f, "%s asks for %u mA and this port may give only %u mA, so the computer did not switch it on.",
                          The_thing(s->port, thing), declared, budget);
        else
                say_cause(f, "%s asks for more current than this port may give, so the computer did not switch it on.",
                          The_thing(s->port, thing));
        if (path_bus_powered_hub(s->port) || s->port->address.depth > 1)
                say_action(f, "Plug it directly into the computer, or use a hub with its own power supply.");
        else
                say_action(f, "Use another port of the computer, or a wall adapter.");
        if (declared > 0)
                finding_evidence(f, "declared need", "descriptors", moment_wall(s->model, s->port->attached), "%u mA", declared);
        if (budget > 0)
                finding_evidence(f, "port budget", "udev", moment_wall(s->model, s->port->attached), "%u mA", budget);
}

/* Only a device that the kernel has finished with and left without a configuration can have been rejected for power. */
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
                finding_evidence(f, "configuration", "kernel-log", moment_wall(s->model, p->link.last_line),
                                 "rejected for insufficient bus power");
        else if (!by_log)
                finding_evidence(f, "configuration", "udev", moment_wall(s->model, p->attached), "none chosen");
}

static void tell_refused_hub(const struct subject *s, struct findings *out) {
        struct finding *f = found(s, out, HUB_BUS_POWERED, WARNING, CERTAIN);

        say_cause(f, "A hub without its own power supply was plugged into a port that cannot power a hub.");
        say_action(f, "Plug the hub directly into the computer, or give it its own power supply.");
        finding_evidence(f, "hub", "kernel-log", moment_wall(s->model, s->port->link.last_line), "refused by the computer");
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
        /* Where the model's need is not known, what the device itself declares is what it asks for. */
        needed = p->device.facts.needed_ma > 0 ? p->device.facts.needed_ma : device_declared_ma(&p->device);
        f = found(s, out, HUB_BUS_POWERED, needed > unit ? WARNING : INFO, hub->hub_poor ? CERTAIN : LIKELY);
        say_cause(f, "The hub %s has no power supply of its own and may give each port only %u mA.",
                  hub_label(hub, label, sizeof label), unit);
        say_action(f, "Plug in directly at the computer, or use a hub with its own power supply.");
        finding_evidence(f, "hub", hub->hub_poor ? "kernel-log" : "descriptors", moment_wall(s->model, hub->attached),
                         "%s, bus-powered", label);
        if (p->device.facts.needed_ma > 0)
                finding_evidence(f, "model needs", "model-facts", 0, "%u mA", needed);
        else if (needed > 0)
                finding_evidence(f, "device declares", "descriptors", moment_wall(s->model, p->attached), "%u mA", needed);
}

/* That the hub is there is certain when its identity is known; a log may name a place behind a hub that is part of the
 * computer. Severity and confidence change in diagnosis.c when a fault is seen behind it. */
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
                say_cause(f, "There is a hub or dock between the computer and this device: %s.",
                          hub_label(hubs[0], label, sizeof label));
        else
                say_cause(f, "There are %zu hubs or docks between the computer and this device.", n);
        say_action(f, "Plug in directly at the computer; Sony asks for a connection without a hub.");
        for (size_t i = 0; i < n; i++)
                finding_evidence(f, "hub in path", s->model->live ? "udev" : "kernel-log",
                                 moment_wall(s->model, hubs[i]->attached), "%s", hub_label(hubs[i], label, sizeof label));
}
