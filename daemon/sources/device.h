/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Device: reads the facts of one USB device or port from sysfs and from udev's properties.
 *
 * Only files whose reads take no lock and wake no device are used (docs/architecture.md, "Reading without waking").
 */

#include <libudev.h>

#include "model/event.h"

#define USB_DEVICES "/sys/bus/usb/devices"

struct device_reading {
        struct device_facts facts; /* active_configuration is -1 and settled is false while there is no interface */
        unsigned devnum;
        enum autosuspend_by by; /* as far as udev reports it */
        bool has_driver; /* a driver is bound to the device as a whole, or is being bound: the link is created before its probe()
                          */
};

/* Reads everything about the usb_device at the path. Its names come from `from_udev`, the device of a uevent, or from udev's
 * database if that is NULL. libudev is not used for a device that is only known by its path, because it would read the file
 * `uevent`, which takes the device's lock (kernel core.c uevent_show(), since 6.10 and its stable trees). Returns 0, or a
 * negative errno if the path is no device or the device has vanished. */
int device_read(const char *syspath, struct udev_device *from_udev, struct device_reading *ret);

/* Reads again what can change while a device keeps its device number: authorization, driver and configuration. The rest of
 * `reading` is unchanged. Returns 0, -ESTALE if another device is there now, or another negative errno. */
int device_read_state(const char *syspath, struct device_reading *reading);

/* Stores the path below /sys/devices of the device with that name. Returns 0 or a negative errno. */
int device_find(const char *name, char *buf, size_t size);

/* Reads the runtime power management of the device at the path. `known` is the previous reading, NULL if there is none.
 * Returns 0 or a negative errno. */
int device_read_power(const char *syspath, const struct power_facts *known, struct power_facts *ret);

/* Returns power/autosuspend_delay_ms in µs; 2 s, the kernel's default, if it cannot be read or is negative ("never"). */
uint64_t device_autosuspend_delay(const char *syspath);

/* Reads a port directory. Returns 0 or a negative errno. `disabled` is left unknown. */
int port_read(const char *syspath, struct port_facts *ret);

/* Parses the name of a device or interface. "1-2:1.0" belongs to "1-2" and *ret_configuration is 1; for the name of a device
 * itself it is 0. Returns false if it is no such name. */
bool device_name_parse(const char *name, struct address *ret, unsigned *ret_configuration);
