/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * History: keeps every plug session, answers queries about them and passes statistics of earlier sessions to the model.
 *
 * The database is opened after the daemon has become ready, and written when the loop is idle: once for each change of state,
 * not at all in between. Everything that may wait for the disk runs in a short-lived thread, so a disk that does not respond
 * does not block clients.
 */

#include <json.h>
#include <systemd/sd-event.h>

#include "registry/registry.h"

struct history;

struct history_backend {
        const struct model *model;
        const struct registry *registry;
        /* Takes in an event as if a source had emitted it. */
        void (*emit)(void *userdata, const struct event *e);
        void *userdata;
        bool replay; /* earlier sessions come with the recording, and a missing file is no fault */
};

/* Takes ownership of `path`, the file; NULL: keep everything in memory. `boot` identifies this boot and must outlive the
 * object. Returns 0 or a negative errno. */
int history_new(sd_event *event, const struct history_backend *backend, char *path, const char *boot, struct history **ret);

/* Writes what is not yet written, if the disk responds within a few seconds. Pending queries get no answer. */
struct history *history_free(struct history *h);

/* To be called when the daemon is ready. Opens the database as soon as the loop is idle. */
void history_start(struct history *h);

/* To be called after each event. Schedules a write if something that is kept has changed. */
void history_look(struct history *h);

/* The same when the model is unchanged, but more of it was reported. */
void history_look_again(struct history *h);

/* A change of the registry. A finding is kept with the plug session during which it was raised. */
void history_tell(struct history *h, const struct change *change);

/* Selects sessions for the JSON of `history` (docs/api.md). */
struct history_filter {
        const char *headset, *port, *cable; /* NULL: any; the headset's id or a prefix of it, the port's id or key */
        uint64_t since, until;              /* µs since 1970, 0: any */
        int64_t before;                     /* only sessions older than this id; 0: any */
        uint32_t limit;                     /* 0: as many as fit into one answer */
        bool others, health;                /* include other devices; include how often sessions went well */
};

/* Called once, after the query was made. `o` is borrowed; NULL if there is no answer because the history is being freed.
 * `usec` is the time that the work took. */
typedef void history_answer(void *userdata, struct json_object *o, uint64_t usec);

/* Returns 0, -ENOMEM, or -EBUSY if too many queries are pending. On failure `answer` is not called. */
int history_ask(struct history *h, const struct history_filter *filter, history_answer *answer, void *userdata);

/* The same for the newest finished session of a headset (NULL: any headset), with the later failures of devices that were not
 * identified. */
int history_ask_last(struct history *h, const char *headset, history_answer *answer, void *userdata);

/* Sets the user's name for the cable in use; "" for none. The name is sanitized. */
void history_name_cable(struct history *h, const char *name);
