/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Work on the store: filled in by the loop, done by a thread. */

#include <stdlib.h>
#include <string.h>

#include "common/clock.h"
#include "daemon/history/history-internal.h"

/* Older sessions have no weight. */
#define STATISTICS_SESSIONS 2000
#define OPEN_MAX 256
#define DAY_USEC (24 * HOUR)
/* Maximum number of devices whose sessions are compared. */
#define STAYS_MAX 64
/* Two times by the same clock within this are equal. */
#define SAME_TIME_USEC (5 * SECOND)

/* ---- in the loop ---- */

static char *copy_of(const char *text) {
        return text ? strdup(text) : NULL;
}

static void take_texts(struct row *row) {
        struct level_point *levels = row->n_levels > 0 ? calloc(row->n_levels, sizeof(*levels)) : NULL;

        row->path = copy_of(row->path);
        row->findings = copy_of(row->findings);
        row->answers = copy_of(row->answers);
        if (levels)
                memcpy(levels, row->levels, row->n_levels * sizeof(*levels));
        else
                row->n_levels = 0;
        row->levels = levels;
}

static void free_texts(struct row *row) {
        free((char *) row->path);
        free((char *) row->findings);
        free((char *) row->answers);
        free((struct level_point *) row->levels);
}

static bool is_worth_keeping(const struct session *s) {
        /* A try without an outcome is not kept yet. */
        return s->number != 0 && (s->failed || s->partner || s->device[0] != '\0');
}

bool history_is_news(const struct history *h, const struct session *s) {
        const struct kept_row *row = kept_row_find((struct history *) h, s->number, false);
        const struct kept *k = h->kept_changed ? kept_find((struct history *) h, s->number, false) : NULL;

        return (is_worth_keeping(s) && (!row || row->revision != s->revision)) || (s->number != 0 && k && k->changed);
}

static void add_item(struct work *w, struct history *h, const struct session *s, const struct port *p, bool current) {
        struct kept *k = kept_find(h, s->number, false);
        struct kept_row *row;
        struct item *item;

        if (!history_is_news(h, s))
                return;
        item = &w->items[w->n_items++];
        item->current = current;
        history_make_row(h, s, p, &item->row);
        take_texts(&item->row);
        row = kept_row_find(h, s->number, true);
        if (row)
                row->revision = s->revision;
        if (!k)
                return;
        k->changed = false;
        k->n_levels = 0;
}

/* Returns the port of a session. It is the same port even if another session has begun there. */
static const struct port *port_of(const struct model *m, const struct session *s) {
        char key[SESSION_PORT_MAX];

        for (size_t i = 0; i < m->n_ports && !s->partner; i++)
                if (m->ports[i]->address.depth > 0 && strcmp(port_key(m, m->ports[i], key), s->port) == 0)
                        return m->ports[i];
        return NULL;
}

static bool add_news(struct work *w, struct history *h) {
        const struct model *m = h->backend.model;

        w->items = calloc(h->ended.n + m->n_ports + m->n_typec + 1, sizeof(*w->items));
        if (!w->items)
                return false;
        for (size_t i = 0; i < h->ended.n; i++) {
                const struct session *s = &h->ended.sessions[i];

                add_item(w, h, s, port_of(m, s), false);
                kept_drop(h, s->number);
                kept_row_drop(h, s->number);
        }
        ended_clear(&h->ended);
        for (size_t i = 0; i < m->n_ports; i++)
                add_item(w, h, &m->ports[i]->session, m->ports[i], true);
        for (size_t i = 0; i < m->n_typec; i++)
                add_item(w, h, &m->typec[i]->session, NULL, true);
        w->has_cable = h->cable_changed;
        h->cable_changed = false;
        memcpy(w->cable, m->cable, sizeof(w->cable));
        return true;
}

static bool add_current(struct work *w, struct history *h) {
        const struct model *m = h->backend.model;
        const struct session *s;

        w->current = calloc(m->n_ports + m->n_typec + 1, sizeof(*w->current));
        for (size_t i = 0; w->current && (s = model_session(m, i)); i++) {
                const struct kept_row *row = kept_row_find(h, s->number, false);

                if (row && row->id != 0)
                        w->current[w->n_current++] = row->id;
        }
        return w->current != NULL;
}

struct work *work_new(struct history *h, enum work_kind kind, bool with_news) {
        struct work *w = calloc(1, sizeof(*w));

        if (!w)
                return NULL;
        *w = (struct work){
                .h = h, .kind = kind, .path = copy_of(h->path), .key = h->backend.registry->key, .now = now_usec(CLOCK_REALTIME)
        };
        if ((h->path && !w->path) || (kind == WORK_LOAD && !add_current(w, h)) || (with_news && !add_news(w, h))) {
                work_free(w);
                return NULL;
        }
        return w;
}

void work_free(struct work *w) {
        for (size_t i = 0; i < w->n_items; i++)
                free_texts(&w->items[i].row);
        free(w->items);
        free(w->found);
        free(w->current);
        statistics_free(&w->statistics);
        question_free(w->question);
        json_object_put(w->answer);
        free(w->path);
        free(w);
}

/* ---- in the thread ---- */

static bool on_found(void *userdata, const struct row *row) {
        struct work *w = userdata;
        struct row *found = &w->found[w->n_found++];

        *found = *row;
        found->path = found->findings = found->answers = NULL;
        return w->n_found < FOUND_MAX;
}

static void find(struct work *w) {
        struct query q = { .limit = FOUND_MAX, .others = true };

        w->found = calloc(FOUND_MAX, sizeof(*w->found));
        if (w->found)
                (void) store_read(w->store, &q, on_found, w);
}

static void put(struct work *w) {
        for (size_t i = 0; i < w->n_items; i++)
                (void) store_put(w->store, &w->items[i].row);
        if (w->has_cable)
                store_put_note(w->store, "cable", w->cable);
        /* Rows that could not be written before are still in the store's memory. */
        if (w->n_items > 0 || w->has_cable || store_degraded(w->store))
                store_flush(w->store);
}

static bool is_current(const struct work *w, int64_t id) {
        for (size_t i = 0; i < w->n_current; i++)
                if (w->current[i] == id)
                        return true;
        for (size_t i = 0; i < w->n_items; i++)
                if (w->items[i].current && w->items[i].row.id == id)
                        return true;
        return false;
}

struct open_rows {
        const struct work *w;
        size_t n;
        struct row rows[OPEN_MAX];
};

static bool on_open(void *userdata, const struct row *row) {
        struct open_rows *o = userdata;

        if (is_current(o->w, row->id))
                return true;
        o->rows[o->n] = *row;
        take_texts(&o->rows[o->n]);
        return ++o->n < OPEN_MAX;
}

/* Closes sessions whose end nobody saw. They are known to have lasted until they were last seen. */
static void close_lost(struct work *w) {
        struct query q = { .limit = OPEN_MAX, .open = true, .others = true };
        struct open_rows *o = calloc(1, sizeof(*o));

        if (!o)
                return;
        o->w = w;
        (void) store_read(w->store, &q, on_open, o);
        for (size_t i = 0; i < o->n; i++) {
                struct row *row = &o->rows[i];

                row->end = row->seen;
                row->s.ended = SESSION_LOST;
                (void) store_put(w->store, row);
                free_texts(row);
        }
        if (o->n > 0)
                store_flush(w->store);
        free(o);
}

/* The time of a device's last session, by the clock of its boot. */
struct stay {
        char device[SESSION_DEVICE_MAX], port[SESSION_PORT_MAX], boot[40];
        uint64_t until;
};

struct adding {
        struct work *w;
        size_t n_stays;
        struct stay stays[STAYS_MAX];
};

static struct stay *find_stay(struct adding *a, const char *device) {
        for (size_t i = 0; i < a->n_stays; i++)
                if (strcmp(a->stays[i].device, device) == 0)
                        return &a->stays[i];
        return a->n_stays < STAYS_MAX ? &a->stays[a->n_stays++] : NULL;
}

/* Returns whether a device of the same name was on another port at that time; then there are two such devices. */
static bool was_elsewhere_too(struct adding *a, const struct row *row) {
        struct stay *stay = row->s.device[0] == '\0' || row->s.guessed ? NULL : find_stay(a, row->s.device);
        bool elsewhere;

        if (!stay)
                return false;
        elsewhere = strcmp(stay->boot, row->boot) == 0 && row->started + SAME_TIME_USEC < stay->until &&
                    strcmp(stay->port, row->s.port) != 0;
        if (strcmp(stay->boot, row->boot) == 0 && stay->until > row->started + row->lasted)
                return elsewhere;
        memcpy(stay->device, row->s.device, sizeof(stay->device));
        memcpy(stay->port, row->s.port, sizeof(stay->port));
        memcpy(stay->boot, row->boot, sizeof(stay->boot));
        stay->until = row->started + row->lasted;
        return elsewhere;
}

static bool on_statistics(void *userdata, const struct row *row) {
        struct adding *a = userdata;
        struct session s = row->s;

        s.shared = was_elsewhere_too(a, row);
        /* An end in the future was written by a clock that was ahead. Its age is not known, so it would never lose weight. */
        if (row->end <= a->w->now + DAY_USEC && !is_current(a->w, row->id))
                statistics_add(&a->w->statistics, &s, row->end);
        return true;
}

static void load(struct work *w) {
        struct adding *a = calloc(1, sizeof(*a));

        put(w);
        close_lost(w);
        store_prune(w->store, w->now);
        if (!a)
                return;
        a->w = w;
        (void) store_read_statistics(w->store, STATISTICS_SESSIONS, on_statistics, a);
        free(a);
        if (!w->has_cable)
                store_get_note(w->store, "cable", w->cable, sizeof(w->cable));
}

void work_run(void *userdata) {
        struct work *w = userdata;
        uint64_t before = now_usec(CLOCK_THREAD_CPUTIME_ID);

        if (!w->store && store_new(w->path, &w->key, &w->store) < 0)
                w->store = NULL;
        if (!w->store)
                return;
        if (w->kind == WORK_FIND)
                find(w);
        else if (w->kind == WORK_LOAD)
                load(w);
        else if (w->kind == WORK_ASK) {
                put(w);
                work_answer(w);
        } else
                put(w);
        store_mend(w->store);
        w->made_file = store_take_made(w->store);
        w->degraded = store_degraded(w->store);
        if (w->kind == WORK_CLOSE)
                w->store = store_free(w->store);
        else
                store_rest(w->store);
        w->took = now_usec(CLOCK_THREAD_CPUTIME_ID) - before;
}
