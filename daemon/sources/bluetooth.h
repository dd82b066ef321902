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

/* Whether headsets are asked for their own word over Fast Pair, and over the protocol of Sony's app: for the latter Sony's app on
 * a phone may lose its connection, so it is used when somebody wants it. */
enum own_protocol { OWN_PROTOCOL_OFF, OWN_PROTOCOL_ASK, OWN_PROTOCOL_ON };
void bluetooth_source_set_reading(struct bluetooth_source *s, bool fast_pair, enum own_protocol own_protocol);

/* Something was plugged in that may be a headset: those that are connected are asked once it may charge. */
void bluetooth_source_note_plug(struct bluetooth_source *s);

/* Somebody wants to know now. `own_protocol`: Sony's protocol may be used as well. `done` is called when all have answered or
 * nothing is to be asked, possibly from inside this call; r: 0 or a negative errno. */
typedef void bluetooth_read_done(void *userdata, int r);
void bluetooth_source_read(struct bluetooth_source *s, bool own_protocol, bluetooth_read_done *done, void *userdata);

struct bluetooth_source *bluetooth_source_free(struct bluetooth_source *s);
