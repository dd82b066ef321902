/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Statistics: what earlier plug sessions say, added up for each device, port and cable that came together.
 *
 * Old sessions weigh less than new ones, and a good run wipes out the failures before it.
 */

#include "model/session.h"

/* A person has a few headsets, a few cables and a dozen ports; the entry without news for the longest time is dropped. */
#define STATISTICS_MAX 256
/* A session counts half as much after this. */
#define STATISTICS_HALF_LIFE_USEC (30 * 24 * HOUR)
#define STATISTICS_WEIGHT 1000 /* of a session that ends now */
/* A good run: so many good sessions in a row, or one that lasted so long. */
#define STATISTICS_RUN 3
#define STATISTICS_RUN_USEC HOUR

struct statistics_entry {
        char device[SESSION_DEVICE_MAX]; /* empty: it never told who it is */
        char model[SESSION_MODEL_MAX];   /* of a headset, else empty */
        char port[SESSION_PORT_MAX];
        char cable[SESSION_CABLE_MAX];    /* empty: not named */
        uint32_t good, shaky, bad;        /* sessions; shaky and bad ones since the last good run */
        uint32_t row;                     /* good ones in a row, newest */
        uint32_t guessed;                 /* so many of the bad ones are its own by conclusion only */
        uint32_t forgiven;                /* bad ones before the last good run */
        uint32_t good_weight, bad_weight; /* as of `at` */
        uint64_t at;                      /* newest session, µs since 1970; 0: not known */
        uint64_t bad_at;                  /* newest bad or shaky one */
        uint64_t bad_since;               /* the first one since the last good run; 0: not known */
        uint64_t good_at;                 /* newest good one; both in µs since 1970 or, in a log without, of its own clock */
        uint64_t run_at;                  /* end of the newest good run */
        uint32_t hash;                    /* of the three, for finding it */
        uint32_t errors_before, errors;   /* errors per session in thousandths: over months, lately */
        bool shared;                      /* more than one device goes by this name, as was seen */
};

struct statistics {
        size_t n, allocated;
        struct statistics_entry *entries;
};

void statistics_free(struct statistics *p);

/* Takes an entry over as it is, in the place of one with the same device, port and cable. */
void statistics_put(struct statistics *p, const struct statistics_entry *e);

/* Adds a session that is over. `wall`: when, µs since 1970, 0 when not known. */
void statistics_add(struct statistics *p, const struct session *s, uint64_t wall);

/* Which sessions to count; NULL stands for any. "" is a device that never told who it is, or a cable without a name. */
struct statistics_filter {
        const char *device, *port, *cable;
        const char *not_device, *not_port, *not_cable;
        bool named_device, named_cable; /* only those with one */
};

struct statistics_tally {
        uint32_t good, shaky, bad, guessed, forgiven;
        uint32_t good_weight, bad_weight;
        uint32_t errors_before, errors; /* of the entry with the newest trouble */
        uint64_t bad_at, bad_since, good_at, run_at;
};

/* Counts what is past and what is plugged in now. */
void statistics_count(const struct model *m, const struct statistics_filter *filter, struct statistics_tally *ret);

/* The next entry or session, past or present, that fits; `*i` counts from 0. Returns false at the end. Only the keys and
 * the model of *ret are set; the same ones may come twice. */
bool statistics_next(const struct model *m, const struct statistics_filter *filter, size_t *i,
                     const struct statistics_entry **ret_entry, const struct session **ret_session);

/* Was more than one device of this name seen at once? Then nobody knows which of them a session was of. */
bool statistics_are_shared(const struct model *m, const char *device);

/* Did anything go wrong before? */
bool statistics_have_trouble(const struct model *m);
