/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * One conversation with a headset in its own protocol: the generation, its functions, the battery of each part, battery care and
 * the socket. It reads and sets nothing. No I/O and no clock: bytes and times come in by calls, frames go out by a callback.
 *
 * A frame of the headset is acknowledged before anything else is done with it; one question is under way at a time; the sequence
 * number of the next question is that of the last acknowledgement (Gadgetbridge, ncr/omarchy-headphones). A question that the
 * headset does not know is acknowledged and never answered.
 */

#include "headset-protocol/mdr-question.h"
#include "model/reading.h"

/* Called for each frame that goes to the headset. */
typedef void mdr_send(void *userdata, enum mdr_generation generation, const uint8_t *frame, size_t size);

/* At most this many questions of one conversation. */
#define MDR_PLAN_MAX 12

struct mdr {
        mdr_send *send;
        void *userdata;
        enum mdr_generation generation;
        bool second_table; /* the headset said that it has one */
        bool over;
        struct headset_reading *reading;

        struct mdr_reader reader;
        uint8_t seq;       /* of the next question */
        uint32_t last;     /* type, sequence number, size and sum of the newest frame, to know it when it is repeated */
        size_t n_bytes;    /* number of bytes that were read */
        uint64_t end;      /* time at which the conversation ends in any case */
        uint64_t deadline; /* of the pending question */
        unsigned tries;    /* how often it was sent */
        bool acknowledged, answered;

        uint8_t plan[MDR_PLAN_MAX]; /* questions; the one at `at` is pending */
        size_t n_plan, at;
};

/* Begins a conversation with the first request. The headset's reports are written to *reading, which must live as long. */
void mdr_begin(struct mdr *m, struct headset_reading *reading, mdr_send *send, void *userdata, uint64_t now);

/* Processes bytes from the headset. */
void mdr_receive(struct mdr *m, const uint8_t *bytes, size_t size, uint64_t now);

/* When mdr_wait_over() is to be called, in µs. */
uint64_t mdr_deadline(const struct mdr *m);
void mdr_wait_over(struct mdr *m, uint64_t now);
