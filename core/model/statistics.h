/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Statistics: the outcomes of earlier plug sessions, added up for each combination of device, port and cable.
 *
 * Old sessions have less weight than new ones, and a good run cancels the failures before it.
 */

#include "model/session.h"

/* A person has a few headsets, a few cables and a dozen ports. When the table is full, the entry that was not updated for the
 * longest time is dropped. */
#define STATISTICS_MAX 256
/* After this time a session has half its weight. */
#define STATISTICS_HALF_LIFE_USEC (30 * 24 * HOUR)
#define STATISTICS_WEIGHT 1000 /* weight of a session that ends now */
/* A good run is this many good sessions in a row, or one session of this length. */
#define STATISTICS_RUN 3
#define STATISTICS_RUN_USEC HOUR

struct statistics_entry {
        char device[SESSION_DEVICE_MAX]; /* empty: unidentified */
        char model[SESSION_MODEL_MAX];   /* for a headset, else empty */
        char port[SESSION_PORT_MAX];
        char cable[SESSION_CABLE_MAX];    /* empty: not named */
        uint32_t good, shaky, bad;        /* numbers of sessions; shaky and bad ones since the last good run */
        uint32_t row;                     /* length of the newest series of good sessions */
        uint32_t guessed;                 /* number of bad sessions whose device was only concluded */
        uint32_t forgiven;                /* bad sessions before the last good run */
        uint32_t good_weight, bad_weight; /* as of `at` */
        uint64_t at;                      /* end of the newest session, µs since 1970; 0: not known */
        uint64_t bad_at;                  /* newest bad or shaky session */
        uint64_t bad_since;               /* first bad or shaky session since the last good run; 0: not known */
        uint64_t good_at; /* newest good session; all in µs since 1970 or, for a log without dates, in the log's clock */
        uint64_t run_at;  /* end of the newest good run */
        uint32_t errors_before, errors; /* errors per session in thousandths: long-term average, and recent average */
        bool shared;                    /* several devices were seen with this name */
};

struct statistics {
        size_t n, allocated;
        struct statistics_entry *entries;
        uint32_t hashes[STATISTICS_MAX]; /* of device, port and cable of each entry; apart from it, so that a search is quick */
};

void statistics_free(struct statistics *p);

/* Stores an entry unchanged. It replaces the entry with the same device, port and cable. */
void statistics_put(struct statistics *p, const struct statistics_entry *e);

/* Adds a session that has ended. `wall` is its time in µs since 1970, or 0 when it is not known. */
void statistics_add(struct statistics *p, const struct session *s, uint64_t wall);

/* Selects the sessions to count. NULL matches anything; "" matches unidentified devices or unnamed cables. */
struct statistics_filter {
        const char *device, *port, *cable;
        const char *not_device, *not_port, *not_cable;
        bool named_device, named_cable; /* only sessions with an identified device or a named cable */
};

struct statistics_tally {
        uint32_t good, shaky, bad, guessed, forgiven;
        uint32_t good_weight, bad_weight;
        uint32_t errors_before, errors; /* from the entry with the newest trouble */
        uint64_t bad_at, bad_since, good_at, run_at;
};

/* Counts earlier sessions and those that have not ended. */
void statistics_count(const struct model *m, const struct statistics_filter *filter, struct statistics_tally *ret);

/* Iterates over the matching entries and current sessions. `*i` starts at 0. Returns false at the end. Only the keys and the
 * model of *ret_entry are set. The same combination may be returned more than once. */
bool statistics_next(const struct model *m, const struct statistics_filter *filter, size_t *i,
                     const struct statistics_entry **ret_entry, const struct session **ret_session);

/* Returns true when several devices with this name were seen at once. Then it is not known which of them a session belongs to. */
bool statistics_are_shared(const struct model *m, const char *device);

/* Returns true when any earlier session had trouble. */
bool statistics_have_trouble(const struct model *m);
