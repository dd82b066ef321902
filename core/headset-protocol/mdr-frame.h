/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Frames of the protocol that Sony's app speaks with a headset over RFCOMM (MDR, also called Tandem). No I/O.
 *
 *   3e  escaped( type:1  seq:1  length:4 big-endian  payload  sum:1 )  3c
 *
 * The protocol is not published. The layout is what several independent programs agree on (Gadgetbridge,
 * mos9527/SonyHeadphonesClient, ncr/omarchy-headphones).
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A report about the battery takes less than 40 bytes. The list of functions is the longest reply that is read. */
#define MDR_PAYLOAD_MAX 256
/* What is sent is never longer than this. */
#define MDR_SEND_MAX 4
/* Every byte but the two marks may need an escape. */
#define MDR_FRAME_MAX (2 + 2 * (7 + MDR_SEND_MAX))

enum { MDR_BEGIN = 0x3e, MDR_END = 0x3c };

enum mdr_type {
        MDR_ACK = 0x01,
        MDR_TABLE_1 = 0x0c, /* commands and replies of the first table */
        MDR_TABLE_2 = 0x0e, /* the second table, which newer headsets have as well */
};

struct mdr_frame {
        uint8_t type, seq;
        size_t size; /* of the payload */
        uint8_t payload[MDR_PAYLOAD_MAX];
};

/* Writes a whole frame with escapes. Returns its size, or 0 if the payload is longer than MDR_SEND_MAX. */
size_t mdr_frame_write(uint8_t type, uint8_t seq, const uint8_t *payload, size_t size, uint8_t ret[static MDR_FRAME_MAX]);

/* Reads a stream of bytes: frames may arrive in pieces or several at once. */
struct mdr_reader {
        bool inside, escape, broken;
        size_t n;
        uint8_t bytes[7 + MDR_PAYLOAD_MAX]; /* unescaped, from the type to the sum */
};

/* Takes the next byte. Returns true when it completes a valid frame, which is then written to *ret. A frame that is too long, or
 * has a wrong sum or length, is dropped silently. */
bool mdr_reader_take(struct mdr_reader *r, uint8_t byte, struct mdr_frame *ret);
