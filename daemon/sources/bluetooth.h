/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Bluetooth: Sony headsets that BlueZ knows, with their battery as BlueZ or UPower tell it, each as one whole.
 *
 * Both are asked once on the system bus and then only listened to; neither is ever started by this.
 */

#include <systemd/sd-event.h>

#include "daemon/sources/source.h"

struct bluetooth_source;

/* Connects to the system bus without waiting for it. EVENT_SOURCE tells when BlueZ or UPower cannot be heard, and when that ends.
 * Returns 0 or a negative errno (no system bus at all; told as well). */
int bluetooth_source_new(sd_event *event, source_emit *emit, void *userdata, struct bluetooth_source **ret);

/* Waits for BlueZ's first answer, at most so many µs: what is there at start is then known before anything is told. */
void bluetooth_source_settle(struct bluetooth_source *s, uint64_t usec);

struct bluetooth_source *bluetooth_source_free(struct bluetooth_source *s);
