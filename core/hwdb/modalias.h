/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Modalias: parses the line in which BlueZ, udev and the kernel give the ids of a device, and the firmware version in it.
 */

#include <stdbool.h>
#include <stdint.h>

/* Size of "15.15.15.15" with its terminator. */
#define FIRMWARE_MAX 12

struct modalias {
        uint16_t vendor, product, version;
};

/* Parses "usb:v054Cp0DF0d0251", optionally after "bluetooth:" and with anything after the version, as udev writes it. Sony uses
 * its USB ids as Bluetooth device ids under both prefixes. Returns false and sets *ret to all 0 for anything else. */
bool modalias_parse(const char *text, struct modalias *ret);

/* Writes the firmware version that a headset reports in its Bluetooth modalias. It has four decimal digits: "0251" is 2.5.1, and
 * "1006" has four parts, 1.0.0.6, because the first digit is not 0. This was derived from ten versions of nine models in public
 * bug reports, compared with the names of Sony's firmware files. Returns false and writes "" when the number is not of this form.
 * Do not use this for the version in a USB descriptor, which is constant. */
bool modalias_firmware(uint16_t version, char ret[static FIRMWARE_MAX]);
