/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Facts: small types that several kinds of events share.
 */

#include <stdbool.h>
#include <stdint.h>

enum tristate { UNKNOWN = -1, NO = 0, YES = 1 };

/* Kind of the computer's sleep (kernel Documentation/admin-guide/pm/sleep-states.rst). */
enum sleep_kind { SLEEP_KIND_UNKNOWN, SLEEP_S2IDLE, SLEEP_STANDBY, SLEEP_S3, SLEEP_HIBERNATION };

/* The source of a sleep duration. When several sleeps are added up, the least reliable source is kept, which is the last one in
 * this order. */
enum sleep_by { SLEEP_BY_NOBODY, SLEEP_BY_CLOCKS, SLEEP_BY_LOG, SLEEP_BY_LOGIND };

/* What the project knows about a headset model, from the udev hardware database or, failing that, by the product name. */
struct model_facts {
        char model[32];            /* "WH-1000XM4"; empty: not a Sony headset */
        char family[16];           /* over-ear, neckband, earbuds (and their case), dongle; empty: not known */
        uint32_t needed_ma;        /* current that the rated charging time requires, mA; 0: not known */
        uint32_t least_ma;         /* lowest current at which it charges, mA; 0: not known */
        uint32_t full_minutes;     /* rated time to a full charge at needed_ma, minutes; 0: not known */
        enum tristate enumerates;  /* whether it appears as a USB device while charging */
        enum tristate powers_down; /* whether it powers down, and so leaves Bluetooth, when charging starts */
        enum tristate wireless;    /* whether it, or its case, charges on a wireless pad */
        uint8_t limit_percent;     /* charging stops at about this level while in use or with battery care; 0: not known */
        char connector[12];        /* "usb-c", "micro-usb"; empty: not known */
        char firmware[12];         /* newest known version, "3.0.1"; empty: not known */
        char firmware_date[12];    /* when that version was first seen, "2026-05"; empty: not known */
        char help[80];             /* address of Sony's Help Guide; empty: not known */
        bool from_hwdb;            /* false: recognised by the product name only */
};

/* The facts of a model of which nothing is known. */
#define MODEL_FACTS_UNKNOWN                                                        \
        (struct model_facts) {                                                     \
                .enumerates = UNKNOWN, .powers_down = UNKNOWN, .wireless = UNKNOWN \
        }
