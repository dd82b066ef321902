/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The model: applies each event to what it is about, and tells when the state next changes without one.
 */
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

/* A snapshot contains the session of each port beside its link, so the session does not follow the link. */
static struct port *apply_to_port(struct model *m, const struct event *e) {
        struct port *p = model_port(m, &e->where);

        if (!p)
                return NULL;
        model_apply_port(m, p, e);
        return e->type == EVENT_LINK ? p : follow(m, p);
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
