/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Story: what is told about each plug, and when. It sees what is plugged in (the whole of it, each time something changed)
 * and the time, and says which notification is to be shown, changed or closed. It does no I/O and has no clock.
 *
 * One plug is one notification: of a headset wherever it is plugged in, of what never told who it is at its port. Nothing is told
 * before it has come to rest. All times are CLOCK_MONOTONIC µs.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/finding.h"
#include "model/headset.h"

#define STORY_ID_MAX 64
#define STORY_KEY_MAX 128
#define STORY_TEXT_MAX 512

/* A change is told when it has stood this long, or, when there is no rest, after STORY_RESTLESS_USEC. */
#define STORY_REST_USEC (1 * UINT64_C(1000000))
#define STORY_RESTLESS_USEC (5 * UINT64_C(1000000))

/* What is plugged in again within this time is the same plug, with the same notification. */
#define STORY_AGAIN_USEC (60 * UINT64_C(1000000))

/* So many joins with no longer pause than this between them are flapping. */
#define STORY_FLAPPING_JOINS 3
#define STORY_FLAPPING_GAP_USEC (15 * UINT64_C(1000000))

/* A flapping plug is told this often at most, and is at rest when nothing happened for as long. */
#define STORY_FLAPPING_USEC (10 * UINT64_C(1000000))

/* Changes of one notification: three at once, then one in five seconds. New ones: ten at once, then one in six seconds; those
 * over that are never shown. */
#define STORY_CHANGES_MAX 3
#define STORY_CHANGE_USEC (5 * UINT64_C(1000000))
#define STORY_NEW_MAX 10
#define STORY_NEW_USEC (6 * UINT64_C(1000000))

/* More plugs at once are not told of. */
#define STORY_PLUGS_MAX 256

struct note {
        char code[40]; /* as in docs/api.md, "" for none; later versions may know more */
        char subject[STORY_ID_MAX];
        enum severity severity;
        enum confidence confidence;
        bool of_host; /* segment "host": the same for everything that is plugged in */
        char cause[STORY_TEXT_MAX], action[STORY_TEXT_MAX];
};

/* One thing that is plugged in, as it is now; or a fault of the computer itself. */
struct sight {
        char fault[STORY_ID_MAX];   /* such a fault, which `main` tells: its code and subject; it has neither headset nor port */
        char headset[STORY_ID_MAX]; /* its id, "" when it never told who it is */
        char name[STORY_ID_MAX];    /* its model, "" with that */
        char port[STORY_ID_MAX];    /* the port's id, "" when none is known */
        char port_key[STORY_KEY_MAX]; /* what is the same in every boot; "" with that */
        bool attached;                /* by a cable; a headset that only Bluetooth sees is not */
        enum verdict verdict;
        enum charging charging;
        unsigned level;   /* percent, 0: not known */
        struct note main; /* the most important finding, those of sleep and of a full battery apart */
        struct note sleep;
};

enum topic {
        TOPIC_PLUG,     /* what is plugged in, and whether its path is good */
        TOPIC_FULL,     /* its battery is full */
        TOPIC_SLEEP,    /* the computer slept, charging stopped */
        TOPIC_FLAPPING, /* it comes and goes */
        TOPIC_LEFT,     /* it was unplugged */
};

struct message {
        enum topic topic;
        struct sight sight;
        unsigned joins;   /* how often it connected without a longer pause */
        bool was_bad;     /* TOPIC_PLUG: the one before told of a fault */
        bool host_fault;  /* a fault of the computer itself stands */
        bool needs_human; /* a finding of severity warning or above is told */
};

/* Show this, in the place of what was shown for the same plug; NULL: close it. */
typedef void story_teller(void *userdata, unsigned plug, const struct message *m);

/* Does the user want to hear nothing about this port? */
typedef bool story_censor(void *userdata, const char *port_key);

struct story_settings {
        bool healthy; /* tell of a headset whose path is fine */
        bool notices; /* and of one with findings that need nobody, such as a port that charges slowly */
        bool unknown; /* tell of faults of what never told who it is */
        bool full, sleep;
};

struct story {
        struct story_settings settings;
        story_teller *teller;
        story_censor *censor; /* NULL: all ports are wanted */
        void *userdata;

        /* Private. */
        struct plug *plugs;
        size_t n;
        unsigned last_number;
        bool primed;           /* what was there at start has been taken over */
        bool closed;           /* nothing can be shown now */
        uint64_t restarted;    /* the daemon came back then */
        uint64_t new_usec;     /* of the bucket of new notifications */
        unsigned new_shown;    /* in it */
        unsigned long unshown; /* new notifications over the limit, since the start */
};

/* Takes everything that is plugged in now; what is not in the list has left. The first list is what was there at start: of
 * that only new faults are told. Returns 0, or -ENOMEM, then what is new is not known of. */
int story_see(struct story *s, const struct sight *sights, size_t n, uint64_t now);

/* The daemon came back: what goes and comes within its first moments is the daemon's doing. */
void story_restarted(struct story *s, uint64_t now);

/* false: nothing can be shown from now on (the session is not in front). true: it can again; then what was missed is told if
 * it still holds and needs somebody, the rest is old news. */
void story_open(struct story *s, bool open, uint64_t now);

/* What was told last about the plug did not reach the user: it was missed. */
void story_lost(struct story *s, unsigned plug);

/* The notification is no longer there: the user closed it, or it went by itself. Only news brings another. */
void story_closed(struct story *s, unsigned plug);

/* Tells what is due. Returns when to call again, UINT64_MAX when nothing waits. */
uint64_t story_tell(struct story *s, uint64_t now);

/* Port of a plug, NULL when the plug is no longer known. */
const char *story_port(const struct story *s, unsigned plug);
const char *story_port_key(const struct story *s, unsigned plug);

/* The user wants to hear no more of the port: what is shown about it is closed. */
void story_forget_port(struct story *s, const char *port);

void story_done(struct story *s);
