/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The possible causes.
 *
 * Weights: half of each comes from the reports of 12 owners of over-ear headsets and 28 owners of earbuds, and half from the
 * order of Sony's own steps, rounded. Owners who write about a problem have hard cases: by their reports alone, 46 % of earbuds
 * would have worn cells. Of the electronics that buyers return, 68 % have no fault (newsroom.accenture.com 2011-12-13). So the
 * causes that are no faults need weight, too.
 *
 * The sentences about the causes are in words/sentences.def.
 */
#include "table.h"

#define WORKED(step) \
        { WHEN, step, A(CHANGE_WORKS) }
/* A headset that is empty too soon is neither full nor healthy, whatever its light shows (owners, six of them). */
#define DRAINS (A(COMPLAINT_SHORT) | A(COMPLAINT_ONE) | A(COMPLAINT_BUDS))
#define FROM_COMPUTER (A(SOURCE_COMPUTER) | A(SOURCE_HUB))
#define NOT_FROM_COMPUTER (A(SOURCE_ADAPTER) | A(SOURCE_FAST) | A(SOURCE_BANK) | A(SOURCE_PAD) | A(SOURCE_STAND))
#define ELSE \
        { OR, 0, 0 }

const struct doctor_cause_row doctor_causes[_CAUSE_MAX] = {
        /* no faults */
        [CAUSE_FULL] = {
                .id = "full", .code = "battery-full", .segment = "device", .change = STEP_NONE,
                .weight = { 5, 5, 5, 4 }, /* A3: the light goes off when charging is done; estimate */
                .when = { { UNLESS, ASK_COMPLAINT, DRAINS }, { UNLESS, ASK_LEVEL, A(LEVEL_LOW) | A(LEVEL_STUCK) }, { UNLESS, ASK_RUNS, A(RUNS_SHORT) | A(RUNS_ONE) | A(RUNS_DIES) } },
                .cause = SAY_DOCTOR_FULL,
                .action = SAY_DOCTOR_FULL_DO,
        },
        [CAUSE_LIMITED] = {
                .id = "limited", .code = "charge-limited", .segment = "device", .change = STEP_NONE,
                .weight = { 1, 1, 1, 1 }, /* owners 1/12; COLLEXION's Help Guide; more on models with a limit */
                .when = { { UNLESS, ASK_COMPLAINT, DRAINS }, { UNLESS, ASK_LEVEL, A(LEVEL_LOW) | A(LEVEL_STUCK) | A(LEVEL_NONE) } },
                .cause = SAY_DOCTOR_LIMITED,
                .action = SAY_DOCTOR_LIMITED_DO,
        },
        [CAUSE_NORMAL] = {
                .id = "normal", .code = "charging-normally", .segment = "device", .group = GROUP_LEVEL, .change = STEP_NONE, .two_facts = true,
                .weight = { 7, 8, 5, 5 }, /* owners 2/12; XM5's Help Guide TP1000534372 */
                .when = { { UNLESS, ASK_COMPLAINT, DRAINS }, { UNLESS, ASK_RUNS, A(RUNS_SHORT) | A(RUNS_ONE) | A(RUNS_DIES) } },
                .cause = SAY_DOCTOR_NORMAL,
                .action = SAY_DOCTOR_NORMAL_DO,
                .proof = { { WHEN, ASK_RUNS, A(RUNS_NORMAL) }, ELSE, { WHEN, ASK_LIGHT, A(LIGHT_STEADY) | A(LIGHT_WENT_OFF) | A(LIGHT_BLINKS) | A(LIGHT_ALWAYS) } },
        },
        [CAUSE_STALE] = {
                .id = "stale", .code = "charging-normally", .segment = "device", .group = GROUP_LEVEL, .change = DO_RECONNECT,
                .weight = { 4, 4, 2, 3 }, /* owners 2/12 */
                .when = { { UNLESS, ASK_COMPLAINT, DRAINS } },
                .cause = SAY_DOCTOR_STALE,
                .action = SAY_DOCTOR_STALE_DO,
        },
        [CAUSE_EARLY] = {
                .id = "early", .code = "too-early", .segment = "device", .change = DO_WAIT,
                .weight = { 3, 3, 3, 2 }, /* A1: five minutes */
                .when = { { UNLESS, ASK_COMPLAINT, DRAINS } },
                .cause = SAY_DOCTOR_EARLY,
                .action = SAY_DOCTOR_EARLY_DO,
        },
        [CAUSE_DEEP] = {
                .id = "deep", .code = "deep-discharge", .segment = "device", .change = DO_WAIT,
                .weight = { 5, 6, 6, 4 }, /* WF-C500 Help Guide p. 21, 1ADAC TP0000551020, A5; owners 2/28 */
                .cause = SAY_DOCTOR_DEEP,
                .action = SAY_DOCTOR_DEEP_DO,
        },
        /* danger */
        [CAUSE_DANGER] = {
                .id = "danger", .code = "battery-danger", .segment = "device", .change = STEP_NONE, .service = true, .warning = true,
                .weight = { 2, 1, 1, 3 }, /* owners 1/12 and 2/28, four more pages */
                .when = { { WHEN, ASK_DANGER, A(DANGER_SWOLLEN) | A(DANGER_HOT) | A(DANGER_SMOKE) } },
                .cause = SAY_DOCTOR_DANGER,
                .action = SAY_DOCTOR_DANGER_DO,
        },
        [CAUSE_WET] = {
                .id = "wet", .code = "wet", .segment = "device", .change = STEP_NONE, .warning = true,
                .weight = { 2, 2, 3, 3 }, /* A6, COLLEXION's Help Guide; owners 1/28 */
                .when = { { WHEN, ASK_DANGER, A(DANGER_WET) } },
                .cause = SAY_DOCTOR_WET,
                .action = SAY_DOCTOR_WET_DO,
        },
        [CAUSE_TEMPERATURE] = {
                .id = "temp", .code = "temperature", .segment = "device", .change = DO_ROOM, .warning = true,
                .weight = { 4, 4, 4, 3 }, /* A1, A3, A4 */
                .when = { { UNLESS, ASK_COMPLAINT, DRAINS } },
                .cause = SAY_DOCTOR_TEMPERATURE,
                .action = SAY_DOCTOR_TEMPERATURE_DO,
                .proof = { { WHEN, ASK_LIGHT, A(LIGHT_DOUBLE) },
                           ELSE,
                           { WHEN, ASK_PLACE, A(PLACE_COLD) | A(PLACE_HOT) },
                           ELSE,
                           WORKED(DO_ROOM) },
        },
        /* the power supply */
        [CAUSE_OFF] = {
                .id = "off", .code = "power-source-off", .segment = "supply", .change = DO_KEEP_ON, .warning = true,
                .weight = { 7, 9, 9, 5 }, /* A2, XM5's Help Guide, playstation.com; power banks: uk.ugreen.com */
                .when = { { UNLESS, ASK_AWAKE, A(ANSWER_YES) }, ELSE, WORKED(DO_KEEP_ON) },
                .cause = SAY_DOCTOR_OFF,
                .action = SAY_DOCTOR_OFF_DO,
                .proof = { { WHEN, ASK_AWAKE, A(ANSWER_NO) }, ELSE, WORKED(DO_KEEP_ON), ELSE, WORKED(DO_TRY_SOURCE) },
        },
        [CAUSE_PORT] = {
                .id = "port", .code = "port-suspect", .segment = "port", .change = DO_TRY_PORT, .warning = true,
                .weight = { 3, 4, 4, 2 }, /* A1; two reports */
                .when = { { UNLESS, ASK_SOURCE, NOT_FROM_COMPUTER } },
                .cause = SAY_DOCTOR_PORT,
                .action = SAY_DOCTOR_PORT_DO,
                .proof = { WORKED(DO_TRY_PORT) },
        },
        [CAUSE_WEAK] = {
                .id = "weak", .code = "port-limits-current", .segment = "port", .change = DO_TRY_SOURCE,
                .weight = { 2, 3, 2, 1 }, /* XM5's Help Guide, NS7 TP1000432524: 0.5 to 1.5 A are slow */
                .cause = SAY_DOCTOR_WEAK,
                .action = SAY_DOCTOR_WEAK_DO,
                .proof = { WORKED(DO_TRY_SOURCE),
                           ELSE,
                           { WHEN, ASK_COMPLAINT, A(COMPLAINT_SLOW) },
                           { WHEN, ASK_SOURCE, A(SOURCE_COMPUTER) | A(SOURCE_HUB) | A(SOURCE_CONSOLE) } },
        },
        [CAUSE_HUB] = {
                .id = "hub", .code = "hub-in-path", .segment = "hub", .change = DO_TRY_PORT, .warning = true,
                .weight = { 3, 4, 4, 2 }, /* A2; one report */
                .when = { { UNLESS, ASK_SOURCE, NOT_FROM_COMPUTER } },
                .cause = SAY_DOCTOR_HUB,
                .action = SAY_DOCTOR_HUB_DO,
                .proof = { WORKED(DO_TRY_PORT), ELSE, WORKED(DO_TRY_SOURCE) },
        },
        [CAUSE_ADAPTER] = {
                .id = "adapter", .code = "adapter-suspect", .segment = "supply", .group = GROUP_ADAPTER, .change = DO_TRY_SOURCE,
                .warning = true,
                .weight = { 5, 6, 6, 4 }, /* A1 */
                .when = { { UNLESS, ASK_SOURCE, FROM_COMPUTER } },
                .cause = SAY_DOCTOR_ADAPTER,
                .action = SAY_DOCTOR_ADAPTER_DO,
                .proof = { WORKED(DO_TRY_SOURCE),
                           ELSE,
                           { WHEN, ASK_PHONE, A(ANSWER_NO) },
                           { WHEN, DO_TRY_CABLE, A(CHANGE_FAILS) } },
        },
        [CAUSE_UNFIT] = {
                .id = "unfit", .code = "adapter-suspect", .segment = "supply", .group = GROUP_ADAPTER, .change = DO_TRY_SOURCE,
                .warning = true,
                .weight = { 2, 3, 2, 3 }, /* owners 1/28; XM5's Help Guide: some adapters fail */
                .when = { { UNLESS, ASK_SOURCE, FROM_COMPUTER } },
                .cause = SAY_DOCTOR_UNFIT,
                .action = SAY_DOCTOR_UNFIT_DO,
                .proof = { WORKED(DO_TRY_SOURCE) },
        },
        [CAUSE_PAD] = {
                .id = "pad", .code = "adapter-suspect", .segment = "supply", .group = GROUP_ADAPTER, .change = DO_TRY_SOURCE,
                .warning = true,
                .weight = { 1, 0.2f, 0.2f, 2 }, /* owners 1/28; a public guide */
                .when = { { UNLESS, ASK_SOURCE, FROM_COMPUTER | A(SOURCE_ADAPTER) } },
                .cause = SAY_DOCTOR_PAD,
                .action = SAY_DOCTOR_PAD_DO,
                .proof = { WORKED(DO_TRY_SOURCE), ELSE, WORKED(DO_CHARGE_CASE) },
        },
        /* the cable and its ends */
        [CAUSE_CABLE] = {
                .id = "cable", .code = "cable-suspect", .segment = "cable", .change = DO_TRY_CABLE, .warning = true,
                .weight = { 10, 13, 14, 7 }, /* A1, A6: Sony's first step; owners 1/12 */
                .cause = SAY_DOCTOR_CABLE,
                .action = SAY_DOCTOR_CABLE_DO,
                .proof = { WORKED(DO_TRY_CABLE),
                           ELSE,
                           { WHEN, ASK_PHONE, A(ANSWER_NO) },
                           { WHEN, DO_TRY_SOURCE, A(CHANGE_FAILS) } },
        },
        [CAUSE_KIND] = {
                .id = "kind", .code = "cable-kind", .segment = "cable", .change = DO_TRY_CABLE, .warning = true,
                .weight = { 5, 6, 4, 3 }, /* A2, WF-C500 Help Guide; eleven reports of other makes */
                .cause = SAY_DOCTOR_KIND,
                .action = SAY_DOCTOR_KIND_DO,
                .proof = { WORKED(DO_TRY_CABLE) },
        },
        [CAUSE_PLUG] = {
                .id = "plug", .code = "link-unstable", .segment = "link", .group = GROUP_SOCKET, .change = DO_REPLUG, .warning = true,
                .weight = { 4, 5, 6, 2 }, /* A1, A2 */
                .cause = SAY_DOCTOR_PLUG,
                .action = SAY_DOCTOR_PLUG_DO,
                .proof = { WORKED(DO_REPLUG), ELSE, { WHEN, ASK_SOCKET, A(SOCKET_LOOSE) } },
        },
        [CAUSE_DIRT] = {
                .id = "dirt", .code = "contacts-dirty", .segment = "device", .group = GROUP_SOCKET, .change = DO_REPLUG, .warning = true,
                .weight = { 3, 4, 5, 2 }, /* A6; a public guide */
                .cause = SAY_DOCTOR_DIRT,
                .action = SAY_DOCTOR_DIRT_DO,
                .proof = { { WHEN, ASK_SOCKET, A(SOCKET_DIRT) } },
        },
        /* earbuds, case, stand */
        [CAUSE_CONTACTS] = {
                .id = "contacts", .code = "contacts-dirty", .segment = "device", .group = GROUP_TOUCH, .change = DO_RESEAT, .warning = true,
                .weight = { 7, 1, 4, 14 }, /* A4 third; owners 3/28; a public guide; pins of neckbands and stands: estimate */
                .cause = SAY_DOCTOR_CONTACTS,
                .action = SAY_DOCTOR_CONTACTS_DO,
                .proof = { { WHEN, ASK_CONTACTS, A(CONTACTS_DIRT) | A(CONTACTS_CRUST) } },
        },
        [CAUSE_SEAT] = {
                .id = "seat", .code = "earbud-seating", .segment = "device", .group = GROUP_TOUCH, .change = DO_RESEAT, .warning = true,
                .weight = { 4, 0.3f, 0.3f, 8 }, /* A4 first; a public guide */
                .cause = SAY_DOCTOR_SEAT,
                .action = SAY_DOCTOR_SEAT_DO,
                .proof = { WORKED(DO_RESEAT), ELSE, { WHEN, ASK_SEATED, A(ANSWER_NO) } },
        },
        [CAUSE_EMPTY] = {
                .id = "empty", .code = "case-empty", .segment = "device", .change = DO_CHARGE_CASE, .warning = true,
                .weight = { 3, 0, 0, 7 }, /* A4 second, WF-C700N Help Guide; owners 1/28 */
                .cause = SAY_DOCTOR_EMPTY,
                .action = SAY_DOCTOR_EMPTY_DO,
                .proof = { WORKED(DO_CHARGE_CASE), ELSE, { WHEN, ASK_CASE, A(CASE_NO_LIGHT) } },
        },
        /* the headset itself */
        [CAUSE_HUNG] = {
                .id = "hung", .code = "headset-hung", .segment = "device", .change = DO_RESET,
                .weight = { 5, 5, 4, 4 }, /* A1 */
                .cause = SAY_DOCTOR_HUNG,
                .action = SAY_DOCTOR_HUNG_DO,
                .proof = { WORKED(DO_RESET), ELSE, WORKED(DO_INITIALISE) },
        },
        [CAUSE_FIRMWARE] = {
                .id = "fw", .code = "firmware-old", .segment = "device", .change = DO_UPDATE,
                .weight = { 1, 1, 1, 2 }, /* public pages: version 1.4.2 of the WF-1000XM4 drains the battery, 1.6.1 corrects this */
                .cause = SAY_DOCTOR_FIRMWARE,
                .action = SAY_DOCTOR_FIRMWARE_DO,
                .proof = { WORKED(DO_UPDATE) },
        },
        [CAUSE_WORN] = {
                .id = "worn", .code = "battery-worn", .segment = "device", .group = GROUP_SERVICE, .change = STEP_NONE,
                .service = true, .warning = true, .two_facts = true,
                .weight = { 13, 9, 9, 18 }, /* owners 1/12 and 13/28 */
                /* A headset that plays as long as when it was new is not worn. One that switches off on the cable does so by
                 * design. */
                .when = { { UNLESS, ASK_RUNS, A(RUNS_NORMAL) }, { UNLESS, ASK_COMPLAINT, A(COMPLAINT_UNUSABLE) } },
                .cause = SAY_DOCTOR_WORN,
                .action = SAY_DOCTOR_WORN_DO,
                .proof = { { WHEN, ASK_RUNS, A(RUNS_SHORT) | A(RUNS_ONE) | A(RUNS_DIES) | A(RUNS_NOT) }, ELSE, { WHEN, ASK_CASE, A(CASE_OK) } },
        },
        [CAUSE_CASE] = {
                .id = "case", .code = "battery-worn", .segment = "device", .group = GROUP_SERVICE, .change = STEP_NONE,
                .service = true, .warning = true, .two_facts = true,
                .weight = { 2, 0, 0, 5 }, /* owners 4/28, electronics included */
                .cause = SAY_DOCTOR_CASE,
                .action = SAY_DOCTOR_CASE_DO,
                .proof = { { WHEN, ASK_CASE, A(CASE_NO_LIGHT) | A(CASE_DRAINS) | A(CASE_ONLY_CABLE) } },
        },
        [CAUSE_FAULT] = {
                .id = "fault", .code = "headset-fault", .segment = "device", .group = GROUP_SERVICE, .change = STEP_NONE,
                .service = true, .warning = true, .two_facts = true,
                .weight = { 6, 6, 6, 5 }, /* owners 4/12 */
                .cause = SAY_DOCTOR_FAULT,
                .action = SAY_DOCTOR_FAULT_DO,
                /* Either the cable and the supply are known to be good, or the power is known to reach the case. */
                .proof = { { WHEN, ASK_PHONE, A(ANSWER_YES) },
                           ELSE,
                           { WHEN, DO_TRY_CABLE, A(CHANGE_FAILS) },
                           ELSE,
                           { WHEN, ASK_CASE, A(CASE_OK) } },
        },
};

const struct doctor_trait_row doctor_traits[] = {
        { CAUSE_LIMITED, TRAIT_LIMITS, 6 },         /* estimate */
        { CAUSE_NORMAL, TRAIT_BLINKS, 3 },          /* a blinking light looks like a fault: estimate */
        { CAUSE_STALE, TRAIT_LEVEL_LIES, 3 },       /* owners 2/12 */
        { CAUSE_DANGER, TRAIT_WEAK_CELLS, 1.6f },   /* press, owners, A8 */
        { CAUSE_FIRMWARE, TRAIT_WEAK_CELLS, 1.6f }, /* the same */
        { CAUSE_WORN, TRAIT_WEAK_CELLS, 1.6f },     /* the same */
        { CAUSE_FIRMWARE, TRAIT_OLD_FIRMWARE, 4 },  /* estimate */
        { CAUSE_PAD, TRAIT_NO_PAD, 3 },             /* estimate */
};
const size_t doctor_n_traits = sizeof doctor_traits / sizeof *doctor_traits;

const struct doctor_seen_row doctor_seen[] = {
        { ASK_SINCE, A(SINCE_MINUTES), CAUSE_EARLY, DO_WAIT },
        { ASK_SINCE, A(SINCE_STORED), CAUSE_DEEP, DO_WAIT },
        { ASK_AWAKE, A(ANSWER_NO), CAUSE_OFF, DO_KEEP_ON },
        { ASK_SOCKET, A(SOCKET_DIRT), CAUSE_DIRT, DO_REPLUG },
        { ASK_SOCKET, A(SOCKET_LOOSE), CAUSE_PLUG, DO_REPLUG },
        { ASK_CONTACTS, A(CONTACTS_DIRT) | A(CONTACTS_CRUST), CAUSE_CONTACTS, DO_RESEAT },
        { ASK_SEATED, A(ANSWER_NO), CAUSE_SEAT, DO_RESEAT },
        { ASK_CASE, A(CASE_NO_LIGHT), CAUSE_EMPTY, DO_CHARGE_CASE },
};
const size_t doctor_n_seen = sizeof doctor_seen / sizeof *doctor_seen;
