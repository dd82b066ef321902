/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Reads what UPower reports about one device.
 */

#include "daemon/sources/bluetooth-internal.h"

/* Reads its properties, a{sv}, over what is known of it. Returns 0, or a negative errno after which the message cannot be read
 * further. */
int upower_read(struct upower_device *u, sd_bus_message *m);
