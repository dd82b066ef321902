/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Charging: does the headset charge, and how long until it is full?
 *
 * A claim of the battery's side alone (docs/api.md, "charging"): the headset's own word, or its level over time. What USB
 * declares or grants never counts.
 */

#include "causes/diagnosis.h"
#include "words/words.h"

/* A range of minutes with what it rests on. max_minutes 0: nothing can be said. */
struct charging_time {
        uint32_t min_minutes, max_minutes;
        char assumption[192]; /* a sentence or two */
        struct params params; /* what it is made of */
};

struct charging_claim {
        enum charging state;
        enum battery_source source; /* whose word the state and the level are; BATTERY_BY_NOBODY: nobody tells */
        uint8_t level;              /* %, of the whole or the lowest part; BATTERY_UNKNOWN */
        struct moment at;           /* when that was told */
        bool stale;                 /* the headset is not connected any more: the level is the last one it told */
        struct charging_time time_to_full;
};

/* What the headset says of one part. */
struct part_claim {
        uint8_t level; /* BATTERY_UNKNOWN */
        enum charging state;
        enum battery_source source; /* BATTERY_BY_NOBODY: nobody tells of this part */
        struct moment at;           /* how old that is; { 0, 0 }: not known */
        bool stale;                 /* it was so then, and nobody says that it is so now */
};

void charging_part(const struct model *m, const struct headset *h, enum battery_part part, struct part_claim *ret);

/* Does it charge, by the headset's own word and not by its level, as far as that is of now and of this plug? A case's word counts
 * only if a bud was in it just then. `ret_source` and `ret_at` may be NULL. */
enum charging charging_word(const struct model *m, const struct sightings *seen, enum battery_source *ret_source,
                            struct moment *ret_at);

/* Never fails: what cannot be said is CHARGING_UNKNOWN. With more ways to see the headset more can be said: a level that falls
 * means little as long as nothing shows that it is plugged in. */
void charging_claim(const struct model *m, const struct sightings *seen, struct charging_claim *ret);

/* Since when the headset is plugged in, as far as USB or Type-C shows it; { 0, 0 }: neither does. */
struct moment charging_plugged_since(const struct sightings *seen);

/* The most that the port is known to offer it, mA; 0: not known, or not on a port of this computer. */
uint32_t charging_available_ma(const struct sightings *seen);

/* How long from `percent` to full with `available_ma`: rated time (Sony) stretched by what the port lacks. At a lower current
 * only the bulk of the charge takes longer, the end is slow with any supply; how much of each nobody tells, so it is a
 * range. Nothing is said when the model's time or current is not known. */
void charging_time(const struct model_facts *facts, uint32_t available_ma, unsigned percent, struct charging_time *ret);

/* "3.5 h", "40 min", "8 to 10.5 h". Returns buf. */
#define CHARGING_WORDS_MAX 40
const char *charging_minutes_words(uint32_t min_minutes, uint32_t max_minutes, char buf[static CHARGING_WORDS_MAX]);

/* Levels differ by more than the steps they come in, and by more than one reading is worth. */
bool charging_differs(const struct headset *h, unsigned a, unsigned b);

/* "bluez", "upower", "hid", "fast-pair", "mdr"; "nobody". */
const char *battery_source_name(enum battery_source source);

/* When the claim may change although nothing is told, in the events' clock (µs); 0: never. */
uint64_t charging_deadline(const struct model *m);
