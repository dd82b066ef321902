/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Testers: USB meters in the line that the kernel reads (hwmon "powerz": ChargerLAB POWER-Z KM002C and KM003C). They tell the
 * voltage and the current that really flows, which no port does.
 *
 * A read makes the driver ask the meter, for at most 5 ms (kernel drivers/hwmon/powerz.c), so it is done when somebody asks and
 * after a plug, never by the clock.
 */

#include "daemon/sources/source.h"

/* Reads all testers and tells what they measure; those that cannot be read are left out. */
void testers_look(source_emit *emit, void *userdata);
