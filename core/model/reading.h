/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Reading: what a headset answered when it was asked on its own channel (Fast Pair or Sony's protocol), and the outcome of the
 * request.
 */

#include "model/facts.h"
#include "model/headset.h"

/* Resets the reading to "nothing is known". */
void reading_clear(struct headset_reading *r, enum battery_source source);

/* Stores the level and charging state of one part. Values that carry no information are stored as unknown. */
void reading_take(struct headset_reading *r, enum battery_part part, unsigned percent, enum charging charging);

/* Returns true when anything is known of the battery. */
bool reading_tells(const struct headset_reading *r);

/* Returns the newest reading of the headset while it is current: for a few minutes, within one link, and not across a sleep of
 * the computer or an unplug. Returns NULL otherwise. */
const struct headset_reading *headset_reading_now(const struct model *m, const struct headset *h);

/* Returns the version of the headset's firmware, or NULL when it is not known. The modalias is preferred, because the newest
 * known version of a model is taken from there. *ret_source is set to the source of the version (BlueZ or Fast Pair). */
const char *headset_firmware(const struct headset *h, enum battery_source *ret_source);

/* Returns the time of the case's values in the newest reading. An earbud repeats the last values that it received from the case,
 * so this is when an earbud was last in the case. { 0, 0 }: not known. */
struct moment headset_case_at(const struct headset *h);
