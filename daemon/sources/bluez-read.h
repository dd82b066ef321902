/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Reading what BlueZ tells of one object.
 */

#include "daemon/sources/bluetooth-internal.h"

#define BLUEZ_DEVICE "org.bluez.Device1"
#define BLUEZ_BATTERY "org.bluez.Battery1"
#define BLUEZ_ADAPTER "org.bluez.Adapter1"

/* One object of BlueZ, as far as it was told of. */
struct object_changed {
        struct bluez_device device;
        struct bluez_adapter adapter;
        bool is_device, is_adapter;
        bool alias_only; /* `name` is only what the user calls it */
        bool relevant;   /* of a change: it may make a device one of ours */
};

/* Reads the properties of an interface, a{sv}, or all interfaces, a{sa{sv}}, over what is known of the object. Return 0 or a
 * negative errno: then the message is no use any more. */
int bluez_read_interface(struct object_changed *o, const char *interface, sd_bus_message *m);
int bluez_read_interfaces(struct object_changed *o, sd_bus_message *m);

/* A link begins or ends; `by_us`: this computer ended it. */
void bluez_set_connected(struct bluez_device *d, bool connected, bool by_us);
