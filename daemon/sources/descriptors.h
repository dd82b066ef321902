/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Descriptors: the bytes of sysfs `descriptors`, a device descriptor and then every configuration with all that
 * belongs to it (kernel sysfs.c, descriptors_read()). All of it comes from the device and may be wrong in any way.
 */

#include <stddef.h>
#include <stdint.h>

#include "model/event.h"

/* Fills vendor, product, bcd_device, device_class and the configurations of *facts; facts->speed must be set, it decides
 * the unit of bMaxPower. Returns 0, or -EBADMSG when not even the device descriptor is whole, then *facts is left
 * alone. A configuration that is cut off ends the list. */
int descriptors_parse(const uint8_t *bytes, size_t len, struct device_facts *facts);

/* bMaxPower in mA: units of 2 mA, of 8 mA at SuperSpeed (USB 3.2 §9.6.3, kernel usb_get_max_power()). */
uint16_t max_power_ma(uint8_t units, enum usb_speed speed);
