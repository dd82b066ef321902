/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * HID reports of the USB receivers (dongles) of INZONE and PULSE headsets. No I/O.
 *
 * INZONE H5, H9 II and Buds: a Sony frame in 64-byte reports of the collection with usage page 0xFF04. The receiver answers a
 * request (GET) for the battery and reports changes by itself (Sapd/HeadsetControl PR 524, PR 505, PR 569; measured in
 * orkun-soylu/inzone-buds-gnome docs/protocol.md). PULSE 3D: an input report that is only ever sent unrequested
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

/* Returns the kind of the receiver with these ids and stores the name of its headset. HID_NONE: not known. */
enum hid_kind hid_kind_of(uint16_t vendor, uint16_t product, const char **ret_model);

/* The location of a hidraw node, from its path in sysfs: ".../usb1/1-2/1-2:1.5/0003:054C:0EC2.0007/hidraw/hidraw6". */
struct hid_place {
        uint16_t bus, vendor, product; /* bus 3: USB; 5: Bluetooth */
        struct address where;          /* the USB device; bus 0: none */
        char node[16];                 /* "hidraw6" */
};

/* Returns false if the path does not have this form. */
bool hid_place_parse(const char *syspath, struct hid_place *ret);

/* Returns whether the HID report descriptor has the collection that this kind uses. */
bool hid_descriptor_fits(enum hid_kind kind, const uint8_t *descriptor, size_t size);

/* Writes the request for the battery, report id first. `transaction` is 2 or above, because the receiver itself uses 0 and 1. */
void hid_question(uint8_t ret[static HID_REPORT_SIZE], uint16_t transaction);

enum hid_word {
        HID_NOTHING, /* not a report of this kind, or damaged */
        HID_OTHER,   /* another report: something happened */
        HID_BATTERY, /* the current battery state */
        HID_ANSWER,  /* the same, in answer to `transaction` */
};

struct hid_report {
        bool on;    /* the headset is present; false: it is off or out of reach */
        bool fresh; /* PULSE: it was just switched on and its level is measured again */
        uint16_t transaction;
        struct battery_state parts[_BATTERY_PART_MAX]; /* values that were not reported are BATTERY_UNKNOWN, CHARGING_UNKNOWN */
};

/* Parses one report. *ret is written for HID_BATTERY and HID_ANSWER. Never reads beyond `size`. */
enum hid_word hid_report_parse(enum hid_kind kind, const uint8_t *report, size_t size, struct hid_report *ret);
