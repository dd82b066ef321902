/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Protocols of headsets: frames of Sony's protocol complete, broken, split and joined; what may be sent to a headset, and that
 * nothing else can be sent; conversations with headsets of both generations; the message stream of Fast Pair. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "headset-protocol/fast-pair.h"
#include "headset-protocol/mdr.h"
#include "run.h"

#define MS UINT64_C(1000)

/* Reads "3e 0c 00"; returns the number of bytes. */
static size_t hex(const char *text, uint8_t *ret, size_t size) {
        size_t n = 0;
        int used;

        for (unsigned byte; sscanf(text, "%2x%n", &byte, &used) == 1; text += used) {
                ck_assert_uint_lt(n, size);
                ret[n++] = (uint8_t) byte;
        }
        return n;
}

/* The vectors: payloads and their frames. Those of the first question and of the acknowledgements were captured from headsets
 * (ncr/omarchy-headphones, tests/pins/sony). */
static const struct {
        uint8_t type, seq;
        const char *payload, *frame;
} vectors[] = {
        { 0x0c, 0, "00 00", "3e 0c 00 00 00 00 02 00 00 0e 3c" },
        { 0x01, 1, "", "3e 01 01 00 00 00 00 02 3c" },
        { 0x01, 0, "", "3e 01 00 00 00 00 00 01 3c" },
        { 0x0c, 0, "3e 3c 3d", "3e 0c 00 00 00 00 03 3d 2e 3d 2c 3d 2d c6 3c" },
        { 0x0c, 0, "22 09", "3e 0c 00 00 00 00 02 22 09 39 3c" },
        { 0x0c, 1, "22 0a", "3e 0c 01 00 00 00 02 22 0a 3b 3c" },
        { 0x0c, 0, "01 00 70 00", "3e 0c 00 00 00 00 04 01 00 70 00 81 3c" },
        { 0x0c, 0, "23 00 3c 01", "3e 0c 00 00 00 00 04 23 00 3d 2c 01 70 3c" },
        { 0x0c, 0, "01 00 03 00 20 16 00 00", "3e 0c 00 00 00 00 08 01 00 03 00 20 16 00 00 4e 3c" },
        { 0x0c, 0, "23 0a 3d 01 1e", "3e 0c 00 00 00 00 05 23 0a 3d 2d 01 1e 9a 3c" },
};

START_TEST(test_frame_written) {
        uint8_t payload[16], expected[64], frame[MDR_FRAME_MAX];
        size_t n = hex(vectors[_i].payload, payload, sizeof payload), size = hex(vectors[_i].frame, expected, sizeof expected);

        if (n > MDR_SEND_MAX) {
                ck_assert_uint_eq(mdr_frame_write(vectors[_i].type, vectors[_i].seq, payload, n, frame), 0);
                return;
        }
        ck_assert_uint_eq(mdr_frame_write(vectors[_i].type, vectors[_i].seq, payload, n, frame), size);
        ck_assert_mem_eq(frame, expected, size);
}
END_TEST

START_TEST(test_frame_read) {
        struct mdr_reader reader = {};
        uint8_t payload[16], bytes[64];
        size_t n = hex(vectors[_i].payload, payload, sizeof payload), size = hex(vectors[_i].frame, bytes, sizeof bytes);
        struct mdr_frame f;

        for (size_t i = 0; i < size; i++)
                ck_assert_int_eq(mdr_reader_take(&reader, bytes[i], &f), i == size - 1);
        ck_assert_uint_eq(f.type, vectors[_i].type);
        ck_assert_uint_eq(f.seq, vectors[_i].seq);
        ck_assert_uint_eq(f.size, n);
        if (n > 0)
                ck_assert_mem_eq(f.payload, payload, n);
}
END_TEST

static unsigned count_frames(const char *text) {
        struct mdr_reader reader = {};
        uint8_t bytes[512];
        size_t size = hex(text, bytes, sizeof bytes);
        struct mdr_frame f;
        unsigned n = 0;

        for (size_t i = 0; i < size; i++)
                n += mdr_reader_take(&reader, bytes[i], &f);
        return n;
}

static const struct {
        const char *what, *bytes;
        unsigned frames;
} streams[] = {
        { "two glued together", "3e 01 01 00 00 00 00 02 3c 3e 01 00 00 00 00 00 01 3c", 2 },
        { "noise around one", "ff 3c 00 3d 3e 01 01 00 00 00 00 02 3c 99 3c", 1 },
        { "one that was cut off before one", "3e 0c 00 00 00 3e 01 01 00 00 00 00 02 3c", 1 },
        { "a wrong sum", "3e 01 01 00 00 00 00 03 3c", 0 },
        { "a length that is too great", "3e 0c 00 00 00 00 03 00 00 0f 3c", 0 },
        { "a length that is too small", "3e 0c 00 00 00 00 01 00 00 0d 3c", 0 },
        { "a length of four thousand million", "3e 0c 00 ff ff ff ff 00 00 08 3c", 0 },
        { "no payload and no sum", "3e 01 01 00 00 00 3c", 0 },
        { "empty", "3e 3c", 0 },
        { "an escape at the end", "3e 01 01 00 00 00 00 02 3d 3c", 0 },
        { "two escapes in a row", "3e 0c 00 00 00 00 01 3d 3d 2c 49 3c", 0 },
        { "sound after a broken one", "3e 01 01 00 00 00 00 09 3c 3e 01 01 00 00 00 00 02 3c", 1 },
};

START_TEST(test_stream) {
        ck_assert_msg(count_frames(streams[_i].bytes) == streams[_i].frames, "%s", streams[_i].what);
}
END_TEST

/* Every level, including 60, 61 and 62, which need an escape. */
START_TEST(test_every_byte_survives) {
        for (unsigned byte = 0; byte < 256; byte++) {
                uint8_t payload[2] = { 0x23, (uint8_t) byte }, frame[MDR_FRAME_MAX];
                size_t size = mdr_frame_write(MDR_TABLE_1, 1, payload, sizeof payload, frame);
                struct mdr_reader reader = {};
                struct mdr_frame f;

                for (size_t i = 0; i < size; i++)
                        ck_assert_int_eq(mdr_reader_take(&reader, frame[i], &f), i == size - 1);
                ck_assert_uint_eq(f.payload[1], byte);
        }
}
END_TEST

/* The longest frame that is accepted, and one with another byte, after which the next frame is read correctly. */
START_TEST(test_too_long) {
        for (size_t size = MDR_PAYLOAD_MAX; size <= MDR_PAYLOAD_MAX + 1; size++) {
                struct mdr_reader reader = {};
                struct mdr_frame f;
                uint8_t sum = (uint8_t) (0x0c + (size >> 8) + size);
                const uint8_t head[] = { 0x3e, 0x0c, 0, 0, 0, (uint8_t) (size >> 8), (uint8_t) size };

                for (size_t i = 0; i < sizeof head; i++)
                        ck_assert(!mdr_reader_take(&reader, head[i], &f));
                for (size_t i = 0; i < size; i++)
                        ck_assert(!mdr_reader_take(&reader, 0, &f));
                ck_assert(!mdr_reader_take(&reader, sum, &f));
                ck_assert_int_eq(mdr_reader_take(&reader, 0x3c, &f), size == MDR_PAYLOAD_MAX);
        }
}
END_TEST

/* What may be sent. */

static const struct {
        enum mdr_generation generation;
        uint8_t type, payload[2];
} allowed[] = {
        { MDR_GENERATION_UNKNOWN, 0x0c, { 0x00, 0x00 } },
        { MDR_V1, 0x0c, { 0x00, 0x00 } },
        { MDR_V1, 0x0c, { 0x06, 0x00 } },
        { MDR_V1, 0x0c, { 0x10, 0x00 } },
        { MDR_V1, 0x0c, { 0x10, 0x01 } },
        { MDR_V1, 0x0c, { 0x10, 0x02 } },
        { MDR_V2, 0x0c, { 0x00, 0x00 } },
        { MDR_V2, 0x0c, { 0x06, 0x00 } },
        { MDR_V2, 0x0c, { 0x22, 0x00 } },
        { MDR_V2, 0x0c, { 0x22, 0x01 } },
        { MDR_V2, 0x0c, { 0x22, 0x02 } },
        { MDR_V2, 0x0c, { 0x22, 0x08 } },
        { MDR_V2, 0x0c, { 0x22, 0x09 } },
        { MDR_V2, 0x0c, { 0x22, 0x0a } },
        { MDR_V2, 0x0c, { 0x26, 0x0c } },
        { MDR_V2, 0x0e, { 0x06, 0x00 } },
        { MDR_V2, 0x0e, { 0x20, 0x01 } },
        { MDR_V2, 0x0e, { 0x22, 0x02 } },
        { MDR_V2, 0x0e, { 0x26, 0x01 } },
};

static bool is_allowed(enum mdr_generation g, unsigned type, unsigned first, unsigned second) {
        for (size_t i = 0; i < sizeof allowed / sizeof allowed[0]; i++)
                if (allowed[i].generation == g && allowed[i].type == type && allowed[i].payload[0] == first &&
                    allowed[i].payload[1] == second)
                        return true;
        return false;
}

static bool may_send(enum mdr_generation g, unsigned type, unsigned seq, const uint8_t *payload, size_t size) {
        uint8_t frame[MDR_FRAME_MAX];
        size_t n = mdr_frame_write((uint8_t) type, (uint8_t) seq, payload, size, frame);

        return mdr_may_send(g, frame, n);
}

/* All payloads of two bytes, in known and unknown types: only those of the list pass. */
START_TEST(test_nothing_else_may_be_sent) {
        enum mdr_generation g = (enum mdr_generation) _i;
        unsigned passed = 0, listed = 0;

        for (unsigned type = 0; type < 0x30; type++)
                for (unsigned pair = 0; pair < 65536; pair++) {
                        uint8_t payload[2] = { (uint8_t) (pair >> 8), (uint8_t) pair };

                        if (!may_send(g, type, pair & 1, payload, sizeof payload))
                                continue;
                        passed++;
                        if (!is_allowed(g, type, payload[0], payload[1]))
                                ck_abort_msg("type %02x, payload %04x", type, pair);
                }
        for (size_t i = 0; i < sizeof allowed / sizeof allowed[0]; i++)
                listed += allowed[i].generation == g;
        ck_assert_uint_eq(passed, listed);
}
END_TEST

/* Nothing passes that is shorter or longer, or has a wrong sum, other bytes or another sequence number. */
START_TEST(test_no_other_shape_may_be_sent) {
        static const uint8_t battery[] = { 0x22, 0x00, 0x00, 0x00 };
        uint8_t frame[2 * MDR_FRAME_MAX];
        size_t n;

        for (unsigned type = 0; type < 256; type++)
                for (unsigned g = 0; g < _MDR_GENERATION_MAX; g++) {
                        ck_assert_int_eq(may_send(g, type, 0, NULL, 0), type == MDR_ACK);
                        ck_assert(!may_send(g, type, 0, battery, 1));
                        ck_assert(!may_send(g, type, 0, battery, 3));
                        ck_assert(!may_send(g, type, 0, battery, 4));
                }
        ck_assert(!may_send(MDR_V2, MDR_TABLE_1, 2, battery, 2));
        n = mdr_frame_write(MDR_TABLE_1, 0, battery, 2, frame);
        ck_assert(mdr_may_send(MDR_V2, frame, n));
        ck_assert(!mdr_may_send(MDR_V2, frame, 0));
        ck_assert(!mdr_may_send(MDR_V2, frame, n - 1));
        for (size_t i = 0; i < n; i++) {
                frame[i] ^= 0x40;
                ck_assert(!mdr_may_send(MDR_V2, frame, n));
                frame[i] ^= 0x40;
        }
        memcpy(frame + n, frame, n);
        ck_assert(!mdr_may_send(MDR_V2, frame, 2 * n));
        frame[n - 1] = 0;
        ck_assert(!mdr_may_send(MDR_V2, frame, 2 * n));
}
END_TEST

/* 22 switches a headset of the first generation off. */
START_TEST(test_power_off_is_impossible) {
        for (unsigned q = 0; q < _MDR_QUESTION_MAX; q++)
                for (unsigned g = 0; g < MDR_V2; g++) {
                        uint8_t type, payload[2];

                        if (mdr_question(g, q, &type, payload)) {
                                ck_assert_uint_ne(payload[0], 0x22);
                                ck_assert(may_send(g, type, 0, payload, sizeof payload));
                        }
                }
        for (unsigned type = 0; type < 256; type++)
                for (unsigned second = 0; second < 256; second++) {
                        uint8_t payload[2] = { 0x22, (uint8_t) second };

                        ck_assert(!may_send(MDR_V1, type, 0, payload, 2));
                        ck_assert(!may_send(MDR_GENERATION_UNKNOWN, type, 0, payload, 2));
                }
}
END_TEST

/* Conversations. */

/* The computer's side, and what it sent. */
struct talk {
        struct mdr mdr;
        struct headset_reading reading;
        struct mdr_reader reader;
        uint64_t now;
        unsigned questions, acknowledgements;
        struct mdr_frame question; /* newest */
        uint8_t acknowledged;      /* sequence number of the newest acknowledgement */
        uint8_t seq;               /* of the headset's next frame */
};

static void on_send(void *userdata, enum mdr_generation generation, const uint8_t *frame, size_t size) {
        struct talk *t = userdata;
        struct mdr_frame f;

        ck_assert(mdr_may_send(generation, frame, size));
        for (size_t i = 0; i < size; i++)
                if (mdr_reader_take(&t->reader, frame[i], &f)) {
                        if (f.type == MDR_ACK) {
                                t->acknowledgements++;
                                t->acknowledged = f.seq;
                        } else {
                                t->questions++;
                                t->question = f;
                        }
                }
}

static void begin(struct talk *t) {
        memset(t, 0, sizeof *t);
        t->now = 10 * SECOND;
        mdr_begin(&t->mdr, &t->reading, on_send, t, t->now);
}

/* The test's own writer: payloads of any length. */
static size_t write_frame(uint8_t type, uint8_t seq, const uint8_t *payload, size_t size, uint8_t *ret) {
        uint8_t plain[300] = { type, seq, 0, 0, (uint8_t) (size >> 8), (uint8_t) size };
        size_t n = 0;

        memcpy(plain + 6, payload, size);
        for (size_t i = 0; i < size + 6; i++)
                plain[size + 6] = (uint8_t) (plain[size + 6] + plain[i]);
        ret[n++] = 0x3e;
        for (size_t i = 0; i < size + 7; i++) {
                if (plain[i] >= 0x3c && plain[i] <= 0x3e)
                        ret[n++] = 0x3d;
                ret[n++] = plain[i] >= 0x3c && plain[i] <= 0x3e ? plain[i] & 0xef : plain[i];
        }
        ret[n++] = 0x3c;
        return n;
}

static void acknowledge(struct talk *t) {
        uint8_t frame[16];
        size_t n = write_frame(MDR_ACK, (uint8_t) (1 - t->question.seq), (const uint8_t *) "", 0, frame);

        mdr_receive(&t->mdr, frame, n, t->now);
}

static void say_as(struct talk *t, uint8_t type, const char *payload) {
        uint8_t bytes[256], frame[600];
        size_t n = write_frame(type, t->seq, bytes, hex(payload, bytes, sizeof bytes), frame);
        unsigned before = t->acknowledgements;
        bool over = t->mdr.over;

        mdr_receive(&t->mdr, frame, n, t->now);
        /* Each of its frames is acknowledged, with the other number. */
        ck_assert_uint_eq(t->acknowledgements, before + !over);
        ck_assert_uint_eq(t->acknowledged, 1 - t->seq);
        t->seq = 1 - t->seq;
}

static void say(struct talk *t, const char *payload) {
        say_as(t, MDR_TABLE_1, payload);
}

/* The pending question is this one. It is acknowledged and answered. */
static void answer_as(struct talk *t, uint8_t type, const char *question, const char *payload) {
        uint8_t bytes[8];
        size_t n = hex(question, bytes, sizeof bytes);

        ck_assert_uint_eq(t->question.type, type);
        ck_assert_uint_eq(t->question.size, n);
        ck_assert_mem_eq(t->question.payload, bytes, n);
        acknowledge(t);
        if (payload)
                say_as(t, type, payload);
}

static void answer(struct talk *t, const char *question, const char *payload) {
        answer_as(t, MDR_TABLE_1, question, payload);
}

static void wait_over(struct talk *t) {
        t->now = mdr_deadline(&t->mdr);
        mdr_wait_over(&t->mdr, t->now);
}

static void part(const struct talk *t, enum battery_part p, unsigned percent, enum charging charging) {
        ck_assert_uint_eq(t->reading.parts[p].percent, percent);
        ck_assert_int_eq(t->reading.parts[p].charging, charging);
}

static void nothing(const struct talk *t, enum battery_part p) {
        part(t, p, BATTERY_UNKNOWN, CHARGING_UNKNOWN);
}

START_TEST(test_v1_one_battery) {
        struct talk t;

        begin(&t);
        answer(&t, "00 00", "01 00 70 00");
        answer(&t, "06 00", "07 00 03 11 14 30");
        ck_assert_int_eq(t.reading.outcome, READING_SILENT);
        answer(&t, "10 00", "11 00 3c 01");
        ck_assert(t.mdr.over);
        ck_assert_int_eq(t.reading.outcome, READING_TOLD);
        ck_assert_int_eq(t.reading.source, BATTERY_BY_MDR);
        part(&t, BATTERY_WHOLE, 60, CHARGING_YES);
        nothing(&t, BATTERY_LEFT);
        ck_assert_int_eq(t.reading.care, UNKNOWN);
        ck_assert_int_eq(t.reading.wet, UNKNOWN);
        ck_assert_uint_eq(t.questions, 3);
}
END_TEST

START_TEST(test_v1_buds_and_case) {
        struct talk t;

        begin(&t);
        answer(&t, "00 00", "01 00 40 10");
        answer(&t, "06 00", "07 00 03 15 17 18");
        answer(&t, "10 01", "11 01 3d 00 00 f0");
        answer(&t, "10 02", "11 02 50 01");
        ck_assert(t.mdr.over);
        part(&t, BATTERY_LEFT, 61, CHARGING_NO);
        nothing(&t, BATTERY_RIGHT);
        part(&t, BATTERY_CASE, 80, CHARGING_YES);
        nothing(&t, BATTERY_WHOLE);
}
END_TEST

START_TEST(test_v2_thresholds_care_and_socket) {
        struct talk t;

        begin(&t);
        answer(&t, "00 00", "01 00 03 00 30 15 00 00");
        answer(&t, "06 00", "07 00 02 29 00 2a 00");
        answer(&t, "22 09", "23 09 3e 00 64 03 1e 1e");
        answer(&t, "22 0a", "23 0a 3d 01 1e");
        answer_as(&t, MDR_TABLE_2, "06 00", "07 00 02 22 00 23 00");
        answer_as(&t, MDR_TABLE_2, "26 01", "27 01 00");
        answer_as(&t, MDR_TABLE_2, "20 01", "21 01 50");
        answer_as(&t, MDR_TABLE_2, "22 02", "23 02 00");
        ck_assert(t.mdr.over);
        part(&t, BATTERY_LEFT, 62, CHARGING_NO);
        part(&t, BATTERY_RIGHT, 100, CHARGING_FULL);
        part(&t, BATTERY_CASE, 61, CHARGING_YES);
        ck_assert_int_eq(t.reading.care, YES);
        ck_assert_uint_eq(t.reading.care_percent, 80);
        ck_assert_int_eq(t.reading.wet, YES);
}
END_TEST

START_TEST(test_v2_one_battery_with_care) {
        struct talk t;

        begin(&t);
        answer(&t, "00 00", "01 00 03 00 20 16 00 01");
        answer(&t, "06 00", "07 00 02 20 00 2c 01");
        answer(&t, "22 00", "23 00 50 00");
        answer(&t, "26 0c", "27 0c 01");
        ck_assert(t.mdr.over);
        part(&t, BATTERY_WHOLE, 80, CHARGING_NO);
        ck_assert_int_eq(t.reading.care, NO);
        ck_assert_uint_eq(t.reading.care_percent, BATTERY_UNKNOWN);
}
END_TEST

static const struct {
        const char *what, *generation, *functions, *question, *reply;
        uint8_t percent;
        enum charging charging;
} states[] = {
        { "v1: not known", "01 00 70 00", "07 00 01 11", "10 00", "11 00 32 f0", 50, CHARGING_UNKNOWN },
        { "v1: a state that one program reads as charging", "01 00 70 00", "07 00 01 11", "10 00", "11 00 32 02", 50,
          CHARGING_UNKNOWN },
        { "v1: charged is of the second generation", "01 00 70 00", "07 00 01 11", "10 00", "11 00 32 03", 50, CHARGING_UNKNOWN },
        { "v2: not known", "01 00 03 00 00 00 00 01", "07 00 01 20 00", "22 00", "23 00 32 02", 50, CHARGING_UNKNOWN },
        { "v2: charged", "01 00 03 00 00 00 00 01", "07 00 01 20 00", "22 00", "23 00 64 03", 100, CHARGING_FULL },
        { "v2: no state that there is", "01 00 03 00 00 00 00 01", "07 00 01 28 00", "22 08", "23 08 32 63 1e", 50,
          CHARGING_UNKNOWN },
        { "a level over a hundred", "01 00 03 00 00 00 00 01", "07 00 01 20 00", "22 00", "23 00 65 01", BATTERY_UNKNOWN,
          CHARGING_UNKNOWN },
        { "a headset may be empty", "01 00 03 00 00 00 00 01", "07 00 01 20 00", "22 00", "23 00 00 01", 0, CHARGING_YES },
        { "a reply that is cut off", "01 00 03 00 00 00 00 01", "07 00 01 20 00", "22 00", "23 00 32", BATTERY_UNKNOWN,
          CHARGING_UNKNOWN },
        { "a list of functions that is cut off", "01 00 03 00 00 00 00 01", "07 00 ff 20", "22 00", "23 00 32 01", 50,
          CHARGING_YES },
        { "an empty list", "01 00 70 00", "07 00 00", "10 00", "11 00 32 01", 50, CHARGING_YES },
        { "no count even", "01 00 70 00", "07 00", "10 00", "11 00 32 01", 50, CHARGING_YES },
};

START_TEST(test_states) {
        struct talk t;

        begin(&t);
        answer(&t, "00 00", states[_i].generation);
        answer(&t, "06 00", states[_i].functions);
        answer(&t, states[_i].question, states[_i].reply);
        ck_assert_msg(t.mdr.over, "%s", states[_i].what);
        ck_assert_msg(t.reading.parts[BATTERY_WHOLE].percent == states[_i].percent, "%s", states[_i].what);
        ck_assert_msg(t.reading.parts[BATTERY_WHOLE].charging == states[_i].charging, "%s", states[_i].what);
        ck_assert_int_eq(t.reading.outcome, states[_i].percent == BATTERY_UNKNOWN ? READING_SILENT : READING_TOLD);
}
END_TEST

/* Before the generation of a headset is known, it is asked nothing else, whatever it sends. */
START_TEST(test_no_question_before_the_generation) {
        static const char *const words[] = { "23 00 32 01", "11 00 32 01", "07 00 01 20 00", "a9 00 01", "25 09 32 01 32 01",
                                             "01 01 03 00", "01",          "00 00" };
        struct talk t;

        begin(&t);
        acknowledge(&t);
        for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
                say(&t, words[i]);
                ck_assert_uint_eq(t.questions, 1);
        }
        nothing(&t, BATTERY_WHOLE);
        nothing(&t, BATTERY_LEFT);
}
END_TEST

/* A reply of another length belongs to no known generation. */
START_TEST(test_odd_generation) {
        static const char *const replies[] = { "01 00", "01 00 70", "01 00 70 00 00", "01 00 03 00 20 16 00",
                                               "01 00 03 00 20 16 00 00 00" };
        struct talk t;

        begin(&t);
        answer(&t, "00 00", replies[_i]);
        ck_assert(t.mdr.over);
        ck_assert_uint_eq(t.questions, 1);
        ck_assert_int_eq(t.reading.outcome, READING_SILENT);
}
END_TEST

/* The generation does not change later, so no later frame turns a question about the battery into the command that switches off.
 */
START_TEST(test_generation_is_told_once) {
        struct talk t;

        begin(&t);
        answer(&t, "00 00", "01 00 70 00");
        say(&t, "01 00 03 00 20 16 00 00");
        ck_assert_int_eq(t.mdr.generation, MDR_V1);
        answer(&t, "06 00", "07 00 01 11");
        answer(&t, "10 00", "11 00 32 01");
        ck_assert(t.mdr.over);
}
END_TEST

/* The WH-1000XM4 ignores the first question. The second one is sent after a second. */
START_TEST(test_first_question_repeated) {
        struct talk t;

        begin(&t);
        say(&t, "a9 00 01");
        ck_assert_uint_eq(t.questions, 1);
        ck_assert_uint_eq(mdr_deadline(&t.mdr), t.now + SECOND);
        wait_over(&t);
        ck_assert_uint_eq(t.questions, 2);
        ck_assert_uint_eq(t.question.seq, 0);
        answer(&t, "00 00", "01 00 70 00");
        answer(&t, "06 00", "07 00 01 11");
        answer(&t, "10 00", "11 00 32 01");
        part(&t, BATTERY_WHOLE, 50, CHARGING_YES);
}
END_TEST

START_TEST(test_no_answer_at_all) {
        struct talk t;

        begin(&t);
        for (unsigned i = 1; i <= 3; i++) {
                ck_assert(!t.mdr.over);
                ck_assert_uint_eq(t.questions, i);
                wait_over(&t);
        }
        ck_assert(t.mdr.over);
        ck_assert_uint_eq(t.questions, 3);
        ck_assert_uint_le(t.now, 15 * SECOND);
        ck_assert_int_eq(t.reading.outcome, READING_SILENT);
}
END_TEST

/* An unacknowledged question is sent again with the same number; after three times the next one comes. */
START_TEST(test_acknowledgement_lost) {
        struct talk t;

        begin(&t);
        answer(&t, "00 00", "01 00 03 00 20 16 00 01");
        ck_assert_uint_eq(t.question.seq, 1);
        wait_over(&t);
        ck_assert_uint_eq(t.questions, 3);
        ck_assert_uint_eq(t.question.seq, 1);
        answer(&t, "06 00", "07 00 01 20 00");
        ck_assert_uint_eq(t.question.seq, 0);
        /* Only the answer to this question arrives. */
        say(&t, "23 00 32 01");
        part(&t, BATTERY_WHOLE, 50, CHARGING_YES);
        ck_assert(!t.mdr.over);
        wait_over(&t);
        ck_assert(t.mdr.over);
        ck_assert_uint_eq(t.questions, 4);
}
END_TEST

/* A slow headset acknowledges a question and its repetition. The second acknowledgement comes after the next question, and must
 * not count for the one after it. */
START_TEST(test_acknowledged_twice) {
        struct talk t;
        uint8_t late[16];
        size_t n;

        begin(&t);
        answer(&t, "00 00", "01 00 03 00 20 16 00 01");
        wait_over(&t);
        n = write_frame(MDR_ACK, (uint8_t) (1 - t.question.seq), (const uint8_t *) "", 0, late);
        answer(&t, "06 00", "07 00 02 21 00 22 00");
        ck_assert_uint_eq(t.question.seq, 0);
        mdr_receive(&t.mdr, late, n, t.now);
        answer(&t, "22 01", "23 01 32 01 33 00");
        ck_assert_uint_eq(t.question.seq, 1);
        answer(&t, "22 02", "23 02 34 01");
        ck_assert(t.mdr.over);
        part(&t, BATTERY_CASE, 52, CHARGING_YES);
}
END_TEST

/* A headset acknowledges a question that it does not know, and does not answer it. */
START_TEST(test_question_not_known) {
        struct talk t;

        begin(&t);
        answer(&t, "00 00", "01 00 03 00 20 16 00 00");
        answer(&t, "06 00", NULL);
        ck_assert_uint_eq(mdr_deadline(&t.mdr), t.now + SECOND);
        wait_over(&t);
        answer(&t, "22 00", "23 00 32 00");
        answer_as(&t, MDR_TABLE_2, "06 00", NULL);
        wait_over(&t);
        ck_assert(t.mdr.over);
        part(&t, BATTERY_WHOLE, 50, CHARGING_NO);
}
END_TEST

/* Other frames arrive between a question and its answer, the acknowledgement after the answer, and a change without a question.
 */
START_TEST(test_words_between) {
        struct talk t;

        begin(&t);
        say(&t, "01 00 03 00 20 16 00 01");
        ck_assert_uint_eq(t.questions, 1);
        acknowledge(&t);
        ck_assert_uint_eq(t.questions, 2);
        acknowledge(&t);
        say(&t, "a9 00 01");
        say(&t, "25 00 32 00");
        part(&t, BATTERY_WHOLE, 50, CHARGING_NO);
        say(&t, "07 00 01 20 00");
        answer(&t, "22 00", "23 00 33 01");
        ck_assert(t.mdr.over);
        part(&t, BATTERY_WHOLE, 51, CHARGING_YES);
}
END_TEST

/* A repeated frame is acknowledged again and used once. */
START_TEST(test_repeated_frame) {
        struct talk t;

        begin(&t);
        answer(&t, "00 00", "01 00 70 00");
        t.seq = 1 - t.seq;
        say(&t, "01 00 70 00");
        ck_assert_uint_eq(t.questions, 2);
        answer(&t, "06 00", "07 00 02 15 18");
        t.seq = 1 - t.seq;
        say(&t, "07 00 02 15 18");
        ck_assert_uint_eq(t.questions, 3);
        ck_assert_uint_eq(t.mdr.n_plan, 4);
}
END_TEST

/* Frames of types that need no acknowledgement, and with numbers other than 0 and 1, are not acknowledged. */
START_TEST(test_other_types) {
        static const uint8_t types[] = { 0x00, 0x0d, 0x1c, 0x1e, 0x2c, 0x2d, 0xff };
        uint8_t payload[] = { 0x01, 0x00, 0x70, 0x00 }, frame[32];
        struct talk t;

        begin(&t);
        for (size_t i = 0; i < sizeof types; i++)
                mdr_receive(&t.mdr, frame, write_frame(types[i], 0, payload, sizeof payload, frame), t.now);
        mdr_receive(&t.mdr, frame, write_frame(MDR_TABLE_1, 2, payload, sizeof payload, frame), t.now);
        ck_assert_uint_eq(t.acknowledgements, 0);
        ck_assert_uint_eq(t.questions, 1);
}
END_TEST

/* A headset that never stops sending ends the conversation. */
START_TEST(test_flood) {
        uint8_t payload[] = { 0xa9, 0x00 }, frame[32];
        size_t n = write_frame(MDR_TABLE_1, 0, payload, sizeof payload, frame), sent = 0;
        struct talk t;

        begin(&t);
        while (!t.mdr.over && sent < 1000000) {
                mdr_receive(&t.mdr, frame, n, t.now);
                sent += n;
        }
        ck_assert_uint_le(sent, 40000);
        ck_assert_uint_eq(t.questions, 1);
}
END_TEST

/* A conversation ends, whatever is answered and however late. */
START_TEST(test_whole_time) {
        struct talk t;

        begin(&t);
        t.now += 950 * MS;
        answer(&t, "00 00", "01 00 03 00 20 16 00 00");
        t.now += 950 * MS;
        answer(&t, "06 00", "07 00 03 29 00 2a 00 2c 00");
        while (!t.mdr.over) {
                acknowledge(&t);
                wait_over(&t);
        }
        ck_assert_uint_le(t.now, 15 * SECOND);
}
END_TEST

/* Recorded sessions with the emulator: ">" is what the headset sent, "<" what it was asked. Each is played to the state machine,
 * which must send just this. */
static const struct {
        const char *file;
        uint8_t percent[_BATTERY_PART_MAX];
        enum charging charging[_BATTERY_PART_MAX];
} sessions[] = {
        { "wh-1000xm4", { 70, 255, 255, 255 }, { CHARGING_NO, 0, 0, 0 } },
        { "wh-1000xm6", { 60, 255, 255, 255 }, { CHARGING_YES, 0, 0, 0 } },
        { "wf-1000xm5", { 255, 61, 255, 78 }, { 0, CHARGING_NO, 0, CHARGING_YES } },
};

static void play_line(struct talk *t, const char *line, unsigned *n_questions) {
        uint8_t bytes[600], frame[MDR_FRAME_MAX];
        size_t n = hex(line + 2, bytes, sizeof bytes), size;
        static const uint8_t none[1];

        if (line[0] == '>') {
                mdr_receive(&t->mdr, bytes, n, t->now);
                return;
        }
        if (bytes[1] == MDR_ACK)
                size = mdr_frame_write(MDR_ACK, t->acknowledged, none, 0, frame);
        else {
                /* A question without an answer to the one before it is sent when the time limit is reached. */
                if (++*n_questions > t->questions)
                        wait_over(t);
                ck_assert_uint_eq(t->questions, *n_questions);
                size = mdr_frame_write(t->question.type, t->question.seq, t->question.payload, t->question.size, frame);
        }
        ck_assert_uint_eq(size, n);
        ck_assert_mem_eq(frame, bytes, n);
}

START_TEST(test_session) {
        char path[128], line[2048];
        unsigned n_questions = 0;
        struct talk t;
        FILE *f;

        snprintf(path, sizeof path, "tests/headsets/%s.session", sessions[_i].file);
        f = fopen(path, "re");
        ck_assert_msg(f, "%s", path);
        begin(&t);
        while (fgets(line, sizeof line, f))
                if (line[0] == '>' || line[0] == '<')
                        play_line(&t, line, &n_questions);
        fclose(f);
        ck_assert(t.mdr.over);
        for (unsigned p = 0; p < _BATTERY_PART_MAX; p++)
                part(&t, p, sessions[_i].percent[p], sessions[_i].charging[p]);
}
END_TEST

/* Fast Pair. */

struct stream {
        struct fast_pair f;
        struct headset_reading reading;
};

static void listen_to(struct stream *s, const char *text, size_t piece) {
        uint8_t bytes[512];
        size_t n = hex(text, bytes, sizeof bytes);

        fast_pair_begin(&s->f, &s->reading, SECOND);
        for (size_t i = 0; i < n; i += piece)
                fast_pair_receive(&s->f, bytes + i, n - i < piece ? n - i : piece, SECOND);
}

static const struct {
        const char *what, *bytes;
        uint8_t percent[_BATTERY_PART_MAX];
        enum charging charging[_BATTERY_PART_MAX];
        const char *firmware;
        bool told;
} announcements[] = {
        { "one battery", "03 01 00 03 aa bb cc 03 03 00 01 b2", { 50, 255, 255, 255 }, { CHARGING_YES, 0, 0, 0 }, "", true },
        { "one battery that does not charge", "03 03 00 01 64", { 100, 255, 255, 255 }, { CHARGING_NO, 0, 0, 0 }, "", true },
        /* developers.google.com, deviceinformation: "0x0303000357417F would be". */
        { "the page's own example", "03 03 00 03 57 41 7f", { 255, 87, 65, 255 }, { 0, CHARGING_NO, CHARGING_NO, 0 }, "", true },
        { "a case that charges", "03 03 00 03 7f 0a a2", { 255, 255, 10, 34 }, { 0, 0, CHARGING_NO, CHARGING_YES }, "", true },
        { "nothing known", "03 03 00 03 7f ff 7f", { 255, 255, 255, 255 }, {}, "", false },
        { "a level over a hundred", "03 03 00 01 70", { 255, 255, 255, 255 }, {}, "", false },
        { "buds at zero", "03 03 00 03 00 80 1e", { 255, 255, 255, 30 }, { 0, 0, 0, CHARGING_NO }, "", true },
        { "an address is not kept", "03 02 00 06 40 11 22 33 44 55", { 255, 255, 255, 255 }, {}, "", false },
        { "firmware",
          "03 09 00 05 33 2e 30 2e 30 03 03 00 01 28",
          { 40, 255, 255, 255 },
          { CHARGING_NO, 0, 0, 0 },
          "3.0.0",
          true },
        { "another group", "04 03 00 01 28", { 255, 255, 255, 255 }, {}, "", false },
        { "two levels", "03 03 00 02 28 28", { 255, 255, 255, 255 }, {}, "", false },
        { "no level", "03 03 00 00", { 255, 255, 255, 255 }, {}, "", false },
        { "escape codes", "03 09 00 04 1b 5b 32 4a 03 03 00 01 28", { 40, 255, 255, 255 }, { CHARGING_NO, 0, 0, 0 }, NULL, true },
        { "a long message before it",
          "07 01 00 28 00 01 02 03 04 05 06 07 08 09 00 01 02 03 04 05 06 07 08 09 "
          "00 01 02 03 04 05 06 07 08 09 00 01 02 03 04 05 06 07 08 09 03 03 00 01 28",
          { 40, 255, 255, 255 },
          { CHARGING_NO, 0, 0, 0 },
          "",
          true },
        { "a message that does not end", "03 03 00 40 28 28", { 255, 255, 255, 255 }, {}, "", false },
};

START_TEST(test_announcement) {
        struct stream s;

        for (size_t piece = 1; piece <= 64; piece += piece) {
                listen_to(&s, announcements[_i].bytes, piece);
                ck_assert_int_eq(s.reading.source, BATTERY_BY_FAST_PAIR);
                ck_assert_int_eq(s.reading.outcome, announcements[_i].told ? READING_TOLD : READING_SILENT);
                for (unsigned p = 0; p < _BATTERY_PART_MAX; p++) {
                        ck_assert_msg(s.reading.parts[p].percent == announcements[_i].percent[p], "%s", announcements[_i].what);
                        ck_assert_msg(s.reading.parts[p].charging == announcements[_i].charging[p], "%s", announcements[_i].what);
                }
                if (announcements[_i].firmware)
                        ck_assert_str_eq(s.reading.firmware, announcements[_i].firmware);
                ck_assert_ptr_null(strchr(s.reading.firmware, 0x1b));
        }
}
END_TEST

/* Recorded sessions of the message stream. Each is played as it came, byte by byte, and in one piece. */
static const struct {
        const char *file, *firmware;
        uint8_t percent[_BATTERY_PART_MAX];
        enum charging charging[_BATTERY_PART_MAX];
} stream_sessions[] = {
        { "wh-1000xm6", "3.0.0", { 60, 255, 255, 255 }, { CHARGING_YES, 0, 0, 0 } },
        { "wf-1000xm5", "6.1.0", { 255, 61, 255, 78 }, { 0, CHARGING_NO, 0, CHARGING_YES } },
        { "wh-ch520", "", { 255, 255, 255, 255 }, { 0 } },
};

/* Reads what the headset sent; each message is preceded by its size. Nothing is ever sent to it, and its address was cut out. */
static size_t read_stream_session(const char *name, uint8_t *ret, size_t size) {
        char path[128], line[2048];
        size_t used = 0, n;
        FILE *f;

        snprintf(path, sizeof path, "tests/headsets/%s.fast-pair.session", name);
        f = fopen(path, "re");
        ck_assert_msg(f, "%s", path);
        while (fgets(line, sizeof line, f)) {
                if (line[0] == '#')
                        continue;
                ck_assert_int_eq(line[0], '>');
                ck_assert_uint_lt(used + 1, size);
                n = hex(line + 2, ret + used + 1, size - used - 1);
                ck_assert_uint_gt(n, 3);
                ck_assert_uint_lt(n, 256);
                ck_assert(ret[used + 1] != 3 || ret[used + 2] != 2);
                ret[used] = (uint8_t) n;
                used += n + 1;
        }
        fclose(f);
        return used;
}

START_TEST(test_stream_session) {
        enum { AS_IT_CAME, BYTE_BY_BYTE, IN_ONE_PIECE, _WAYS_MAX };
        uint8_t messages[1024], bytes[1024];
        size_t all = read_stream_session(stream_sessions[_i].file, messages, sizeof messages), n;

        for (unsigned way = 0; way < _WAYS_MAX; way++) {
                struct stream s;

                n = 0;
                fast_pair_begin(&s.f, &s.reading, SECOND);
                for (size_t at = 0; at < all; at += messages[at] + 1u) {
                        for (size_t i = 1; way == BYTE_BY_BYTE && i <= messages[at]; i++)
                                fast_pair_receive(&s.f, messages + at + i, 1, SECOND);
                        if (way == AS_IT_CAME)
                                fast_pair_receive(&s.f, messages + at + 1, messages[at], SECOND);
                        memcpy(bytes + n, messages + at + 1, messages[at]);
                        n += messages[at];
                }
                if (way == IN_ONE_PIECE)
                        fast_pair_receive(&s.f, bytes, n, SECOND);
                fast_pair_wait_over(&s.f, 4 * SECOND);
                ck_assert(s.f.over);
                ck_assert_str_eq(s.reading.firmware, stream_sessions[_i].firmware);
                for (unsigned p = 0; p < _BATTERY_PART_MAX; p++) {
                        ck_assert_uint_eq(s.reading.parts[p].percent, stream_sessions[_i].percent[p]);
                        ck_assert_int_eq(s.reading.parts[p].charging, stream_sessions[_i].charging[p]);
                }
        }
}
END_TEST

/* The reader waits three seconds for the battery, and a moment longer for the firmware. */
START_TEST(test_announcement_times) {
        struct stream s;

        listen_to(&s, "03 01 00 03 aa bb cc", 64);
        ck_assert_uint_eq(s.f.deadline, 4 * SECOND);
        fast_pair_wait_over(&s.f, 4 * SECOND - 1);
        ck_assert(!s.f.over);
        fast_pair_wait_over(&s.f, 4 * SECOND);
        ck_assert(s.f.over);
        listen_to(&s, "03 03 00 01 28", 64);
        ck_assert(!s.f.over);
        ck_assert_uint_eq(s.f.deadline, SECOND + SECOND / 4);
        listen_to(&s, "03 03 00 01 28 03 09 00 01 33", 64);
        ck_assert(s.f.over);
}
END_TEST

START_TEST(test_announcement_flood) {
        uint8_t noise[1024];
        struct stream s;
        size_t n = 0;

        memset(noise, 0x07, sizeof noise);
        fast_pair_begin(&s.f, &s.reading, SECOND);
        for (; !s.f.over && n < 1024; n++)
                fast_pair_receive(&s.f, noise, sizeof noise, SECOND);
        ck_assert(s.f.over);
        ck_assert_uint_le(n, 16);
}
END_TEST

#define COUNT(array) (int) (sizeof(array) / sizeof((array)[0]))

int main(void) {
        Suite *s = suite_create("headset-protocol");
        TCase *t = tcase_create("all");

        suite_add_tcase(s, t);
        tcase_set_timeout(t, 60);
        tcase_add_loop_test(t, test_frame_written, 0, COUNT(vectors));
        tcase_add_loop_test(t, test_frame_read, 0, COUNT(vectors));
        tcase_add_loop_test(t, test_stream, 0, COUNT(streams));
        tcase_add_test(t, test_every_byte_survives);
        tcase_add_test(t, test_too_long);
        tcase_add_loop_test(t, test_nothing_else_may_be_sent, 0, _MDR_GENERATION_MAX);
        tcase_add_test(t, test_no_other_shape_may_be_sent);
        tcase_add_test(t, test_power_off_is_impossible);
        tcase_add_test(t, test_v1_one_battery);
        tcase_add_test(t, test_v1_buds_and_case);
        tcase_add_test(t, test_v2_thresholds_care_and_socket);
        tcase_add_test(t, test_v2_one_battery_with_care);
        tcase_add_loop_test(t, test_states, 0, COUNT(states));
        tcase_add_test(t, test_no_question_before_the_generation);
        tcase_add_loop_test(t, test_odd_generation, 0, 5);
        tcase_add_test(t, test_generation_is_told_once);
        tcase_add_test(t, test_first_question_repeated);
        tcase_add_test(t, test_no_answer_at_all);
        tcase_add_test(t, test_acknowledgement_lost);
        tcase_add_test(t, test_acknowledged_twice);
        tcase_add_test(t, test_question_not_known);
        tcase_add_test(t, test_words_between);
        tcase_add_test(t, test_repeated_frame);
        tcase_add_test(t, test_other_types);
        tcase_add_test(t, test_flood);
        tcase_add_test(t, test_whole_time);
        tcase_add_loop_test(t, test_session, 0, COUNT(sessions));
        tcase_add_loop_test(t, test_announcement, 0, COUNT(announcements));
        tcase_add_loop_test(t, test_stream_session, 0, COUNT(stream_sessions));
        tcase_add_test(t, test_announcement_times);
        tcase_add_test(t, test_announcement_flood);
        return run_suite(s);
}
