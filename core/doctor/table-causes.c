/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What can be wrong.
 *
 * Weights: about half from the reports of 12 owners of over-ear headsets and 28 owners of earbuds, half from the order of Sony's
 * own steps, rounded. Owners who write about it have hard cases: by their reports alone worn cells would be 46 % of earbuds. Of
 * the electronics that buyers return, 68 % have no fault (newsroom.accenture.com 2011-12-13), so what is no fault must weigh.
 *
 * In the sentences {headset} stands for "the WH-1000XM5", or "the headset" where the model is not known.
 */
#include "table.h"

#define WORKED(step) \
        { WHEN, step, A(CHANGE_WORKS) }
/* What is empty too soon is neither full nor well, whatever its light says (owners, six of them). */
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
                .cause = "The battery is full: the light goes off, or stays off, when charging is done.",
                .action = "Unplug it and use it; nothing needs to be mended.",
        },
        [CAUSE_LIMITED] = {
                .id = "limited", .code = "charge-limited", .segment = "device", .change = STEP_NONE,
                .weight = { 1, 1, 1, 1 }, /* owners 1/12; COLLEXION's Help Guide; more on models with a limit */
                .when = { { UNLESS, ASK_COMPLAINT, DRAINS }, { UNLESS, ASK_LEVEL, A(LEVEL_LOW) | A(LEVEL_STUCK) | A(LEVEL_NONE) } },
                .cause = "Charging stops near 80 % by design, to protect the battery, while it is used or kept by battery care.",
                .action = "Switch {headset} off while it charges, or switch battery care off in Sony's app, if you want it full.",
        },
        [CAUSE_NORMAL] = {
                .id = "normal", .code = "charging-normally", .segment = "device", .group = GROUP_LEVEL, .change = STEP_NONE,
                .weight = { 7, 8, 5, 5 }, /* owners 2/12; XM5's Help Guide TP1000534372 */
                .when = { { UNLESS, ASK_COMPLAINT, DRAINS }, { UNLESS, ASK_RUNS, A(RUNS_SHORT) | A(RUNS_ONE) | A(RUNS_DIES) } },
                .cause = "{Headset} charges as it should; what you see is how this model behaves.",
                .action = "Leave it plugged in until the light goes off, and look at the level then.",
        },
        [CAUSE_STALE] = {
                .id = "stale", .code = "charging-normally", .segment = "device", .group = GROUP_LEVEL, .change = DO_RECONNECT,
                .weight = { 4, 4, 2, 3 }, /* owners 2/12 */
                .when = { { UNLESS, ASK_COMPLAINT, DRAINS } },
                .cause = "{Headset} charges, or is full, but the level that is shown is old or wrong.",
                .action = "Switch Bluetooth off and on, connect it again, and read the level again before you trust it.",
        },
        [CAUSE_EARLY] = {
                .id = "early", .code = "too-early", .segment = "device", .change = DO_WAIT,
                .weight = { 3, 3, 3, 2 }, /* A1: five minutes */
                .when = { { UNLESS, ASK_COMPLAINT, DRAINS } },
                .cause = "It was plugged in only a moment ago, and the light can take some minutes.",
                .action = "Wait five minutes before you judge it.",
        },
        [CAUSE_DEEP] = {
                .id = "deep", .code = "deep-discharge", .segment = "device", .change = DO_WAIT,
                .weight = { 5, 6, 6, 4 }, /* WF-C500 Help Guide p. 21, 1ADAC TP0000551020, A5; owners 2/28 */
                .cause = "The battery was drained by months without use; it takes long until such a battery shows that it charges.",
                .action = "Leave it on a plain charger for some hours, watch that it stays cool, and ask Sony if the light stays dark.",
        },
        /* danger */
        [CAUSE_DANGER] = {
                .id = "danger", .code = "battery-danger", .segment = "device", .change = STEP_NONE, .service = true, .warning = true,
                .weight = { 2, 1, 1, 3 }, /* owners 1/12 and 2/28, four more pages */
                .when = { { WHEN, ASK_DANGER, A(DANGER_SWOLLEN) | A(DANGER_HOT) | A(DANGER_SMOKE) } },
                .cause = "A battery that swells, leaks, smokes, smells or gets hot by itself can catch fire.",
                .action = "Stop charging, unplug it at the wall if you can do so safely, lay it on something that does not burn, do not "
                          "press or open it, never charge it again, and ask Sony.",
        },
        [CAUSE_WET] = {
                .id = "wet", .code = "wet", .segment = "device", .change = STEP_NONE, .warning = true,
                .weight = { 2, 2, 3, 3 }, /* A6, COLLEXION's Help Guide; owners 1/28 */
                .when = { { WHEN, ASK_DANGER, A(DANGER_WET) } },
                .cause = "It is wet, or got wet in the last days; charging it wet can destroy it.",
                .action = "Unplug it, wipe it dry and leave it at room temperature for a day, without heat, before you charge it again.",
        },
        [CAUSE_TEMPERATURE] = {
                .id = "temp", .code = "temperature", .segment = "device", .change = DO_ROOM, .warning = true,
                .weight = { 4, 4, 4, 3 }, /* A1, A3, A4 */
                .when = { { UNLESS, ASK_COMPLAINT, DRAINS } },
                .cause = "It is too cold or too warm: below 5 or above 35 °C charging stops to protect the battery.",
                .action = "Leave it unplugged at room temperature for one to two hours, then charge it again.",
                .proof = { { WHEN, ASK_LIGHT, A(LIGHT_DOUBLE) },
                           ELSE,
                           { WHEN, ASK_PLACE, A(PLACE_COLD) | A(PLACE_HOT) },
                           ELSE,
                           WORKED(DO_ROOM) },
        },
        /* what feeds it */
        [CAUSE_OFF] = {
                .id = "off", .code = "power-source-off", .segment = "supply", .change = DO_KEEP_ON, .warning = true,
                .weight = { 7, 9, 9, 5 }, /* A2, XM5's Help Guide, playstation.com; power banks: uk.ugreen.com */
                .when = { { UNLESS, ASK_AWAKE, A(ANSWER_YES) }, ELSE, WORKED(DO_KEEP_ON) },
                .cause = "What feeds it gives no power for a time: it sleeps, is switched off, or cuts off because so little is drawn.",
                .action = "Keep it switched on and awake while {headset} charges, or use a plain wall charger.",
                .proof = { { WHEN, ASK_AWAKE, A(ANSWER_NO) }, ELSE, WORKED(DO_KEEP_ON), ELSE, WORKED(DO_TRY_SOURCE) },
        },
        [CAUSE_PORT] = {
                .id = "port", .code = "port-suspect", .segment = "port", .change = DO_TRY_PORT, .warning = true,
                .weight = { 3, 4, 4, 2 }, /* A1; two reports */
                .when = { { UNLESS, ASK_SOURCE, NOT_FROM_COMPUTER } },
                .cause = "This USB port of the computer is the cause: on another port, with the same cable, {headset} charges.",
                .action = "Use another port of the computer.",
                .proof = { WORKED(DO_TRY_PORT) },
        },
        [CAUSE_WEAK] = {
                .id = "weak", .code = "port-limits-current", .segment = "port", .change = DO_TRY_SOURCE,
                .weight = { 2, 3, 2, 1 }, /* XM5's Help Guide, NS7 TP1000432524: 0.5 to 1.5 A are slow */
                .cause = "The USB port gives power, but too little to charge {headset} well.",
                .action = "Use a plain wall charger of 5 V and 1.5 A or more, and keep the computer's system up to date.",
                .proof = { WORKED(DO_TRY_SOURCE),
                           ELSE,
                           { WHEN, ASK_COMPLAINT, A(COMPLAINT_SLOW) },
                           { WHEN, ASK_SOURCE, A(SOURCE_COMPUTER) | A(SOURCE_HUB) | A(SOURCE_CONSOLE) } },
        },
        [CAUSE_HUB] = {
                .id = "hub", .code = "hub-in-path", .segment = "hub", .change = DO_TRY_PORT, .warning = true,
                .weight = { 3, 4, 4, 2 }, /* A2; one report */
                .when = { { UNLESS, ASK_SOURCE, NOT_FROM_COMPUTER } },
                .cause = "The hub, dock, monitor or keyboard between {headset} and the computer does not pass on enough power.",
                .action = "Plug {headset} straight into the computer, or into a wall charger.",
                .proof = { WORKED(DO_TRY_PORT), ELSE, WORKED(DO_TRY_SOURCE) },
        },
        [CAUSE_ADAPTER] = {
                .id = "adapter", .code = "adapter-suspect", .segment = "supply", .group = GROUP_ADAPTER, .change = DO_TRY_SOURCE,
                .warning = true,
                .weight = { 5, 6, 6, 4 }, /* A1 */
                .when = { { UNLESS, ASK_SOURCE, FROM_COMPUTER } },
                .cause = "The charger, power bank or wall socket gives no power: from another supply, with the same cable, {headset} "
                         "charges.",
                .action = "Use the other supply, and try the charger in another wall socket and with another device before you give it up.",
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
                .cause = "{Headset} does not take power from this fast charger or power bank, which itself may be sound.",
                .action = "Charge it from a plain 5 V charger or a computer's port.",
                .proof = { WORKED(DO_TRY_SOURCE) },
        },
        [CAUSE_PAD] = {
                .id = "pad", .code = "adapter-suspect", .segment = "supply", .group = GROUP_ADAPTER, .change = DO_TRY_SOURCE,
                .warning = true,
                .weight = { 1, 0.2f, 0.2f, 2 }, /* owners 1/28; a public guide */
                .when = { { UNLESS, ASK_SOURCE, FROM_COMPUTER | A(SOURCE_ADAPTER) } },
                .cause = "The pad or stand does not charge it: it lies askew, the model does not take a pad, or it is too empty for one.",
                .action = "Charge it by cable; on a pad, lay only a model that can, in the middle.",
                .proof = { WORKED(DO_TRY_SOURCE), ELSE, WORKED(DO_CHARGE_CASE) },
        },
        /* the cable and its ends */
        [CAUSE_CABLE] = {
                .id = "cable", .code = "cable-suspect", .segment = "cable", .change = DO_TRY_CABLE, .warning = true,
                .weight = { 10, 13, 14, 7 }, /* A1, A6: Sony's first step; owners 1/12 */
                .cause = "The cable is the cause: with another one, in the same place, {headset} charges.",
                .action = "Replace the cable; one that is broken inside cannot be repaired.",
                .proof = { WORKED(DO_TRY_CABLE),
                           ELSE,
                           { WHEN, ASK_PHONE, A(ANSWER_NO) },
                           { WHEN, DO_TRY_SOURCE, A(CHANGE_FAILS) } },
        },
        [CAUSE_KIND] = {
                .id = "kind", .code = "cable-kind", .segment = "cable", .change = DO_TRY_CABLE, .warning = true,
                .weight = { 5, 6, 4, 3 }, /* A2, WF-C500 Help Guide; eleven reports of other makes */
                .cause = "The cable may be sound, but it does not suit {headset}; with another kind of cable it charges.",
                .action = "Use the cable that came with it, or a plain one with a big flat USB-A plug at the other end.",
                .proof = { WORKED(DO_TRY_CABLE) },
        },
        [CAUSE_PLUG] = {
                .id = "plug", .code = "link-unstable", .segment = "link", .group = GROUP_SOCKET, .change = DO_REPLUG, .warning = true,
                .weight = { 4, 5, 6, 2 }, /* A1, A2 */
                .cause = "A plug does not sit firmly, so the contact comes and goes.",
                .action = "Push the plug in firmly at both ends; if it still wobbles, use another cable, then ask Sony about the socket.",
                .proof = { WORKED(DO_REPLUG), ELSE, { WHEN, ASK_SOCKET, A(SOCKET_LOOSE) } },
        },
        [CAUSE_DIRT] = {
                .id = "dirt", .code = "contacts-dirty", .segment = "device", .group = GROUP_SOCKET, .change = DO_REPLUG, .warning = true,
                .weight = { 3, 4, 5, 2 }, /* A6; a public guide */
                .cause = "There is lint or dirt in the charging socket, so the plug has no good contact.",
                .action = "Unplug it and clean the socket with a dry soft brush or cotton swab, never with metal, water or spray.",
                .proof = { { WHEN, ASK_SOCKET, A(SOCKET_DIRT) } },
        },
        /* earbuds, case, stand */
        [CAUSE_CONTACTS] = {
                .id = "contacts", .code = "contacts-dirty", .segment = "device", .group = GROUP_TOUCH, .change = DO_RESEAT, .warning = true,
                .weight = { 7, 1, 4, 14 }, /* A4 third; owners 3/28; a public guide; pins of neckbands and stands: estimate */
                .cause = "The metal contacts are dirty, or a film is on them, so no current flows.",
                .action = "Wipe the contacts of both sides with a dry cotton swab and peel off any film; ask Sony about a crust that stays.",
                .proof = { { WHEN, ASK_CONTACTS, A(CONTACTS_DIRT) | A(CONTACTS_CRUST) } },
        },
        [CAUSE_SEAT] = {
                .id = "seat", .code = "earbud-seating", .segment = "device", .group = GROUP_TOUCH, .change = DO_RESEAT, .warning = true,
                .weight = { 4, 0.3f, 0.3f, 8 }, /* A4 first; a public guide */
                .cause = "It did not lie on its metal pins, so no current flowed.",
                .action = "Put it in so that the magnets pull it onto the pins, close the lid, and use the tips that came with it.",
                .proof = { WORKED(DO_RESEAT) },
        },
        [CAUSE_EMPTY] = {
                .id = "empty", .code = "case-empty", .segment = "device", .change = DO_CHARGE_CASE, .warning = true,
                .weight = { 3, 0, 0, 7 }, /* A4 second, WF-C700N Help Guide; owners 1/28 */
                .cause = "The case was empty, so it had nothing to give to the earbuds.",
                .action = "Charge the case for half an hour with both earbuds in it, and again before it is empty.",
                .proof = { WORKED(DO_CHARGE_CASE), ELSE, { WHEN, ASK_CASE, A(CASE_NO_LIGHT) } },
        },
        /* the headset itself */
        [CAUSE_HUNG] = {
                .id = "hung", .code = "headset-hung", .segment = "device", .change = DO_RESET,
                .weight = { 5, 5, 4, 4 }, /* A1 */
                .cause = "The software inside {headset} had hung.",
                .action = "If it happens again, update its firmware with Sony's app.",
                .proof = { WORKED(DO_RESET), ELSE, WORKED(DO_INITIALISE) },
        },
        [CAUSE_FIRMWARE] = {
                .id = "fw", .code = "firmware-old", .segment = "device", .change = DO_UPDATE,
                .weight = { 1, 1, 1, 2 }, /* pages: 1.4.2 of the WF-1000XM4 drains, 1.6.1 mends */
                .cause = "The firmware of {headset} was old and had a fault that newer firmware mends.",
                .action = "Keep the firmware up to date with Sony's app.",
                .proof = { WORKED(DO_UPDATE) },
        },
        [CAUSE_WORN] = {
                .id = "worn", .code = "battery-worn", .segment = "device", .group = GROUP_SERVICE, .change = STEP_NONE,
                .service = true, .warning = true,
                .weight = { 13, 9, 9, 18 }, /* owners 1/12 and 13/28 */
                .cause = "A battery is worn: it holds too little charge.",
                .action = "Ask Sony, under warranty first; do not open it, and stop charging it if it gets hot or bulges.",
        },
        [CAUSE_CASE] = {
                .id = "case", .code = "battery-worn", .segment = "device", .group = GROUP_SERVICE, .change = STEP_NONE,
                .service = true, .warning = true,
                .weight = { 2, 0, 0, 5 }, /* owners 4/28, electronics included */
                .cause = "The battery of the case is worn: it does not keep its charge, or charges the earbuds only on the cable.",
                .action = "Ask Sony and say that it is the case; a new case may be enough.",
                .proof = { { WHEN, ASK_CASE, A(CASE_NO_LIGHT) | A(CASE_DRAINS) | A(CASE_ONLY_CABLE) } },
        },
        [CAUSE_FAULT] = {
                .id = "fault", .code = "headset-fault", .segment = "device", .group = GROUP_SERVICE, .change = STEP_NONE,
                .service = true, .warning = true,
                .weight = { 6, 6, 6, 5 }, /* owners 4/12 */
                .cause = "Nothing else explains it: most likely the electronics or the charging socket of {headset} are at fault.",
                .action = "Ask Sony, under warranty first; do not open it.",
        },
};

const struct doctor_trait_row doctor_traits[] = {
        { CAUSE_LIMITED, TRAIT_LIMITS, 6 },         /* estimate */
        { CAUSE_STALE, TRAIT_LEVEL_LIES, 3 },       /* owners 2/12 */
        { CAUSE_DANGER, TRAIT_WEAK_CELLS, 1.6f },   /* press and owners, A8 sony.jp 00283656 */
        { CAUSE_FIRMWARE, TRAIT_WEAK_CELLS, 1.6f }, /* the same */
        { CAUSE_WORN, TRAIT_WEAK_CELLS, 1.6f },     /* the same */
        { CAUSE_FIRMWARE, TRAIT_OLD_FIRMWARE, 4 },  /* estimate */
        { CAUSE_PAD, TRAIT_NO_PAD, 3 },             /* estimate */
};
const size_t doctor_n_traits = sizeof doctor_traits / sizeof *doctor_traits;
