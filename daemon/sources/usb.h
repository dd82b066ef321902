/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * usb: libusb's hotplug as a second source in addition to udev, with the descriptors of all configurations.
 *
 * libusb reads descriptors from sysfs. No device is opened and no function is called that would take a device's lock (active
 * configuration): see docs/architecture.md, "Reading without waking".
 */

#include <systemd/sd-event.h>

#include "daemon/sources/udev.h"

struct usb_source;

typedef void usb_seen(void *userdata, const struct usb_sighting *w);

/* Starts without waiting; libusb becomes ready some time later. From then on every device that is present and every change is
 * passed to `seen` from the loop. Failures are logged. Returns 0 or a negative errno. */
int usb_source_new(sd_event *event, usb_seen *seen, void *userdata, struct usb_source **ret);
struct usb_source *usb_source_free(struct usb_source *s);
