/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Model: what is true now, as far as the events told, and what is remembered of each port.
 *
 * It does no I/O and has no clock of its own: time comes with the events. The same events give the same model.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/event.h"

/* A hostile log may name any port there is; more than this are not kept (a large machine has about a hundred). */
#define MODEL_PORTS_MAX 1024
#define MODEL_CONTROLLERS_MAX 64
#define CONTROLLER_BUSES_MAX 8
/* A laptop has up to four Type-C ports; a class that lies may tell of any number. */
#define MODEL_TYPEC_MAX 16
#define MODEL_SWITCHES_MAX 8

/* A port stays "unidentified" this long after it fell silent (docs/api.md, "Model"). */
#define MODEL_UNIDENTIFIED_USEC (10 * MINUTE)
/* The kernel's own tries take two to three seconds when a device fails fast (hub.c, PORT_INIT_TRIES); a port that is
 * still being tried is not spoken of before this. */
#define MODEL_PATIENCE_USEC (10 * SECOND)
/* A try without an outcome is over after this silence; a full-speed timeout prints a line every 15.6 s
 * (kernel hub.c, initial_descriptor_timeout). */
#define MODEL_SILENCE_USEC (35 * SECOND)

/* A measurement is one of now for so long. */
#define TESTER_FRESH_USEC (2 * MINUTE)

/* What was only an event is forgiven after this long without another one (docs/api.md, "end"). */
#define MODEL_GOOD_USEC HOUR

struct controller {
        char name[EVENT_NAME_MAX];
        uint16_t buses[CONTROLLER_BUSES_MAX]; /* 0: unused */
        bool dead;                            /* it stopped working, or could not be set up */
        bool failed;                          /* ... the latter: that its bus goes away belongs to it */
        bool removed;                         /* it left: what its driver says of it from then on is no fault */
        struct moment died;
};

struct port {
        struct address address;
        struct port *hub; /* one step towards the root; NULL for a root hub */

        bool in_sysfs; /* facts are valid */
        struct port_facts facts;
        uint32_t over_current_base; /* over_current_count when it was first read */

        bool present; /* a device is here now, told by udev */
        bool known;   /* `device` is (present) or was (in the log) here and is identified */
        struct device_facts device;
        struct moment attached; /* when it came, or when it was found at start */
        bool before_start;      /* it was there before anything was watched */
        struct power_facts power;
        bool power_known;

        struct link link;
        struct session session; /* newest; it is over when another one has begun or `ended` says so */
        bool hub_over_current;  /* a hub here reported over-current for all its ports */
        struct moment hub_over_current_at;
        bool hub_poor;     /* the kernel said it cannot power all its ports */
        uint8_t hub_ports; /* from "N ports detected"; 0: unknown */
        bool has_children; /* a line told of something behind what is here: it is a hub */

        uint32_t over_currents;        /* every over-current seen here, counted or not */
        uint32_t over_current_changes; /* the kernel's own count of begins and ends, as its newest line tells it; 0: not told */
        struct moment over_current_at; /* newest of them outside start and wake-up */
        bool over_current_late;        /* there is one outside start and wake-up */
        bool over_current_parity;      /* uevents: a begin without its end */
        struct moments unclaimed;      /* over-currents while nothing was known to be here */
        bool unclaimed_stood;          /* one of them still stood after 100 ms */
        struct typec_port *typec;      /* the Type-C connector that this port is in; NULL: none known */
};

struct model {
        size_t n_ports;
        struct port *ports[MODEL_PORTS_MAX]; /* sorted by address */
        struct port *recent;                 /* the port looked up last */
        size_t n_controllers;
        struct controller controllers[MODEL_CONTROLLERS_MAX];

        size_t n_typec;
        struct typec_port *typec[MODEL_TYPEC_MAX]; /* sorted by number */
        bool typec_silent;                         /* the kernel said that the Type-C firmware does not answer */
        uint32_t typec_errno;                      /* with which error, positive; 0: none named */
        struct moment typec_silent_at;
        size_t n_switches;
        struct switch_facts switches[MODEL_SWITCHES_MAX];
        size_t n_headsets;
        struct headset *headsets[MODEL_HEADSETS_MAX]; /* in the order in which they were told of */
        size_t n_answers;
        struct answers *answers[MODEL_ANSWERS_MAX + 1]; /* oldest first, with one that no longer holds */

        struct tester_facts tester;   /* newest measurement of a USB meter */
        struct address tester_where; /* that meter; bus 0: none has told */
        struct moment tester_at;
        bool testers_differ; /* more than one has told: which one is where nobody knows */

        struct moment now;           /* time of the newest event */
        bool settled;                /* EVENT_SETTLED was seen, at: */
        struct moment settled_at;    /* ... this moment */
        bool live;                   /* events describe this machine's devices (udev), not a log alone */
        char kernel[EVENT_TEXT_MAX]; /* release of the computer's kernel; empty: not known */
        bool degraded[_SOURCE_MAX];
        uint64_t lost_records;
        bool log_begins_late; /* its first records were overwritten before anybody read them */

        struct moment boot; /* begin of the log's boot, where it is seen */
        bool boot_seen;
        bool asleep;
        struct moment sleep_entry;   /* newest */
        struct moment wake;          /* newest sign of a wake-up */
        bool wake_seen, sleep_seen;  /* sleep_seen: the kernel said that it goes to sleep */
        enum sleep_kind sleep_kind;  /* of the newest one */
        bool sleep_watched;          /* the clocks tell how long a sleep was, since: */
        struct moment watched_since; /* ... this moment */
        bool log_awaited;            /* the kernel log has not yet told that the newest sleep is over */
        struct moment slept_at;      /* newest end of a sleep whose time was counted */
        uint32_t sleeps;             /* so many are over since the log or the boot began */
        uint64_t sleeps_usec;        /* ... and this long they were, as far as a clock tells */
        struct moment under_voltage; /* newest */
        bool under_voltage_seen, under_voltage_stands;
        uint32_t sessions; /* so many have begun */
        struct statistics statistics;
        struct ended ended;            /* that ended with the newest event; before EVENT_SETTLED all that have ended */
        char cable[SESSION_CABLE_MAX]; /* in use, as the user named it; empty: not named */
        struct port *reset_port;       /* newest reset: a wake-up resets several devices together */
        struct moment reset_at;
};

struct model *model_new(void); /* NULL: out of memory */
void model_free(struct model *m);

/* Takes in one event. Returns the port that it was about, or NULL when it was about none, about more than one, or throws
 * another light on other ports. */
struct port *model_apply(struct model *m, const struct event *e);

/* The log is at its end: closes every series that has no outcome. */
void model_close_log(struct model *m);

/* A sleep is over, and the kernel log, which alone knows whether the power session was lost, has not been read up to its end. */
bool model_awaits_log(const struct model *m);

/* Does one USB meter tell what flows now? Two of them cannot be told apart. */
bool model_measures(const struct model *m);

/* When something will change by the mere passing of time, in the events' clock (µs); 0: never. */
uint64_t model_deadline(const struct model *m);

/* The port at the address, or NULL. */
struct port *model_find(const struct model *m, const struct address *where);

struct controller *model_controller(const struct model *m, const char *name);
struct controller *model_controller_of_bus(const struct model *m, uint16_t bus);

/* µs since 1970 of a moment, 0 when not known. */
uint64_t moment_wall(const struct model *m, struct moment when);
