/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "headset-protocol/mdr-question.h"

#include <string.h>

struct row {
        enum mdr_question question;
        uint8_t type, payload[2];
};

/* Gadgetbridge PayloadTypeV1.java and PayloadTypeV2.java, mos9527/SonyHeadphonesClient ProtocolV2T1.h and ProtocolV2T2.h: only
 * commands with GET in their name are here. */
static const struct row unknown[] = {
        { MDR_ASK_GENERATION, MDR_TABLE_1, { 0x00, 0x00 } },
};

static const struct row first[] = {
        { MDR_ASK_GENERATION, MDR_TABLE_1, { 0x00, 0x00 } }, { MDR_ASK_FUNCTIONS, MDR_TABLE_1, { 0x06, 0x00 } },
        { MDR_ASK_WHOLE, MDR_TABLE_1, { 0x10, 0x00 } },      { MDR_ASK_BUDS, MDR_TABLE_1, { 0x10, 0x01 } },
        { MDR_ASK_CASE, MDR_TABLE_1, { 0x10, 0x02 } },
};

static const struct row second[] = {
        { MDR_ASK_GENERATION, MDR_TABLE_1, { 0x00, 0x00 } },
        { MDR_ASK_FUNCTIONS, MDR_TABLE_1, { 0x06, 0x00 } },
        { MDR_ASK_FUNCTIONS_2, MDR_TABLE_2, { 0x06, 0x00 } },
        { MDR_ASK_WHOLE, MDR_TABLE_1, { 0x22, 0x00 } },
        { MDR_ASK_BUDS, MDR_TABLE_1, { 0x22, 0x01 } },
        { MDR_ASK_CASE, MDR_TABLE_1, { 0x22, 0x02 } },
        { MDR_ASK_WHOLE_THRESHOLD, MDR_TABLE_1, { 0x22, 0x08 } },
        { MDR_ASK_BUDS_THRESHOLD, MDR_TABLE_1, { 0x22, 0x09 } },
        { MDR_ASK_CASE_THRESHOLD, MDR_TABLE_1, { 0x22, 0x0a } },
        { MDR_ASK_CARE, MDR_TABLE_1, { 0x26, 0x0c } },
        { MDR_ASK_CARE_LIMITED, MDR_TABLE_2, { 0x26, 0x01 } },
        { MDR_ASK_LIMIT, MDR_TABLE_2, { 0x20, 0x01 } },
        { MDR_ASK_WET, MDR_TABLE_2, { 0x22, 0x02 } },
};

static const struct row *table_of(enum mdr_generation generation, size_t *ret_n) {
        switch (generation) {
        case MDR_V1:
                *ret_n = sizeof first / sizeof first[0];
                return first;
        case MDR_V2:
                *ret_n = sizeof second / sizeof second[0];
                return second;
        default:
                *ret_n = sizeof unknown / sizeof unknown[0];
                return unknown;
        }
}

bool mdr_question(enum mdr_generation generation, enum mdr_question question, uint8_t *ret_type, uint8_t ret[static 2]) {
        size_t n;
        const struct row *table = table_of(generation, &n);

        for (size_t i = 0; i < n; i++)
                if (table[i].question == question) {
                        *ret_type = table[i].type;
                        memcpy(ret, table[i].payload, sizeof table[i].payload);
                        return true;
                }
        return false;
}

static bool is_listed(enum mdr_generation generation, const struct mdr_frame *f) {
        size_t n;
        const struct row *table = table_of(generation, &n);

        for (size_t i = 0; i < n; i++)
                if (f->type == table[i].type && f->size == sizeof table[i].payload &&
                    memcmp(f->payload, table[i].payload, f->size) == 0)
                        return true;
        return false;
}

/* The frame is parsed as the headset will parse it, so that an error in the code that wrote it is found, too. */
bool mdr_may_send(enum mdr_generation generation, const uint8_t *frame, size_t size) {
        struct mdr_reader reader = {};
        struct mdr_frame f = {};

        if (size == 0 || frame[0] != MDR_BEGIN || memchr(frame + 1, MDR_BEGIN, size - 1))
                return false;
        for (size_t i = 0; i < size; i++)
                if (mdr_reader_take(&reader, frame[i], &f) != (i == size - 1))
                        return false;
        if (f.seq > 1)
                return false;
        return f.type == MDR_ACK ? f.size == 0 : is_listed(generation, &f);
}
