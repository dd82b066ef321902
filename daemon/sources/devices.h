/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Devices: the register of USB devices and ports that were told, so that each is told once whoever saw it first, udev or
 * libusb, and that only what changed is told again.
 */

#include <libudev.h>
#include <systemd/sd-event.h>

#include "daemon/sources/source.h"

struct devices;

int devices_new(sd_event *event, source_emit *emit, void *userdata, struct devices **ret);
struct devices *devices_free(struct devices *d);

/* How sure it is that the kernel has chosen a configuration. */
enum choice {
        CHOICE_OPEN, /* not known */
        CHOICE_MADE, /* the device's `bind` uevent came */
        CHOICE_OLD,  /* if it has a driver, that has had time enough */
};

/* Reads the usb_device at the path again and tells what is new about it. `told`: the device of its own uevent, else NULL. A
 * device that vanished meanwhile is skipped: its removal is told by whoever sees it. */
void devices_update(struct devices *d, const char *syspath, struct udev_device *from_udev, enum choice choice);

/* The same when an interface of that configuration was removed; a device that is not known stays so. */
void devices_lose_configuration(struct devices *d, const struct address *where, unsigned configuration);

/* Reads the ports below the interface (its path) of the hub; nothing when it has none. */
void devices_update_ports(struct devices *d, const char *interface, const struct address *hub);

/* Tells that the device left; nothing when it is not known, or is another one by now (devnum not 0 and not the same). */
void devices_remove(struct devices *d, const struct address *where, unsigned devnum);

/* Tells that the ports of the hub are gone. */
void devices_remove_ports(struct devices *d, const struct address *hub);

/* Is this very device known? */
bool devices_knows(const struct devices *d, const struct address *where, unsigned devnum);

/* The configurations that another witness read, used where the device's own file could not be read. */
void devices_add_configurations(struct devices *d, const struct address *where, const struct usb_configuration *list, uint8_t n);

/* The uevent of a hub about one of its ports. */
void devices_over_current(struct devices *d, const struct address *port, uint32_t count);

/* Reads the runtime power management of headsets again, and of the device at `asked` (may be NULL). */
void devices_refresh_power(struct devices *d, const struct address *asked);

/* How often they are looked at while one of them may be suspended, in µs. */
void devices_set_power_look(struct devices *d, uint64_t usec);

/* Between the two calls everything that is there must be updated; what was not is told to be gone. */
void devices_begin_sweep(struct devices *d);
void devices_end_sweep(struct devices *d);
