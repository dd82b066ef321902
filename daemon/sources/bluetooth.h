/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Bluetooth: Sony headsets known to BlueZ, with their battery as reported by BlueZ or UPower. Both are combined into one state
 * per headset.
 *
 * Both services are queried once on the system bus, and only their signals are used afterwards. Neither is ever started by this
 * source.
 */

#include <systemd/sd-event.h>

#include "daemon/sources/source.h"

struct bluetooth_source;

/* Connects to the system bus without waiting for it. An EVENT_SOURCE is emitted when BlueZ or UPower cannot be used, and when
 * that ends. Returns 0 or a negative errno if there is no system bus at all (an event is emitted then too). */
int bluetooth_source_new(sd_event *event, source_emit *emit, void *userdata, struct bluetooth_source **ret);

/* Waits at most `usec` µs for BlueZ's first answer, so that headsets that are present at start are known before anything is
 * reported. */
void bluetooth_source_settle(struct bluetooth_source *s, uint64_t usec);

/* Whether headsets are read over Fast Pair, and over the protocol of Sony's app. The latter may interrupt the app's connection
 * on a phone, so by default it is used on request only. */
enum own_protocol { OWN_PROTOCOL_OFF, OWN_PROTOCOL_ASK, OWN_PROTOCOL_ON };
void bluetooth_source_set_reading(struct bluetooth_source *s, bool fast_pair, enum own_protocol own_protocol);

/* To be called when a device that may be a headset was plugged in. Connected headsets are read after charging may have begun. */
void bluetooth_source_note_plug(struct bluetooth_source *s);

/* Reads on request the headset with this address, or all of them (NULL). `own_protocol`: Sony's protocol may be used as well.
 * `done` is called when all have answered or if there is nothing to read, possibly before this call returns. r is 0 or a
 * negative errno. */
typedef void bluetooth_read_done(void *userdata, int r);
void bluetooth_source_read(struct bluetooth_source *s, const char *address, bool own_protocol, bluetooth_read_done *done,
                           void *userdata);

struct bluetooth_source *bluetooth_source_free(struct bluetooth_source *s);
