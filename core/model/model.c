/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "model/model.h"

#include <stdlib.h>
#include <string.h>

#include "model/model-internal.h"
#include "model/session-internal.h"

struct model *model_new(void) {
        return calloc(1, sizeof(struct model));
}

void model_free(struct model *m) {
        if (!m)
                return;
        for (size_t i = 0; i < m->n_ports; i++)
                free(m->ports[i]);
        for (size_t i = 0; i < m->n_typec; i++)
                free(m->typec[i]);
        headsets_free(m);
        answers_free(m);
        statistics_free(&m->statistics);
        ended_clear(&m->ended);
        free(m);
}

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

static void port_forget_device(struct port *p) {
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

struct controller *model_controller(const struct model *m, const char *name) {
        for (size_t i = 0; i < m->n_controllers; i++)
                if (strcmp(m->controllers[i].name, name) == 0)
                        return (struct controller *) &m->controllers[i];
        return NULL;
}

struct controller *model_controller_of_bus(const struct model *m, uint16_t bus) {
        for (size_t i = 0; i < m->n_controllers; i++)
                for (size_t b = 0; b < CONTROLLER_BUSES_MAX; b++)
                        if (m->controllers[i].buses[b] == bus && bus != 0)
                                return (struct controller *) &m->controllers[i];
        return NULL;
}

/* Returns the controller, after creating it if necessary. Returns NULL when there are too many. */
struct controller *model_add_controller(struct model *m, const char *name) {
        struct controller *c = model_controller(m, name);

        if (c || m->n_controllers == MODEL_CONTROLLERS_MAX)
                return c;
        c = &m->controllers[m->n_controllers++];
        *c = (struct controller){};
        memcpy(c->name, name, strnlen(name, sizeof c->name - 1));
        return c;
}

void controller_drop_bus(struct model *m, uint16_t bus) {
        struct controller *c = model_controller_of_bus(m, bus);

        for (size_t b = 0; c && b < CONTROLLER_BUSES_MAX; b++)
                if (c->buses[b] == bus)
                        c->buses[b] = 0;
}

void controller_add_bus(struct model *m, struct controller *c, uint16_t bus) {
        if (!c || model_controller_of_bus(m, bus) == c)
                return;
        controller_drop_bus(m, bus);
        for (size_t b = 0; b < CONTROLLER_BUSES_MAX; b++)
                if (c->buses[b] == 0) {
                        c->buses[b] = bus;
                        return;
                }
}

/* A controller that was removed with a dock is not dead. It is deleted from the array, which has no gaps. */
static void controller_remove_if_idle(struct model *m, const char *name) {
        struct controller *c = model_controller(m, name);

        if (!c)
                return;
        for (size_t b = 0; b < CONTROLLER_BUSES_MAX; b++)
                if (c->buses[b] != 0)
                        return;
        *c = m->controllers[--m->n_controllers];
}

/* During startup udev may report a device after the daemon has started. The kernel log shows when it really arrived. */
static bool was_connected_before_start(const struct model *m, const struct link *l) {
        return l->connect_seen && l->state == LINK_IDENTIFIED && l->connect.at != 0 && l->connect.at < m->settled_at.at;
}

static void apply_device(struct model *m, struct port *p, const struct event *e) {
        bool same = p->present && p->device.vendor == e->u.device.vendor && p->device.product == e->u.device.product;
        int16_t configuration = p->device.active_configuration;
        bool settled = p->device.settled;

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
                controller_add_bus(m, model_add_controller(m, p->device.controller), p->address.bus);
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

/* Returns true when any session began or ended. */
static bool follow_all(struct model *m) {
        bool news = false;

        for (size_t i = 0; i < m->n_ports; i++)
                news |= session_follow(m, m->ports[i]);
        return news;
}

static void apply_boot(struct model *m, struct moment when) {
        for (size_t i = 0; i < m->n_ports; i++) {
                struct port *p = m->ports[i];

                p->link = (struct link){};
                p->over_currents = 0;
                p->over_current_late = p->over_current_stands = false;
                p->hub_over_current = p->hub_poor = p->has_children = false;
                p->unclaimed = (struct moments){};
                p->over_current_changes = 0;
                if (!p->present)
                        port_forget_device(p);
                else if (p->address.depth > 0)
                        link_identified(&p->link, p->attached, 0);
                session_follow(m, p);
        }
        if (!m->live)
                m->n_controllers = 0;
        m->asleep = m->wake_seen = m->sleep_seen = m->under_voltage_seen = m->under_voltage_stands = false;
        m->typec_silent = false;
        m->sleeps = 0;
        m->sleeps_usec = 0;
        m->reset_port = NULL;
        m->boot_seen = true;
        m->boot = when;
}

/* Ends the tries that have had no message for too long. */
static void apply_tick(struct model *m) {
        for (size_t i = 0; i < m->n_ports; i++) {
                struct link *l = &m->ports[i]->link;

                if (l->state == LINK_TRYING && moment_span(l->last_line, m->now) >= MODEL_SILENCE_USEC)
                        link_fell_silent(l, m->now);
        }
        follow_all(m);
}

/* When a session begins or ends here and there are failures at any port, the findings at other ports may change. Before
 * EVENT_SETTLED nobody asks for them, and a log may have millions of lines. */
static struct port *follow(struct model *m, struct port *p) {
        bool trouble = m->settled && statistics_have_trouble(m);

        return session_follow(m, p) && m->settled && (trouble || statistics_have_trouble(m)) ? NULL : p;
}

static void apply_switch(struct model *m, const struct switch_facts *s) {
        size_t i = 0;

        while (i < m->n_switches && strcmp(m->switches[i].name, s->name) != 0)
                i++;
        if (s->gone && i < m->n_switches)
                m->switches[i] = m->switches[--m->n_switches];
        if (s->gone || i == MODEL_SWITCHES_MAX)
                return;
        m->switches[i] = *s;
        if (i == m->n_switches)
                m->n_switches++;
}

static struct port *apply_to_port(struct model *m, const struct event *e) {
        struct port *p = model_port(m, &e->where);

        if (!p)
                return NULL;
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
                return p;
        default:
                break;
        }
        return follow(m, p);
}

/* Finds the port of a session or, without an address, the connector that the session names. */
static struct port *apply_session(struct model *m, const struct event *e) {
        struct port *p = e->where.bus != 0 ? model_port(m, &e->where) : NULL;
        struct session *s = p ? &p->session : typec_session(m, e->u.session.port);

        if (!s)
                return NULL;
        *s = e->u.session;
        if (s->number > m->sessions)
                m->sessions = s->number;
        return NULL;
}

/* Half of the messages of a good plug only name a device that is already known by its ids. They are skipped to save time. */
static bool matters_for_session(const struct event *e) {
        return e->u.kernel.message != KERNEL_PRODUCT && e->u.kernel.message != KERNEL_MANUFACTURER &&
               e->u.kernel.message != KERNEL_SERIAL;
}

/* Returns true for the errors of a try. When the session has begun already, they only raise its counts. */
static bool only_counts(const struct port *p, const struct event *e) {
        switch (e->u.kernel.message) {
        case KERNEL_READ_FAILED:
        case KERNEL_NO_SETUP_ANSWER:
        case KERNEL_NO_ADDRESS:
        case KERNEL_POWER_CYCLE:
                return p->link.state == LINK_TRYING && session_is_followed(p);
        default:
                return false;
        }
}

/* A log may contain millions of such errors. Before EVENT_SETTLED nobody looks at the session between two messages about one
 * port, so it is followed after the last one of a series. */
static struct port *apply_kernel(struct model *m, const struct event *e) {
        struct port *p = model_apply_kernel(m, e);

        if (!p || !matters_for_session(e))
                return p;
        m->unfollowed = !m->settled && only_counts(p, e) ? p : NULL;
        return m->unfollowed ? p : follow(m, p);
}

#define SERIES_USEC (10 * SECOND)

static void end_series(struct model *m, const struct event *e) {
        if (!m->unfollowed)
                return;
        if (e->type == EVENT_KERNEL && e->u.kernel.has_where && matters_for_session(e) &&
            address_equal(&m->unfollowed->address, &e->where) && moment_follows(m->now, e->time, SERIES_USEC))
                return;
        (void) session_follow(m, m->unfollowed);
        m->unfollowed = NULL;
}

/* When a meter leaves, its measurement is dropped. It says nothing about the next meter. */
static void apply_tester(struct model *m, const struct event *e) {
        bool fresh = m->tester_at.at != 0 && moment_is_recent(m->tester_at, m->now, TESTER_FRESH_USEC);

        m->testers_differ = fresh && !address_equal(&m->tester_where, &e->where);
        m->tester = e->u.tester;
        m->tester_where = e->where;
        m->tester_at = e->time;
}

bool model_measures(const struct model *m) {
        return m->tester_at.at != 0 && !m->testers_differ && moment_is_recent(m->tester_at, m->now, TESTER_FRESH_USEC);
}

/* What the sources other than USB and the kernel log say of a headset, and what a person says. */
static void apply_headset(struct model *m, const struct event *e) {
        switch (e->type) {
        case EVENT_HEADSET:
                model_apply_headset(m, e);
                break;
        case EVENT_HEADSET_GONE:
                model_apply_headset_gone(m, &e->u.headset);
                break;
        case EVENT_HEADSET_OBSERVED:
                model_apply_headset_observed(m, &e->u.headset_observed);
                break;
        case EVENT_HEADSET_READING:
                model_apply_headset_reading(m, e);
                break;
        default:
                model_apply_answers(m, e);
        }
}

static void apply_typec(struct model *m, const struct event *e) {
        if (e->type == EVENT_TYPEC)
                model_apply_typec(m, e);
        else if (e->type == EVENT_TYPEC_OBSERVED)
                model_apply_typec_observed(m, &e->u.typec_observed);
        else
                model_apply_typec_gone(m, e->u.count);
}

/* An event without a port announces that all statistics are sent again. */
static void apply_statistics(struct model *m, const struct statistics_entry *row) {
        if (row->port[0] == '\0')
                statistics_free(&m->statistics);
        else
                statistics_put(&m->statistics, row);
}

static struct port *apply(struct model *m, const struct event *e) {
        answers_end(m);
        switch (e->type) {
        case EVENT_KERNEL:
                return apply_kernel(m, e);
        case EVENT_LOG_LOST:
                m->lost_records += e->u.count;
                m->log_begins_late |= !m->settled;
                return NULL;
        case EVENT_BOOT:
                apply_boot(m, e->time);
                return NULL;
        case EVENT_SOURCE:
                m->degraded[e->u.source.source] = e->u.source.degraded;
                return NULL;
        case EVENT_SETTLED:
                m->settled = true;
                m->settled_at = e->time;
                return NULL;
        case EVENT_TICK:
                apply_tick(m);
                return NULL;
        case EVENT_SLEEP:
                model_apply_sleep(m, e);
                return NULL;
        case EVENT_SWITCH:
                apply_switch(m, &e->u.power_switch);
                return NULL;
        case EVENT_TYPEC:
        case EVENT_TYPEC_OBSERVED:
        case EVENT_TYPEC_GONE:
                apply_typec(m, e);
                return NULL;
        case EVENT_STATISTICS:
                apply_statistics(m, &e->u.statistics);
                return NULL;
        case EVENT_SESSION:
                return apply_session(m, e);
        case EVENT_CABLE:
                session_name_cable(m, e->u.cable);
                return NULL;
        case EVENT_TESTER:
                apply_tester(m, e);
                return NULL;
        case EVENT_HEADSET:
        case EVENT_HEADSET_GONE:
        case EVENT_HEADSET_OBSERVED:
        case EVENT_HEADSET_READING:
        case EVENT_ANSWERS:
                apply_headset(m, e);
                return NULL;
        default:
                return e->where.bus != 0 ? apply_to_port(m, e) : NULL;
        }
}

struct port *model_apply(struct model *m, const struct event *e) {
        struct port *p;

        end_series(m, e);
        if (e->time.at > m->now.at || e->time.at == 0)
                m->now = e->time;
        if (m->settled)
                ended_clear(&m->ended);
        p = apply(m, e);
        /* The kernel log has no messages about partners. */
        for (size_t i = 0; e->type != EVENT_KERNEL && i < m->n_typec; i++)
                session_follow_partner(m, m->typec[i]);
        return p;
}

void model_close_log(struct model *m) {
        for (size_t i = 0; i < m->n_ports; i++)
                link_fell_silent(&m->ports[i]->link, m->now);
        follow_all(m);
}

/* A plug counts as good after some time, which may cancel earlier failures. Without failures there is nothing to wait for. */
static uint64_t session_deadline(const struct model *m, const struct session *s, bool trouble) {
        uint64_t length = moment_span(s->start, m->now);

        if (s->number == 0 || s->ended != SESSION_OPEN || s->before_start || s->failed || s->start.at == 0 || !trouble)
                return 0;
        if (length < SESSION_GOOD_USEC)
                return s->start.at + SESSION_GOOD_USEC;
        return length < STATISTICS_RUN_USEC ? s->start.at + STATISTICS_RUN_USEC : 0;
}

/* A condition that is true during a span is still true in its last microsecond. A deadline at that microsecond would find nothing
 * changed and would not be set again, so one is added. */
static uint64_t link_deadline(const struct model *m, const struct port *p) {
        const struct link *l = &p->link;

        if (l->last_line.at == 0)
                return 0;
        if (l->state == LINK_TRYING && moment_follows(l->first_connect, m->now, MODEL_PATIENCE_USEC))
                return l->first_connect.at + MODEL_PATIENCE_USEC + 1;
        if (l->state == LINK_TRYING && moment_follows(l->last_line, m->now, MODEL_SILENCE_USEC))
                return l->last_line.at + MODEL_SILENCE_USEC + 1;
        if (!p->present && moment_follows(l->last_line, m->now, MODEL_UNIDENTIFIED_USEC))
                return l->last_line.at + MODEL_UNIDENTIFIED_USEC + 1;
        if (p->present && link_had_events(l) && moment_follows(l->last_line, m->now, MODEL_GOOD_USEC))
                return l->last_line.at + MODEL_GOOD_USEC + 1;
        return 0;
}

uint64_t model_deadline(const struct model *m) {
        uint64_t deadline = deadline_earlier(typec_deadline(m), sleep_deadline(m));
        bool trouble = statistics_have_trouble(m);

        deadline = deadline_earlier(deadline, headset_deadline(m));
        deadline = deadline_earlier(deadline, reading_deadline(m));
        deadline = deadline_earlier(deadline, answers_deadline(m));
        for (size_t i = 0; i < m->n_ports; i++) {
                deadline = deadline_earlier(deadline, session_deadline(m, &m->ports[i]->session, trouble));
                deadline = deadline_earlier(deadline, link_deadline(m, m->ports[i]));
        }
        return deadline;
}

uint64_t moment_wall(const struct model *m, struct moment when) {
        if (when.wall != 0)
                return when.wall;
        if (when.at == 0 || m->now.at == 0 || m->now.wall == 0 || m->now.wall + when.at < m->now.at)
                return 0;
        return m->now.wall - m->now.at + when.at;
}
