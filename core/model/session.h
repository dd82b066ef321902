/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Session: one plug session of one port, from the plug going in to the plug coming out, in the few numbers that are
 * worth remembering.
 *
 * A device that drops and comes back within a moment is still in the same session. What is tried again and again and never
 * tells who it is has one too.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/moment.h"

struct model;
struct port;

/* "054c:0d58-3f2a1c" */
#define SESSION_DEVICE_MAX 32
#define SESSION_MODEL_MAX 32
/* "pci-0000:00:14.0-usb-0:1.2.3": a controller's name (64) and seven ports. */
#define SESSION_PORT_MAX 104
#define SESSION_CABLE_MAX 40

enum session_end {
        SESSION_OPEN,         /* it lasts */
        SESSION_UNPLUGGED,    /* the device left */
        SESSION_OVER_CURRENT, /* the port's protection took the power away */
        SESSION_ASLEEP,       /* it left while the computer slept or woke */
        SESSION_SILENT,       /* a device that never told who it is was not heard of any more */
        SESSION_BOOT,         /* the computer was started anew */
        SESSION_LOST,         /* nobody saw the end: the daemon was not running */
        SESSION_IDENTIFIED,   /* what the Type-C port alone saw is a USB device now: that has a session of its own */
        _SESSION_END_MAX,
};

/* What a session says about its port, its cable and its device. */
enum session_outcome {
        OUTCOME_UNCLEAR, /* too short, or the computer itself was to blame */
        OUTCOME_GOOD,    /* recognised at once, and it stayed so */
        OUTCOME_SHAKY,   /* it worked, after errors or with breaks */
        OUTCOME_BAD,     /* never recognised, again and again lost, or switched off by the port's protection */
        _OUTCOME_MAX,
};

/* A plug that holds this long and was recognised at once is fine; most faults show in the first second. */
#define SESSION_GOOD_USEC (3 * SECOND)

/* Counts of the link that a session has taken in already. */
struct session_seen {
        uint32_t tries, failed_tries, errors, failures, resets, over_currents, drops, emi, debounce;
};

struct session {
        uint32_t number;   /* 1 and up, rising within a model; 0: there is none */
        uint32_t revision; /* rises with every change that is worth keeping */
        enum session_end ended;
        struct moment start, end;
        struct moment first_connect;     /* of the link's session that was followed last */
        bool before_start;               /* it was there before anyone watched */
        bool headset;                    /* a Sony headset; false for what never told who it is */
        bool guessed;                    /* never told who it is, `device` is concluded from what was moved */
        bool moved;                      /* the device was plugged in elsewhere after this */
        bool partner;                    /* only a Type-C port sees it: it takes power, and is no USB device */
        bool shared;                     /* another one of the same name was plugged in beside it */
        bool failed;                     /* its last state: the kernel gave up */
        bool unstable;                   /* the contact broke three times within ten minutes */
        bool over_current;               /* counted twice, or it stood */
        bool excused;                    /* the computer was to blame */
        char device[SESSION_DEVICE_MAX]; /* who it is, the same on every port and in every boot; empty: never told */
        char model[SESSION_MODEL_MAX];   /* of a headset */
        char port[SESSION_PORT_MAX];     /* where, the same in every boot; of a partner "typec-port0" */
        char cable[SESSION_CABLE_MAX];   /* as the user named it; empty: not named */
        uint32_t tries, failed_tries, errors, failures, resets, over_currents, emi, debounce;
        uint32_t drops;            /* breaks of the contact that no hand made */
        uint64_t enumeration_usec; /* 0: not known */
        uint64_t slept_usec;       /* the computer slept for so long */
        uint64_t suspended_ms;     /* the device was put to sleep for so long */
        uint32_t offered_ma;       /* most that the port was known to offer; 0: not known */
        struct session_seen seen;
};

/* Looks at what an event has changed on the port: begins, updates or ends its session. Returns true when one began, ended
 * or became known as someone's: what is known of other ports may then be seen in another light. */
bool session_follow(struct model *m, struct port *p);

/* The same for what a Type-C port alone sees. */
struct typec_port;
void session_follow_partner(struct model *m, struct typec_port *t);

/* All sessions that the model holds, of ports and then of connectors; NULL at the end. */
const struct session *model_session(const struct model *m, size_t i);

/* What the session says, or has said so far, at the time `now`. */
enum session_outcome session_outcome(const struct session *s, struct moment now);

/* µs that it lasted, or lasts until `now`; 0: not known. */
uint64_t session_length(const struct session *s, struct moment now);

/* Where the port is, in a form that is the same in every boot: controller and port chain, as udev's ID_PATH. The two halves
 * of a connector are the USB 2 half. Returns buf. */
const char *port_key(const struct model *m, const struct port *p, char buf[static SESSION_PORT_MAX]);

/* The controller of a bus is known now: sessions that were named after the bus are named after it. */
void session_note_bus(struct model *m, const struct port *root);

/* Who the device at the port is: vendor, product and the mark of its serial number. Returns buf; "" when it did not
 * tell. */
const char *device_key(const struct port *p, char buf[static SESSION_DEVICE_MAX]);

/* Does the name stand for one single device, as far as is known? One without a serial number stands for all of its model. */
bool device_is_marked(const char *device);

/* Sets the cable of what is plugged in now and from now on; "" for none. */
void session_name_cable(struct model *m, const char *name);

/* Sessions that are over; the older half is dropped when there are too many. */
#define ENDED_MAX 256

struct ended {
        size_t n, allocated;
        struct session *sessions; /* oldest first */
};

void ended_add(struct ended *e, const struct session *s);
void ended_clear(struct ended *e);

const char *session_end_name(enum session_end e);
const char *outcome_name(enum session_outcome o);
