/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The computer's sleep. Up to three sources report the same sleep: the clocks, logind and the kernel log.
 *
 * Its duration is counted once. The clocks are correct wherever they stop during sleep. The kernel log is used only for the
 * time before the clocks were watched, and where they do not stop (s2idle on some machines).
 */
#include "model/model-internal.h"

#include <string.h>

/* Entering and leaving sleep takes seconds. When a clock that should have stopped shows a longer time, this time was the
 * sleep. */
#define BUSY_USEC (30 * SECOND)
#define BUSY_BY_LOGIND_USEC MINUTE
#define LATE_USEC (10 * SECOND)
/* The kernel logs its messages about a sleep before any program runs again, except for the last one, "suspend exit". */
#define LOG_PATIENCE_USEC (5 * SECOND)
/* A longer time than this is not a sleep but a change of the wall clock. */
#define LONGEST_SLEEP_USEC (366 * 24 * HOUR)

void note_wake(struct model *m, struct moment now) {
        m->wake = now;
        m->wake_seen = true;
}

/* Parses the kernel's message "PM: suspend entry (deep)" and those of older kernels. */
static enum sleep_kind kind_from_text(const char *text) {
        static const struct {
                const char *text;
                enum sleep_kind kind;
        } kinds[] = {
                { "s2idle", SLEEP_S2IDLE },           { "freeze", SLEEP_S2IDLE }, { "shallow", SLEEP_STANDBY },
                { "standby", SLEEP_STANDBY },         { "deep", SLEEP_S3 },       { "mem", SLEEP_S3 },
                { "hibernation", SLEEP_HIBERNATION },
        };

        for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
                if (strcmp(kinds[i].text, text) == 0)
                        return kinds[i].kind;
        return SLEEP_KIND_UNKNOWN;
}

static bool was_there(const struct port *p) {
        return p->link.state == LINK_IDENTIFIED && p->address.depth > 0;
}

/* The signal of logind may be read only after the sleep, when the clocks have already reported it. */
static bool is_late(const struct model *m, struct moment now) {
        return m->slept_at.at != 0 && now.at >= m->slept_at.at && moment_span(m->slept_at, now) < LATE_USEC;
}

static void begin(struct model *m, struct moment now, enum sleep_kind kind) {
        bool late = is_late(m, now);

        if (!m->asleep)
                m->sleep_entry = late ? m->slept_at : now;
        /* The kind of the previous sleep says nothing about this one. */
        if (kind != SLEEP_KIND_UNKNOWN || (!m->asleep && !late))
                m->sleep_kind = kind;
        m->asleep = true;
        for (size_t i = 0; i < m->n_ports; i++)
                if (was_there(m->ports[i])) {
                        m->ports[i]->link.slept = m->ports[i]->link.sleeping = true;
                        m->ports[i]->link.sleep_kind = m->sleep_kind;
                }
}

static enum sleep_by weaker(enum sleep_by a, enum sleep_by b) {
        return a > b ? a : b;
}

static void count_link(struct link *l, uint64_t slept, enum sleep_kind kind, enum sleep_by by) {
        l->slept = true;
        l->sleeping = false;
        l->slept_times++;
        l->slept_usec += slept;
        l->newest_slept_usec = slept;
        l->sleep_kind = kind;
        if (slept > 0)
                l->slept_by = weaker(l->slept_by, by);
}

static void end(struct model *m, struct moment now, uint64_t slept, enum sleep_by by, bool all) {
        for (size_t i = 0; i < m->n_ports; i++) {
                struct link *l = &m->ports[i]->link;

                if (l->sleeping || (all && was_there(m->ports[i])))
                        count_link(l, slept, m->sleep_kind, by);
        }
        for (size_t i = 0; i < m->n_typec; i++)
                if (m->typec[i]->facts.partner && slept > 0) {
                        m->typec[i]->observed.slept_times++;
                        m->typec[i]->observed.slept_usec += slept;
                        m->typec[i]->observed.slept_by = weaker(m->typec[i]->observed.slept_by, by);
                }
        if (slept > 0)
                m->slept_at = now;
        m->sleeps++;
        m->sleeps_usec += slept;
        m->asleep = false;
        note_wake(m, now);
}

void sleep_note_was_there(const struct model *m, struct link *l) {
        if (m->sleeps == 0 && !m->asleep)
                return;
        l->slept = true;
        l->sleeping = m->asleep;
        l->sleep_kind = m->sleep_kind;
        l->slept_times = m->sleeps;
        l->slept_usec = m->sleeps_usec;
        l->newest_slept_usec = m->sleeps == 1 ? m->sleeps_usec : 0;
}

/* This sleep was already reported by another source, which counted it. */
static void end_again(struct model *m, struct moment now) {
        for (size_t i = 0; i < m->n_ports; i++)
                m->ports[i]->link.sleeping = false;
        m->asleep = false;
        note_wake(m, now);
}

static bool was_counted(const struct model *m) {
        return m->slept_at.at != 0 && m->slept_at.at >= m->sleep_entry.at;
}

void sleep_by_log(struct model *m, const struct event *e) {
        m->sleep_seen = true;
        begin(m, e->time, kind_from_text(e->u.kernel.text));
}

/* The kernel's clock stops during sleep and the wall clock does not, so the difference is the time asleep. Where the kernel's
 * clock does not stop, the whole time is. */
static uint64_t time_asleep(const struct model *m, struct moment now) {
        uint64_t wall, awake, slept;

        if (m->sleep_entry.wall == 0 || now.wall <= m->sleep_entry.wall)
                return 0;
        wall = now.wall - m->sleep_entry.wall;
        awake = moment_span(m->sleep_entry, now);
        slept = wall > awake ? wall - awake : 0;
        if (slept < SECOND && awake >= BUSY_USEC)
                slept = awake;
        return slept <= LONGEST_SLEEP_USEC ? slept : 0;
}

/* Only the kernel log shows whether the power session was lost, and it is read after the clocks. */
static void await_log(struct model *m) {
        m->log_awaited = m->live && !m->degraded[SOURCE_KERNEL_LOG];
}

bool model_awaits_log(const struct model *m) {
        return m->log_awaited && moment_span(m->wake, m->now) < LOG_PATIENCE_USEC;
}

uint64_t sleep_deadline(const struct model *m) {
        return model_awaits_log(m) ? m->wake.at + LOG_PATIENCE_USEC : 0;
}

void sleep_over_by_log(struct model *m, struct moment now) {
        uint64_t awake = moment_span(m->sleep_entry, now);
        bool watched = m->sleep_watched && now.at >= m->watched_since.at;

        m->log_awaited = false;
        if (!m->asleep) {
                note_wake(m, now);
                return;
        }
        if (!watched)
                end(m, now, time_asleep(m, now), SLEEP_BY_LOG, false);
        else if (was_counted(m))
                end_again(m, now);
        else
                end(m, now, awake >= BUSY_USEC ? awake : 0, SLEEP_BY_LOG, false);
}

/* The clocks reported nothing: either they did not stop, or the computer did not sleep. */
static void over_by_logind(struct model *m, struct moment now) {
        uint64_t awake = moment_span(m->sleep_entry, now);

        if (!m->asleep)
                return;
        if (was_counted(m))
                end_again(m, now);
        else {
                end(m, now, awake >= BUSY_BY_LOGIND_USEC ? awake : 0, SLEEP_BY_LOGIND, false);
                await_log(m);
        }
}

void model_apply_sleep(struct model *m, const struct event *e) {
        const struct sleep_facts *s = &e->u.sleep;

        switch (s->phase) {
        case SLEEP_WATCHED:
                m->sleep_watched = true;
                m->watched_since = e->time;
                break;
        case SLEEP_BEGIN:
                begin(m, e->time, s->kind);
                break;
        case SLEEP_END:
                /* The kind from the kernel log, which came with the beginning, is more reliable. */
                if (!m->asleep || m->sleep_kind == SLEEP_KIND_UNKNOWN)
                        m->sleep_kind = s->kind;
                if (s->slept_usec > 0 && s->slept_usec <= LONGEST_SLEEP_USEC) {
                        end(m, e->time, s->slept_usec, SLEEP_BY_CLOCKS, true);
                        await_log(m);
                } else
                        over_by_logind(m, e->time);
                break;
        default:
                break;
        }
}
