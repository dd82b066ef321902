/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Watch: the daemon's objects as they change, for verbs that stay.
 */

#include <systemd/sd-bus.h>
#include <systemd/sd-event.h>

#include "client/client.h"
#include "common/bus-name.h"

struct watch_object {
        char *path;
        bool is_headset;                /* else a port */
        bool is_host;                   /* the computer and its controllers: no id, and findings only */
        struct json_object *properties; /* with the names of docs/api.md */
        uint64_t since;                 /* CLOCK_MONOTONIC µs: came, or its verdict changed, or the daemon came back */
        bool marked;                    /* used while taking over a new state */
};

enum watch_kind {
        WATCH_ADDED,   /* data: all properties */
        WATCH_CHANGED, /* data: what changed (findings apart), old: what it was before */
        WATCH_REMOVED,
        WATCH_FINDING, /* data: the finding */
        WATCH_CLEARED,
        WATCH_REWORDED, /* its findings say more, or are more or less severe, than before */
        WATCH_GONE,     /* the daemon went; no object */
        WATCH_BACK,     /* it is back, its changes follow; no object */
        WATCH_SYNCED,   /* these changes are told; no object */
};

struct watch_event {
        enum watch_kind kind;
        const struct watch_object *object;
        struct json_object *data, *old; /* borrowed */
};

/* Called after the object was brought up to date. */
typedef void watch_listener(void *userdata, const struct watch_event *e);

struct watch {
        sd_event *event;
        sd_bus *bus;
        struct bus_name *daemon;
        size_t n;
        struct watch_object *objects;
        struct watch_object host;
        bool present; /* the daemon is there */
        watch_listener *listener;
        void *userdata;
};

/* Connects, takes over what is there (of which the listener hears nothing) and follows it. Never starts the daemon.
 * The event loop also ends at SIGINT and SIGTERM, with STATUS_OK, and after --timeout with the status `timed_out`.
 * Complains on failure; returns an exit status. */
int watch_start(struct watch *w, const struct options *o, int timed_out, watch_listener *listener, void *userdata);

/* The same, but also waits for a daemon that is not there yet: then `present` is false and WATCH_BACK comes when it is. */
int watch_start_patiently(struct watch *w, const struct options *o, int timed_out, watch_listener *listener, void *userdata);

/* Runs until something ends the loop; returns the exit status that it was ended with. */
int watch_run(struct watch *w);
void watch_done(struct watch *w);

/* An event loop that ends at SIGINT and SIGTERM, after `timeout_usec` (UINT64_MAX: never) with the status `timed_out`, and
 * with a failure when the terminal (SIGHUP) or the bus goes. `bus` may be NULL; takes no ownership of it. Returns 0 or a negative
 * errno. */
int loop_new(sd_bus *bus, uint64_t timeout_usec, int timed_out, sd_event **ret);

/* For verbs whose result goes to stdout: the loop also ends when nobody reads it any more. */
int loop_end_with_output(sd_event *event);

uint64_t now_usec(clockid_t clock);

static inline void watch_donep(struct watch *w) {
        watch_done(w);
}
