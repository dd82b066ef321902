/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Converts the state of the model back to events. What only the kernel log reports becomes kernel messages. */

#include "recording/snapshot.h"

#include <stdio.h>
#include <string.h>

/* Each over-current becomes an event of its own. More than this many are not useful. */
#define OVER_CURRENTS_MAX 64

struct out {
        const struct model *model;
        snapshot_emit *emit;
        void *userdata;
};

/* An event without a time would stop the clock of the model, so an unknown time becomes the current time. */
static void tell(const struct out *o, struct event *e, enum event_type type, struct moment when, const struct address *where) {
        e->type = type;
        e->time = when.at != 0 ? when : o->model->now;
        if (where)
                e->where = *where;
        o->emit(o->userdata, e);
}

static void tell_kernel(const struct out *o, enum kernel_message message, struct moment when, const struct address *where) {
        struct event e = { .u.kernel = { .message = message, .has_where = where != NULL } };

        tell(o, &e, EVENT_KERNEL, when, where);
}

static void snapshot_machine(const struct out *o) {
        const struct model *m = o->model;

        if (m->boot_seen) {
                struct event e = {};

                tell(o, &e, EVENT_BOOT, m->boot, NULL);
        }
        for (enum source s = 0; s < _SOURCE_MAX; s++) {
                struct event e = { .u.source = { .source = s, .degraded = true } };

                if (m->degraded[s])
                        tell(o, &e, EVENT_SOURCE, m->now, NULL);
        }
        if (m->under_voltage_seen)
                tell_kernel(o, KERNEL_UNDER_VOLTAGE, m->under_voltage, NULL);
        if (m->under_voltage_seen && !m->under_voltage_stands)
                tell_kernel(o, KERNEL_VOLTAGE_NORMAL, m->under_voltage, NULL);
}

/* A count below the newest one is written first, so that an odd increase is odd again. */
static void snapshot_port(const struct out *o, const struct port *p) {
        struct event e = { .u.port = p->facts };

        if (!p->in_sysfs)
                return;
        e.u.port.over_current_count = p->over_current_base;
        tell(o, &e, EVENT_PORT, p->link.since, &p->address);
}

/* Reports within half a second count as one, so those that were counted are written further apart. */
#define OVER_CURRENT_GAP (SECOND / 2 + 1)

static void snapshot_over_currents(const struct out *o, const struct port *p) {
        uint32_t n = p->over_currents < OVER_CURRENTS_MAX ? p->over_currents : OVER_CURRENTS_MAX;

        for (uint32_t i = n; i > 0; i--) {
                struct event e = { .u.count = p->facts.over_current_count };
                struct moment when = p->over_current_at;
                uint64_t back = (i - 1) * OVER_CURRENT_GAP;

                if (when.at > back)
                        when.at -= back;
                if (when.wall > back)
                        when.wall -= back;
                tell(o, &e, EVENT_OVER_CURRENT, when, &p->address);
        }
}

static void snapshot_device(const struct out *o, const struct port *p) {
        struct event device = { .u.device = p->device }, power = { .u.power = p->power };

        if (!p->present)
                return;
        tell(o, &device, EVENT_DEVICE, p->attached, &p->address);
        if (p->power_known)
                tell(o, &power, EVENT_POWER, o->model->now, &p->address);
}

/* A device that has left. Its facts are those of udev, which names the controller, or else the two lines of the log. */
static void snapshot_past_device(const struct out *o, const struct port *p) {
        struct event found = {
                .u.kernel = { .message = KERNEL_FOUND,
                              .has_where = true,
                              .vendor = p->device.vendor,
                              .product = p->device.product },
        };
        struct event name = { .u.kernel = { .message = KERNEL_PRODUCT, .has_where = true } };
        struct event device = { .u.device = p->device }, gone = {};

        if (p->present || !p->known)
                return;
        if (p->device.controller[0]) {
                tell(o, &device, EVENT_DEVICE, p->attached, &p->address);
                tell(o, &gone, EVENT_DEVICE_GONE, o->model->now, &p->address);
                return;
        }
        tell(o, &found, EVENT_KERNEL, p->attached, &p->address);
        memcpy(name.u.kernel.text, p->device.name, sizeof(name.u.kernel.text));
        if (p->device.name[0])
                tell(o, &name, EVENT_KERNEL, p->attached, &p->address);
}

static void snapshot_hub(const struct out *o, const struct port *p) {
        if (p->hub_poor)
                tell_kernel(o, KERNEL_HUB_POOR, p->attached, &p->address);
        if (p->hub_over_current)
                tell_kernel(o, KERNEL_HUB_OVER_CURRENT, p->hub_over_current_at, &p->address);
}

static void snapshot_link(const struct out *o, const struct port *p) {
        struct event e = { .u.link = p->link };
        static const struct link nothing;

        if (p->address.depth > 0 && memcmp(&p->link, &nothing, sizeof(nothing)) != 0)
                tell(o, &e, EVENT_LINK, p->link.since, &p->address);
}

static void snapshot_statistics(const struct out *o) {
        const struct model *m = o->model;
        struct event cable = {};

        for (size_t i = 0; i < m->statistics.n; i++) {
                struct event e = { .u.statistics = m->statistics.entries[i] };

                tell(o, &e, EVENT_STATISTICS, m->now, NULL);
        }
        memcpy(cable.u.cable, m->cable, sizeof(cable.u.cable));
        if (m->cable[0])
                tell(o, &cable, EVENT_CABLE, m->now, NULL);
}

/* The session is written unchanged, because the events before it have changed the session differently. */
static void snapshot_session(const struct out *o, const struct port *p) {
        static const struct link nothing;
        struct event e = { .u.session = p->session };

        if (p->address.depth > 0 && (p->session.number != 0 || memcmp(&p->link, &nothing, sizeof(nothing)) != 0))
                tell(o, &e, EVENT_SESSION, o->model->now, &p->address);
}

static void snapshot_controllers(const struct out *o) {
        for (size_t i = 0; i < o->model->n_controllers; i++) {
                const struct controller *c = &o->model->controllers[i];
                struct event e = { .u.kernel = { .message = c->failed    ? KERNEL_CONTROLLER_FAILED
                                                            : c->dead    ? KERNEL_CONTROLLER_DEAD
                                                            : c->removed ? KERNEL_CONTROLLER_REMOVED
                                                                         : KERNEL_NONE } };

                if (e.u.kernel.message == KERNEL_NONE)
                        continue;
                memcpy(e.u.kernel.controller, c->name, sizeof(e.u.kernel.controller));
                tell(o, &e, EVENT_KERNEL, c->died, NULL);
        }
}

/* This follows the links, because sleep and resume change them. Their real state is written by EVENT_LINK. */
static void snapshot_sleep(const struct out *o) {
        const struct model *m = o->model;
        struct event watched = { .u.sleep = { .phase = SLEEP_WATCHED } };
        struct event kind = { .u.sleep = { .phase = SLEEP_BEGIN, .kind = m->sleep_kind } };

        if (m->sleep_watched)
                tell(o, &watched, EVENT_SLEEP, m->watched_since, NULL);
        if (m->sleep_kind != SLEEP_KIND_UNKNOWN)
                tell(o, &kind, EVENT_SLEEP, m->sleep_entry, NULL);
        /* The kernel log is the most reliable source of a sleep. */
        if (m->sleep_seen)
                tell_kernel(o, KERNEL_SLEEP_ENTRY, m->sleep_entry, NULL);
        if (m->wake_seen)
                tell_kernel(o, KERNEL_SLEEP_EXIT, m->wake, NULL);
        if (m->asleep)
                tell_kernel(o, KERNEL_SLEEP_ENTRY, m->sleep_entry, NULL);
}

static void snapshot_typec(const struct out *o) {
        struct event silent = { .u.kernel = { .message = KERNEL_TYPEC_SILENT, .number = o->model->typec_errno } };

        for (size_t i = 0; i < o->model->n_typec; i++) {
                const struct typec_port *t = o->model->typec[i];
                struct event e = { .u.typec = t->facts };

                if (t->there)
                        tell(o, &e, EVENT_TYPEC, t->facts.partner ? t->observed.attached : t->observed.left, NULL);
        }
        if (o->model->typec_silent)
                tell(o, &silent, EVENT_KERNEL, o->model->typec_silent_at, NULL);
        for (size_t i = 0; i < o->model->n_typec; i++) {
                struct event statistics = { .u.typec_observed = o->model->typec[i]->observed };

                if (o->model->typec[i]->there)
                        tell(o, &statistics, EVENT_TYPEC_OBSERVED, o->model->now, NULL);
        }
}

/* That two meters differ is known from the place of the one before. */
static void snapshot_tester(const struct out *o) {
        const struct model *m = o->model;
        struct event e = { .u.tester = m->tester };
        struct address other = m->tester_where;

        if (m->tester_at.at == 0)
                return;
        other.bus = other.bus == 1 ? 2 : 1;
        if (m->testers_differ)
                tell(o, &e, EVENT_TESTER, m->tester_at, &other);
        tell(o, &e, EVENT_TESTER, m->tester_at, &m->tester_where);
}

static void snapshot_switches(const struct out *o) {
        for (size_t i = 0; i < o->model->n_switches; i++) {
                struct event e = { .u.power_switch = o->model->switches[i] };

                tell(o, &e, EVENT_SWITCH, o->model->now, NULL);
        }
}

static void snapshot_headsets(const struct out *o) {
        for (size_t i = 0; i < o->model->n_headsets; i++) {
                const struct headset *h = o->model->headsets[i];
                struct event e = { .u.headset = h->facts };

                if (!h->gone)
                        tell(o, &e, EVENT_HEADSET, h->observed.since, NULL);
        }
        for (size_t i = 0; i < o->model->n_headsets; i++) {
                const struct headset *h = o->model->headsets[i];
                struct event e = { .u.headset_reading = h->reading };

                if (!h->gone && h->observed.read_at.at != 0)
                        tell(o, &e, EVENT_HEADSET_READING, h->observed.read_at, NULL);
        }
        for (size_t i = 0; i < o->model->n_headsets; i++) {
                struct event statistics = { .u.headset_observed = o->model->headsets[i]->observed };

                if (!o->model->headsets[i]->gone)
                        tell(o, &statistics, EVENT_HEADSET_OBSERVED, o->model->now, NULL);
        }
}

static void snapshot_answers(const struct out *o) {
        for (size_t i = 0; i < o->model->n_answers; i++) {
                const struct answers *t = o->model->answers[i];
                struct event e = { .u.answers = *t };

                if (!t->gone)
                        tell(o, &e, EVENT_ANSWERS, t->at, t->where.bus != 0 ? &t->where : NULL);
        }
}

void model_snapshot(const struct model *m, snapshot_emit *emit, void *userdata) {
        const struct out o = { .model = m, .emit = emit, .userdata = userdata };
        struct event settled = {}, tick = {}, lost = { .u.count = (uint32_t) m->lost_records };

        snapshot_machine(&o);
        if (m->log_begins_late)
                tell(&o, &lost, EVENT_LOG_LOST, m->boot, NULL);
        for (size_t i = 0; i < m->n_ports; i++) {
                snapshot_port(&o, m->ports[i]);
                snapshot_over_currents(&o, m->ports[i]);
                snapshot_device(&o, m->ports[i]);
                snapshot_past_device(&o, m->ports[i]);
                snapshot_hub(&o, m->ports[i]);
        }
        snapshot_controllers(&o);
        snapshot_sleep(&o);
        snapshot_typec(&o);
        snapshot_switches(&o);
        snapshot_tester(&o);
        snapshot_headsets(&o);
        for (size_t i = 0; i < m->n_ports; i++)
                snapshot_link(&o, m->ports[i]);
        for (size_t i = 0; i < m->n_ports; i++)
                snapshot_session(&o, m->ports[i]);
        snapshot_statistics(&o);
        snapshot_answers(&o);
        tell(&o, &tick, EVENT_TICK, m->now, NULL);
        tell(&o, &settled, EVENT_SETTLED, m->now, NULL);
}
