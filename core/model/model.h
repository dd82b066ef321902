/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Model: the current state according to the events so far, and what is remembered of each port.
 *
 * The model does no I/O and has no clock of its own: time comes with the events. The same events always give the same model.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/event.h"

/* A hostile log may name any number of ports. This is the limit; a large machine has about a hundred. */
#define MODEL_PORTS_MAX 1024
#define MODEL_CONTROLLERS_MAX 64
#define CONTROLLER_BUSES_MAX 8
/* A laptop has up to four Type-C ports, but a faulty driver may report any number. */
#define MODEL_TYPEC_MAX 16
#define MODEL_SWITCHES_MAX 8

/* A port stays "unidentified" for this long after the last message about it (docs/api.md, "Model"). */
#define MODEL_UNIDENTIFIED_USEC (10 * MINUTE)
/* When a device fails fast, the tries of the kernel take two to three seconds (hub.c, PORT_INIT_TRIES). A port is not reported
 * before this time has passed, because the kernel may still succeed. */
#define MODEL_PATIENCE_USEC (10 * SECOND)
/* A try without an outcome is over when there was no message for this long. A full-speed timeout logs a line every 15.6 s (kernel
 * hub.c, initial_descriptor_timeout). */
#define MODEL_SILENCE_USEC (35 * SECOND)

/* A measurement counts as current for this long. */
#define TESTER_FRESH_USEC (2 * MINUTE)

/* Events without lasting effect expire after this time without another one (docs/api.md, "end"). */
#define MODEL_GOOD_USEC HOUR

struct controller {
        char name[EVENT_NAME_MAX];
        uint16_t buses[CONTROLLER_BUSES_MAX]; /* 0: unused */
        bool dead;                            /* it stopped working, or its initialisation failed */
        bool failed;                          /* its initialisation failed; the removal of its bus is part of that */
        bool removed;                         /* it was removed; later messages of its driver are not a fault */
        struct moment died;
};

struct port {
        struct address address;
        struct port *hub; /* the hub of the port; NULL for a root hub */

        bool in_sysfs; /* `facts` is valid */
        struct port_facts facts;
        uint32_t over_current_base; /* the first value of over_current_count */

        bool present; /* a device is present according to udev */
        bool known;   /* `device` was identified: it is here now (`present`) or was here (in the log) */
        struct device_facts device;
        struct moment attached; /* when the device arrived, or was found at start */
        bool before_start;      /* it was already present at the start */
        struct power_facts power;
        bool power_known;

        struct link link;
        struct session session; /* newest session; it is over when `ended` says so or another one has begun */
        bool hub_over_current;  /* the hub at this port reported over-current for all its ports */
        struct moment hub_over_current_at;
        bool hub_poor;     /* the kernel reported that the hub cannot power all its ports */
        uint8_t hub_ports; /* from "N ports detected"; 0: not known */
        bool has_children; /* the log names devices below this one, so it is a hub */

        uint32_t over_currents;         /* over-current events since boot, without those of start, resume and unplug */
        uint32_t over_current_changes;  /* the kernel's own count of beginnings and ends, from its newest message; 0: not known */
        struct moment over_current_at;  /* the newest one outside start and resume */
        bool over_current_late;         /* over_current_at is valid */
        bool over_current_stands;       /* a condition was still present after 100 ms, and its end was not reported yet */
        struct moment over_current_end; /* the newest end of such a condition */
        bool over_current_parity;       /* uevents: an over-current condition began and has not ended */
        struct moments unclaimed;       /* over-current events while no device was known to be here */
        bool unclaimed_stood;           /* at least one of them was still present after 100 ms */
        struct typec_port *typec;       /* the Type-C connector of this port; NULL: not known */
};

struct model {
        size_t n_ports;
        struct port *ports[MODEL_PORTS_MAX]; /* sorted by address */
        struct port *recent;                 /* the last port that was looked up, as a cache */
        struct port *unfollowed;             /* its newest messages are not in its session yet; NULL: none */
        bool drops_ended;                    /* nobody asks for `ended` */
        size_t n_controllers;
        struct controller controllers[MODEL_CONTROLLERS_MAX];

        size_t n_typec;
        struct typec_port *typec[MODEL_TYPEC_MAX]; /* sorted by number */
        bool typec_silent;                         /* the kernel reported that the Type-C firmware does not respond */
        uint32_t typec_errno;                      /* error number of that, positive; 0: not given */
        struct moment typec_silent_at;
        size_t n_switches;
        struct switch_facts switches[MODEL_SWITCHES_MAX];
        size_t n_headsets;
        struct headset *headsets[MODEL_HEADSETS_MAX]; /* in the order in which they were first reported */
        size_t n_answers;
        struct answers *answers[MODEL_ANSWERS_MAX + 1]; /* oldest first; one extra entry for answers that are no longer valid */

        struct tester_facts tester;  /* newest measurement of a USB meter */
        struct address tester_where; /* the meter; bus 0: none was reported */
        struct moment tester_at;
        bool testers_differ; /* several meters were reported, and it is not known which one is in the line */

        struct moment now; /* time of the newest event */
        bool settled;      /* EVENT_SETTLED was received at settled_at */
        struct moment settled_at;
        bool live;                   /* the events describe the devices of this machine (udev) and not only a log */
        char kernel[EVENT_TEXT_MAX]; /* release of the kernel; empty: not known */
        bool degraded[_SOURCE_MAX];
        uint64_t lost_records;
        bool log_begins_late; /* the first records of the log were overwritten before they were read */

        struct moment boot; /* start of the logged boot, when the log contains it */
        bool boot_seen;
        bool asleep;
        struct moment sleep_entry;  /* newest one */
        struct moment wake;         /* newest sign of a resume */
        bool wake_seen, sleep_seen; /* sleep_seen: the kernel logged that it enters sleep */
        enum sleep_kind sleep_kind; /* kind of the newest sleep */
        bool sleep_watched;         /* the clocks have reported sleep durations since watched_since */
        struct moment watched_since;
        bool log_awaited;            /* the kernel log does not contain the end of the newest sleep yet */
        struct moment slept_at;      /* end of the newest sleep whose duration was counted */
        uint32_t sleeps;             /* completed sleeps since the start of the log or boot */
        uint64_t sleeps_usec;        /* their total duration, as far as a clock shows it, µs */
        struct moment under_voltage; /* newest one */
        bool under_voltage_seen, under_voltage_stands;
        uint32_t sessions; /* number of sessions that have begun */
        struct statistics statistics;
        struct ended ended;            /* sessions that the newest event ended; before EVENT_SETTLED all ended sessions */
        char cable[SESSION_CABLE_MAX]; /* the cable in use, as the user named it; empty: not named */
        struct port *reset_port;       /* port of the newest reset; a resume resets several devices together */
        struct moment reset_at;
};

struct model *model_new(void); /* Returns a new model, or NULL when out of memory. */
void model_free(struct model *m);

/* Applies one event. Returns the port that the event was about. Returns NULL when it was about no port, about several ports, or
 * may change the findings at other ports. */
struct port *model_apply(struct model *m, const struct event *e);

/* Handles the end of the log: ends every series of tries that has no outcome. */
void model_close_log(struct model *m);

/* Returns true when a sleep has ended but the kernel log has not been read to its end. Only the kernel log shows whether the
 * power session was lost. */
bool model_awaits_log(const struct model *m);

/* Returns true when exactly one USB meter reports the current. Two meters cannot be told apart. */
bool model_measures(const struct model *m);

/* Returns the time at which the state next changes without an event, in the events' clock (µs); 0: never. */
uint64_t model_deadline(const struct model *m);

/* Returns the port at the address, or NULL. */
struct port *model_find(const struct model *m, const struct address *where);

struct controller *model_controller(const struct model *m, const char *name);
struct controller *model_controller_of_bus(const struct model *m, uint16_t bus);

/* Returns the moment as µs since 1970, or 0 when it is not known. */
uint64_t moment_wall(const struct model *m, struct moment when);
