/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Device: what the daemon knows about a USB device that is no Sony headset.
 */
#include "device.h"

#include <string.h>

#include "address.h"
#include "bus.h"
#include "show.h"

int device_into_status(const struct options *o, sd_bus *bus, const char *name, struct json_object *status) {
        struct json_object *headsets = json_list(status, "headsets"), *device = NULL;
        struct address where;
        int r;

        if (!address_parse(name, strlen(name), &where) || where.depth == 0 || !headsets)
                return STATUS_NOTHING;
        r = bus_get_json(o, bus, "GetDevice", name, &device);
        if (r == STATUS_OK)
                json_object_array_add(headsets, device);
        return r;
}
