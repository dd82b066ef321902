/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Suspects: the statistics of one port, for the causes that suspect a port or a cable.
 */

#include "causes/cause.h"

/* Maximum number of devices that are compared at one port. */
#define CANDIDATES_MAX 8

/* A device that was plugged into the port. */
struct candidate {
        const char *device, *model;
        struct statistics_tally here, elsewhere;
        bool shared; /* several devices with this name were seen, so it is not known whose sessions these are */
};

struct suspects {
        const struct subject *s;
        char port[SESSION_PORT_MAX];
        size_t n;
        struct candidate candidates[CANDIDATES_MAX];
        struct statistics_tally nameless; /* failures of unidentified devices at this port */
};

/* Collects the devices that were plugged into the subject's port, and their statistics here and elsewhere. */
void suspect_collect(struct suspects *c, const struct subject *s);

/* Returns true when a device is plugged into the subject's port, or has just failed there. */
bool suspect_is_there(const struct subject *s);

struct statistics_tally suspect_count(const struct suspects *c, struct statistics_filter filter);

/* Returns the number of all sessions. */
uint32_t tally_all(const struct statistics_tally *t);

/* Both are weighted by age. Mostly bad means two recent bad sessions that are not outweighed by good ones. Mostly good means that
 * at most a third were bad. */
bool tally_is_mostly_bad(const struct statistics_tally *t);
bool tally_is_mostly_fine(const struct statistics_tally *t);

/* Returns true when the device worked elsewhere after it began to fail here. Without this check, a device that has become
 * defective would look as if it worked everywhere but here. */
bool tally_was_fine_since(const struct statistics_tally *elsewhere, const struct statistics_tally *here);

/* The name of the port with this key, for PLACE(); "another port" when it does not exist now. */
void suspect_place(const struct model *m, const char *key, struct place *ret);
