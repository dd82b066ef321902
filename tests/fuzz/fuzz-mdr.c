/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Fuzzes a conversation in Sony's protocol: what the headset sends, in pieces and with time between them. The first byte of each
 * piece is its length, 0: time is over. Whatever comes, nothing is sent that is not on the list, and it ends.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "headset-protocol/mdr.h"
#include "fuzz.h"

static enum mdr_generation told;

static void on_send(void *userdata, enum mdr_generation generation, const uint8_t *frame, size_t size) {
        if (!mdr_may_send(generation, frame, size))
                abort();
        /* The generation is told once. */
        if (told != MDR_GENERATION_UNKNOWN && generation != told)
                abort();
        told = generation;
}

static void check(const struct headset_reading *r) {
        bool tells = false;

        for (unsigned i = 0; i < _BATTERY_PART_MAX; i++) {
                if (r->parts[i].percent > 100 && r->parts[i].percent != BATTERY_UNKNOWN)
                        abort();
                if (r->parts[i].charging > CHARGING_FULL)
                        abort();
                tells |= r->parts[i].percent != BATTERY_UNKNOWN;
        }
        if (tells != reading_tells(r) || (tells && r->outcome != READING_TOLD))
                abort();
        if (r->care_percent > 100 && r->care_percent != BATTERY_UNKNOWN)
                abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
        struct headset_reading r;
        uint64_t now = SECOND;
        unsigned waits = 0;
        struct mdr m;

        told = MDR_GENERATION_UNKNOWN;
        mdr_begin(&m, &r, on_send, NULL, now);
        for (size_t i = 0; i < size && !m.over;) {
                size_t n = data[i++];

                if (n == 0) {
                        now = mdr_deadline(&m);
                        mdr_wait_over(&m, now);
                        continue;
                }
                n = n < size - i ? n : size - i;
                mdr_receive(&m, data + i, n, now);
                i += n;
                if (m.n_plan > MDR_PLAN_MAX || (!m.over && m.at >= m.n_plan))
                        abort();
        }
        while (!m.over && waits++ < 100)
                mdr_wait_over(&m, mdr_deadline(&m));
        if (!m.over)
                abort();
        check(&r);
        return 0;
}
