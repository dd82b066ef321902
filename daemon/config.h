/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Configuration: /etc/sonycharge/sonycharged.conf, then the files in sonycharged.conf.d, sorted by name.
 */

#include <stdbool.h>
#include <stdint.h>

#include "daemon/sources/bluetooth.h"

struct config {
        bool kernel_log;                /* [Sources] KernelLog=yes: read the kernel log */
        bool libusb;                    /* [Sources] Libusb=yes: use libusb as a second source of plug events */
        bool fast_pair;                 /* [Sources] FastPair=yes: read what headsets report over Fast Pair */
        enum own_protocol own_protocol; /* [Sources] HeadsetProtocol=ask (on, off): use the protocol of Sony's app */
        uint64_t power_look_usec; /* [Sources] PowerLookSec=30 (5 to 3600): interval at which a headset that may be suspended is
                                     checked */
};

/* Sets the defaults and then applies the files. An invalid value is logged and its default is kept. $SONYCHARGE_CONFIG names
 * another main file; its ".d" directory is used too. */
void config_load(struct config *c);
