/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * What the files of the history share among themselves.
 */

#include "history.h"
#include "store.h"

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

struct history {
        struct history_backend backend;
        sd_event *event;
        sd_event_source *idle;
        char *path;
        const char *boot;
        struct store *store; /* NULL until it is opened */
        struct kept *kept;
        bool loaded, waiting, told_degraded;
};

/* Opens the database if that has not been done. Returns NULL when memory is out. */
struct store *history_store(struct history *h);

struct kept *kept_find(struct history *h, uint32_t number, bool make);
void kept_drop(struct history *h, uint32_t number);

/* Reads what is past and gives it to the model; sessions that a crash left open are closed or go on. */
void history_load(struct history *h);

/* Before an answer: everything that is known is in the store. */
void history_catch_up(struct history *h);

/* Writes what has changed. */
void history_write(struct history *h);

/* Fills the row of a session. `p`: where, NULL when something else is there by now. */
void history_make_row(struct history *h, const struct session *s, const struct port *p, struct row *ret);

struct json_object *row_to_json(const struct history *h, const struct row *row);
