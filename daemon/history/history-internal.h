/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Declarations shared by the files of the history.
 *
 * The event loop decides what is to be done and fills in a `struct work`. A thread does the work and accesses nothing else. The
 * loop then takes the results from it.
 */

#include "daemon/history/history.h"
#include "daemon/history/store.h"
#include "daemon/history/worker.h"

/* Number of the newest sessions that are compared with those of an earlier run in the same boot. */
#define FOUND_MAX 256

/* Data about a plug session in addition to `struct session`, while the session lasts. */
struct kept {
        struct kept *next;
        uint32_t number;
        char headset[EVENT_NAME_MAX];
        char *path;                   /* as JSON; NULL: not known */
        struct json_object *findings; /* all that were raised, each in its last form */
        struct json_object *answers;  /* a person's answers; NULL: none */
        struct moment level_at;       /* time of the newest level that was kept */
        size_t n_levels;
        struct level_point levels[BATTERY_POINTS_MAX]; /* not yet written */
        bool changed;
};

/* Relates a session to its row in the store. */
struct kept_row {
        uint32_t number;   /* number of the session */
        uint32_t revision; /* revision of the session that the row contains */
        int64_t id;        /* 0: the row is being written */
};

/* One query of a client. */
struct history_question {
        struct history_question *next;
        struct query query;
        bool last, health;
        uint32_t room; /* maximum number of sessions in one answer */
        char cable[SESSION_CABLE_MAX];
        uint64_t now; /* CLOCK_MONOTONIC in µs; in a replay the time of the recording */
        size_t n_ports;
        struct port_name {
                char key[SESSION_PORT_MAX], id[ADDRESS_NAME_MAX];
        } * ports; /* the current ids of the ports */
        history_answer *answer;
        void *userdata;
};

/* One session to be written to the store. It owns its strings. */
struct item {
        struct row row;
        bool current; /* the session is not over; it is in the model */
};

enum work_kind {
        WORK_FIND,  /* opens the store and reads the newest sessions */
        WORK_LOAD,  /* writes sessions, closes those whose end was not seen, reads earlier sessions */
        WORK_WRITE, /* writes sessions */
        WORK_ASK,   /* answers a query */
        WORK_CLOSE, /* writes sessions and closes the store */
};

struct work {
        struct history *h; /* must not be used by the thread */
        enum work_kind kind;
        struct store *store; /* NULL: not opened yet, or out of memory */
        char *path;
        struct mark_key key;
        bool degraded;  /* the store cannot be written */
        bool made_file; /* the store made a new file */

        size_t n_items;
        struct item *items;
        bool has_cable; /* the cable's name is to be written; WORK_LOAD: otherwise it is read */
        char cable[SESSION_CABLE_MAX];

        size_t n_found; /* WORK_FIND */
        struct row *found;

        size_t n_current; /* WORK_LOAD: rows of sessions that are not over */
        int64_t *current;
        uint64_t now; /* µs since 1970 */
        struct statistics statistics;

        struct history_question *question; /* WORK_ASK */
        struct json_object *answer;
        uint64_t took; /* CPU time in µs */
};

struct history {
        struct history_backend backend;
        sd_event *event;
        sd_event_source *idle;     /* runs the next write */
        sd_event_source *patience; /* the disk has not responded for a long time */
        struct worker *worker;
        char *path;
        const char *boot;
        struct store *store; /* NULL until it is opened and while a thread uses it */
        struct kept *kept;
        bool kept_changed; /* something in `kept` may have changed since it was last looked through */
        size_t n_rows, n_allocated;
        struct kept_row *rows;              /* sorted by number */
        struct ended ended;                 /* not yet passed to the thread */
        struct history_question *questions; /* in the order of arrival */
        uint64_t since;                     /* start of this run, CLOCK_MONOTONIC in µs */
        bool loaded, waiting, due, ending;
        bool cable_changed;
        bool degraded, stalled, reported_degraded;
};

struct kept *kept_find(struct history *h, uint32_t number, bool make);
void kept_drop(struct history *h, uint32_t number);

/* Returns the row of the session, or NULL. The pointer is valid until the next call with `make`. */
struct kept_row *kept_row_find(struct history *h, uint32_t number, bool make);
void kept_row_drop(struct history *h, uint32_t number);

/* Fills in the row of a session. `p` is its port; NULL if the port now holds something else. */
void history_make_row(struct history *h, const struct session *s, const struct port *p, struct row *ret);

/* Returns whether the session contains something that is not kept yet. */
bool history_is_news(const struct history *h, const struct session *s);

/* Allocates a work. Returns NULL if out of memory. `with_news`: include everything that is not yet written. */
struct work *work_new(struct history *h, enum work_kind kind, bool with_news);
void work_free(struct work *w);

/* Runs in the thread (history-work.c, history-json.c). */
void work_run(void *userdata);
void work_answer(struct work *w);

/* Compares the rows that were found with the sessions of the model to see which are kept already. What an earlier run knew is
 * passed to the model. */
void history_recognise(struct history *h, const struct work *w);

/* Passes the statistics of earlier sessions to the model. */
void history_give_statistics(struct history *h, struct work *w);

/* Takes ownership of the query. Returns 0 or -EBUSY. */
int history_add_question(struct history *h, struct history_question *q);
struct history_question *question_free(struct history_question *q);
