/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Device: the facts of one USB device or port, read from sysfs and from udev's properties.
 *
 * Only files that take no lock and wake nothing are read (docs/architecture.md, "Reading without waking").
 */

#include <libudev.h>

#include "model/event.h"

#define USB_DEVICES "/sys/bus/usb/devices"

struct device_reading {
        struct device_facts facts; /* active_configuration is -1 and settled false while there is no interface */
        unsigned devnum;
        enum autosuspend_by by; /* as far as udev tells */
        bool has_driver;        /* a driver has the device as a whole, or is just taking it: the link comes before its probe() */
};

/* Reads everything about the usb_device at the path. Its names come from `told`, the device of a uevent; NULL: from udev's
 * database. libudev is not asked for a device that is only known by its path, as it would read the file `uevent`, which takes
 * the device's lock (kernel core.c uevent_show(), since 6.10 and its stable trees). Returns 0 or a negative errno when the
 * device has vanished or is none. */
int device_read(const char *syspath, struct udev_device *from_udev, struct device_reading *ret);

/* Reads again what can change while a device has its number: authorized, driver and configuration. The rest of `reading` is
 * from before. Returns 0, -ESTALE when another device is there by now, or another negative errno. */
int device_read_state(const char *syspath, struct device_reading *reading);

/* The path of the device of that name below /sys/devices. Returns 0 or a negative errno. */
int device_find(const char *name, char *buf, size_t size);

/* Runtime power management of the device at the path; `known`: as it was read before, NULL: never. Returns 0 or a negative
 * errno. */
int device_read_power(const char *syspath, const struct power_facts *known, struct power_facts *ret);

/* power/autosuspend_delay_ms in µs; 2 s, the kernel's default, when it cannot be read or is negative ("never"). */
uint64_t device_autosuspend_delay(const char *syspath);

/* A port directory. Returns 0 or a negative errno; `disabled` is left unknown. */
int port_read(const char *syspath, struct port_facts *ret);

/* The device that a name belongs to: of "1-2:1.0" that is "1-2", then *ret_configuration is 1; of a device's own name it
 * is 0. Returns false when it is no such name. */
bool device_name_parse(const char *name, struct address *ret, unsigned *ret_configuration);
