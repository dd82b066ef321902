/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Fuzzes the reader of frames, and what may be sent: a frame that passes is an acknowledgement or two bytes of the list.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "headset-protocol/mdr-question.h"
#include "fuzz.h"

static void check_sent(enum mdr_generation generation, const uint8_t *data, size_t size) {
        uint8_t type = 0, payload[2];
        struct mdr_reader reader = {};
        struct mdr_frame f = {};

        if (!mdr_may_send(generation, data, size))
                return;
        if (size > MDR_FRAME_MAX)
                abort();
        for (size_t i = 0; i < size; i++)
                (void) mdr_reader_take(&reader, data[i], &f);
        if (f.type == MDR_ACK && f.size == 0)
                return;
        for (unsigned q = 0; q < _MDR_QUESTION_MAX; q++)
                if (mdr_question(generation, q, &type, payload) && f.type == type && f.size == 2 &&
                    memcmp(f.payload, payload, 2) == 0)
                        return;
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
        struct mdr_reader reader = {};
        struct mdr_frame f;

        for (size_t i = 0; i < size; i++)
                if (mdr_reader_take(&reader, data[i], &f) && f.size > MDR_PAYLOAD_MAX)
                        abort();
        for (unsigned g = 0; g < _MDR_GENERATION_MAX; g++)
                check_sent(g, data, size);
        return 0;
}
