/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Descriptors: parses the bytes of sysfs `descriptors`, which are a device descriptor followed by every configuration with all
 * its descriptors (kernel sysfs.c, descriptors_read()). All of it comes from the device and may be malformed in any way.
 */

#include <stddef.h>
#include <stdint.h>

#include "model/event.h"

/* Fills in vendor, product, bcd_device, device_class and the configurations of *facts. facts->speed must be set, because it
 * decides the unit of bMaxPower. Returns 0, or -EBADMSG if the device descriptor is incomplete; then *facts is unchanged. A
 * truncated configuration ends the list. */
int descriptors_parse(const uint8_t *bytes, size_t len, struct device_facts *facts);

/* Returns bMaxPower in mA. The unit is 2 mA, at SuperSpeed 8 mA (USB 3.2 §9.6.3, kernel usb_get_max_power()). */
uint16_t max_power_ma(uint8_t units, enum usb_speed speed);
