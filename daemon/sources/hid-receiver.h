/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Receiver: one USB receiver (dongle) of a wireless headset, open for as long as it is there.
 *
 * It is not polled. A PULSE adapter only ever pushes, and is opened for reading alone. An INZONE receiver tells changes by
 * itself; it is asked, with the one harmless question for the battery, when there is a reason to think that something changed.
 * No answer means that the headset is off or out of reach, which is no fault. What may block (opening wakes the device,
 * writing waits for it) is done by a helper.
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

/* Tells of the headset as one that is not there until the receiver says otherwise, and begins to open it. `found`: it was there
 * before anyone looked. Returns 0 or a negative errno. */
int receiver_new(struct hid_room *room, const struct hid_place *place, bool found, struct receiver **ret);
struct receiver *receiver_free(struct receiver *r);

const char *receiver_node(const struct receiver *r);

/* Opens it if it is not open: its node may have got other rights. */
void receiver_open(struct receiver *r);

/* Something happened near it: asks in a moment, where it can be asked. */
void receiver_ask_soon(struct receiver *r);

/* It was pulled: tells that. */
void receiver_gone(struct receiver *r);
