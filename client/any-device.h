/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Device: what the daemon knows about a USB device that is no Sony headset, or about a model that nothing sees.
 */

#include <systemd/sd-bus.h>

#include "client/client.h"

/* When `name` is the kernel's name of a device or port ("1-2.3", "usb1-port2") with something in it, or a model that the
 * daemon knows ("WH-1000XM5"), adds it to `headsets` of the status in the form of a headset; a model that nothing sees
 * has an empty `seen_by`. Returns STATUS_OK when added, STATUS_NOTHING when there is no such thing, or another exit
 * status after complaining. */
int device_into_status(const struct options *o, sd_bus *bus, const char *name, struct json_object *status);
