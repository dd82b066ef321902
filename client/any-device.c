/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Device: what the daemon knows about a USB device that is not a Sony headset, or about a model of which no headset is seen.
 */
#include "client/any-device.h"

#include "client/connection.h"
#include "client/show/show.h"

int device_into_status(const struct options *o, sd_bus *bus, const char *name, struct json_object *status) {
        struct json_object *headsets = json_list(status, "headsets"), *device = NULL;
        int r;

        if (!headsets)
                return STATUS_NOTHING;
        r = bus_get_json(o, bus, "GetDevice", name, &device);
        if (r == STATUS_OK)
                json_object_array_add(headsets, device);
        return r;
}
