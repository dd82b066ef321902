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

/* What the project knows about a headset model; from the udev hwdb, else by its product name. */
struct model_facts {
        char model[32];           /* "WH-1000XM4"; empty: not a Sony headset */
        char family[16];          /* over-ear, neckband, earbuds, dongle; empty: not known */
        uint32_t needed_ma;       /* current for the rated charging time, mA; 0: not known */
        uint32_t least_ma;        /* least that charges at all, mA; 0: not known */
        uint32_t full_minutes;    /* rated time to full with needed_ma; 0: not known */
        enum tristate enumerates; /* does it appear as a USB device while charging? */
        bool from_hwdb;           /* false: recognised by its product name only */
};
