/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Fuzzes the state machine of Sony's protocol behind its framing. The input says what a headset does, one step after another, and
 * each frame of it is sound, so that the fuzzer reaches what a wrong sum would keep it from. The computer's side must keep to the
 * protocol whatever the headset does.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "headset-protocol/mdr.h"
#include "fuzz.h"

enum step {
        TIME_IS_OVER,
        ACKNOWLEDGE,   /* the newest question, with the right number */
        ACKNOWLEDGE_0, /* with a number that may be wrong */
        ACKNOWLEDGE_1,
        ANSWER,   /* the newest question, with the payload that follows */
        SAY_1,    /* a frame of the first table */
        SAY_2,    /* of the second one */
        SAY_MORE, /* of the type that follows */
        AGAIN,    /* the newest frame once more */
        _STEP_MAX,
};

#define PAYLOAD_MAX 24
/* Every question may be sent three times. */
#define SENT_MAX (3 * MDR_PLAN_MAX)

struct talk {
        struct mdr mdr;
        struct headset_reading reading;
        struct mdr_reader reader;
        struct mdr_frame question; /* the newest one */
        enum mdr_generation generation;
        unsigned questions, acknowledgements;
        uint8_t acknowledged;
        uint8_t frame[2 * (PAYLOAD_MAX + 7) + 2], seq;
        size_t n_frame;
        uint64_t now;
};

static void must(bool condition) {
        if (!condition)
                abort();
}

static void on_send(void *userdata, enum mdr_generation generation, const uint8_t *frame, size_t size) {
        struct talk *t = userdata;
        struct mdr_frame f = {};

        must(mdr_may_send(generation, frame, size));
        for (size_t i = 0; i < size; i++)
                must(mdr_reader_take(&t->reader, frame[i], &f) == (i == size - 1));
        if (f.type == MDR_ACK) {
                t->acknowledgements++;
                t->acknowledged = f.seq;
                return;
        }
        /* What switches a headset of the first generation off is sent to one that said that it is of the second, or to none. */
        must(f.payload[0] != 0x22 || (generation == MDR_V2 && t->generation == MDR_V2));
        t->question = f;
        must(++t->questions <= SENT_MAX);
}

static size_t escape(uint8_t byte, uint8_t *out) {
        if (byte < MDR_END || byte > MDR_BEGIN) {
                *out = byte;
                return 1;
        }
        out[0] = 0x3d;
        out[1] = byte & 0xef;
        return 2;
}

static void make_frame(struct talk *t, uint8_t type, uint8_t seq, const uint8_t *payload, size_t size) {
        const uint8_t head[6] = { type, seq, 0, 0, 0, (uint8_t) size };
        uint8_t sum = 0;

        t->n_frame = 0;
        t->frame[t->n_frame++] = MDR_BEGIN;
        for (size_t i = 0; i < sizeof head + size; i++) {
                uint8_t byte = i < sizeof head ? head[i] : payload[i - sizeof head];

                sum = (uint8_t) (sum + byte);
                t->n_frame += escape(byte, t->frame + t->n_frame);
        }
        t->n_frame += escape(sum, t->frame + t->n_frame);
        t->frame[t->n_frame++] = MDR_END;
}

/* What the headset says of its generation, as the first answer does. */
static void note_generation(struct talk *t, uint8_t type, const uint8_t *payload, size_t size) {
        if (t->generation == MDR_GENERATION_UNKNOWN && type == MDR_TABLE_1 && size >= 2 && payload[0] == 1 && payload[1] == 0)
                t->generation = size == 4 ? MDR_V1 : size == 8 ? MDR_V2 : MDR_GENERATION_UNKNOWN;
}

/* Each frame with data is acknowledged once, with the other number. */
static void send_frame(struct talk *t) {
        unsigned before = t->acknowledgements;
        bool has_data = t->n_frame > 1 && (t->frame[1] == MDR_TABLE_1 || t->frame[1] == MDR_TABLE_2) && t->frame[2] <= 1;

        mdr_receive(&t->mdr, t->frame, t->n_frame, t->now);
        must(t->acknowledgements == before + has_data);
        must(!has_data || t->acknowledged == 1 - t->frame[2]);
}

static void say(struct talk *t, uint8_t type, const uint8_t *payload, size_t size) {
        note_generation(t, type, payload, size);
        make_frame(t, type, t->seq, payload, size);
        t->seq = 1 - t->seq;
        send_frame(t);
}

static void answer(struct talk *t, const uint8_t *data, size_t size) {
        uint8_t payload[PAYLOAD_MAX] = { (uint8_t) (t->question.payload[0] + 1), t->question.payload[1] };

        memcpy(payload + 2, data, size);
        say(t, t->question.type, payload, size + 2);
}

/* Does one step; returns how much of the input it took. */
static size_t go(struct talk *t, enum step step, const uint8_t *data, size_t size) {
        size_t n = size == 0 ? 0 : data[0] % (PAYLOAD_MAX - 1), taken = size > 0;

        n = n < size - taken ? n : size - taken;
        switch (step) {
        case TIME_IS_OVER:
                t->now = mdr_deadline(&t->mdr);
                mdr_wait_over(&t->mdr, t->now);
                return 0;
        case ACKNOWLEDGE:
        case ACKNOWLEDGE_0:
        case ACKNOWLEDGE_1:
                make_frame(t, MDR_ACK, step == ACKNOWLEDGE ? 1 - t->question.seq : step == ACKNOWLEDGE_1, data, 0);
                send_frame(t);
                return 0;
        case ANSWER:
                answer(t, data + taken, n);
                return taken + n;
        case SAY_1:
        case SAY_2:
                say(t, step == SAY_1 ? MDR_TABLE_1 : MDR_TABLE_2, data + taken, n);
                return taken + n;
        case SAY_MORE:
                say(t, (uint8_t) (0x10 + n), data + taken, n);
                return taken + n;
        default:
                send_frame(t);
                return 0;
        }
}

static void check(const struct talk *t) {
        const struct headset_reading *r = &t->reading;

        must(t->mdr.n_plan <= MDR_PLAN_MAX && (t->mdr.over || t->mdr.at < t->mdr.n_plan));
        must(t->mdr.generation == MDR_GENERATION_UNKNOWN || t->mdr.generation == t->generation);
        must(mdr_deadline(&t->mdr) <= t->mdr.end);
        for (unsigned i = 0; i < _BATTERY_PART_MAX; i++) {
                must(r->parts[i].percent <= 100 || r->parts[i].percent == BATTERY_UNKNOWN);
                must(r->parts[i].charging <= CHARGING_FULL);
                /* A state without a level is none. */
                must(r->parts[i].percent != BATTERY_UNKNOWN || r->parts[i].charging == CHARGING_UNKNOWN);
                must(r->parts[i].percent > 0 || i == BATTERY_WHOLE);
        }
        must(!reading_tells(r) || r->outcome == READING_TOLD);
        must(r->wet == UNKNOWN || t->generation == MDR_V2);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
        struct talk t = { .now = SECOND };
        unsigned waits = 0;

        mdr_begin(&t.mdr, &t.reading, on_send, &t, t.now);
        for (size_t i = 0; i < size && !t.mdr.over;) {
                enum step step = (enum step)(data[i++] % _STEP_MAX);

                i += go(&t, step, data + i, size - i);
                check(&t);
        }
        while (!t.mdr.over && waits++ < SENT_MAX + 2)
                mdr_wait_over(&t.mdr, mdr_deadline(&t.mdr));
        must(t.mdr.over);
        check(&t);
        return 0;
}
