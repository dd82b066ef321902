/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * udev: USB devices, interfaces and ports as udev tells them, at start and when they change.
 */

#include <systemd/sd-event.h>

#include "daemon/sources/source.h"

struct udev_source;

/* Begins to listen; nothing is told before udev_source_cold_plug(). `before` is called when a uevent has come, before it is
 * looked at. Returns 0 or a negative errno. */
int udev_source_new(sd_event *event, source_emit *emit, source_before *before, void *userdata, struct udev_source **ret);
struct udev_source *udev_source_free(struct udev_source *s);

/* Tells what is there, and what is no longer; also used when uevents were lost. Returns 0 or a negative errno. */
int udev_source_cold_plug(struct udev_source *s);

/* The kernel log told that a device came to the place, or left it. When udev says nothing of it within two seconds (it was
 * stopped, or is stuck), everything is looked at again in sysfs. */
void udev_source_expect(struct udev_source *s, const struct address *where);

/* Reads again what the kernel changes without an event: runtime power management of headsets, and of the device at
 * `asked` (may be NULL). */
void udev_source_refresh(struct udev_source *s, const struct address *asked);

/* How often a headset that may be suspended is looked at, in µs. */
void udev_source_set_power_look(struct udev_source *s, uint64_t usec);

/* What another witness (libusb) saw of a device. Whoever is first makes it known, the other one confirms. */
struct usb_sighting {
        struct address where;
        unsigned devnum;
        bool arrived; /* else it left */
        uint8_t n_configurations;
        struct usb_configuration configurations[EVENT_CONFIGS_MAX];
};

void udev_source_confirm(struct udev_source *s, const struct usb_sighting *w);
