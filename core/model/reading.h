/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Reading: what a headset said of itself when it was asked over a channel of its own (Fast Pair or Sony's protocol), and how
 * that ended.
 */

#include "model/facts.h"
#include "model/headset.h"

enum reading_outcome {
        READING_TOLD,    /* the headset told its battery */
        READING_SILENT,  /* the channel was open, and the headset told nothing of its battery */
        READING_TAKEN,   /* another program of this computer has the channel */
        READING_REFUSED, /* the channel could not be opened; a phone may have it */
        READING_LOST,    /* the channel was closed before the headset had told anything */
        _READING_OUTCOME_MAX,
};

struct headset_reading {
        char address[24]; /* which headset; private, as in struct headset_facts */
        char mark[16];
        enum battery_source source;
        enum reading_outcome outcome;
        struct battery_state parts[_BATTERY_PART_MAX];
        enum tristate care;   /* battery care is on */
        uint8_t care_percent; /* charging stops there; BATTERY_UNKNOWN: not told */
        enum tristate wet;    /* its charging socket is wet */
        char firmware[16];    /* made safe; empty: not told */
};

/* Nothing is known. */
void reading_clear(struct headset_reading *r, enum battery_source source);

/* Takes a level and the word on charging of one part, and makes unknown what tells nothing. */
void reading_take(struct headset_reading *r, enum battery_part part, unsigned percent, enum charging charging);

/* Is anything known of the battery? */
bool reading_tells(const struct headset_reading *r);
