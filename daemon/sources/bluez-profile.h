/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * One RFCOMM channel to a service of a headset, by BlueZ's Profile1 (doc/org.bluez.Profile.rst). BlueZ looks up where the service
 * is, connects, and hands over the socket by D-Bus, so that no right to open Bluetooth sockets is needed.
 */

#include "daemon/sources/bluetooth-internal.h"
#include "model/reading.h"

struct profile;

struct profile_listener {
        /* The channel is open. The socket is the listener's from now on; it does not block. */
        void (*opened)(void *userdata, int fd);
        /* It will not open: READING_TAKEN or READING_REFUSED. */
        void (*failed)(void *userdata, enum reading_outcome outcome);
        /* BlueZ wants it closed: the link ends, or BlueZ does. */
        void (*ended)(void *userdata);
        void *userdata;
};

/* Begins to open a channel; the listener is told how it ends, never from inside this call. One at a time. Returns 0 or a negative
 * errno. */
int profile_open(struct service *bluez, const char *device, const char *uuid, const struct profile_listener *listener,
                 struct profile **ret);

/* Gives the channel up, whether it is open or not. The socket is closed by who has it. */
struct profile *profile_close(struct profile *p);
