/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Fuzzes reports and report descriptors of receivers, and the paths of their nodes: the first byte is the kind.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "../../daemon/sources/hid-report.c"
#include "fuzz.h"

static void check(const struct hid_report *r) {
        for (unsigned i = 0; i < _BATTERY_PART_MAX; i++)
                if ((r->parts[i].percent > 100 && r->parts[i].percent != BATTERY_UNKNOWN) || r->parts[i].charging > CHARGING_FULL)
                        abort();
}

static void place(const uint8_t *data, size_t size) {
        struct hid_place p;
        char path[256];

        if (size >= sizeof(path))
                return;
        memcpy(path, data, size);
        path[size] = '\0';
        if (hid_place_parse(path, &p) && strncmp(p.node, "hidraw", 6) != 0)
                abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
        struct hid_report r;
        enum hid_word word;

        if (size == 0)
                return 0;
        word = hid_report_parse(data[0] % (HID_PULSE + 1), data + 1, size - 1, &r);
        if (word == HID_BATTERY || word == HID_ANSWER)
                check(&r);
        (void) hid_descriptor_fits(data[0] % (HID_PULSE + 1), data + 1, size - 1);
        place(data + 1, size - 1);
        return 0;
}
