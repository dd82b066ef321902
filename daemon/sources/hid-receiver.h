/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Receiver: one USB receiver (dongle) of a wireless headset, kept open while it is present.
 *
 * It is not polled. A PULSE adapter only sends reports by itself and is opened read-only. An INZONE receiver reports changes by
 * itself; it is queried, with the one harmless request for the battery, if something may have changed. No answer means that the
 * headset is off or out of reach, which is no fault. Operations that may block (opening wakes the device, writing waits for it)
 * are done by a helper.
 */

#include <systemd/sd-event.h>

#include "daemon/sources/helper.h"
#include "daemon/sources/hid-report.h"
#include "daemon/sources/source.h"

struct hid_room {
        sd_event *event; /* borrowed */
        struct helpers helpers;
        source_emit *emit;
        void *userdata;
};

struct receiver;

/* Emits the headset as not present until the receiver reports otherwise, and starts to open the receiver. `found`: it was
 * present before the daemon started to look. Returns 0 or a negative errno. */
int receiver_new(struct hid_room *room, const struct hid_place *place, bool found, struct receiver **ret);
struct receiver *receiver_free(struct receiver *r);

const char *receiver_node(const struct receiver *r);

/* Opens it if it is not open: the permissions of its node may have changed. */
void receiver_open(struct receiver *r);

/* Queries it after a short delay, if it can be queried. To be called when something happened that may concern it. */
void receiver_ask_soon(struct receiver *r);

/* The receiver was unplugged: emits that. */
void receiver_gone(struct receiver *r);
