/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * What the files of the history share among themselves.
 *
 * The loop decides what is to be done and fills a `struct work`; a thread does it and has nothing but that; the loop takes
 * the results out of it.
 */

#include "daemon/history/history.h"
#include "daemon/history/store.h"
#include "daemon/history/worker.h"

/* So many of the newest sessions are compared with those of an earlier run of the same boot. */
#define FOUND_MAX 256

/* What is known of a plug session beside the session itself, while it lasts. */
struct kept {
        struct kept *next;
        uint32_t number;
        char headset[EVENT_NAME_MAX];
        struct json_object *path, *findings; /* findings: all that were raised, as they were last */
        struct json_object *answers;         /* what a person said; NULL: nothing */
        struct moment level_at;              /* newest level that was taken */
        size_t n_levels;
        struct level_point levels[BATTERY_POINTS_MAX]; /* not written yet */
        bool changed;
};

/* The row of a session in the store. */
struct kept_row {
        uint32_t number;   /* of the session */
        uint32_t revision; /* that is in the row */
        int64_t id;        /* 0: it is on its way */
};

/* One question of a client. */
struct question {
        struct question *next;
        struct query query;
        bool last, health;
        uint32_t room; /* sessions in one answer */
        char cable[SESSION_CABLE_MAX];
        uint64_t now; /* CLOCK_MONOTONIC, µs; in a replay the recording's */
        size_t n_ports;
        struct port_name {
                char key[SESSION_PORT_MAX], id[ADDRESS_NAME_MAX];
        } * ports; /* what the ports are called today */
        history_answer *answer;
        void *userdata;
};

/* One session on its way into the store; its texts are its own. */
struct item {
        struct row row;
        bool current; /* it is not past: the model has it */
};

enum work_kind {
        WORK_FIND,  /* opens the store and reads the newest sessions */
        WORK_LOAD,  /* puts sessions, closes those that nobody saw the end of, reads what is past */
        WORK_WRITE, /* puts sessions */
        WORK_ASK,   /* answers a question */
        WORK_CLOSE, /* puts sessions and closes the store */
};

struct work {
        struct history *h; /* not for the thread */
        enum work_kind kind;
        struct store *store; /* NULL: not opened yet, or out of memory */
        char *path;
        struct mark_key key;
        bool degraded; /* the store cannot be written */

        size_t n_items;
        struct item *items;
        bool has_cable; /* to be written; WORK_LOAD: else it is read */
        char cable[SESSION_CABLE_MAX];

        size_t n_found; /* WORK_FIND */
        struct row *found;

        size_t n_current; /* WORK_LOAD: rows of sessions that are not past */
        int64_t *current;
        uint64_t now; /* µs since 1970 */
        struct statistics statistics;

        struct question *question; /* WORK_ASK */
        struct json_object *answer;
        uint64_t took; /* µs of the processor's time */
};

struct history {
        struct history_backend backend;
        sd_event *event;
        sd_event_source *idle;     /* the next write */
        sd_event_source *patience; /* the disk has been silent for long */
        struct worker *worker;
        char *path;
        const char *boot;
        struct store *store; /* NULL until it is opened, and while a thread has it */
        struct kept *kept;
        size_t n_rows, n_allocated;
        struct kept_row *rows;      /* sorted by number */
        struct ended ended;         /* not taken by the writer yet */
        struct question *questions; /* first come, first served */
        uint64_t since;             /* when this run began, CLOCK_MONOTONIC in µs */
        bool loaded, waiting, due, ending;
        bool cable_changed;
        bool degraded, stalled, reported_degraded;
};

struct kept *kept_find(struct history *h, uint32_t number, bool make);
void kept_drop(struct history *h, uint32_t number);

/* The row of the session, or NULL. Returned pointers hold until the next call with `make`. */
struct kept_row *kept_row_find(struct history *h, uint32_t number, bool make);
void kept_row_drop(struct history *h, uint32_t number);

/* Fills the row of a session. `p`: where, NULL when something else is there by now. */
void history_make_row(struct history *h, const struct session *s, const struct port *p, struct row *ret);

/* Is there something of it that is not kept yet? */
bool history_is_news(const struct history *h, const struct session *s);

/* Makes the work; NULL: out of memory. `with_news`: with everything that is not written yet. */
struct work *work_new(struct history *h, enum work_kind kind, bool with_news);
void work_free(struct work *w);

/* In the thread (history-work.c, history-json.c). */
void work_run(void *userdata);
void work_answer(struct work *w);

/* What was found is compared with what the model has: is it kept already? The model is told what an earlier run knew. */
void history_recognise(struct history *h, const struct work *w);

/* The model gets what is past. */
void history_give_statistics(struct history *h, struct work *w);

/* Takes the question over. Returns 0 or -EBUSY. */
int history_add_question(struct history *h, struct question *q);
struct question *question_free(struct question *q);
