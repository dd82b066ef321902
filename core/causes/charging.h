/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Charging: whether the headset charges, and how long it takes until it is full.
 *
 * This rests on the battery alone (docs/api.md, "charging"): on the charging state that the headset reports, or on its level
 * over time. What USB declares or grants is never used.
 */

#include "causes/diagnosis.h"
#include "words/words.h"

/* A range of minutes and what it is based on. max_minutes is 0 when no estimate is possible. */
struct charging_time {
        uint32_t min_minutes, max_minutes;
        char assumption[192]; /* one or two sentences */
        struct params params; /* named values for these sentences */
};

struct charging_claim {
        enum charging state;
        enum battery_source source; /* source of state and level; BATTERY_BY_NOBODY: none */
        uint8_t level;              /* per cent, of the whole or the lowest part; BATTERY_UNKNOWN */
        struct moment at;           /* when it was reported */
        bool stale;                 /* the headset is no longer connected: the level is the last one that it reported */
        struct charging_time time_to_full;
};

/* What the headset reports of one part. */
struct part_claim {
        uint8_t level; /* BATTERY_UNKNOWN */
        enum charging state;
        enum battery_source source; /* BATTERY_BY_NOBODY: no source reports this part */
        struct moment at;           /* when it was reported; { 0, 0 }: not known */
        bool stale;                 /* no longer current */
};

void charging_part(const struct model *m, const struct headset *h, enum battery_part part, struct part_claim *ret);

/* Returns the charging state that the headset itself reports, without using its level, if it is current and about this plug. The
 * state of a case counts only if an earbud was in it recently. `ret_source` and `ret_at` may be NULL. */
enum charging charging_word(const struct model *m, const struct sightings *seen, enum battery_source *ret_source,
                            struct moment *ret_at);

/* Never fails; the state is CHARGING_UNKNOWN when it cannot be determined. More sightings allow more conclusions: a falling level
 * means little while nothing shows that the headset is plugged in. */
void charging_claim(const struct model *m, const struct sightings *seen, struct charging_claim *ret);

/* Returns since when the headset is plugged in according to USB or Type-C; { 0, 0 }: neither sees it. */
struct moment charging_plugged_since(const struct sightings *seen);

/* Returns the highest current that the port is known to offer to it, mA; 0: not known, or not at a port of this computer. */
uint32_t charging_available_ma(const struct sightings *seen);

/* Estimates the time from `percent` to full with `available_ma`: Sony's rated time, extended when the port offers less than the
 * model needs. A lower current prolongs only the first phase of charging, because the last phase is slow with any supply. The
 * share of each phase is not published, so the result is a range. There is no estimate when the model's time or current is not
 * known. */
void charging_time(const struct model_facts *facts, uint32_t available_ma, unsigned percent, struct charging_time *ret);

/* "3.5 h", "40 min", "8 to 10.5 h". Returns buf. */
#define CHARGING_WORDS_MAX 80
const char *charging_minutes_words(uint32_t min_minutes, uint32_t max_minutes, char buf[static CHARGING_WORDS_MAX]);

/* Returns true when the levels differ by more than their granularity and by more than the error of a single reading. */
bool charging_differs(const struct headset *h, unsigned a, unsigned b);

/* Returns "bluez", "upower", "hid", "fast-pair", "mdr" or "nobody". */
const char *battery_source_name(enum battery_source source);

/* Returns the time at which the claim may change without an event, in the events' clock (µs); 0: never. */
uint64_t charging_deadline(const struct model *m);
