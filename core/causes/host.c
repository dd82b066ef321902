/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Faults of the computer itself: its USB controller and its supply.
 */
#include "causes/cause.h"

#include <stdio.h>

/* Removing a controller takes a second or two (kernel pciehp_ctrl.c). */
#define DEAD_USEC (3 * SECOND)
/* Over-current on several ports within this is one event. */
#define TOGETHER_USEC (10 * SECOND)

/* Did it happen within the good hour after which it is over? */
static bool is_fresh(const struct model *m, struct moment when) {
        return moment_follows(when, m->now, MODEL_GOOD_USEC);
}

static void sooner(uint64_t *deadline, const struct model *m, struct moment event) {
        uint64_t end = event.at + MODEL_GOOD_USEC + 1;

        if (is_fresh(m, event) && (*deadline == 0 || end < *deadline))
                *deadline = end;
}

/* A controller that is pulled out with its dock is called dead a moment before its driver lets go of it. */
static bool is_dead(const struct subject *s, const struct controller *c) {
        return c && c->dead && (s->whole_log || c->failed || moment_span(c->died, s->model->now) >= DEAD_USEC);
}

uint64_t host_deadline(const struct model *m) {
        uint64_t deadline = 0;

        for (size_t i = 0; i < m->n_controllers; i++) {
                uint64_t sure = m->controllers[i].died.at + DEAD_USEC;

                if (m->controllers[i].dead && sure > m->now.at && (deadline == 0 || sure < deadline))
                        deadline = sure;
        }

        if (m->under_voltage_seen && !m->under_voltage_stands)
                sooner(&deadline, m, m->under_voltage);
        for (size_t i = 0; i < m->n_ports; i++)
                if (m->ports[i]->address.depth == 1 && m->ports[i]->over_current_late)
                        sooner(&deadline, m, m->ports[i]->over_current_at);
        return deadline;
}

void cause_controller_dead(const struct subject *s, struct findings *out) {
        const struct controller *c = s->controller;
        struct finding *f;

        if (!c && s->port)
                c = model_controller_of_bus(s->model, s->port->address.bus);
        if (!is_dead(s, c))
                return;
        f = findings_add(out, CONTROLLER_DEAD, CRITICAL, CERTAIN);
        snprintf(f->subject, sizeof f->subject, "%s", c->name);
        because(f, SAY_CONTROLLER_STOPPED, TEXT("controller", c->name));
        advise(f, SAY_RESTART_COMPUTER);
        give(f, SAY_EV_CONTROLLER_DEAD, "kernel-log", moment_wall(s->model, c->died), TEXT("controller", c->name));
}

/* How many of the ports of `bus` reported over-current together with the newest one, and how many there are. */
struct count {
        unsigned together, ports, repeated, devices;
        struct moment newest;
};

static bool is_root_port_of(const struct model *m, const struct port *p, const struct controller *c) {
        return p->address.depth == 1 && (!c || model_controller_of_bus(m, p->address.bus) == c);
}

static struct moment newest_over_current(const struct model *m, const struct controller *c) {
        struct moment newest = {};

        for (size_t i = 0; i < m->n_ports; i++) {
                const struct port *p = m->ports[i];

                if (is_root_port_of(m, p, c) && p->over_current_late && p->over_current_at.at >= newest.at)
                        newest = p->over_current_at;
        }
        return newest;
}

static struct count count_over_currents(const struct model *m, const struct controller *c) {
        struct count n = { .newest = newest_over_current(m, c) };

        for (size_t i = 0; i < m->n_ports; i++) {
                const struct port *p = m->ports[i];

                if (p->address.depth == 0 && (!c || model_controller_of_bus(m, p->address.bus) == c))
                        n.ports += p->hub_ports > 0 ? p->hub_ports : p->device.max_child;
                if (!is_root_port_of(m, p, c))
                        continue;
                if (p->link.state == LINK_IDENTIFIED || p->present)
                        n.devices++;
                if (!p->over_current_late || !moment_follows(p->over_current_at, n.newest, TOGETHER_USEC))
                        continue;
                n.together++;
                n.repeated += p->over_currents >= 2;
        }
        return n;
}

static void tell_power_fault(const struct subject *s, struct findings *out, const struct count *n, enum confidence confidence) {
        struct finding *f = findings_add(out, HOST_POWER_FAULT, CRITICAL, confidence);

        snprintf(f->subject, sizeof f->subject, "%s", s->controller ? s->controller->name : "host");
        because(f, SAY_ALL_PORTS_OVER_CURRENT);
        advise(f, SAY_UNPLUG_EVERYTHING);
        give(f, SAY_EV_OVER_CURRENT_TOGETHER, "kernel-log", moment_wall(s->model, n->newest), NUMBER("port_count", n->together));
}

/* Every port of a controller together is its supply, not a device. Where a log does not say how many ports there are,
 * four that trip again and again with nothing plugged in are enough for a guess. */
static void look_for_common_over_current(const struct subject *s, struct findings *out) {
        struct count n = count_over_currents(s->model, s->controller);

        if (n.together < 2 || (!s->whole_log && !is_fresh(s->model, n.newest)))
                return;
        if (n.ports > 0 && n.together >= n.ports)
                tell_power_fault(s, out, &n, LIKELY);
        else if (n.ports == 0 && !s->controller && n.together >= 4 && n.repeated == n.together && n.devices == 0)
                tell_power_fault(s, out, &n, POSSIBLE);
}

void cause_host_power_fault(const struct subject *s, struct findings *out) {
        const struct model *m = s->model;
        struct finding *f;

        if (s->port || s->typec)
                return;
        if (s->controller) {
                look_for_common_over_current(s, out);
                return;
        }
        if (!m->under_voltage_seen) {
                if (m->n_controllers == 0)
                        look_for_common_over_current(s, out);
                return;
        }
        if (!s->whole_log && !m->under_voltage_stands && !is_fresh(m, m->under_voltage))
                return;
        f = found(s, out, HOST_POWER_FAULT, CRITICAL, CERTAIN);
        because(f, SAY_UNDER_VOLTAGE);
        advise(f, SAY_USE_MADE_SUPPLY);
        give(f, m->under_voltage_stands ? SAY_EV_UNDER_VOLTAGE_STANDS : SAY_EV_UNDER_VOLTAGE_OVER, "kernel-log",
             moment_wall(m, m->under_voltage));
}
