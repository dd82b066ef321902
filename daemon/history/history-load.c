/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* At start: reads what an earlier run kept, and relates it to the model. */

#include <string.h>

#include "daemon/history/history-internal.h"

/* Two starts within this time are the same. The kernel log's clock and CLOCK_MONOTONIC differ by less. */
#define SAME_START_USEC (5 * SECOND)

static bool is_near(uint64_t a, uint64_t b) {
        return a > b ? a - b <= SAME_START_USEC : b - a <= SAME_START_USEC;
}

/* An earlier run may have known the identity better, from udev or because it saw the device move. */
static void take_identity(struct session *s, const struct session *row) {
        size_t n = strlen(s->device);

        if (strncmp(s->device, row->device, n) != 0 || row->device[n] == '\0')
                return;
        memcpy(s->device, row->device, sizeof(s->device));
        memcpy(s->model, row->model, sizeof(s->model));
        s->headset = row->headset;
        s->guessed = row->guessed;
}

/* Same port and start; or the same device, present all the time while the daemon did not run. */
static bool is_same(const struct history *h, const struct session *s, const struct row *row) {
        bool open = row->s.ended == SESSION_OPEN, same_device = strcmp(row->s.device, s->device) == 0;

        if (strcmp(row->boot, h->boot) != 0 || strcmp(row->s.port, s->port) != 0)
                return false;
        /* No earlier run can have seen what began after this run did, however soon it followed. */
        if (s->start.at < h->since && is_near(row->started, s->start.at))
                return true;
        return open && s->before_start && same_device;
}

static void take_row(struct session *s, const struct row *row) {
        take_identity(s, &row->s);
        if (row->s.ended != SESSION_OPEN)
                return;
        s->start = (struct moment){ .at = row->started, .wall = row->start };
        memcpy(s->cable, row->s.cable, sizeof(s->cable));
}

/* Looks for the session among those that an earlier run of this boot kept, and takes over what that run knew. A session that
 * was over for that run too has nothing new. */
static bool find_again(struct history *h, const struct work *w, struct session *s, bool over) {
        struct kept_row *row;

        if (s->number == 0 || h->boot[0] == '\0')
                return false;
        for (size_t i = 0; i < w->n_found; i++) {
                if (!is_same(h, s, &w->found[i]))
                        continue;
                take_row(s, &w->found[i]);
                row = kept_row_find(h, s->number, true);
                if (row)
                        *row = (struct kept_row){ .number = s->number, .id = w->found[i].id, .revision = over ? s->revision : 0 };
                return true;
        }
        return false;
}

/* The model's current session is changed by an event, like everything in the model. */
static void recognise_current(struct history *h, const struct work *w, size_t i) {
        const struct model *m = h->backend.model;
        const struct session *s = model_session(m, i);
        struct event e = { .type = EVENT_SESSION, .time = m->now, .u.session = *s };

        if (!find_again(h, w, &e.u.session, s->ended != SESSION_OPEN))
                return;
        if (i < m->n_ports)
                e.where = m->ports[i]->address;
        h->backend.emit(h->backend.userdata, &e);
}

/* An earlier run has already kept the sessions that the log shows from before this run. */
void history_recognise(struct history *h, const struct work *w) {
        for (size_t i = 0; i < h->ended.n; i++)
                (void) find_again(h, w, &h->ended.sessions[i], true);
        for (size_t i = 0; model_session(h->backend.model, i); i++)
                recognise_current(h, w, i);
}

/* The statistics are emitted as events, so that a recording begins with them. The sessions that the model took from the log of
 * this boot are in the store by now, with more data; the first event makes the model drop its own. Sessions that have ended
 * since are in the model only. */
void history_give_statistics(struct history *h, struct work *w) {
        struct event e = { .type = EVENT_STATISTICS, .time = h->backend.model->now };
        const struct model *m = h->backend.model;

        for (size_t i = 0; i < h->ended.n; i++)
                statistics_add(&w->statistics, &h->ended.sessions[i], moment_wall(m, h->ended.sessions[i].end));
        h->backend.emit(h->backend.userdata, &e);
        for (size_t i = 0; i < w->statistics.n; i++) {
                e.u.statistics = w->statistics.entries[i];
                h->backend.emit(h->backend.userdata, &e);
        }
        if (w->has_cable || h->cable_changed)
                return;
        e = (struct event){ .type = EVENT_CABLE, .time = m->now };
        memcpy(e.u.cable, w->cable, sizeof(e.u.cable));
        h->backend.emit(h->backend.userdata, &e);
}
