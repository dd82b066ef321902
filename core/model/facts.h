/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Facts: small types that several kinds of event share.
 */

#include <stdbool.h>
#include <stdint.h>

enum tristate { UNKNOWN = -1, NO = 0, YES = 1 };

/* How deep the computer sleeps (kernel Documentation/admin-guide/pm/sleep-states.rst). */
enum sleep_kind { SLEEP_KIND_UNKNOWN, SLEEP_S2IDLE, SLEEP_STANDBY, SLEEP_S3, SLEEP_HIBERNATION };

/* Who told how long the computer slept. Of several sleeps the weakest witness counts, which is the last in this order. */
enum sleep_by { SLEEP_BY_NOBODY, SLEEP_BY_CLOCKS, SLEEP_BY_LOG, SLEEP_BY_LOGIND };

/* What the project knows about a headset model; from the udev hwdb, else by its product name. */
struct model_facts {
        char model[32];            /* "WH-1000XM4"; empty: not a Sony headset */
        char family[16];           /* over-ear, neckband, earbuds (and their case), dongle; empty: not known */
        uint32_t needed_ma;        /* current for the rated charging time, mA; 0: not known */
        uint32_t least_ma;         /* least that charges at all, mA; 0: not known */
        uint32_t full_minutes;     /* rated time to full with needed_ma; 0: not known */
        enum tristate enumerates;  /* does it appear as a USB device while charging? */
        enum tristate powers_down; /* does it switch off, and leave Bluetooth, when charging starts? */
        enum tristate wireless;    /* does it, or its case, charge on a pad? */
        uint8_t limit_percent;     /* charging stops about here while in use, or by battery care; 0: not known */
        char connector[12];        /* "usb-c", "micro-usb"; empty: not known */
        char firmware[12];         /* newest one known, "3.0.1"; empty: none known */
        char firmware_date[12];    /* when that one was first seen, "2026-05"; empty: not known */
        char help[80];             /* address of Sony's Help Guide, or empty */
        bool from_hwdb;            /* false: recognised by its product name only */
};

/* Nothing is known of the model. */
#define MODEL_FACTS_UNKNOWN                                                        \
        (struct model_facts) {                                                     \
                .enumerates = UNKNOWN, .powers_down = UNKNOWN, .wireless = UNKNOWN \
        }
