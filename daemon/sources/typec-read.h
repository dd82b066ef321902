/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Reading one Type-C connector: its port, partner, cable, power data objects and supply.
 *
 * Every path comes from udev. What cannot be read is told as not known, never guessed.
 */

#include <libudev.h>

#include "event.h"

/* Reads connector `number`. Returns 0 and fills *ret (padding zeroed, so that two can be compared by memcmp()), or -ENODEV. */
int typec_read(struct udev *udev, unsigned number, struct typec_facts *ret);

/* "port0", "port0-partner", "port0.1", ...: the connector's number. Returns false for any other name, or one above 254. */
bool typec_name_parse(const char *name, unsigned *ret_number);
