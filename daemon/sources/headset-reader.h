/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Headset reader: reads what connected headsets report about themselves over Fast Pair and Sony's protocol, one headset at a
 * time. A channel is opened for a reason only (the headset connected, a device was plugged in, a client asks), read, and closed
 * within five seconds.
 */

#include "daemon/sources/bluetooth-internal.h"

struct headset_reader;

int headset_reader_new(struct bluetooth_source *source, struct headset_reader **ret);
struct headset_reader *headset_reader_free(struct headset_reader *r);

/* Returns whether somebody may ask this device over the protocol of Sony's app. */
bool headset_reader_may_ask(const struct headset_reader *r, const struct bluez_device *d);

/* To be called when the link of a device or its list of services has changed. */
void headset_reader_look(struct headset_reader *r, struct bluez_device *d, bool was_connected);

/* To be called when BlueZ removes the device, or when BlueZ itself is gone (NULL). */
void headset_reader_lost(struct headset_reader *r, const char *path);
