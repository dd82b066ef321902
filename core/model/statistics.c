/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "model/statistics.h"

#include <stdlib.h>
#include <string.h>

#include "model/model.h"

void statistics_free(struct statistics *p) {
        free(p->entries);
        *p = (struct statistics){};
}

void ended_clear(struct ended *e) {
        free(e->sessions);
        *e = (struct ended){};
}

void ended_add(struct ended *e, const struct session *s) {
        if (e->n == ENDED_MAX) {
                e->n /= 2;
                memmove(e->sessions, e->sessions + e->n, e->n * sizeof *e->sessions);
        }
        if (e->n == e->allocated) {
                size_t want = e->allocated ? e->allocated * 2 : 2;
                struct session *grown = reallocarray(e->sessions, want, sizeof *grown);

                if (!grown)
                        return;
                e->sessions = grown;
                e->allocated = want;
        }
        e->sessions[e->n++] = *s;
}

/* FNV-1a hash of the texts including their terminators. */
static uint32_t hash_of(const char *device, const char *port, const char *cable) {
        const char *const texts[] = { device, port, cable };
        uint32_t hash = 2166136261u;

        for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
                for (const char *c = texts[i];; c++) {
                        hash = (hash ^ (uint8_t) *c) * 16777619u;
                        if (*c == '\0')
                                break;
                }
        return hash;
}

static struct statistics_entry *statistics_find(const struct statistics *p, const char *device, const char *port,
                                                const char *cable) {
        uint32_t hash = hash_of(device, port, cable);

        for (size_t i = 0; i < p->n; i++) {
                struct statistics_entry *e = &p->entries[i];

                if (p->hashes[i] != hash)
                        continue;
                if (strcmp(e->port, port) == 0 && strcmp(e->device, device) == 0 && strcmp(e->cable, cable) == 0)
                        return e;
        }
        return NULL;
}

static struct statistics_entry *statistics_oldest(const struct statistics *p) {
        struct statistics_entry *oldest = &p->entries[0];

        /* Nothing is older than an entry whose time is not known. */
        for (size_t i = 1; i < p->n && oldest->at != 0; i++)
                if (p->entries[i].at < oldest->at)
                        oldest = &p->entries[i];
        return oldest;
}

/* Returns the entry, after creating it if necessary; NULL: out of memory. */
static struct statistics_entry *statistics_entry(struct statistics *p, const char *device, const char *port, const char *cable) {
        struct statistics_entry *e = statistics_find(p, device, port, cable);

        if (e)
                return e;
        if (p->n == STATISTICS_MAX)
                e = statistics_oldest(p);
        else if (p->n < p->allocated)
                e = &p->entries[p->n++];
        else {
                size_t want = p->allocated ? p->allocated * 2 : 4;
                struct statistics_entry *grown = reallocarray(p->entries, want, sizeof *grown);

                if (!grown)
                        return NULL;
                p->entries = grown;
                p->allocated = want;
                e = &p->entries[p->n++];
        }
        *e = (struct statistics_entry){};
        p->hashes[e - p->entries] = hash_of(device, port, cable);
        memcpy(e->device, device, strlen(device) + 1);
        memcpy(e->port, port, strlen(port) + 1);
        memcpy(e->cable, cable, strlen(cable) + 1);
        return e;
}

void statistics_put(struct statistics *p, const struct statistics_entry *from) {
        struct statistics_entry *e = statistics_entry(p, from->device, from->port, from->cable);

        if (!e)
                return;
        *e = *from;
}

/* Returns a weight after some time: it is halved with each half-life, with linear interpolation in between. */
static uint32_t faded(uint32_t weight, uint64_t then, uint64_t now) {
        uint64_t age = now > then && then != 0 ? now - then : 0, halves = age / STATISTICS_HALF_LIFE_USEC;

        if (halves >= 20)
                return 0;
        weight >>= halves;
        return weight - (uint32_t) (weight / 2 * (age % STATISTICS_HALF_LIFE_USEC) / STATISTICS_HALF_LIFE_USEC);
}

static void forgive(struct statistics_entry *e) {
        e->forgiven += e->bad;
        e->bad = e->shaky = e->bad_weight = e->guessed = 0;
        e->bad_at = e->bad_since = 0;
}

/* Returns a value for sorting. Many logs have no wall clock, so the log's own clock is used then. */
static uint64_t order_of(uint64_t wall, struct moment m) {
        return wall != 0 ? wall : m.at;
}

static void add_good(struct statistics_entry *e, const struct session *s, uint64_t length, uint64_t wall) {
        e->good++;
        e->good_at = order_of(wall, s->end);
        e->good_weight += STATISTICS_WEIGHT;
        e->row++;
        if (e->row < STATISTICS_RUN && length < STATISTICS_RUN_USEC)
                return;
        e->run_at = wall;
        forgive(e);
}

static void add_trouble(struct statistics_entry *e, const struct session *s, bool bad, uint64_t wall) {
        uint64_t length = session_length(s, s->end), when = order_of(wall, s->end);

        e->row = 0;
        /* The clock was set back, so it is not known when the trouble began. */
        if (e->bad + e->shaky == 0)
                e->bad_since = when > length ? when - length : 0;
        else if (when < e->bad_since)
                e->bad_since = 0;
        e->bad_at = wall;
        e->bad_weight += bad ? STATISTICS_WEIGHT : STATISTICS_WEIGHT / 2;
        e->guessed += s->guessed;
        if (bad)
                e->bad++;
        else
                e->shaky++;
}

/* Two averages over different numbers of sessions: about the last four, and about the last sixteen. */
static void add_errors(struct statistics_entry *e, uint32_t errors) {
        uint64_t now = (uint64_t) (errors < 1000 ? errors : 1000) * 1000;

        e->errors = (uint32_t) ((3 * (uint64_t) e->errors + now) / 4);
        e->errors_before = (uint32_t) ((15 * (uint64_t) e->errors_before + now) / 16);
}

/* A good session of any device shows that earlier failures of unidentified devices at this port are over. */
static void forgive_nameless(struct statistics *p, const struct session *s) {
        for (size_t i = 0; i < p->n; i++)
                if (p->entries[i].device[0] == '\0' && strcmp(p->entries[i].port, s->port) == 0)
                        forgive(&p->entries[i]);
}

void statistics_add(struct statistics *p, const struct session *s, uint64_t wall) {
        enum session_outcome outcome = session_outcome(s, s->end);
        bool tells = outcome != OUTCOME_UNCLEAR;
        struct statistics_entry *e = tells || s->shared ? statistics_entry(p, s->device, s->port, s->cable) : NULL;
        uint64_t length = session_length(s, s->end);

        if (!e)
                return;
        e->shared |= s->shared;
        if (!tells)
                return;
        if (s->model[0] != '\0')
                memcpy(e->model, s->model, sizeof e->model);
        e->good_weight = faded(e->good_weight, e->at, wall);
        e->bad_weight = faded(e->bad_weight, e->at, wall);
        /* This also applies when the time is earlier, because the clock was wrong before. */
        if (wall != 0)
                e->at = wall;
        add_errors(e, s->errors + s->drops + s->emi);
        if (outcome == OUTCOME_GOOD)
                add_good(e, s, length, wall);
        else
                add_trouble(e, s, outcome == OUTCOME_BAD, wall);
        if (outcome == OUTCOME_GOOD && length >= STATISTICS_RUN_USEC)
                forgive_nameless(p, s);
}

static bool fits_one(const char *value, const char *wanted, const char *unwanted) {
        return (!wanted || strcmp(value, wanted) == 0) && (!unwanted || strcmp(value, unwanted) != 0);
}

static bool fits(const struct statistics_filter *f, const char *device, const char *port, const char *cable) {
        if ((f->named_device && device[0] == '\0') || (f->named_cable && cable[0] == '\0'))
                return false;
        return fits_one(device, f->device, f->not_device) && fits_one(port, f->port, f->not_port) &&
               fits_one(cable, f->cable, f->not_cable);
}

/* Returns true when the same combination is in use now, and has been for so long that earlier failures no longer count. */
static bool is_forgiven(const struct model *m, const struct statistics_entry *e) {
        for (size_t i = 0; i < m->n_ports; i++) {
                const struct session *s = &m->ports[i]->session;

                if (strcmp(s->port, e->port) != 0 || session_outcome(s, m->now) != OUTCOME_GOOD)
                        continue;
                if ((e->device[0] == '\0' || strcmp(s->device, e->device) == 0) &&
                    session_length(s, m->now) >= STATISTICS_RUN_USEC)
                        return true;
                if (strcmp(s->device, e->device) == 0 && strcmp(s->cable, e->cable) == 0 && e->row + 1 >= STATISTICS_RUN)
                        return true;
        }
        return false;
}

static uint64_t order_in(const struct model *m, struct moment when) {
        return order_of(moment_wall(m, when), when);
}

static void note_newest(uint64_t *newest, uint64_t wall) {
        if (wall > *newest)
                *newest = wall;
}

static void note_trouble(struct statistics_tally *t, uint64_t since) {
        if (t->bad + t->shaky == 0 || since < t->bad_since)
                t->bad_since = since;
}

static void count_entry(const struct model *m, const struct statistics_entry *e, struct statistics_tally *t) {
        bool over = e->bad + e->shaky > 0 && is_forgiven(m, e);

        t->good += e->good;
        t->good_weight += faded(e->good_weight, e->at, m->now.wall);
        t->forgiven += e->forgiven + (over ? e->bad : 0);
        note_newest(&t->good_at, e->good_at);
        note_newest(&t->run_at, e->run_at);
        if (e->bad + e->shaky == 0 || over)
                return;
        note_trouble(t, e->bad_since);
        t->bad += e->bad;
        t->shaky += e->shaky;
        t->guessed += e->guessed;
        t->bad_weight += faded(e->bad_weight, e->at, m->now.wall);
        if (e->bad_at < t->bad_at)
                return;
        t->bad_at = e->bad_at;
        t->errors = e->errors;
        t->errors_before = e->errors_before;
}

static void count_session(const struct model *m, const struct session *s, struct statistics_tally *t) {
        switch (session_outcome(s, m->now)) {
        case OUTCOME_GOOD:
                t->good++;
                t->good_weight += STATISTICS_WEIGHT;
                note_newest(&t->good_at, order_in(m, s->ended == SESSION_OPEN ? m->now : s->end));
                break;
        case OUTCOME_SHAKY:
                note_trouble(t, order_in(m, s->start));
                t->shaky++;
                t->bad_weight += STATISTICS_WEIGHT / 2;
                break;
        case OUTCOME_BAD:
                note_trouble(t, order_in(m, s->start));
                t->bad++;
                t->guessed += s->guessed;
                t->bad_weight += STATISTICS_WEIGHT;
                t->bad_at = moment_wall(m, s->start);
                break;
        default:
                break;
        }
}

void statistics_count(const struct model *m, const struct statistics_filter *filter, struct statistics_tally *ret) {
        const struct statistics_entry *entry;
        const struct session *session;
        size_t i = 0;

        *ret = (struct statistics_tally){};
        while (statistics_next(m, filter, &i, &entry, &session)) {
                if (entry)
                        count_entry(m, entry, ret);
                else
                        count_session(m, session, ret);
        }
}

bool statistics_next(const struct model *m, const struct statistics_filter *filter, size_t *i,
                     const struct statistics_entry **ret_entry, const struct session **ret_session) {
        for (; *i < m->statistics.n + m->n_ports; (*i)++) {
                const struct statistics_entry *e = *i < m->statistics.n ? &m->statistics.entries[*i] : NULL;
                const struct session *s = e ? NULL : &m->ports[*i - m->statistics.n]->session;

                if (s && s->number == 0)
                        continue;
                if (e ? !fits(filter, e->device, e->port, e->cable) : !fits(filter, s->device, s->port, s->cable))
                        continue;
                *ret_entry = e;
                *ret_session = s;
                (*i)++;
                return true;
        }
        return false;
}

bool statistics_are_shared(const struct model *m, const char *device) {
        for (size_t i = 0; i < m->statistics.n; i++)
                if (m->statistics.entries[i].shared && strcmp(m->statistics.entries[i].device, device) == 0)
                        return true;
        for (size_t i = 0; i < m->n_ports; i++) {
                const struct session *s = &m->ports[i]->session;

                if (s->number != 0 && s->shared && strcmp(s->device, device) == 0)
                        return true;
        }
        return false;
}

bool statistics_have_trouble(const struct model *m) {
        for (size_t i = 0; i < m->statistics.n; i++)
                if (m->statistics.entries[i].bad + m->statistics.entries[i].shaky > 0)
                        return true;
        for (size_t i = 0; i < m->n_ports; i++)
                if (m->ports[i]->session.failed)
                        return true;
        return false;
}
