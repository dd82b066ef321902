/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Headset reader: asks connected headsets for their own word, over Fast Pair and Sony's protocol, one after the other. A channel
 * is opened for a reason (the headset connected, something was plugged in, somebody asks), read, and closed within five seconds.
 */

#include "daemon/sources/bluetooth-internal.h"

struct headset_reader;

int headset_reader_new(struct bluetooth_source *source, struct headset_reader **ret);
struct headset_reader *headset_reader_free(struct headset_reader *r);

/* A device has changed: its link, or its list of services. */
void headset_reader_look(struct headset_reader *r, struct bluez_device *d, bool was_connected);

/* BlueZ takes the device away, or BlueZ itself is gone (NULL). */
void headset_reader_lost(struct headset_reader *r, const char *path);
