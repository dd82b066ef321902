/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The chance of each answer for each cause, in percent and in the order of the answers. A row need not sum to 100.
 *
 * All of them are estimates (table.h). Rows of one family or trait come before the row of all, and the row of ANY_CAUSE comes
 * last.
 */
#include "table.h"

#define OVER (1 << FAMILY_OVER_EAR | 1 << FAMILY_NECKBAND)

const struct doctor_chance_row doctor_chances[] = {
        /* danger: no, swollen, hot, wet, was wet, smoke */
        { ASK_DANGER, CAUSE_DANGER, 0, 0, { 5, 42, 40, 2, 3, 8 } },
        { ASK_DANGER, CAUSE_WET, 0, 0, { 8, 1, 1, 86, 3, 1 } },
        { ASK_DANGER, CAUSE_FAULT, 0, 0, { 84, 0.2f, 0.4f, 0.5f, 15, 0.2f } },
        { ASK_DANGER, CAUSE_CONTACTS, 0, 0, { 90, 0.2f, 0.4f, 0.5f, 8, 0.2f } },
        { ASK_DANGER, CAUSE_CASE, 0, 0, { 90, 0.2f, 0.4f, 0.5f, 8, 0.2f } },
        { ASK_DANGER, CAUSE_WORN, 0, 0, { 91, 0.2f, 0.4f, 0.5f, 7.5f, 0.2f } },
        { ASK_DANGER, ANY_CAUSE, 0, 0, { 93.5f, 0.2f, 0.4f, 0.5f, 5, 0.2f } },

        /* complaint: dead, buds, one, short, partial, slow, unusable, level, sometimes */
        { ASK_COMPLAINT, CAUSE_WORN, OVER, 0, { 36, 0, 0, 50, 4, 0, 1, 2, 2 } },
        { ASK_COMPLAINT, CAUSE_FULL, 0, 0, { 44, 3, 2, 2, 10, 1, 2, 36, 0.5f } },
        { ASK_COMPLAINT, CAUSE_LIMITED, 0, 0, { 4, 0, 0, 1, 85, 2, 0, 8, 0.5f } },
        { ASK_COMPLAINT, CAUSE_NORMAL, 0, 0, { 26, 4, 2, 0, 5, 18, 40, 5, 1 } },
        { ASK_COMPLAINT, CAUSE_STALE, 0, 0, { 9, 1, 0, 2, 14, 4, 0, 70, 2 } },
        { ASK_COMPLAINT, CAUSE_EARLY, 0, 0, { 86, 4, 1, 0, 1, 8, 0, 0, 0.3f } },
        { ASK_COMPLAINT, CAUSE_DEEP, 0, 0, { 84, 10, 3, 1, 1, 1, 0, 0, 1 } },
        { ASK_COMPLAINT, CAUSE_DANGER, 0, 0, { 15, 12, 30, 36, 4, 1, 1, 1, 2 } },
        { ASK_COMPLAINT, CAUSE_WET, 0, 0, { 88, 3, 1, 2, 2, 3, 0.5f, 0.5f, 5 } },
        { ASK_COMPLAINT, CAUSE_TEMPERATURE, 0, 0, { 78, 3, 1, 1, 8, 9, 0, 0, 8 } },
        { ASK_COMPLAINT, CAUSE_OFF, 0, 0, { 88, 3, 1, 2, 2, 3, 0.5f, 0.5f, 14 } },
        { ASK_COMPLAINT, CAUSE_PORT, 0, 0, { 88, 3, 1, 2, 2, 3, 0.5f, 0.5f, 8 } },
        { ASK_COMPLAINT, CAUSE_WEAK, 0, 0, { 36, 1, 0, 1, 14, 46, 0, 1, 4 } },
        { ASK_COMPLAINT, CAUSE_HUB, 0, 0, { 70, 1, 0, 1, 3, 25, 0, 0, 8 } },
        { ASK_COMPLAINT, CAUSE_ADAPTER, 0, 0, { 88, 3, 1, 2, 2, 3, 0.5f, 0.5f, 5 } },
        { ASK_COMPLAINT, CAUSE_UNFIT, 0, 0, { 84, 1, 0, 1, 2, 11, 0, 1, 6 } },
        { ASK_COMPLAINT, CAUSE_PAD, 0, 0, { 88, 3, 1, 2, 2, 3, 0.5f, 0.5f, 25 } },
        { ASK_COMPLAINT, CAUSE_CABLE, 0, 0, { 88, 3, 1, 2, 2, 3, 0.5f, 0.5f, 14 } },
        { ASK_COMPLAINT, CAUSE_KIND, 0, 0, { 88, 3, 1, 2, 2, 3, 0.5f, 0.5f, 4 } },
        { ASK_COMPLAINT, CAUSE_PLUG, 0, 0, { 88, 3, 1, 2, 2, 3, 0.5f, 0.5f, 28 } },
        { ASK_COMPLAINT, CAUSE_DIRT, 0, 0, { 88, 3, 1, 2, 2, 3, 0.5f, 0.5f, 20 } },
        { ASK_COMPLAINT, CAUSE_CONTACTS, 0, 0, { 3, 40, 48, 3, 4, 1, 0, 1, 14 } },
        { ASK_COMPLAINT, CAUSE_SEAT, 0, 0, { 2, 40, 54, 2, 2, 0, 0, 0, 14 } },
        { ASK_COMPLAINT, CAUSE_EMPTY, 0, 0, { 32, 46, 7, 13, 1, 0, 0, 1, 1 } },
        { ASK_COMPLAINT, CAUSE_HUNG, 0, 0, { 68, 12, 10, 1, 3, 2, 1, 3, 4 } },
        { ASK_COMPLAINT, CAUSE_FIRMWARE, 0, 0, { 8, 10, 24, 42, 5, 1, 0, 10, 2 } },
        { ASK_COMPLAINT, CAUSE_WORN, 0, 0, { 4, 12, 40, 37, 4, 0, 1, 2, 2 } },
        { ASK_COMPLAINT, CAUSE_CASE, 0, 0, { 46, 14, 2, 33, 2, 1, 0, 2, 3 } },
        { ASK_COMPLAINT, CAUSE_FAULT, 0, 0, { 66, 18, 7, 2, 3, 1, 1, 0, 14 } },
        { ASK_COMPLAINT, ANY_CAUSE, 0, 0, { 88, 3, 1, 2, 2, 3, 0.5f, 0.5f, 3 } },

        /* light: dark, steady, double, blinks, seconds, went-off, always, dim */
        { ASK_LIGHT, CAUSE_WORN, OVER, 0, { 26, 28, 2, 10, 20, 14, 8, 3 } },
        { ASK_LIGHT, CAUSE_NORMAL, 0, TRAIT_BLINKS, { 4, 20, 5, 65, 1, 5, 4, 1 } },
        { ASK_LIGHT, CAUSE_FULL, 0, 0, { 52, 2, 0.3f, 0.7f, 15, 30, 0.5f, 0.3f } },
        { ASK_LIGHT, CAUSE_LIMITED, 0, 0, { 20, 40, 0.3f, 0.7f, 2, 37, 0.5f, 0.3f } },
        { ASK_LIGHT, CAUSE_NORMAL, 0, 0, { 6, 75, 0.5f, 8.5f, 2, 8, 4, 1 } },
        { ASK_LIGHT, CAUSE_STALE, 0, 0, { 14, 58, 0.5f, 1.5f, 2, 24, 6, 2 } },
        { ASK_LIGHT, CAUSE_EARLY, 0, 0, { 80, 14, 0.5f, 1.5f, 3, 1, 0.5f, 0.5f } },
        { ASK_LIGHT, CAUSE_DEEP, 0, 0, { 62, 3, 1, 13, 20, 1, 0.5f, 6 } },
        { ASK_LIGHT, CAUSE_DANGER, 0, 0, { 20, 44, 8, 17, 6, 5, 3, 2 } },
        { ASK_LIGHT, CAUSE_WET, 0, 0, { 25, 30, 7, 26, 10, 2, 0.5f, 2 } },
        { ASK_LIGHT, CAUSE_TEMPERATURE, 0, 0, { 8, 5, 56, 24, 5, 2, 0.5f, 1 } },
        { ASK_LIGHT, CAUSE_OFF, 0, 0, { 58, 5, 0.5f, 1.5f, 10, 25, 0.5f, 2 } },
        { ASK_LIGHT, CAUSE_WEAK, 0, 0, { 20, 60, 1, 4, 10, 5, 6, 6 } },
        { ASK_LIGHT, CAUSE_HUB, 0, 0, { 46, 30, 1, 6, 15, 2, 0.5f, 10 } },
        { ASK_LIGHT, CAUSE_UNFIT, 0, 0, { 68, 4, 2, 7, 18, 1, 0.5f, 2 } },
        { ASK_LIGHT, CAUSE_PAD, 0, 0, { 50, 5, 3, 27, 14, 1, 0.5f, 4 } },
        { ASK_LIGHT, CAUSE_CABLE, 0, 0, { 81, 5, 0.4f, 3.6f, 8, 2, 0.5f, 4 } },
        { ASK_LIGHT, CAUSE_KIND, 0, 0, { 81, 5, 0.4f, 3.6f, 8, 2, 0.5f, 4 } },
        { ASK_LIGHT, CAUSE_PLUG, 0, 0, { 72, 5, 0.4f, 14, 8, 2, 0.5f, 10 } },
        { ASK_LIGHT, CAUSE_DIRT, 0, 0, { 81, 5, 0.4f, 3.6f, 8, 2, 0.5f, 8 } },
        { ASK_LIGHT, CAUSE_CONTACTS, 0, 0, { 22, 56, 1, 6, 3, 12, 3, 1 } },
        { ASK_LIGHT, CAUSE_SEAT, 0, 0, { 26, 54, 0.5f, 3.5f, 2, 14, 3, 1 } },
        { ASK_LIGHT, CAUSE_EMPTY, 0, 0, { 22, 62, 1, 9, 3, 3, 0.5f, 2 } },
        { ASK_LIGHT, CAUSE_HUNG, 0, 0, { 56, 18, 3, 13, 8, 2, 4, 2 } },
        { ASK_LIGHT, CAUSE_FIRMWARE, 0, 0, { 10, 58, 1, 5, 2, 24, 3, 2 } },
        { ASK_LIGHT, CAUSE_WORN, 0, 0, { 12, 44, 1.5f, 7.5f, 13, 22, 8, 3 } },
        { ASK_LIGHT, CAUSE_CASE, 0, 0, { 26, 14, 1, 5, 50, 4, 2, 2 } },
        { ASK_LIGHT, CAUSE_FAULT, 0, 0, { 58, 15, 3, 14, 9, 2, 3, 4 } },
        { ASK_LIGHT, ANY_CAUSE, 0, 0, { 81, 5, 0.4f, 3.6f, 8, 2, 0.5f, 2 } },

        /* colour: red, orange, other */
        { ASK_COLOUR, CAUSE_NORMAL, 0, TRAIT_BLINKS, { 4, 92, 4 } },
        { ASK_COLOUR, CAUSE_DANGER, 0, 0, { 60, 37, 3 } },
        { ASK_COLOUR, CAUSE_WET, 0, 0, { 72, 25, 3 } },
        { ASK_COLOUR, CAUSE_TEMPERATURE, 0, 0, { 60, 37, 3 } },
        { ASK_COLOUR, CAUSE_CASE, 0, 0, { 40, 55, 5 } },
        { ASK_COLOUR, CAUSE_FAULT, 0, 0, { 58, 38, 4 } },
        { ASK_COLOUR, ANY_CAUSE, 0, 0, { 8, 88, 4 } },

        /* since: minutes, stored, long */
        { ASK_SINCE, CAUSE_EARLY, 0, 0, { 84, 4, 12 } },
        { ASK_SINCE, CAUSE_DEEP, 0, 0, { 6, 88, 6 } },
        { ASK_SINCE, CAUSE_WORN, 0, 0, { 5, 11, 84 } },
        { ASK_SINCE, CAUSE_CASE, 0, 0, { 5, 14, 81 } },
        { ASK_SINCE, CAUSE_FAULT, 0, 0, { 5, 11, 84 } },
        { ASK_SINCE, ANY_CAUSE, 0, 0, { 6, 4, 90 } },

        /* place: cold, normal, hot */
        { ASK_PLACE, CAUSE_DANGER, 0, 0, { 2, 84, 14 } },
        { ASK_PLACE, CAUSE_TEMPERATURE, 0, 0, { 32, 38, 30 } },
        { ASK_PLACE, ANY_CAUSE, 0, 0, { 3, 94, 3 } },

        /* source: computer, hub, adapter, fast, bank, console, pad, stand */
        { ASK_SOURCE, CAUSE_CONTACTS, OVER, 0, { 12, 3, 16, 8, 3, 3, 0, 55 } },
        { ASK_SOURCE, CAUSE_SEAT, OVER, 0, { 6, 1, 5, 3, 2, 1, 2, 80 } },
        { ASK_SOURCE, CAUSE_OFF, 0, 0, { 34, 8, 6, 4, 28, 20, 0, 0 } },
        { ASK_SOURCE, CAUSE_PORT, 0, 0, { 78, 12, 1, 1, 0, 8, 0, 0 } },
        { ASK_SOURCE, CAUSE_WEAK, 0, 0, { 55, 20, 5, 0, 1, 19, 0, 0 } },
        { ASK_SOURCE, CAUSE_HUB, 0, 0, { 3, 97, 0, 0, 0, 0, 0, 0 } },
        { ASK_SOURCE, CAUSE_ADAPTER, 0, 0, { 0, 0, 71, 22, 6, 1, 0, 0 } },
        { ASK_SOURCE, CAUSE_UNFIT, 0, 0, { 0, 0, 10, 74, 15, 1, 0, 0 } },
        { ASK_SOURCE, CAUSE_PAD, 0, 0, { 0, 0, 1, 1, 0, 0, 98, 8 } },
        { ASK_SOURCE, ANY_CAUSE, 0, 0, { 23, 7, 34, 20, 8, 6, 2, 1 } },

        /* awake: yes, no */
        { ASK_AWAKE, CAUSE_OFF, 0, 0, { 14, 86 } },
        { ASK_AWAKE, ANY_CAUSE, 0, 0, { 93, 7 } },

        /* cable: supplied, other-a, other-c */
        { ASK_CABLE, CAUSE_UNFIT, 0, 0, { 34, 16, 50 } },
        { ASK_CABLE, CAUSE_KIND, 0, 0, { 2, 28, 70 } },
        { ASK_CABLE, ANY_CAUSE, 0, 0, { 45, 30, 25 } },

        /* phone: yes, no */
        { ASK_PHONE, CAUSE_OFF, 0, 0, { 25, 75 } },
        { ASK_PHONE, CAUSE_PORT, 0, 0, { 12, 88 } },
        { ASK_PHONE, CAUSE_WEAK, 0, 0, { 80, 20 } },
        { ASK_PHONE, CAUSE_HUB, 0, 0, { 78, 22 } },
        { ASK_PHONE, CAUSE_ADAPTER, 0, 0, { 5, 95 } },
        { ASK_PHONE, CAUSE_CABLE, 0, 0, { 6, 94 } },
        { ASK_PHONE, CAUSE_KIND, 0, 0, { 70, 30 } },
        { ASK_PHONE, CAUSE_PLUG, 0, 0, { 66, 34 } },
        { ASK_PHONE, ANY_CAUSE, 0, 0, { 96, 4 } },

        /* socket: clean, dirt, loose */
        { ASK_SOCKET, CAUSE_CABLE, 0, 0, { 80, 5, 15 } },
        { ASK_SOCKET, CAUSE_PLUG, 0, 0, { 36, 9, 55 } },
        { ASK_SOCKET, CAUSE_DIRT, 0, 0, { 15, 76, 9 } },
        { ASK_SOCKET, CAUSE_FAULT, 0, 0, { 68, 8, 24 } },
        { ASK_SOCKET, ANY_CAUSE, 0, 0, { 91, 6, 3 } },

        /* contacts: clean, dirty, crust */
        { ASK_CONTACTS, CAUSE_WET, 0, 0, { 60, 15, 25 } },
        { ASK_CONTACTS, CAUSE_CONTACTS, 0, 0, { 20, 68, 12 } },
        { ASK_CONTACTS, CAUSE_SEAT, 0, 0, { 76, 21, 3 } },
        { ASK_CONTACTS, CAUSE_FAULT, 0, 0, { 66, 12, 22 } },
        { ASK_CONTACTS, ANY_CAUSE, 0, 0, { 84, 14, 2 } },

        /* case: ok, no-light, drains, only-cable */
        { ASK_CASE, CAUSE_CONTACTS, 0, 0, { 76, 8, 8, 8 } },
        { ASK_CASE, CAUSE_SEAT, 0, 0, { 86, 6, 5, 3 } },
        { ASK_CASE, CAUSE_EMPTY, 0, 0, { 14, 76, 8, 2 } },
        { ASK_CASE, CAUSE_WORN, 0, 0, { 84, 4, 10, 2 } },
        { ASK_CASE, CAUSE_CASE, 0, 0, { 6, 32, 31, 31 } },
        { ASK_CASE, CAUSE_FAULT, 0, 0, { 44, 44, 4, 8 } },
        { ASK_CASE, ANY_CAUSE, 0, 0, { 80, 11, 6, 3 } },

        /* runs: normal, short, one, dies, not */
        { ASK_RUNS, CAUSE_WORN, OVER, 0, { 3, 50, 0, 32, 15 } },
        { ASK_RUNS, CAUSE_FULL, 0, 0, { 91, 3, 1, 1, 4 } },
        { ASK_RUNS, CAUSE_LIMITED, 0, 0, { 93, 5, 1, 0, 1 } },
        { ASK_RUNS, CAUSE_NORMAL, 0, 0, { 80, 4, 1, 1, 14 } },
        { ASK_RUNS, CAUSE_STALE, 0, 0, { 90, 6, 1, 1, 2 } },
        { ASK_RUNS, CAUSE_EARLY, 0, 0, { 8, 2, 1, 3, 86 } },
        { ASK_RUNS, CAUSE_DEEP, 0, 0, { 2, 2, 1, 3, 92 } },
        { ASK_RUNS, CAUSE_DANGER, 0, 0, { 5, 38, 45, 2, 10 } },
        { ASK_RUNS, CAUSE_TEMPERATURE, 0, 0, { 45, 4, 2, 2, 47 } },
        { ASK_RUNS, CAUSE_WEAK, 0, 0, { 60, 12, 1, 1, 26 } },
        { ASK_RUNS, CAUSE_CONTACTS, 0, 0, { 14, 8, 46, 2, 30 } },
        { ASK_RUNS, CAUSE_SEAT, 0, 0, { 18, 6, 50, 1, 25 } },
        { ASK_RUNS, CAUSE_EMPTY, 0, 0, { 25, 22, 5, 2, 46 } },
        /* one earbud whose firmware hangs looks like an empty one: estimate */
        { ASK_RUNS, CAUSE_HUNG, 1 << FAMILY_EARBUDS, 0, { 14, 2, 14, 2, 68 } },
        { ASK_RUNS, CAUSE_HUNG, 0, 0, { 14, 2, 2, 2, 80 } },
        { ASK_RUNS, CAUSE_FIRMWARE, 0, 0, { 10, 56, 28, 3, 3 } },
        { ASK_RUNS, CAUSE_WORN, 0, 0, { 3, 40, 37, 10, 10 } },
        { ASK_RUNS, CAUSE_CASE, 0, 0, { 34, 22, 3, 8, 33 } },
        { ASK_RUNS, CAUSE_FAULT, 0, 0, { 22, 3, 6, 11, 58 } },
        { ASK_RUNS, ANY_CAUSE, 0, 0, { 40, 3, 1, 2, 54 } },

        /* level: full, eighty, low, none, stuck */
        { ASK_LEVEL, CAUSE_FULL, 0, 0, { 82, 3, 5, 10, 1 } },
        { ASK_LEVEL, CAUSE_LIMITED, 0, 0, { 9, 84, 4, 3, 6 } },
        { ASK_LEVEL, CAUSE_NORMAL, 0, 0, { 6, 5, 58, 31, 2 } },
        { ASK_LEVEL, CAUSE_STALE, 0, 0, { 20, 5, 60, 15, 8 } },
        { ASK_LEVEL, CAUSE_DANGER, 0, 0, { 4, 1, 45, 50, 6 } },
        { ASK_LEVEL, CAUSE_TEMPERATURE, 0, 0, { 4, 1, 45, 50, 6 } },
        { ASK_LEVEL, CAUSE_CONTACTS, 0, 0, { 12, 4, 48, 36, 5 } },
        { ASK_LEVEL, CAUSE_SEAT, 0, 0, { 12, 4, 48, 36, 5 } },
        { ASK_LEVEL, CAUSE_HUNG, 0, 0, { 4, 1, 45, 50, 5 } },
        { ASK_LEVEL, CAUSE_FIRMWARE, 0, 0, { 30, 5, 30, 35, 8 } },
        { ASK_LEVEL, CAUSE_WORN, 0, 0, { 38, 4, 24, 34, 14 } },
        { ASK_LEVEL, CAUSE_CASE, 0, 0, { 30, 2, 28, 40, 4 } },
        { ASK_LEVEL, CAUSE_FAULT, 0, 0, { 4, 1, 45, 50, 6 } },
        { ASK_LEVEL, ANY_CAUSE, 0, 0, { 2, 1, 47, 50, 3 } },

        /* seated: yes, no */
        { ASK_SEATED, CAUSE_CONTACTS, 0, 0, { 92, 8 } },
        { ASK_SEATED, CAUSE_SEAT, 0, 0, { 10, 90 } },
        { ASK_SEATED, ANY_CAUSE, 0, 0, { 97, 3 } },

        /* firmware: current, old */
        { ASK_FIRMWARE, CAUSE_FIRMWARE, 0, 0, { 10, 90 } },
        { ASK_FIRMWARE, ANY_CAUSE, 0, 0, { 70, 30 } },
};
const size_t doctor_n_chances = sizeof doctor_chances / sizeof *doctor_chances;
