/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Session: a summary of one plug session at one port, from plug to unplug.
 *
 * A device that drops and returns at once stays in the same session. A device that is tried repeatedly and never identified
 * has a session, too.
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
/* Size of "pci-0000:00:14.0-usb-0:1.2.3": a controller's name (64 bytes) and seven ports. */
#define SESSION_PORT_MAX 104
#define SESSION_CABLE_MAX 40

enum session_end {
        SESSION_OPEN,         /* it has not ended */
        SESSION_UNPLUGGED,    /* the device left */
        SESSION_OVER_CURRENT, /* the port's over-current protection switched the power off */
        SESSION_ASLEEP,       /* the device left while the computer slept or resumed */
        SESSION_SILENT,       /* there were no more messages about an unidentified device */
        SESSION_BOOT,         /* the computer was restarted */
        SESSION_LOST,         /* the end was not observed: the daemon was not running */
        SESSION_IDENTIFIED,   /* what only the Type-C port saw became a USB device, which has a session of its own */
        _SESSION_END_MAX,
};

/* What a session indicates about its port, cable and device. */
enum session_outcome {
        OUTCOME_UNCLEAR, /* too short, or the computer caused the trouble */
        OUTCOME_GOOD,    /* recognised at once and stayed connected */
        OUTCOME_SHAKY,   /* it worked, but with errors or interruptions */
        OUTCOME_BAD,     /* never recognised, repeatedly lost, or switched off by the port's over-current protection */
        _OUTCOME_MAX,
};

/* A device that was recognised at once and stayed connected for this long is considered good, because most faults show within the
 * first second. */
#define SESSION_GOOD_USEC (3 * SECOND)

/* Counters of the link that the session has already included. */
struct session_seen {
        uint32_t tries, failed_tries, errors, failures, resets, over_currents, drops, emi, debounce;
};

struct session {
        uint32_t number;   /* counts from 1 within a model; 0: there is no session */
        uint32_t revision; /* incremented with every change that is worth storing */
        enum session_end ended;
        struct moment start, end;
        struct moment first_connect;     /* first_connect of the link's session that was followed last */
        bool before_start;               /* it was already present at the start */
        bool headset;                    /* a Sony headset; false for an unidentified device */
        bool guessed;                    /* the device was not identified; `device` was concluded from later plugs */
        bool moved;                      /* the device was plugged in elsewhere afterwards */
        bool partner;                    /* seen only by a Type-C port: it draws power and is not a USB device */
        bool shared;                     /* another device with the same name was plugged in at the same time */
        bool failed;                     /* in its last state the kernel gave up */
        bool unstable;                   /* the contact broke three times within ten minutes */
        bool over_current;               /* reported twice, or still present after 100 ms */
        bool excused;                    /* the computer caused the trouble */
        char device[SESSION_DEVICE_MAX]; /* identity of the device, the same at every port and in every boot; empty: unidentified
                                          */
        char model[SESSION_MODEL_MAX];   /* for a headset */
        char port[SESSION_PORT_MAX];     /* the port, the same in every boot; for a partner "typec-port0" */
        char cable[SESSION_CABLE_MAX];   /* as the user named it; empty: not named */
        uint32_t tries, failed_tries, errors, failures, resets, over_currents, emi, debounce;
        uint32_t drops;            /* breaks of the contact that no person caused */
        uint64_t enumeration_usec; /* µs; 0: not known */
        uint64_t slept_usec;       /* time that the computer slept */
        uint64_t suspended_ms;     /* time that the device was suspended */
        uint32_t offered_ma;       /* highest current that the port was known to offer, mA; 0: not known */
        struct session_seen seen;
};

/* Updates the session of the port after an event: begins, updates or ends it. Returns true when a session began or ended or its
 * device was identified. The findings at other ports may change then. */
bool session_follow(struct model *m, struct port *p);

/* The kernel log names another serial number than that of the device before. When the session went on because the device seemed
 * to have returned, it ends, and another one begins with the contact of the new device. */
void session_note_replaced(struct model *m, struct port *p);

/* The same as session_follow() for a device that only a Type-C port sees. */
struct typec_port;
void session_follow_partner(struct model *m, struct typec_port *t);

/* Iterates over all sessions of the model, those of ports first, then those of connectors. Returns NULL at the end. */
const struct session *model_session(const struct model *m, size_t i);

/* Returns what the session indicates, if it were to end at the time `now`. */
enum session_outcome session_outcome(const struct session *s, struct moment now);

/* Returns the duration of the session in µs, up to `now` while it lasts; 0: not known. */
uint64_t session_length(const struct session *s, struct moment now);

/* Writes an identifier of the port that is the same in every boot: controller and port chain, as in udev's ID_PATH. Both halves
 * of a connector have the identifier of the USB 2 half. Returns buf. */
const char *port_key(const struct model *m, const struct port *p, char buf[static SESSION_PORT_MAX]);

/* Renames sessions that were named after the bus, now that the controller of the bus is known. */
void session_note_bus(struct model *m, const struct port *root);

/* Writes an identifier of the device at the port: vendor, product and the mark of the serial number. It is "" when the device was
 * not identified. Returns buf. */
const char *device_key(const struct port *p, char buf[static SESSION_DEVICE_MAX]);

/* Returns true when the identifier belongs to one single device, as far as is known. Without a serial number it belongs to all
 * devices of the model. */
bool device_is_marked(const char *device);

/* Sets the cable of the current and of later sessions; "" for none. */
void session_name_cable(struct model *m, const char *name);

/* List of ended sessions. When it is full, the older half is dropped. */
#define ENDED_MAX 256

struct ended {
        size_t n, allocated;
        struct session *sessions; /* oldest first */
};

void ended_add(struct ended *e, const struct session *s);
void ended_clear(struct ended *e);

const char *session_end_name(enum session_end e);
const char *outcome_name(enum session_outcome o);
