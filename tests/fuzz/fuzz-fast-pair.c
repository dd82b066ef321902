/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Fuzzes the message stream of Fast Pair. Glued together or byte by byte, it says the same.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "headset-protocol/fast-pair.h"
#include "fuzz.h"

static void check(const struct headset_reading *r) {
        for (unsigned i = 0; i < _BATTERY_PART_MAX; i++)
                if ((r->parts[i].percent > 100 && r->parts[i].percent != BATTERY_UNKNOWN) || r->parts[i].charging > CHARGING_YES)
                        abort();
        if (memchr(r->firmware, '\0', sizeof r->firmware) == NULL)
                abort();
        for (const char *c = r->firmware; *c; c++)
                if ((unsigned char) *c < 0x20 || *c == 0x7f)
                        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
        struct headset_reading whole, pieces;
        struct fast_pair f, g;

        fast_pair_begin(&f, &whole, 0);
        fast_pair_receive(&f, data, size, 0);
        fast_pair_begin(&g, &pieces, 0);
        for (size_t i = 0; i < size; i++)
                fast_pair_receive(&g, data + i, 1, 0);
        if (f.over != g.over || f.n_bytes != g.n_bytes || memcmp(whole.parts, pieces.parts, sizeof whole.parts) != 0 ||
            strcmp(whole.firmware, pieces.firmware) != 0)
                abort();
        check(&whole);
        return 0;
}
