/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Follow: the state of the daemon as it changes, for verbs that keep running.
 *
 * A signal of the daemon only says that something has changed. The whole state is then requested and compared with the one
 * before, so a signal that is lost, duplicated or forged does no harm, and a burst of signals causes one request.
 */

#include <systemd/sd-bus.h>
#include <systemd/sd-event.h>

#include "client/client.h"
#include "common/clock.h"

struct bus_name;

enum follow_event {
        FOLLOW_DUE,     /* something has changed and is to be requested; after follow_signals() only */
        FOLLOW_CHANGED, /* the state has changed; after follow_state() only */
        FOLLOW_GONE,    /* the daemon has left the bus */
        FOLLOW_BACK,    /* the daemon is back on the bus; FOLLOW_DUE or FOLLOW_CHANGED follows */
};

typedef void follow_listener(void *userdata, enum follow_event event);

/* Options of follow_state(). */
enum follow_flags {
        FOLLOW_PORTS = 1 << 0,   /* the state contains all ports, in `ports` */
        FOLLOW_PATIENT = 1 << 1, /* wait for a daemon that does not run yet: `present` is false until FOLLOW_BACK */
};

struct follow {
        sd_event *event;
        sd_bus *bus;
        bool present;               /* the daemon is on the bus and its state is known */
        struct json_object *state;  /* the answer to GetStatus, strings safe to show; NULL: not known yet */
        struct json_object *before; /* during FOLLOW_CHANGED: the former state; NULL: none */

        /* Private. */
        enum follow_flags flags;
        bool asks, again;
        struct bus_name *name;
        sd_bus_slot *signals, *asking;
        sd_event_source *timer;
        uint64_t asked;              /* CLOCK_MONOTONIC in µs of the last request */
        struct json_object *arrived; /* a status whose ports have not arrived yet */
        follow_listener *listener;
        void *userdata;
};

/* Connects, creates an event loop with loop_new() and requests the state; the listener is not called for this first state.
 * Never starts the daemon. `timed_out` is the exit status after --timeout. Complains on failure; returns an exit status. */
int follow_state(struct follow *f, const struct options *o, enum follow_flags flags, int timed_out, follow_listener *listener,
                 void *userdata);

/* For callers that make their own request: the listener is called when it is to be repeated. `bus`, which must be attached to
 * `event`, and `event` are borrowed. Returns 0 or a negative errno. */
int follow_signals(struct follow *f, sd_bus *bus, sd_event *event, follow_listener *listener, void *userdata);

/* Prints a message that the daemon has left or is back; nothing for other events. */
void follow_tell(const struct options *o, enum follow_event event);

/* Runs the loop until it ends; returns its exit status. */
int follow_run(struct follow *f);

/* Frees everything. An object that is all zero is allowed. */
void follow_done(struct follow *f);

/* Creates an event loop that ends on SIGINT and SIGTERM, after `timeout_usec` (UINT64_MAX: never) with the status `timed_out`,
 * and with a failure if the terminal (SIGHUP) or the bus is lost. `bus` is borrowed and may be NULL. Returns 0 or a negative
 * errno. */
int loop_new(sd_bus *bus, uint64_t timeout_usec, int timed_out, sd_event **ret);

/* For verbs that print on stdout: ends the loop also when the reader of stdout is gone. */
int loop_end_with_output(sd_event *event);
