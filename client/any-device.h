/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Device: what the daemon knows about a USB device that is not a Sony headset, or about a model of which no headset is seen.
 */

#include <systemd/sd-bus.h>

#include "client/client.h"

/* If `name` is the kernel's name of a device or of a port with a device ("1-2.3", "usb1-port2"), or a model that the daemon
 * knows ("WH-1000XM5"), adds it to `headsets` of the status in the form of a headset. A model of which no headset is seen has
 * an empty `seen_by`. Returns STATUS_OK if it was added, STATUS_NOTHING if there is no such device or model, or another exit
 * status after complaining. */
int device_into_status(const struct options *o, sd_bus *bus, const char *name, struct json_object *status);
