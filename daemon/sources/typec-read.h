/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Reads one Type-C connector: its port, partner, cable, power data objects and supply.
 *
 * Every path comes from udev. What cannot be read is reported as not known, never guessed.
 */

#include <libudev.h>

#include "model/event.h"

/* What a uevent reported about a connector. The kernel reports a removal before the directory is gone (device_del()), so an
 * object that is reported as gone must not be read any more. */
enum typec_touch {
        TYPEC_TOUCHED = 1 << 0,
        TYPEC_PORT_GONE = 1 << 1,
        TYPEC_PARTNER_GONE = 1 << 2,
        TYPEC_CABLE_GONE = 1 << 3,
};

/* Returns what the object with this name represents, as the flag for its removal; TYPEC_TOUCHED for subordinate objects. */
enum typec_touch typec_part(const char *name);

/* Reads connector `number` except for what is `gone` (set of enum typec_touch). Returns 0 and fills in *ret (padding is
 * zeroed, so that two can be compared with memcmp()), or -ENODEV. */
int typec_read(struct udev *udev, unsigned number, unsigned gone, struct typec_facts *ret);

/* Parses the connector's number from "port0", "port0-partner", "port0.1", ... Returns false for any other name or a number
 * above 254. */
bool typec_name_parse(const char *name, unsigned *ret_number);
