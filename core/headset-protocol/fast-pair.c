/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "headset-protocol/fast-pair.h"

#include <string.h>

#include "common/text.h"

/* A headset reports its battery right after the channel was opened. Some headsets offer the channel and do not report it
 * (WH-CH520). */
#define LISTEN_USEC (3 * SECOND)
/* The version of its firmware follows within this, if at all. */
#define AFTER_BATTERY_USEC (SECOND / 4)
/* A headset does not send more than this within a few seconds. */
#define BYTES_MAX 16384

#define GROUP_DEVICE_INFORMATION 0x03
#define CODE_BATTERY 0x03
#define CODE_FIRMWARE 0x09

/* Bit 7: it charges. The other bits are the level; all of them set: not known. */
#define BIT_CHARGING 0x80

void fast_pair_begin(struct fast_pair *f, struct headset_reading *reading, uint64_t now) {
        *f = (struct fast_pair){ .reading = reading, .deadline = now + LISTEN_USEC };
        reading_clear(reading, BATTERY_BY_FAST_PAIR);
}

static void take_part(struct headset_reading *r, enum battery_part part, uint8_t byte) {
        reading_take(r, part, byte & (uint8_t) ~BIT_CHARGING, byte & BIT_CHARGING ? CHARGING_YES : CHARGING_NO);
}

static void take_battery(struct fast_pair *f, uint64_t now) {
        struct headset_reading *r = f->reading;

        if (f->n_data == 1)
                take_part(r, BATTERY_WHOLE, f->data[0]);
        else if (f->n_data == 3) {
                take_part(r, BATTERY_LEFT, f->data[0]);
                take_part(r, BATTERY_RIGHT, f->data[1]);
                take_part(r, BATTERY_CASE, f->data[2]);
        }
        if (!reading_tells(r))
                return;
        r->outcome = READING_TOLD;
        f->deadline = now + AFTER_BATTERY_USEC;
}

static void take_message(struct fast_pair *f, uint64_t now) {
        struct headset_reading *r = f->reading;

        if (f->head[0] != GROUP_DEVICE_INFORMATION || f->n_data > sizeof f->data)
                return;
        if (f->head[1] == CODE_BATTERY)
                take_battery(f, now);
        else if (f->head[1] == CODE_FIRMWARE)
                text_make_safe(r->firmware, sizeof r->firmware, (const char *) f->data, f->n_data);
        f->over = r->outcome == READING_TOLD && r->firmware[0] != '\0';
}

static void take_byte(struct fast_pair *f, uint8_t byte, uint64_t now) {
        size_t length;

        if (f->n_head < sizeof f->head)
                f->head[f->n_head++] = byte;
        else {
                if (f->n_data < sizeof f->data)
                        f->data[f->n_data] = byte;
                f->n_data++;
        }
        length = (size_t) (f->head[2] << 8 | f->head[3]);
        if (f->n_head < sizeof f->head || f->n_data < length)
                return;
        take_message(f, now);
        f->n_head = f->n_data = 0;
}

void fast_pair_receive(struct fast_pair *f, const uint8_t *bytes, size_t size, uint64_t now) {
        for (size_t i = 0; i < size && !f->over; i++) {
                take_byte(f, bytes[i], now);
                if (++f->n_bytes >= BYTES_MAX)
                        f->over = true;
        }
}

void fast_pair_wait_over(struct fast_pair *f, uint64_t now) {
        if (now >= f->deadline)
                f->over = true;
}
