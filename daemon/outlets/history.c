/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* When things are written, and what belongs to a session. */

#include "history.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "charging.h"
#include "finding-json.h"
#include "headset-json.h"
#include "history-internal.h"
#include "log.h"
#include "path-json.h"
#include "text.h"

/* What comes together is written together, and what has to be told is told first: writing waits for the disk. */
#define SOON_USEC (200 * SECOND / 1000)
/* A session that gathers more than this gathers nonsense. */
#define FINDINGS_MAX 24

/* After this long without an answer the disk is said to stand still. */
#define PATIENCE_USEC (10 * SECOND)
/* How long the daemon's end waits for the disk. */
#define ENDING_USEC (5 * SECOND)
#define QUESTIONS_MAX 64

static void next(struct history *h);

static int on_idle(sd_event_source *source, uint64_t usec, void *userdata) {
        struct history *h = userdata;

        (void) source;
        (void) usec;
        h->waiting = false;
        h->due = true;
        next(h);
        return 0;
}

static void tell_degraded(struct history *h) {
        bool degraded = !h->backend.replay && (!h->path || h->degraded || h->stalled);
        struct event e = { .type = EVENT_SOURCE, .u.source = { .source = SOURCE_HISTORY, .degraded = degraded } };

        if (degraded == h->told_degraded)
                return;
        h->told_degraded = degraded;
        e.time = h->backend.model->now;
        h->backend.emit(h->backend.userdata, &e);
}

static int on_patience(sd_event_source *source, uint64_t usec, void *userdata) {
        struct history *h = userdata;

        (void) source;
        (void) usec;
        log_warning("The disk of the history %s does not answer; until it does, plug sessions are remembered in memory only.",
                    h->path ? h->path : "");
        h->stalled = true;
        tell_degraded(h);
        return 0;
}

static int add_timer(struct history *h, sd_event_source **ret, sd_event_time_handler_t handler, int64_t priority) {
        int r = sd_event_add_time(h->event, ret, CLOCK_MONOTONIC, 0, 0, handler, h);

        if (r >= 0)
                r = sd_event_source_set_priority(*ret, priority);
        return r < 0 ? r : sd_event_source_set_enabled(*ret, SD_EVENT_OFF);
}

int history_new(sd_event *event, const struct history_backend *backend, char *path, const char *boot, struct history **ret) {
        struct history *h = calloc(1, sizeof(*h));

        if (!h) {
                free(path);
                return -ENOMEM;
        }
        *h = (struct history){ .backend = *backend, .event = event, .path = path, .boot = boot, .loaded = backend->replay };
        int r = sd_event_now(event, CLOCK_MONOTONIC, &h->since);
        if (r >= 0)
                r = worker_new(event, &h->worker);
        if (r >= 0)
                r = add_timer(h, &h->idle, on_idle, SD_EVENT_PRIORITY_IDLE);
        if (r >= 0)
                r = add_timer(h, &h->patience, on_patience, SD_EVENT_PRIORITY_NORMAL);
        if (r < 0) {
                history_free(h);
                return r;
        }
        *ret = h;
        return 0;
}

static void answer(struct question *q, struct json_object *o, uint64_t usec) {
        q->answer(q->userdata, o, usec);
        question_free(q);
}

void history_start(struct history *h) {
        (void) sd_event_source_set_time(h->idle, 0);
        (void) sd_event_source_set_enabled(h->idle, SD_EVENT_ONESHOT);
}

static void soon(struct history *h) {
        if (h->waiting || h->due || sd_event_source_set_time_relative(h->idle, SOON_USEC) < 0)
                return;
        h->waiting = sd_event_source_set_enabled(h->idle, SD_EVENT_ONESHOT) >= 0;
}

struct kept *kept_find(struct history *h, uint32_t number, bool make) {
        struct kept *k = h->kept;

        while (k && k->number != number)
                k = k->next;
        if (k || !make || number == 0)
                return k;
        k = calloc(1, sizeof(*k));
        if (!k)
                return NULL;
        *k = (struct kept){ .next = h->kept, .number = number };
        h->kept = k;
        return k;
}

void kept_drop(struct history *h, uint32_t number) {
        struct kept **p = &h->kept, *gone;

        while (*p && (*p)->number != number)
                p = &(*p)->next;
        if (!*p)
                return;
        gone = *p;
        *p = gone->next;
        json_object_put(gone->path);
        json_object_put(gone->findings);
        json_object_put(gone->answers);
        free(gone);
}

static bool has_news(const struct history *h) {
        const struct model *m = h->backend.model;
        const struct session *s;

        if (m->ended.n > 0 || h->cable_changed)
                return true;
        for (size_t i = 0; (s = model_session(m, i)); i++)
                if (history_is_news(h, s))
                        return true;
        return false;
}

void history_look(struct history *h) {
        if (h->loaded && has_news(h))
                soon(h);
}

static bool same_finding(struct json_object *a, const struct finding *f) {
        struct json_object *code, *subject;

        return json_object_object_get_ex(a, "code", &code) && json_object_object_get_ex(a, "subject", &subject) &&
               strcmp(json_object_get_string(code), finding_code_name(f->code)) == 0 &&
               strcmp(json_object_get_string(subject), f->subject) == 0;
}

/* The newest form of each; a finding that has gone stays in the session's story. */
static void keep_finding(struct kept *k, const struct finding *f) {
        size_t n, i = 0;

        if (!k->findings)
                k->findings = json_object_new_array();
        n = json_object_array_length(k->findings);
        while (i < n && !same_finding(json_object_array_get_idx(k->findings, i), f))
                i++;
        if (i == FINDINGS_MAX)
                return;
        json_object_array_put_idx(k->findings, i, finding_to_json(f));
}

static void keep_findings(struct kept *k, const struct findings *list) {
        for (size_t i = 0; i < list->n; i++)
                keep_finding(k, &list->items[i]);
}

/* The connector whose partner this headset is: by its own word, or as it probably is. */
static const struct typec_port *connector_of(const struct model *m, const struct object *o) {
        for (size_t i = 0; i < m->n_typec && !o->typec; i++)
                if (o->headset && typec_probable_headset(m, m->typec[i]) == o->headset)
                        return m->typec[i];
        return o->typec;
}

/* The plug session that is told of; NULL: none. */
static const struct session *session_of(const struct model *m, const struct object *o) {
        const struct typec_port *t;

        if (o->kind != OBJECT_HEADSET && (o->kind != OBJECT_PORT || !o->unidentified))
                return NULL;
        if (o->port)
                return &o->port->session;
        t = connector_of(m, o);
        return t ? &t->session : NULL;
}

/* From the plug on, and the last level before it: from there it rises. */
static void keep_levels(const struct history *h, struct kept *k, const struct headset *own, struct moment start) {
        const struct headset_past *past = &own->past;

        for (size_t i = 0; i < past->n_points; i++) {
                const struct battery_point *p = &past->points[i];
                bool is_last_before = i + 1 == past->n_points || past->points[i + 1].when.at > start.at;

                if (p->when.at <= k->level_at.at || (p->when.at < start.at && !is_last_before))
                        continue;
                if (k->n_levels == BATTERY_POINTS_MAX)
                        memmove(k->levels, k->levels + 1, --k->n_levels * sizeof(k->levels[0]));
                k->levels[k->n_levels++] = (struct level_point){
                        .at = moment_wall(h->backend.model, p->when),
                        .level = p->percent,
                        .charging = charging_name(p->charging),
                        .source = battery_source_name(own->facts.battery),
                };
                k->level_at = p->when;
                k->changed = true;
        }
}

static void keep_answers(struct kept *k, const struct told *t) {
        struct json_object *now = answers_to_json(t->answers);

        k->changed |= !k->answers || !json_object_equal(k->answers, now);
        json_object_put(k->answers);
        k->answers = now;
}

void history_tell(struct history *h, const struct change *c) {
        const struct object *o = c->object;
        const struct session *s = session_of(h->backend.model, o);
        struct kept *k;

        if (!s || (c->kind != CHANGE_ADDED && c->kind != CHANGE_UPDATED && c->kind != CHANGE_RAISED))
                return;
        k = kept_find(h, s->number, true);
        if (!k)
                return;
        k->changed |= c->kind == CHANGE_RAISED;
        keep_findings(k, &o->diagnosis.findings);
        if (o->kind != OBJECT_HEADSET)
                return;
        snprintf(k->headset, sizeof(k->headset), "%s", o->id);
        if (!k->path && o->port)
                k->path = path_to_json(h->backend.model, o->port);
        if (o->headset)
                keep_levels(h, k, o->headset, s->start);
        if (o->told)
                keep_answers(k, o->told);
}

/* An id says what this is, as long as the same kind of thing is there. */
static void write_place(const struct port *p, struct row *row) {
        char name[ADDRESS_NAME_MAX];

        snprintf(row->port, sizeof(row->port), "%s", address_port_id(&p->address, name));
        if (p->facts.location[0])
                snprintf(row->place, sizeof(row->place), "%s", p->facts.location);
        else
                snprintf(row->place, sizeof(row->place), "%s", address_device_name(&p->address, name));
}

static void write_connector(const struct model *m, const struct session *s, struct row *row) {
        const char *name = s->port + strlen("typec-");

        snprintf(row->port, sizeof(row->port), "typec_%.16s", name);
        snprintf(row->place, sizeof(row->place), "%.16s", name);
        for (size_t i = 0; i < m->n_typec; i++)
                if (s == &m->typec[i]->session && m->typec[i]->usb && m->typec[i]->usb->facts.location[0])
                        snprintf(row->place, sizeof(row->place), "%s", m->typec[i]->usb->facts.location);
}

/* The headset that the partner probably is: nothing is told of it when the session begins, seconds after the plug. */
static const char *probable_id(const struct history *h, const struct session *s) {
        const struct registry *r = h->backend.registry;
        const struct model *m = h->backend.model;
        const struct headset *probable = NULL;

        for (size_t i = 0; i < m->n_typec; i++)
                if (s == &m->typec[i]->session && s->ended == SESSION_OPEN)
                        probable = typec_probable_headset(m, m->typec[i]);
        for (size_t i = 0; probable && i < r->n; i++)
                if (r->objects[i]->kind == OBJECT_HEADSET && r->objects[i]->headset == probable)
                        return r->objects[i]->id;
        return NULL;
}

void history_make_row(struct history *h, const struct session *s, const struct port *p, struct row *ret) {
        const struct model *m = h->backend.model;
        const char *probable = s->partner ? probable_id(h, s) : NULL;
        struct kept *k = kept_find(h, s->number, probable != NULL);
        bool open = s->ended == SESSION_OPEN;

        *ret = (struct row){ .id = s->row, .s = *s };
        ret->start = moment_wall(m, s->start);
        ret->end = open ? 0 : moment_wall(m, s->end);
        ret->seen = open ? m->now.wall : ret->end;
        ret->started = s->start.at;
        ret->lasted = session_length(s, m->now);
        if (open)
                ret->s.end = m->now;
        snprintf(ret->boot, sizeof(ret->boot), "%s", h->boot);
        if (s->partner)
                write_connector(m, s, ret);
        else if (p)
                write_place(p, ret);
        if (!k)
                return;
        if (probable && k->headset[0] == '\0')
                snprintf(k->headset, sizeof(k->headset), "%s", probable);
        memcpy(ret->headset, k->headset, sizeof(ret->headset));
        ret->path = k->path ? json_object_to_json_string_ext(k->path, JSON_C_TO_STRING_PLAIN) : NULL;
        ret->n_levels = k->n_levels;
        ret->levels = k->levels;
        ret->answers = k->answers ? json_object_to_json_string_ext(k->answers, JSON_C_TO_STRING_PLAIN) : NULL;
        ret->findings = k->findings ? json_object_to_json_string_ext(k->findings, JSON_C_TO_STRING_PLAIN) : NULL;
}

/* The rows that were given: later changes of the session go there. */
static void take_rows(struct history *h, const struct work *w) {
        const struct model *m = h->backend.model;
        struct session *s;

        for (size_t k = 0; k < w->n_items; k++) {
                const struct row *row = &w->items[k].row;

                for (size_t i = 0; (s = model_session(m, i)); i++)
                        if (s->number == row->s.number)
                                s->row = row->id;
                for (size_t i = 0; i < m->ended.n; i++)
                        if (m->ended.sessions[i].number == row->s.number)
                                m->ended.sessions[i].row = row->id;
        }
}

static void on_work_done(void *userdata);

static void start(struct history *h, struct work *w) {
        if (!w)
                return;
        w->store = h->store;
        h->store = NULL;
        if (!h->backend.replay && sd_event_source_set_time_relative(h->patience, PATIENCE_USEC) >= 0)
                (void) sd_event_source_set_enabled(h->patience, SD_EVENT_ONESHOT);
        (void) worker_start(h->worker, work_run, on_work_done, w);
}

/* One after the other: what earlier runs left, what is new, and then the questions. */
static void next(struct history *h) {
        struct work *w;

        if (worker_is_busy(h->worker) || h->ending || (!h->due && !h->questions))
                return;
        if (!h->loaded)
                start(h, work_new(h, WORK_FIND, false));
        else if (has_news(h))
                start(h, work_new(h, WORK_WRITE, true));
        else if (h->questions && (w = work_new(h, WORK_ASK, false))) {
                w->question = h->questions;
                h->questions = w->question->next;
                start(h, w);
        }
        h->due = false;
}

static void take_results(struct history *h, struct work *w) {
        take_rows(h, w);
        switch (w->kind) {
        case WORK_FIND:
                history_recognise(h, w);
                if (!h->ending)
                        start(h, work_new(h, WORK_LOAD, true));
                break;
        case WORK_LOAD:
                h->loaded = true;
                history_give_past(h, w);
                break;
        case WORK_ASK:
                answer(w->question, h->ending ? NULL : w->answer, w->took);
                w->question = NULL;
                break;
        default:
                break;
        }
}

static void on_work_done(void *userdata) {
        struct work *w = userdata;
        struct history *h = w->h;

        (void) sd_event_source_set_enabled(h->patience, SD_EVENT_OFF);
        if (h->stalled)
                log_notice("The disk of the history answers again.");
        h->store = w->store;
        h->stalled = false;
        h->degraded = w->degraded;
        take_results(h, w);
        work_free(w);
        if (h->ending)
                return;
        tell_degraded(h);
        next(h);
        if (h->loaded && has_news(h))
                soon(h);
}

/* What is not written yet is written, and the file closed. */
static int finish(struct history *h) {
        int r = worker_wait(h->worker, ENDING_USEC);

        if (r >= 0 && (h->store || (h->loaded && !h->backend.replay && has_news(h)))) {
                start(h, work_new(h, WORK_CLOSE, h->loaded));
                r = worker_wait(h->worker, ENDING_USEC);
        }
        return r;
}

struct history *history_free(struct history *h) {
        if (!h)
                return NULL;
        h->ending = true;
        if (h->worker && finish(h) < 0)
                log_warning("The disk of the history does not answer, the newest plug sessions are not kept.");
        while (h->questions) {
                struct question *q = h->questions;

                h->questions = q->next;
                answer(q, NULL, 0);
        }
        while (h->kept)
                kept_drop(h, h->kept->number);
        sd_event_source_disable_unref(h->idle);
        sd_event_source_disable_unref(h->patience);
        h->worker = worker_free(h->worker);
        free(h->path);
        free(h);
        return NULL;
}

int history_add_question(struct history *h, struct question *q) {
        struct question **end = &h->questions;
        size_t n = 0;

        for (; *end; end = &(*end)->next)
                n++;
        if (n >= QUESTIONS_MAX) {
                question_free(q);
                return -EBUSY;
        }
        *end = q;
        next(h);
        return 0;
}

void history_name_cable(struct history *h, const char *name) {
        struct event e = { .type = EVENT_CABLE, .time = h->backend.model->now };

        text_make_safe(e.u.cable, sizeof(e.u.cable), name, strlen(name));
        h->cable_changed = true;
        h->backend.emit(h->backend.userdata, &e);
}
