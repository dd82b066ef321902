/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Faults of the computer itself: its USB controllers and its power supply.
 */
#include "causes/cause.h"

#include <stdio.h>

/* The removal of a controller takes a second or two (kernel pciehp_ctrl.c). */
#define DEAD_USEC (3 * SECOND)
/* Over-current at several ports within this time is one event. */
#define TOGETHER_USEC (10 * SECOND)

/* Returns true when it happened within the last hour. Older events no longer count. */
static bool is_fresh(const struct model *m, struct moment when) {
        return moment_follows(when, m->now, MODEL_GOOD_USEC);
}

/* Returns when that hour ends, or 0 when it has ended. */
static uint64_t end_of(const struct model *m, struct moment event) {
        return is_fresh(m, event) ? event.at + MODEL_GOOD_USEC + 1 : 0;
}

/* When a dock with a controller is unplugged, the driver reports the controller dead a moment before it is removed. */
static bool is_dead(const struct subject *s, const struct controller *c) {
        return c && c->dead && (s->whole_log || c->failed || moment_span(c->died, s->model->now) >= DEAD_USEC);
}

uint64_t host_deadline(const struct model *m) {
        uint64_t deadline = 0;

        for (size_t i = 0; i < m->n_controllers; i++) {
                uint64_t sure = m->controllers[i].died.at + DEAD_USEC;

                if (m->controllers[i].dead)
                        deadline = deadline_next(deadline, sure, m->now);
        }

        if (m->under_voltage_seen && !m->under_voltage_stands)
                deadline = deadline_earlier(deadline, end_of(m, m->under_voltage));
        for (size_t i = 0; i < m->n_ports; i++) {
                const struct port *p = m->ports[i];

                if (p->address.depth == 1 && p->over_current_late)
                        deadline = deadline_earlier(deadline, end_of(m, p->over_current_at));
                if (p->address.depth == 0 && p->hub_over_current)
                        deadline = deadline_earlier(deadline, end_of(m, p->hub_over_current_at));
        }
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

/* The number of root ports that reported over-current together with the newest event, and the number of all root ports. */
struct count {
        unsigned together, ports, repeated, healthy;
        uint8_t last; /* the highest port number among them */
        struct moment newest;
};

/* Returns true for a port of the controller or, without a controller, for a port whose controller is not known. */
static bool is_of_controller(const struct model *m, const struct port *p, const struct controller *c) {
        return model_controller_of_bus(m, p->address.bus) == c;
}

static bool trips_with(const struct port *p, struct moment newest) {
        return p->over_current_late && moment_span(p->over_current_at, newest) <= TOGETHER_USEC &&
               moment_follows(p->over_current_at, newest, TOGETHER_USEC);
}

static bool trips_again(const struct port *p) {
        return p->over_currents >= 2 || p->over_current_changes >= 4;
}

static struct count count_over_currents(const struct model *m, const struct controller *c) {
        struct count n = {};

        for (size_t i = 0; i < m->n_ports; i++) {
                const struct port *p = m->ports[i];

                if (p->address.depth == 1 && is_of_controller(m, p, c) && p->over_current_late &&
                    p->over_current_at.at >= n.newest.at)
                        n.newest = p->over_current_at;
        }
        for (size_t i = 0; i < m->n_ports; i++) {
                const struct port *p = m->ports[i];

                if (!is_of_controller(m, p, c))
                        continue;
                if (p->address.depth == 0)
                        n.ports += p->hub_ports > 0 ? p->hub_ports : p->device.max_child;
                if (p->address.depth != 1)
                        continue;
                if (!trips_with(p, n.newest)) {
                        n.healthy += p->link.state == LINK_IDENTIFIED || p->present;
                        continue;
                }
                n.together++;
                n.repeated += trips_again(p);
                if (p->address.port[0] > n.last)
                        n.last = p->address.port[0];
        }
        return n;
}

static void tell_power_fault(const struct subject *s, struct findings *out, const struct count *n, enum confidence confidence,
                             enum sentence why) {
        struct finding *f = findings_add(out, HOST_POWER_FAULT, CRITICAL, confidence);

        snprintf(f->subject, sizeof f->subject, "%s", s->controller ? s->controller->name : "host");
        because(f, why);
        advise(f, SAY_UNPLUG_EVERYTHING);
        give(f, SAY_EV_OVER_CURRENT_TOGETHER, "kernel-log", moment_wall(s->model, n->newest), NUMBER("port_count", n->together));
}

/* A controller with one over-current protection for all its ports reports it for the root hub. */
static bool look_for_root_hub_over_current(const struct subject *s, struct findings *out) {
        const struct model *m = s->model;

        for (size_t i = 0; i < m->n_ports; i++) {
                const struct port *p = m->ports[i];
                char name[ADDRESS_NAME_MAX];
                struct finding *f;

                if (p->address.depth > 0 || !p->hub_over_current || !is_of_controller(m, p, s->controller) ||
                    (!s->whole_log && !is_fresh(m, p->hub_over_current_at)))
                        continue;
                f = found(s, out, HOST_POWER_FAULT, CRITICAL, POSSIBLE);
                snprintf(f->subject, sizeof f->subject, "%s", s->controller ? s->controller->name : "host");
                because(f, SAY_ALL_PORTS_OVER_CURRENT);
                advise(f, SAY_UNPLUG_EVERYTHING);
                give(f, SAY_EV_HUB_OVER_CURRENT, "kernel-log", moment_wall(m, p->hub_over_current_at),
                     TEXT("hub", address_device_name(&p->address, name)));
                return true;
        }
        return false;
}

/* When all ports of a controller report over-current together, the supply is at fault and not a device. A log that begins late
 * does not show the number of ports. Then the rule needs four ports that report it repeatedly, or three that are all ports from
 * the first one on, and no other port that works. */
static bool look_for_common_over_current(const struct subject *s, struct findings *out) {
        struct count n = count_over_currents(s->model, s->controller);

        if (n.together < 2 || (!s->whole_log && !is_fresh(s->model, n.newest)))
                return look_for_root_hub_over_current(s, out);
        if (n.ports > 0 && n.together >= n.ports) {
                tell_power_fault(s, out, &n, LIKELY, SAY_ALL_PORTS_OVER_CURRENT);
                return true;
        }
        if (n.ports == 0 && n.repeated == n.together && n.healthy == 0 && (n.together >= 4 || (n.together == 3 && n.last == 3))) {
                tell_power_fault(s, out, &n, POSSIBLE, SAY_ALL_PORTS_OVER_CURRENT);
                return true;
        }
        return look_for_root_hub_over_current(s, out);
}

/* Over-current at ports of several hubs within seconds. Both halves of a connector are separate ports, and ports of an external
 * hub may share the supply of that hub. The ports must therefore be behind three root ports, or be at least five behind two. */
static void look_for_wave(const struct subject *s, struct findings *out) {
        const struct model *m = s->model;
        struct moment newest = {};
        struct address hubs[2] = {};
        uint64_t roots = 0;
        unsigned n_hubs = 0, n_roots = 0, together = 0;
        struct count n = {};

        /* Already reported for the controller. */
        for (size_t i = 0; i < m->n_controllers; i++) {
                n = count_over_currents(m, &m->controllers[i]);
                if (n.ports > 0 && n.together >= n.ports)
                        return;
        }
        for (size_t i = 0; i < m->n_ports; i++)
                if (m->ports[i]->address.depth > 0 && m->ports[i]->over_current_late &&
                    m->ports[i]->over_current_at.at >= newest.at)
                        newest = m->ports[i]->over_current_at;
        for (size_t i = 0; i < m->n_ports; i++) {
                const struct port *p = m->ports[i];
                struct address up;

                if (!trips_with(p, newest) || !address_parent(&p->address, &up))
                        continue;
                together++;
                if (n_hubs < 2 && (n_hubs == 0 || !address_equal(&hubs[0], &up)))
                        hubs[n_hubs++] = up;
                if (!(roots & UINT64_C(1) << (p->address.port[0] % 64)))
                        n_roots++;
                roots |= UINT64_C(1) << (p->address.port[0] % 64);
        }
        if (newest.at == 0 || n_hubs < 2 || together < 4 || n_roots < 2 || (n_roots == 2 && together < 5) ||
            (!s->whole_log && !is_fresh(m, newest)))
                return;
        n.newest = newest;
        n.together = together;
        tell_power_fault(s, out, &n, POSSIBLE, SAY_SEVERAL_HUBS_OVER_CURRENT);
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
                if (!look_for_common_over_current(s, out))
                        look_for_wave(s, out);
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
