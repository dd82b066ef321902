/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Follow: what the daemon knows, as it changes, for verbs that stay.
 *
 * A signal of the daemon only says that something has changed. The whole state is then asked for and compared with the one
 * before, so a signal that is lost, comes twice or is forged does no harm, and a burst of signals costs one question.
 */

#include <systemd/sd-bus.h>
#include <systemd/sd-event.h>

#include "client/client.h"
#include "common/clock.h"

struct bus_name;

enum follow_event {
        FOLLOW_DUE,     /* something has changed and is to be asked for; after follow_signals() only */
        FOLLOW_CHANGED, /* there is another state; after follow_state() only */
        FOLLOW_GONE,    /* the daemon went away */
        FOLLOW_BACK,    /* the daemon is there again; FOLLOW_DUE or FOLLOW_CHANGED follows */
};

typedef void follow_listener(void *userdata, enum follow_event event);

/* What follow_state() does beside its usual work. */
enum follow_flags {
        FOLLOW_PORTS = 1 << 0,   /* the state has all ports, in `ports` */
        FOLLOW_PATIENT = 1 << 1, /* a daemon that is not there yet is waited for: `present` is false until FOLLOW_BACK */
};

struct follow {
        sd_event *event;
        sd_bus *bus;
        bool present;               /* the daemon is there and its state is known */
        struct json_object *state;  /* the answer to GetStatus, texts safe to show; NULL: not known yet */
        struct json_object *before; /* during FOLLOW_CHANGED: the state before that; NULL: none */

        /* Private. */
        enum follow_flags flags;
        bool asks, again;
        struct bus_name *name;
        sd_bus_slot *signals, *asking;
        sd_event_source *timer;
        uint64_t asked;              /* CLOCK_MONOTONIC µs of the last question */
        struct json_object *arrived; /* a status whose ports are still awaited */
        follow_listener *listener;
        void *userdata;
};

/* Connects, runs an event loop as of loop_new() and asks for the state, of which the listener hears nothing. Never starts the
 * daemon. `timed_out` is the exit status after --timeout. Complains on failure; returns an exit status. */
int follow_state(struct follow *f, const struct options *o, enum follow_flags flags, int timed_out, follow_listener *listener,
                 void *userdata);

/* For a question of one's own: tells on an attached connection when it is to be asked again. `bus` and `event` are borrowed.
 * Returns 0 or a negative errno. */
int follow_signals(struct follow *f, sd_bus *bus, sd_event *event, follow_listener *listener, void *userdata);

/* Says that the daemon went away, or that it is back; nothing for other events. */
void follow_tell(const struct options *o, enum follow_event event);

/* Runs until something ends the loop; returns the exit status that it was ended with. */
int follow_run(struct follow *f);

/* Also of one that was never started, if it is all zero. */
void follow_done(struct follow *f);

/* An event loop that ends at SIGINT and SIGTERM, after `timeout_usec` (UINT64_MAX: never) with the status `timed_out`, and
 * with a failure when the terminal (SIGHUP) or the bus goes. `bus` may be NULL; takes no ownership of it. Returns 0 or a negative
 * errno. */
int loop_new(sd_bus *bus, uint64_t timeout_usec, int timed_out, sd_event **ret);

/* For verbs whose result goes to stdout: the loop also ends when nobody reads it any more. */
int loop_end_with_output(sd_event *event);
