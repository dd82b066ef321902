/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Reads what BlueZ reports about one object.
 */

#include "daemon/sources/bluetooth-internal.h"

#define BLUEZ_DEVICE "org.bluez.Device1"
#define BLUEZ_BATTERY "org.bluez.Battery1"
#define BLUEZ_ADAPTER "org.bluez.Adapter1"

/* One BlueZ object, as far as it was reported. */
struct object_changed {
        struct bluez_device device;
        struct bluez_adapter adapter;
        bool is_device, is_adapter;
        bool alias_only; /* `name` is only the user's alias */
        bool relevant;   /* for a change: it may turn the device into one that this source handles */
};

/* Read the properties of one interface, a{sv}, or of all interfaces, a{sa{sv}}, over the known state of the object. Return 0,
 * or a negative errno after which the message cannot be read further. */
int bluez_read_interface(struct object_changed *o, const char *interface, sd_bus_message *m);
int bluez_read_interfaces(struct object_changed *o, sd_bus_message *m);

/* Records that a link began or ended. `by_us`: this computer ended it. */
void bluez_set_connected(struct bluez_device *d, bool connected, bool by_us);
