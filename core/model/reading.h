/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Reading: what a headset said of itself when it was asked over a channel of its own (Fast Pair or Sony's protocol), and how
 * that ended.
 */

#include "model/facts.h"
#include "model/headset.h"

/* Nothing is known. */
void reading_clear(struct headset_reading *r, enum battery_source source);

/* Takes a level and the word on charging of one part, and makes unknown what tells nothing. */
void reading_take(struct headset_reading *r, enum battery_part part, unsigned percent, enum charging charging);

/* Is anything known of the battery? */
bool reading_tells(const struct headset_reading *r);

/* The newest reading of the headset, as long as it says how things are: a few minutes within one link, and not over a sleep of
 * the computer or an unplug. NULL: none. */
const struct headset_reading *headset_reading_now(const struct model *m, const struct headset *h);

/* The version of the headset's own program. The modalias comes first, as the newest known version of a model is taken from there;
 * *ret_source: who told it (BlueZ or Fast Pair). NULL: nobody told it. */
const char *headset_firmware(const struct headset *h, enum battery_source *ret_source);

/* How old the case's part of the newest reading is: a bud tells what the case told it last, and that is when a bud was in it.
 * { 0, 0 }: nobody knows. */
struct moment headset_case_at(const struct headset *h);
