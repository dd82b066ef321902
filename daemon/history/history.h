/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * History: every plug session kept, told again, and given to the model as past.
 *
 * The database is opened when the daemon has become ready, and written when nothing else is to do: once for each change of
 * state, not at all in between. Whatever waits for its disk does so in a thread that ends with it: a disk that stands still
 * keeps nobody from being served.
 */

#include <json.h>
#include <systemd/sd-event.h>

#include "registry/registry.h"

struct history;

struct history_backend {
        const struct model *model;
        const struct registry *registry;
        /* Takes an event in as if a source had told it. */
        void (*emit)(void *userdata, const struct event *e);
        void *userdata;
        bool replay; /* what is past comes with the recording, and nothing is missing without a file */
};

/* `path`: the file, taken over; NULL: memory alone. `boot` tells this boot from others; it must live on.
 * Returns 0 or a negative errno. */
int history_new(sd_event *event, const struct history_backend *backend, char *path, const char *boot, struct history **ret);

/* Writes what is not written yet, if the disk takes it within a few seconds. Who still waits for an answer gets none. */
struct history *history_free(struct history *h);

/* The daemon is ready: opens the database as soon as nothing else is to do. */
void history_start(struct history *h);

/* To be called after each event: something may have changed; what is worth keeping is kept soon. */
void history_look(struct history *h);

/* A change of the registry: findings belong to the plug session that they were raised in. */
void history_tell(struct history *h, const struct change *change);

/* Sessions as JSON of `history` (docs/api.md). NULL: out of memory. */
struct history_filter {
        const char *headset, *port, *cable; /* NULL: any; the headset's id or a start of it, the port's id or key */
        uint64_t since, until;              /* µs since 1970, 0: any */
        int64_t before;                     /* only older ones than this id; 0: any */
        uint32_t limit;                     /* 0: as many as one answer holds */
        bool others, health;                /* also other devices; also how often it went well */
};

/* Called once, later: `o` is borrowed; NULL: there is no answer, and the history ends. `usec`: how long the work took. */
typedef void history_answer(void *userdata, struct json_object *o, uint64_t usec);

/* Returns 0, -ENOMEM, or -EBUSY when too many wait already; then `answer` is not called. */
int history_ask(struct history *h, const struct history_filter *filter, history_answer *answer, void *userdata);

/* The same for the newest session that is over of a headset (NULL: any), and what failed after it without telling who it is. */
int history_ask_last(struct history *h, const char *headset, history_answer *answer, void *userdata);

/* The user names the cable in use; "" for none. The name is made safe. */
void history_name_cable(struct history *h, const char *name);
