/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* At start: what an earlier run left, and what it means for now. */

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "history-internal.h"

/* Older ones weigh nothing. */
#define PAST_SESSIONS 2000
/* The kernel log's clock and ours differ by less. */
#define SAME_START_USEC (5 * SECOND)
#define OPEN_MAX 256
#define DAY_USEC (24 * HOUR)
/* Devices whose sessions are compared. */
#define STAYS_MAX 64

/* A session of this boot that is found again. */
struct match {
        struct history *h;
        struct session *s;
        bool done;
};

static bool is_near(uint64_t a, uint64_t b) {
        return a > b ? a - b <= SAME_START_USEC : b - a <= SAME_START_USEC;
}

/* An earlier run may have known better who it was: by udev, or as it saw it moved. */
static void take_identity(struct session *s, const struct session *row) {
        size_t n = strlen(s->device);

        if (strncmp(s->device, row->device, n) != 0 || row->device[n] == '\0')
                return;
        memcpy(s->device, row->device, sizeof(s->device));
        memcpy(s->model, row->model, sizeof(s->model));
        s->headset = row->headset;
        s->guessed = row->guessed;
}

/* The same port and start; or the same device, there all the time while nobody watched. */
static bool on_same(void *userdata, const struct row *row) {
        struct match *match = userdata;
        struct session *s = match->s;
        bool open = row->s.ended == SESSION_OPEN, same_device = strcmp(row->s.device, s->device) == 0;

        if (strcmp(row->boot, match->h->boot) != 0 || strcmp(row->s.port, s->port) != 0)
                return true;
        if (!is_near(row->started, s->start.at) && !(open && s->before_start && same_device))
                return true;
        s->row = row->id;
        take_identity(s, &row->s);
        if (open) {
                s->start = (struct moment){ .at = row->started, .wall = row->start };
                memcpy(s->cable, row->s.cable, sizeof(s->cable));
        }
        match->done = true;
        return false;
}

/* Is it kept already, by an earlier run of this boot? */
static bool find_again(struct history *h, struct session *s) {
        struct match match = { .h = h, .s = s };
        struct query q = { .limit = OPEN_MAX, .others = true };

        if (s->number == 0 || h->boot[0] == '\0')
                return false;
        (void) store_read(h->store, &q, on_same, &match);
        return match.done;
}

/* What the log tells of the time before, an earlier run has told already. */
static void recognise(struct history *h) {
        struct model *m = h->backend.model;

        for (size_t i = 0; i < m->ended.n; i++)
                if (find_again(h, &m->ended.sessions[i]))
                        m->ended.sessions[i].kept = m->ended.sessions[i].revision;
        struct session *s;

        for (size_t i = 0; (s = model_session(m, i)); i++) {
                if (find_again(h, s) && s->ended != SESSION_OPEN)
                        s->kept = s->revision;
        }
}

static bool is_current(const struct history *h, int64_t id) {
        const struct model *m = h->backend.model;

        const struct session *s;

        for (size_t i = 0; (s = model_session(m, i)); i++)
                if (s->number != 0 && s->row == id)
                        return true;
        return false;
}

struct open_rows {
        const struct history *h;
        size_t n;
        struct row rows[OPEN_MAX];
        char *texts[OPEN_MAX][2];
};

static bool on_open(void *userdata, const struct row *row) {
        struct open_rows *o = userdata;

        if (is_current(o->h, row->id))
                return true;
        o->rows[o->n] = *row;
        o->texts[o->n][0] = row->path ? strdup(row->path) : NULL;
        o->texts[o->n][1] = row->findings ? strdup(row->findings) : NULL;
        return ++o->n < OPEN_MAX;
}

/* Nobody saw their end; that they were there is known up to when they were seen last. */
static void close_lost(struct history *h) {
        struct query q = { .limit = OPEN_MAX, .open = true, .others = true };
        struct open_rows *o = calloc(1, sizeof(*o));

        if (!o)
                return;
        o->h = h;
        (void) store_read(h->store, &q, on_open, o);
        for (size_t i = 0; i < o->n; i++) {
                struct row *row = &o->rows[i];

                row->path = o->texts[i][0];
                row->findings = o->texts[i][1];
                row->end = row->seen;
                row->s.ended = SESSION_LOST;
                (void) store_put(h->store, row);
                free(o->texts[i][0]);
                free(o->texts[i][1]);
        }
        free(o);
}

/* When a device was last there, by the clock of its boot. */
struct stay {
        char device[SESSION_DEVICE_MAX], port[SESSION_PORT_MAX], boot[40];
        uint64_t until;
};

struct adding {
        const struct history *h;
        uint64_t now; /* µs since 1970 */
        struct past past;
        size_t n_stays;
        struct stay stays[STAYS_MAX];
};

static struct stay *find_stay(struct adding *a, const char *device) {
        for (size_t i = 0; i < a->n_stays; i++)
                if (strcmp(a->stays[i].device, device) == 0)
                        return &a->stays[i];
        return a->n_stays < STAYS_MAX ? &a->stays[a->n_stays++] : NULL;
}

/* Was one of the same name on another port at that time? Then there are two. */
static bool was_beside_itself(struct adding *a, const struct row *row) {
        struct stay *stay = row->s.device[0] == '\0' || row->s.guessed ? NULL : find_stay(a, row->s.device);
        bool beside;

        if (!stay)
                return false;
        beside = strcmp(stay->boot, row->boot) == 0 && row->started + SAME_START_USEC < stay->until &&
                 strcmp(stay->port, row->s.port) != 0;
        if (strcmp(stay->boot, row->boot) == 0 && stay->until > row->started + row->lasted)
                return beside;
        memcpy(stay->device, row->s.device, sizeof(stay->device));
        memcpy(stay->port, row->s.port, sizeof(stay->port));
        memcpy(stay->boot, row->boot, sizeof(stay->boot));
        stay->until = row->started + row->lasted;
        return beside;
}

static bool on_past(void *userdata, const struct row *row) {
        struct adding *a = userdata;
        struct session s = row->s;

        s.shared = was_beside_itself(a, row);
        /* Of a clock that was ahead: nobody knows how old it is, and it would never fade. */
        if (row->end <= a->now + DAY_USEC && !is_current(a->h, row->id))
                past_add(&a->past, &s, row->end);
        return true;
}

/* As events, so that a recording begins with them. What the log told of this boot is in the store by now, and there is
 * more known of it there: the first event makes the model forget its own. */
static void give_past(struct history *h, uint64_t now) {
        struct adding a = { .h = h, .now = now };
        struct event e = { .type = EVENT_PAST, .time = h->backend.model->now };

        (void) store_read_past(h->store, PAST_SESSIONS, on_past, &a);
        h->backend.emit(h->backend.userdata, &e);
        for (size_t i = 0; i < a.past.n; i++) {
                e.u.past = a.past.entries[i];
                h->backend.emit(h->backend.userdata, &e);
        }
        past_free(&a.past);
}

static void give_cable(struct history *h) {
        struct event e = { .type = EVENT_CABLE, .time = h->backend.model->now };

        store_get_note(h->store, "cable", e.u.cable, sizeof(e.u.cable));
        h->backend.emit(h->backend.userdata, &e);
}

void history_load(struct history *h) {
        struct timespec now;

        h->loaded = true;
        if (!history_store(h))
                return;
        (void) clock_gettime(CLOCK_REALTIME, &now);
        recognise(h);
        history_write(h);
        close_lost(h);
        store_prune(h->store, (uint64_t) now.tv_sec * SECOND);
        give_past(h, (uint64_t) now.tv_sec * SECOND);
        give_cable(h);
        store_rest(h->store);
}
