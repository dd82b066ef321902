/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * The message stream of Fast Pair: what a headset tells by itself when the channel is opened. Nothing is ever sent. No I/O.
 *
 * developers.google.com/nearby/fast-pair/specifications/extensions/messagestream and deviceinformation: group, code, length
 * (2 bytes, big-endian), data.
 */

#include "model/reading.h"

#define FAST_PAIR_UUID "df21fe2c-2515-4fdb-8886-f12c4d67927c"

/* What is read is no longer than this; the rest of a message is skipped. */
#define FAST_PAIR_DATA_MAX 32

struct fast_pair {
        struct headset_reading *reading;
        bool over;
        uint64_t deadline; /* when fast_pair_wait_over() is to be called, in µs */
        size_t n_bytes;    /* number of bytes that were read */

        uint8_t head[4], data[FAST_PAIR_DATA_MAX];
        size_t n_head, n_data; /* so many of both were read; n_data counts what is skipped as well */
};

/* Begins a stream. The headset's reports are written to *reading, which must live as long. */
void fast_pair_begin(struct fast_pair *f, struct headset_reading *reading, uint64_t now);

/* Processes bytes from the headset. */
void fast_pair_receive(struct fast_pair *f, const uint8_t *bytes, size_t size, uint64_t now);

void fast_pair_wait_over(struct fast_pair *f, uint64_t now);
