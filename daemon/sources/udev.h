/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * udev: USB devices, interfaces and ports as udev reports them, at start and when they change.
 */

#include <systemd/sd-event.h>

#include "daemon/sources/source.h"

struct udev_source;

/* Starts to monitor. Nothing is emitted before udev_source_cold_plug(). `before` is called when a uevent has arrived, before
 * it is processed. Returns 0 or a negative errno. */
int udev_source_new(sd_event *event, source_emit *emit, source_before *before, void *userdata, struct udev_source **ret);
struct udev_source *udev_source_free(struct udev_source *s);

/* Emits what is present and what is gone. Also used when uevents were lost. Returns 0 or a negative errno. */
int udev_source_cold_plug(struct udev_source *s);

/* To be called when the kernel log reported that a device arrived at the place or left it. If udev does not report it within
 * two seconds (because it was stopped or is blocked), everything is read again from sysfs. */
void udev_source_expect(struct udev_source *s, const struct address *where);

/* Reads again what the kernel changes without an event: the runtime power management of headsets, and of the device at `asked`
 * (may be NULL). */
void udev_source_refresh(struct udev_source *s, const struct address *asked);

/* Sets the interval in µs at which a headset that may be suspended is checked. */
void udev_source_set_power_look(struct udev_source *s, uint64_t usec);

/* What libusb saw of a device. The first source that sees a device makes it known; the other one confirms it. */
struct usb_sighting {
        struct address where;
        unsigned devnum;
        bool arrived; /* false: it left */
        uint8_t n_configurations;
        struct usb_configuration configurations[EVENT_CONFIGS_MAX];
};

void udev_source_confirm(struct udev_source *s, const struct usb_sighting *w);
