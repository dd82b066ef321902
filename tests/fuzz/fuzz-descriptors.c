/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Fuzzes the descriptors of a device: the first byte is its speed.
 */
#include <stdint.h>
#include <stdlib.h>

#include "../../daemon/sources/descriptors.c"
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
        struct device_facts f = { .speed = SPEED_UNKNOWN };

        if (size == 0)
                return 0;
        f.speed = data[0] % (SPEED_SUPER_PLUS + 1);
        if (descriptors_parse(data + 1, size - 1, &f) >= 0 && f.n_configurations > EVENT_CONFIGS_MAX)
                abort();
        return 0;
}
