/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * HID reports of the USB receivers (dongles) of INZONE and PULSE headsets. No I/O.
 *
 * INZONE H5, H9 II and Buds: a Sony frame in 64-byte reports of the collection with usage page 0xFF04. The receiver answers a
 * question (GET) about the battery and tells changes by itself (Sapd/HeadsetControl PR 524, PR 505, PR 569; measured in
 * orkun-soylu/inzone-buds-gnome docs/protocol.md). PULSE 3D: an input report that is only ever pushed
 * (medinpiranej/headset-stats docs/PROTOCOL.md).
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/address.h"
#include "model/headset.h"

#define HID_REPORT_SIZE 64

enum hid_kind {
        HID_NONE,
        HID_INZONE,      /* one battery */
        HID_INZONE_BUDS, /* right, left, case */
        HID_PULSE,
};

/* What is behind a receiver with these ids, and the name of the headset that belongs to it; HID_NONE: not known. */
enum hid_kind hid_kind_of(uint16_t vendor, uint16_t product, const char **ret_model);

/* Where a hidraw node is, from its path in sysfs: ".../usb1/1-2/1-2:1.5/0003:054C:0EC2.0007/hidraw/hidraw6". */
struct hid_place {
        uint16_t bus, vendor, product; /* bus 3: USB; 5: Bluetooth */
        struct address where;          /* the USB device; bus 0: none */
        char node[16];                 /* "hidraw6" */
};

/* Returns false when it is no such path. */
bool hid_place_parse(const char *syspath, struct hid_place *ret);

/* Does the HID report descriptor have the collection that this kind speaks on? */
bool hid_descriptor_fits(enum hid_kind kind, const uint8_t *descriptor, size_t size);

/* Writes the question for the battery, report id first. `transaction` 2 and up: 0 and 1 are the receiver's own. */
void hid_question(uint8_t ret[static HID_REPORT_SIZE], uint16_t transaction);

enum hid_word {
        HID_NOTHING, /* no report of the kind, or damaged */
        HID_OTHER,   /* the receiver said something else: something happened */
        HID_BATTERY, /* the battery, as it is now */
        HID_ANSWER,  /* the same, in answer to `transaction` */
};

struct hid_report {
        bool on;    /* the headset is there; false: it is off or out of reach */
        bool fresh; /* PULSE: it was just switched on, its level is measured anew */
        uint16_t transaction;
        struct battery_state parts[_BATTERY_PART_MAX]; /* what is not told is BATTERY_UNKNOWN, CHARGING_UNKNOWN */
};

/* Takes one report apart. *ret is written for HID_BATTERY and HID_ANSWER. Reads nothing behind `size`. */
enum hid_word hid_report_parse(enum hid_kind kind, const uint8_t *report, size_t size, struct hid_report *ret);
