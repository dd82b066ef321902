/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "headset-protocol/mdr-frame.h"

#include <string.h>

#define ESCAPE 0x3d
/* An escaped byte is sent with this bit cleared. */
#define ESCAPE_BIT 0x10
/* Type, sequence number and length come before the payload. */
#define HEAD 6

static size_t put(uint8_t *out, size_t n, uint8_t byte) {
        if (byte >= MDR_END && byte <= MDR_BEGIN) {
                out[n++] = ESCAPE;
                byte &= (uint8_t) ~ESCAPE_BIT;
        }
        out[n++] = byte;
        return n;
}

size_t mdr_frame_write(uint8_t type, uint8_t seq, const uint8_t *payload, size_t size, uint8_t ret[static MDR_FRAME_MAX]) {
        uint8_t plain[HEAD + MDR_SEND_MAX] = { type, seq, 0, 0, 0, (uint8_t) size };
        uint8_t sum = 0;
        size_t n = 0;

        if (size > MDR_SEND_MAX)
                return 0;
        if (size > 0)
                memcpy(plain + HEAD, payload, size);
        ret[n++] = MDR_BEGIN;
        for (size_t i = 0; i < HEAD + size; i++) {
                sum = (uint8_t) (sum + plain[i]);
                n = put(ret, n, plain[i]);
        }
        n = put(ret, n, sum);
        ret[n++] = MDR_END;
        return n;
}

static bool is_sound(const struct mdr_reader *r, struct mdr_frame *ret) {
        uint32_t length;
        uint8_t sum = 0;

        if (r->broken || r->escape || r->n < HEAD + 1)
                return false;
        length = (uint32_t) r->bytes[2] << 24 | (uint32_t) r->bytes[3] << 16 | (uint32_t) r->bytes[4] << 8 | r->bytes[5];
        if (length != r->n - HEAD - 1)
                return false;
        for (size_t i = 0; i < r->n - 1; i++)
                sum = (uint8_t) (sum + r->bytes[i]);
        if (sum != r->bytes[r->n - 1])
                return false;
        ret->type = r->bytes[0];
        ret->seq = r->bytes[1];
        ret->size = length;
        memcpy(ret->payload, r->bytes + HEAD, length);
        return true;
}

bool mdr_reader_take(struct mdr_reader *r, uint8_t byte, struct mdr_frame *ret) {
        bool sound;

        /* The two marks never occur inside a frame, so that the reader is in step again after any damage. */
        if (byte == MDR_BEGIN) {
                r->inside = true;
                r->escape = r->broken = false;
                r->n = 0;
                return false;
        }
        if (!r->inside)
                return false;
        if (byte == MDR_END) {
                sound = is_sound(r, ret);
                r->inside = false;
                return sound;
        }
        if (byte == ESCAPE) {
                r->broken |= r->escape;
                r->escape = true;
                return false;
        }
        if (r->escape)
                byte |= ESCAPE_BIT;
        r->escape = false;
        if (r->n == sizeof r->bytes)
                r->broken = true;
        else
                r->bytes[r->n++] = byte;
        return false;
}
