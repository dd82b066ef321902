/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Releases objects of libudev when a function returns (common/cleanup.h).
 */

#include <libudev.h>

static inline void udev_device_unrefp(struct udev_device **d) {
        udev_device_unref(*d);
}

static inline void udev_enumerate_unrefp(struct udev_enumerate **e) {
        udev_enumerate_unref(*e);
}
