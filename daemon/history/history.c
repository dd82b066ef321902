/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Schedules writes and answers. */

#include "daemon/history/history.h"

#include <errno.h>
#include <malloc.h>
#include <stdlib.h>
#include <string.h>

#include "daemon/history/history-internal.h"
#include "common/log.h"
#include "common/text.h"

/* Changes that come together are written together, after they were reported, because writing waits for the disk. */
#define SOON_USEC (200 * SECOND / 1000)

/* If the disk does not respond for this long, this is reported. */
#define PATIENCE_USEC (10 * SECOND)
/* A report that is left out because it is too soon is tried again after this time. */
#define REMIND_USEC (10 * MINUTE)
/* Maximum time that the daemon waits for the disk when it stops. */
#define ENDING_USEC (5 * SECOND)
#define QUESTIONS_MAX 64

static void next(struct history *h);

static int on_idle(sd_event_source *source, uint64_t usec, void *userdata) {
        struct history *h = userdata;

        h->waiting = false;
        h->due = true;
        next(h);
        return 0;
}

static void tell_degraded(struct history *h) {
        bool degraded = !h->backend.replay && (!h->path || h->degraded || h->stalled);
        struct event e = { .type = EVENT_SOURCE, .u.source = { .source = SOURCE_HISTORY, .degraded = degraded } };

        if (degraded == h->reported_degraded)
                return;
        h->reported_degraded = degraded;
        e.time = h->backend.model->now;
        h->backend.emit(h->backend.userdata, &e);
}

static int on_patience(sd_event_source *source, uint64_t usec, void *userdata) {
        struct history *h = userdata;

        /* What was said last must not be the contrary: if this comes too soon after the last time, it is said later. */
        if (!log_warning_hourly(
                    "The disk of the history %s does not answer; until it does, plug sessions are remembered in memory only.",
                    h->path ? h->path : "") &&
            sd_event_source_set_time_relative(source, REMIND_USEC) >= 0)
                (void) sd_event_source_set_enabled(source, SD_EVENT_ONESHOT);
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

static void answer(struct history_question *q, struct json_object *o, uint64_t usec) {
        q->answer(q->userdata, o, usec);
        question_free(q);
}

void history_start(struct history *h) {
        (void) sd_event_source_set_time(h->idle, 0);
        (void) sd_event_source_set_enabled(h->idle, SD_EVENT_ONESHOT);
}

/* Maximum number of sessions of a recording that are stored together. */
#define REPLAYED_MAX 64

static void soon(struct history *h) {
        if (h->waiting || h->due || sd_event_source_set_time_relative(h->idle, SOON_USEC) < 0)
                return;
        h->waiting = sd_event_source_set_enabled(h->idle, SD_EVENT_ONESHOT) >= 0;
}

static bool has_news(struct history *h) {
        const struct model *m = h->backend.model;
        const struct session *s;

        if (h->ended.n > 0 || h->cable_changed)
                return true;
        for (size_t i = 0; (s = model_session(m, i)); i++)
                if (history_is_news(h, s))
                        return true;
        h->kept_changed = false;
        return false;
}

/* Takes the ids of the rows that were written, so that later changes of a session update its row. */
static void take_rows(struct history *h, const struct work *w) {
        for (size_t i = 0; i < w->n_items; i++) {
                struct kept_row *row = kept_row_find(h, w->items[i].row.s.number, false);

                if (row)
                        row->id = w->items[i].row.id;
        }
}

/* A new file was made: sessions that still last have to be written into it, as their rows are in the old file. */
static void write_again(struct history *h) {
        for (size_t i = 0; i < h->n_rows; i++)
                h->rows[i].revision = 0;
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

/* Starts the next work: first load what earlier runs kept, then write what is new, then answer queries. */
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
        if (w->made_file)
                write_again(h);
        switch (w->kind) {
        case WORK_FIND:
                history_recognise(h, w);
                start(h, work_new(h, WORK_LOAD, true));
                break;
        case WORK_LOAD:
                h->loaded = true;
                if (!h->ending)
                        history_give_statistics(h, w);
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
                log_notice_hourly("The disk of the history answers again.");
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
        (void) malloc_trim(0);
}

/* A recording is replayed before the loop runs, so its sessions have to be stored meanwhile. */
static void keep_replayed(struct history *h) {
        if (worker_is_busy(h->worker))
                return;
        start(h, work_new(h, WORK_WRITE, true));
        (void) worker_wait(h->worker, ENDING_USEC);
}

void history_look(struct history *h) {
        const struct ended *ended = &h->backend.model->ended;

        for (size_t i = 0; i < ended->n; i++)
                ended_add(&h->ended, &ended->sessions[i]);
        if (h->backend.replay && h->ended.n >= REPLAYED_MAX)
                keep_replayed(h);
        else
                history_look_again(h);
}

void history_look_again(struct history *h) {
        if (h->loaded && has_news(h))
                soon(h);
}

/* Writes what is not written yet and closes the file. */
static int finish(struct history *h) {
        int r = worker_wait(h->worker, ENDING_USEC);

        /* What is in the file is found first and then loaded. Nothing can be written before. */
        if (r >= 0 && !h->loaded)
                r = worker_wait(h->worker, ENDING_USEC);
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
                struct history_question *q = h->questions;

                h->questions = q->next;
                answer(q, NULL, 0);
        }
        while (h->kept)
                kept_drop(h, h->kept->number);
        free(h->rows);
        ended_clear(&h->ended);
        sd_event_source_disable_unref(h->idle);
        sd_event_source_disable_unref(h->patience);
        h->worker = worker_free(h->worker);
        free(h->path);
        free(h);
        return NULL;
}

int history_add_question(struct history *h, struct history_question *q) {
        struct history_question **end = &h->questions;
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
