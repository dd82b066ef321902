/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * The daemon's state, and what its files offer each other:
 *
 *   daemon.c     starts and ends everything
 *   events.c     takes events from the sources and applies them to the model
 *   outlets.c    shows what they changed: D-Bus, journal and history
 *   requests.c   does what clients ask for
 */

#include <systemd/sd-event.h>

#include "daemon/bus/bus.h"
#include "daemon/config.h"
#include "daemon/daemon.h"
#include "daemon/history/history.h"
#include "daemon/journal/journal.h"
#include "daemon/recorder/recorder.h"
#include "daemon/runtime/runtime-state.h"
#include "daemon/sources.h"
#include "daemon/sources/kmsg.h"
#include "daemon/sources/udev.h"
#include "daemon/sources/usb.h"
#include "daemon/supervisor.h"
#include "registry/registry.h"

struct daemon {
        const struct daemon_options *options;
        struct config config;
        sd_event *event;
        sd_event_source *deadline;
        sd_event_source *show; /* armed while changes are gathered */
        uint64_t show_at;      /* CLOCK_MONOTONIC µs: changes are shown from then on */
        uint64_t all_shown_at; /* the time of the model when all objects were made again */
        uint64_t revision;     /* that of the registry when the Manager and the supervisor were told */
        struct model *model;
        struct registry registry;
        struct runtime_state runtime_state;
        struct journal journal;
        struct recorder recorder;
        struct supervisor supervisor;
        struct history *history;
        struct bus *bus;
        struct udev_source *udev;
        struct usb_source *usb;
        struct kmsg_source *kmsg;
        struct sources sources;
        bool arrived;  /* a device arrived and is not shown yet */
        bool settled;  /* from now on changes are signalled one by one */
        bool taken_in; /* everything that was present at start, or a whole recording, was taken in */
};

/* --- events.c --- */

/* Applies everything that is present, or a whole recording, and starts the sources. */
int events_start(struct daemon *d);

/* Applies an event of a source (source_emit). A sleep that was not reported yet is applied before it. */
void events_take(void *userdata, const struct event *e);

/* Applies an event without that look at the clocks. */
void events_apply(struct daemon *d, const struct event *e);

/* Applies the configuration of reading headsets to the source. */
void events_set_reading(struct daemon *d);

/* Saves what a restart has to know. `always`: also when nothing has changed. */
void events_save_state(struct daemon *d, bool always);

/* --- outlets.c --- */

/* Connects the registry to the outlets. */
void outlets_init(struct daemon *d, const struct mark_key *key);

/* Shows everything for the first time. */
void outlets_settle(struct daemon *d);

/* To be called before an event is applied: arrivals that were gathered are shown before anything leaves. */
void outlets_before(struct daemon *d, const struct event *e);

/* Shows what an event has changed, or gathers it. */
void outlets_show(struct daemon *d, const struct event *e, const struct port *port);

/* Shows the gathered changes now. To be called before a client is answered. */
void outlets_catch_up(struct daemon *d);

/* Begins to signal changes. */
void outlets_go_live(struct daemon *d);

/* --- requests.c --- */

/* Connects to the bus and answers clients. */
int requests_start(struct daemon *d);
