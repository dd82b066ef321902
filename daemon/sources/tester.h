/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Testers: USB meters between port and device that the kernel can read (hwmon "powerz": ChargerLAB POWER-Z KM002C and KM003C).
 * They report the voltage and the current that really flows, which no port does.
 *
 * A read makes the driver query the meter, which takes at most 5 ms (kernel drivers/hwmon/powerz.c). So it is done on request
 * and after a plug, never periodically.
 */

#include "daemon/sources/source.h"

/* Reads all meters and emits their measurements. Those that cannot be read are skipped. */
void testers_look(source_emit *emit, void *userdata);
