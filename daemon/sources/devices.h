/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Devices: the register of the USB devices and ports that were emitted. Each is emitted once, whether udev or libusb saw it
 * first, and afterwards only its changes are emitted.
 */

#include <libudev.h>
#include <systemd/sd-event.h>

#include "daemon/sources/source.h"

struct devices;

int devices_new(sd_event *event, source_emit *emit, void *userdata, struct devices **ret);
struct devices *devices_free(struct devices *d);

/* How certain it is that the kernel has chosen a configuration. */
enum choice {
        CHOICE_OPEN, /* not known */
        CHOICE_MADE, /* the device's `bind` uevent came */
        CHOICE_OLD,  /* if it has a driver, the driver has had enough time */
};

/* Reads the usb_device at the path again and emits what is new about it. `from_udev` is the device of its own uevent, else
 * NULL. A device that has vanished is skipped, because whoever sees its removal reports that. */
void devices_update(struct devices *d, const char *syspath, struct udev_device *from_udev, enum choice choice);

/* The same after an interface of that configuration was removed. A device that is not known stays unknown. */
void devices_lose_configuration(struct devices *d, const struct address *where, unsigned configuration);

/* Reads the ports below the interface (its path) of the hub. Does nothing if there are none. */
void devices_update_ports(struct devices *d, const char *interface, const struct address *hub);

/* Emits that the device left. Does nothing if it is not known or if another device is there now (devnum is not 0 and differs). */
void devices_remove(struct devices *d, const struct address *where, unsigned devnum);

/* Emits that the ports of the hub are gone. */
void devices_remove_ports(struct devices *d, const struct address *hub);

/* Returns whether this device is known. */
bool devices_knows(const struct devices *d, const struct address *where, unsigned devnum);

/* Adds the configurations that another source read. They are used if the device's own file could not be read. */
void devices_add_configurations(struct devices *d, const struct address *where, const struct usb_configuration *list, uint8_t n);

/* Handles the uevent of a hub about an over-current at one of its ports. */
void devices_over_current(struct devices *d, const struct address *port, uint32_t count);

/* Reads the runtime power management of headsets again, and of the device at `asked` (may be NULL). */
void devices_refresh_power(struct devices *d, const struct address *asked);

/* Sets the interval in µs at which headsets are checked while one of them may be suspended. */
void devices_set_power_look(struct devices *d, uint64_t usec);

/* Everything that is present must be updated between these two calls. Entries that were not updated are emitted as gone. */
void devices_begin_sweep(struct devices *d);
void devices_end_sweep(struct devices *d);
