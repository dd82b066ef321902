/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Configuration: /etc/sonycharge/sonycharged.conf and those of sonycharged.conf.d, in the order of their names.
 */

#include <stdbool.h>
#include <stdint.h>

#include "daemon/sources/bluetooth.h"

struct config {
        bool kernel_log; /* [Sources] KernelLog=yes: read the kernel log */
        bool libusb;     /* [Sources] Libusb=yes: libusb as a second witness of plug events */
        bool fast_pair;  /* [Sources] FastPair=yes: read what headsets tell over Fast Pair */
        enum own_protocol
                own_protocol;     /* [Sources] HeadsetProtocol=ask (on, off): ask headsets over the protocol of Sony's app */
        uint64_t power_look_usec; /* [Sources] PowerLookSec=30 (5 to 3600): how often a headset that may be suspended is looked at
                                   */
};

/* Sets the defaults and then what the files say. A value that cannot be used is named in the log and its default kept.
 * $SONYCHARGE_CONFIG names another main file (its ".d" folder is used too). */
void config_load(struct config *c);
