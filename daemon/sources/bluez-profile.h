/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * One RFCOMM channel to a service of a headset, opened by BlueZ's Profile1 (doc/org.bluez.Profile.rst). BlueZ looks up the
 * service, connects, and passes the socket by D-Bus, so the daemon needs no permission to open Bluetooth sockets.
 */

#include "daemon/sources/bluetooth-internal.h"
#include "model/reading.h"

struct profile;

struct profile_listener {
        /* The channel is open. The listener takes ownership of the socket, which is non-blocking. */
        void (*opened)(void *userdata, int fd);
        /* The channel could not be opened: READING_TAKEN or READING_REFUSED. */
        void (*failed)(void *userdata, enum reading_outcome outcome);
        /* BlueZ asks to close the channel, because the link or BlueZ itself ends. */
        void (*ended)(void *userdata);
        void *userdata;
};

/* Starts to open a channel. The result is reported to the listener, never from inside this call. One channel at a time.
 * Returns 0 or a negative errno. */
int profile_open(struct service *bluez, const char *device, const char *uuid, const struct profile_listener *listener,
                 struct profile **ret);

/* Gives up the channel, whether it is open or not. The owner of the socket closes it. */
struct profile *profile_close(struct profile *p);
