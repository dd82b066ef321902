/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Modalias: the ids in the line with which BlueZ, udev and the kernel name a device, and the firmware that stands in it.
 */

#include <stdbool.h>
#include <stdint.h>

/* Room for "15.15.15.15" and its end. */
#define FIRMWARE_MAX 12

struct modalias {
        uint16_t vendor, product, version;
};

/* Reads "usb:v054Cp0DF0d0251", also with "bluetooth:" before it and with anything after the version, as udev writes. Sony
 * uses its USB ids as Bluetooth device ids, under either name. Returns false, with *ret all 0, for anything else. */
bool modalias_parse(const char *text, struct modalias *ret);

/* Writes the firmware that a headset tells in the version of its Bluetooth modalias: four decimal digits, "0251" stands
 * for 2.5.1, and four parts where the first is not 0 ("1006": 1.0.0.6). This is what ten versions of nine models in
 * public bug reports say beside the names of Sony's own firmware files. Returns false, with "" in ret, when it is no
 * such number. Never use it for the version of a USB descriptor: that one is constant. */
bool modalias_firmware(uint16_t version, char ret[static FIRMWARE_MAX]);
