/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Policy: decides what is shown about each plug, and when. Its input is the complete list of what is plugged in, each time
 * something changed, and the time. Its output are notifications to be shown, changed or closed. It does no I/O and has no
 * clock.
 *
 * Each plug has one notification: a headset wherever it is plugged in, an unidentified device at its port. Nothing is shown
 * before the state is stable. All times are CLOCK_MONOTONIC in µs.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/finding.h"
#include "model/headset.h"

#define POLICY_ID_MAX 64
#define POLICY_KEY_MAX 128
#define POLICY_TEXT_MAX 1024

/* A change is shown when it has been stable this long, or, if it does not become stable, after POLICY_RESTLESS_USEC. */
#define POLICY_REST_USEC (1 * UINT64_C(1000000))
#define POLICY_RESTLESS_USEC (5 * UINT64_C(1000000))

/* A device that is plugged in again within this time is the same plug, with the same notification. */
#define POLICY_AGAIN_USEC (60 * UINT64_C(1000000))

/* This many joins without a longer pause than this between them are flapping. */
#define POLICY_FLAPPING_JOINS 3
#define POLICY_FLAPPING_GAP_USEC (15 * UINT64_C(1000000))

/* A flapping plug is stable when nothing happened for this long. */
#define POLICY_FLAPPING_USEC (10 * UINT64_C(1000000))

/* Rate limits. Changes of one notification: three at once, then one in five seconds; of one that is flapping one in ten seconds.
 * New notifications: ten at once, then one in six seconds; those above the limit are never shown. */
#define POLICY_CHANGES_MAX 3
#define POLICY_CHANGE_USEC (5 * UINT64_C(1000000))
#define POLICY_NEW_MAX 10
#define POLICY_NEW_USEC (6 * UINT64_C(1000000))

/* Further plugs are ignored. */
#define POLICY_PLUGS_MAX 256

struct note {
        char code[40]; /* as in docs/api.md, "" for none; later versions may have others */
        char subject[POLICY_ID_MAX];
        enum severity severity;
        enum confidence confidence;
        bool of_host; /* segment "host": the same for everything that is plugged in */
        char cause[POLICY_TEXT_MAX], action[POLICY_TEXT_MAX];
};

/* The state of one device that is plugged in, or a fault of the computer itself. */
struct plug_state {
        char fault[POLICY_ID_MAX]; /* code and subject of such a fault, which `main` describes; it has neither headset nor port */
        char headset[POLICY_ID_MAX];   /* its id, "" if it is not identified */
        char name[POLICY_ID_MAX];      /* its model, "" if it is not identified */
        char port[POLICY_ID_MAX];      /* the port's id, "" when none is known */
        char port_key[POLICY_KEY_MAX]; /* the port's name that is the same in every boot; "" if none is known */
        char port_name[POLICY_ID_MAX]; /* the port's name for people, "" if none is known */
        bool attached;                 /* plugged in by a cable; false for a headset that is seen by Bluetooth only */
        enum verdict verdict;
        enum charging charging;
        unsigned level;   /* percent, 0: not known */
        struct note main; /* the most important finding, except those about sleep and a full battery */
        struct note sleep;
};

enum topic {
        TOPIC_PLUG,     /* what is plugged in, and what its path allows */
        TOPIC_FULL,     /* its battery is full */
        TOPIC_SLEEP,    /* the computer slept, charging stopped */
        TOPIC_FLAPPING, /* it is flapping */
        TOPIC_LEFT,     /* it was unplugged */
};

struct message {
        enum topic topic;
        struct plug_state state;
        unsigned joins;   /* how often it connected without a longer pause */
        bool was_bad;     /* TOPIC_PLUG: the previous notification was about a fault */
        bool host_fault;  /* there is a fault of the computer itself */
        bool needs_human; /* a finding of severity warning or above is shown */
};

/* Shows the message and replaces the notification of the same plug; NULL: closes it. */
typedef void policy_show(void *userdata, unsigned plug, const struct message *m);

/* Returns whether the user has disabled notifications for the port. */
typedef bool policy_is_muted(void *userdata, const char *port_key);

/* How much of a rate limit is used. */
struct limit {
        uint64_t since;
        unsigned used;
};

struct policy_settings {
        bool healthy; /* show headsets whose path has no fault */
        bool notices; /* show those with findings that need no action, such as a port that charges slowly */
        bool unknown; /* show faults of unidentified devices */
        bool full, sleep;
};

struct policy {
        struct policy_settings settings;
        policy_show *show;
        policy_is_muted *is_muted; /* NULL: notifications are enabled for all ports */
        void *userdata;

        /* Private. */
        struct plug *plugs;
        size_t n;
        unsigned last_number;
        bool primed;           /* the devices that were plugged in at start are known */
        bool closed;           /* nothing can be shown now */
        uint64_t restarted;    /* when the daemon came back */
        struct limit new;      /* of new notifications */
        unsigned long unshown; /* number of new notifications above the limit, since the start */
};

/* Processes the complete list of what is plugged in now; what is not in the list has left. Of the first list, which is what
 * was plugged in at start, only new faults are shown. Returns 0, or -ENOMEM; then new devices are ignored. */
int policy_update(struct policy *s, const struct plug_state *states, size_t n, uint64_t now);

/* The daemon came back: changes within its first moments are caused by its start. */
void policy_restarted(struct policy *s, uint64_t now);

/* false: nothing can be shown from now on, because the session is not active. true: notifications can be shown again; of those
 * that were missed, the ones that still apply and need action are shown. */
void policy_set_visible(struct policy *s, bool open, uint64_t now);

/* The last notification of the plug did not reach the user and counts as missed. */
void policy_lost(struct policy *s, unsigned plug);

/* The notification is gone, because the user closed it or it expired. It is shown again only if there is something new. */
void policy_closed(struct policy *s, unsigned plug);

/* Shows what is due. Returns when to call again, UINT64_MAX if nothing is pending. */
uint64_t policy_evaluate(struct policy *s, uint64_t now);

/* Returns the port of a plug, NULL if the plug is no longer known. */
const char *policy_port(const struct policy *s, unsigned plug);
const char *policy_headset(const struct policy *s, unsigned plug);
const char *policy_port_key(const struct policy *s, unsigned plug);

/* The user has disabled notifications for the port: closes what is shown about it. */
void policy_forget_port(struct policy *s, const char *port);

void policy_done(struct policy *s);
