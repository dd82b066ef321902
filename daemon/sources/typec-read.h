/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Reading one Type-C connector: its port, partner, cable, power data objects and supply.
 *
 * Every path comes from udev. What cannot be read is told as not known, never guessed.
 */

#include <libudev.h>

#include "model/event.h"

/* What a uevent said of a connector. The kernel tells of a removal before the folder goes (device_del()), so what is said to
 * be gone must not be read any more. */
enum typec_touch {
        TYPEC_TOUCHED = 1 << 0,
        TYPEC_PORT_GONE = 1 << 1,
        TYPEC_PARTNER_GONE = 1 << 2,
        TYPEC_CABLE_GONE = 1 << 3,
};

/* What the object of this name stands for, as the flag that says that it is gone; TYPEC_TOUCHED for parts of parts. */
enum typec_touch typec_part(const char *name);

/* Reads connector `number` but for what is gone (set of enum typec_touch). Returns 0 and fills *ret (padding zeroed, so that
 * two can be compared by memcmp()), or -ENODEV. */
int typec_read(struct udev *udev, unsigned number, unsigned gone, struct typec_facts *ret);

/* "port0", "port0-partner", "port0.1", ...: the connector's number. Returns false for any other name, or one above 254. */
bool typec_name_parse(const char *name, unsigned *ret_number);
