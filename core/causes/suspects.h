/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Suspects: what earlier plug sessions say about one port, for the causes that suspect a port or a cable.
 */

#include "causes/cause.h"

/* Devices looked at on one port. */
#define CANDIDATES_MAX 8

/* One device on the port that is looked at. */
struct candidate {
        const char *device, *model;
        struct statistics_tally here, elsewhere;
        bool shared; /* two of them were seen at once: whose the sessions are nobody knows */
};

struct suspects {
        const struct subject *s;
        char port[SESSION_PORT_MAX];
        size_t n;
        struct candidate candidates[CANDIDATES_MAX];
        struct statistics_tally nameless; /* failures here that never told who it was */
};

/* Looks at the subject's port: who was on it, and how each fared here and elsewhere. */
void suspect_collect(struct suspects *c, const struct subject *s);

/* Is something plugged in at the subject's port, or did something just fail there, so that it is worth a look? */
bool suspect_is_there(const struct subject *s);

struct statistics_tally suspect_count(const struct suspects *c, struct statistics_filter filter);

/* Sessions of every kind. */
uint32_t tally_all(const struct statistics_tally *t);

/* Weighted by recency: bad twice in the last weeks and not outweighed, good with at most a third of bad ones. */
bool tally_is_mostly_bad(const struct statistics_tally *t);
bool tally_is_mostly_fine(const struct statistics_tally *t);

/* Was it fine elsewhere after it began to fail here? What fails wherever it is plugged in since a certain day was fine
 * everywhere before. */
bool tally_was_fine_since(const struct statistics_tally *elsewhere, const struct statistics_tally *here);

/* What to call a port, for a place {place}: "the left rear USB port (usb1-port2)", "USB port 2 (usb1-port2)"; "another port" for
 * one that is not there now. Returns `ret`. */
struct place {
        enum sentence words;
        const char *location;
        char name[ADDRESS_NAME_MAX];
        unsigned number;
};
#define PLACE(p)                                                                                          \
        WORDS("place", (p)->words), TEXT("place_location", (p)->location), TEXT("place_name", (p)->name), \
                NUMBER("place_number", (p)->number)
const struct place *suspect_place(const struct model *m, const char *key, struct place *ret);
