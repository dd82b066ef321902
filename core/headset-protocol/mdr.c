/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "headset-protocol/mdr.h"

/* Sony's app waits 750 ms for an acknowledgement and sends the same frame again; other programs take 0.3 to 2 s. The WH-1000XM4
 * never answers the first one. */
#define GENERATION_USEC SECOND
#define ACK_USEC (3 * SECOND / 4)
#define REPLY_USEC SECOND
#define TRIES_MAX 3
#define CONVERSATION_USEC (9 * SECOND / 2)
/* A headset does not send more than this within a few seconds. */
#define BYTES_MAX 32768

/* The command of a reply is that of the question plus one. Reports without a question have plus three. */
#define REPLY 1
#define NOTIFY 3

/* Functions of a headset that matter here (mos9527/SonyHeadphonesClient Constants.h, Gadgetbridge). */
enum {
        V1_WHOLE = 0x11,
        V1_BUDS = 0x15,
        V1_CASE = 0x18,
        V2_WHOLE = 0x20,
        V2_BUDS = 0x21,
        V2_CASE = 0x22,
        V2_WHOLE_THRESHOLD = 0x28,
        V2_BUDS_THRESHOLD = 0x29,
        V2_CASE_THRESHOLD = 0x2a,
        V2_CARE = 0x2c,
        V2_CARE_LIMITED_2 = 0x22, /* of the second table */
        V2_WET_2 = 0x23,          /* the same */
        /* 0x24 of the second table is a socket that is too hot. The question for it is not documented, and a guess might set
           something, so it is not asked. */
};

static void send_frame(struct mdr *m, uint8_t type, uint8_t seq, const uint8_t *payload, size_t size) {
        uint8_t frame[MDR_FRAME_MAX];
        size_t n = mdr_frame_write(type, seq, payload, size, frame);

        m->send(m->userdata, m->generation, frame, n);
}

static void send_question(struct mdr *m, uint64_t now) {
        uint8_t type, payload[2];

        if (!mdr_question(m->generation, m->plan[m->at], &type, payload)) {
                m->over = true;
                return;
        }
        m->acknowledged = m->answered = false;
        m->tries++;
        m->deadline = now + (m->plan[m->at] == MDR_ASK_GENERATION ? GENERATION_USEC : ACK_USEC);
        send_frame(m, type, m->seq, payload, sizeof payload);
}

static void plan(struct mdr *m, enum mdr_question question) {
        if (m->n_plan < MDR_PLAN_MAX)
                m->plan[m->n_plan++] = (uint8_t) question;
}

void mdr_begin(struct mdr *m, struct headset_reading *reading, mdr_send *send, void *userdata, uint64_t now) {
        *m = (struct mdr){ .reading = reading, .send = send, .userdata = userdata, .end = now + CONVERSATION_USEC };
        reading_clear(reading, BATTERY_BY_MDR);
        plan(m, MDR_ASK_GENERATION);
        send_question(m, now);
}

static void plan_after_functions(struct mdr *m) {
        if (m->second_table)
                plan(m, MDR_ASK_FUNCTIONS_2);
}

static void next_question(struct mdr *m, uint64_t now) {
        /* A headset that does not report its functions is asked for the level that all but earbuds have. */
        if (m->plan[m->at] == MDR_ASK_FUNCTIONS && !m->answered) {
                plan(m, MDR_ASK_WHOLE);
                plan_after_functions(m);
        }
        if (++m->at == m->n_plan) {
                m->over = true;
                return;
        }
        m->tries = 0;
        send_question(m, now);
}

static void take_generation(struct mdr *m, const struct mdr_frame *f) {
        if (m->generation != MDR_GENERATION_UNKNOWN)
                return;
        switch (f->size) {
        case 4:
                m->generation = MDR_V1;
                break;
        case 8:
                m->generation = MDR_V2;
                m->second_table = f->payload[7] == 0;
                break;
        default:
                m->over = true;
                return;
        }
        plan(m, MDR_ASK_FUNCTIONS);
}

/* The list is [count, functions]; in the second generation each function has another byte behind it. */
static bool has_function(const struct mdr *m, const struct mdr_frame *f, uint8_t function) {
        size_t step = m->generation == MDR_V2 ? 2 : 1, n = f->size > 2 ? f->payload[2] : 0;

        for (size_t i = 0; i < n && 3 + i * step < f->size; i++)
                if (f->payload[3 + i * step] == function)
                        return true;
        return false;
}

static bool plan_one_of(struct mdr *m, const struct mdr_frame *f, uint8_t better, enum mdr_question ask_better, uint8_t plain,
                        enum mdr_question ask_plain) {
        if (has_function(m, f, better))
                plan(m, ask_better);
        else if (has_function(m, f, plain))
                plan(m, ask_plain);
        else
                return false;
        return true;
}

static void plan_v1(struct mdr *m, const struct mdr_frame *f) {
        bool buds = has_function(m, f, V1_BUDS);

        if (buds)
                plan(m, MDR_ASK_BUDS);
        if (has_function(m, f, V1_CASE))
                plan(m, MDR_ASK_CASE);
        if (!buds)
                plan(m, MDR_ASK_WHOLE);
}

static void plan_v2(struct mdr *m, const struct mdr_frame *f) {
        bool buds = plan_one_of(m, f, V2_BUDS_THRESHOLD, MDR_ASK_BUDS_THRESHOLD, V2_BUDS, MDR_ASK_BUDS);

        (void) plan_one_of(m, f, V2_CASE_THRESHOLD, MDR_ASK_CASE_THRESHOLD, V2_CASE, MDR_ASK_CASE);
        if (!buds && !plan_one_of(m, f, V2_WHOLE_THRESHOLD, MDR_ASK_WHOLE_THRESHOLD, V2_WHOLE, MDR_ASK_WHOLE))
                plan(m, MDR_ASK_WHOLE);
        plan_after_functions(m);
        if (has_function(m, f, V2_CARE))
                plan(m, MDR_ASK_CARE);
}

static void plan_v2_second(struct mdr *m, const struct mdr_frame *f) {
        if (has_function(m, f, V2_CARE_LIMITED_2)) {
                plan(m, MDR_ASK_CARE_LIMITED);
                plan(m, MDR_ASK_LIMIT);
        }
        if (has_function(m, f, V2_WET_2))
                plan(m, MDR_ASK_WET);
}

static enum charging charging_of(enum mdr_generation generation, uint8_t status) {
        switch (status) {
        case 0:
                return CHARGING_NO;
        case 1:
                return CHARGING_YES;
        case 3:
                return generation == MDR_V2 ? CHARGING_FULL : CHARGING_UNKNOWN;
        default:
                return CHARGING_UNKNOWN;
        }
}

static void take_part(struct mdr *m, enum battery_part part, const uint8_t pair[static 2]) {
        reading_take(m->reading, part, pair[0], charging_of(m->generation, pair[1]));
}

static void take_battery(struct mdr *m, const struct mdr_frame *f) {
        const uint8_t *p = f->payload;

        switch (p[1]) {
        case 0x00:
        case 0x08:
                if (f->size >= 4)
                        take_part(m, BATTERY_WHOLE, p + 2);
                break;
        case 0x01:
        case 0x09:
                if (f->size >= 6) {
                        take_part(m, BATTERY_LEFT, p + 2);
                        take_part(m, BATTERY_RIGHT, p + 4);
                }
                break;
        case 0x02:
        case 0x0a:
                if (f->size >= 4)
                        take_part(m, BATTERY_CASE, p + 2);
                break;
        default:
                break;
        }
        if (reading_tells(m->reading))
                m->reading->outcome = READING_TOLD;
}

/* In reports of battery care and the socket, 0 means on or wet, and 1 means off or dry. */
static enum tristate zero_is_yes(uint8_t byte) {
        return byte == 0 ? YES : byte == 1 ? NO : UNKNOWN;
}

static void take_v1(struct mdr *m, const struct mdr_frame *f) {
        if (f->type == MDR_TABLE_1 && (f->payload[0] == 0x10 + REPLY || f->payload[0] == 0x10 + NOTIFY))
                take_battery(m, f);
}

static void take_v2_first(struct mdr *m, const struct mdr_frame *f) {
        const uint8_t *p = f->payload;

        if (p[0] == 0x22 + REPLY || p[0] == 0x22 + NOTIFY)
                take_battery(m, f);
        else if (p[0] == 0x26 + REPLY && p[1] == 0x0c && f->size >= 3)
                m->reading->care = zero_is_yes(p[2]);
}

static void take_v2_second(struct mdr *m, const struct mdr_frame *f) {
        const uint8_t *p = f->payload;

        if (f->size < 3)
                return;
        if (p[0] == 0x26 + REPLY && p[1] == 0x01)
                m->reading->care = zero_is_yes(p[2]);
        else if (p[0] == 0x20 + REPLY && p[1] == 0x01 && p[2] > 0 && p[2] <= 100)
                m->reading->care_percent = p[2];
        else if ((p[0] == 0x22 + REPLY || p[0] == 0x22 + NOTIFY) && p[1] == 0x02)
                m->reading->wet = zero_is_yes(p[2]);
}

/* Replies that can be used only as the answer to a question that was sent. */
static void take_answer(struct mdr *m, const struct mdr_frame *f) {
        switch (m->plan[m->at]) {
        case MDR_ASK_GENERATION:
                take_generation(m, f);
                break;
        case MDR_ASK_FUNCTIONS:
                if (m->generation == MDR_V1)
                        plan_v1(m, f);
                else
                        plan_v2(m, f);
                break;
        case MDR_ASK_FUNCTIONS_2:
                plan_v2_second(m, f);
                break;
        default:
                break;
        }
        m->answered = true;
}

static bool answers(const struct mdr *m, const struct mdr_frame *f) {
        uint8_t type, payload[2];

        return !m->answered && mdr_question(m->generation, m->plan[m->at], &type, payload) && f->type == type &&
               f->payload[0] == payload[0] + REPLY && f->payload[1] == payload[1];
}

static void take_payload(struct mdr *m, const struct mdr_frame *f, uint64_t now) {
        if (f->size < 2)
                return;
        if (m->generation == MDR_V1)
                take_v1(m, f);
        else if (m->generation == MDR_V2 && f->type == MDR_TABLE_1)
                take_v2_first(m, f);
        else if (m->generation == MDR_V2)
                take_v2_second(m, f);
        if (!answers(m, f))
                return;
        take_answer(m, f);
        if (m->acknowledged && !m->over)
                next_question(m, now);
}

/* A frame is sent again when its acknowledgement was lost. */
static bool is_repeated(struct mdr *m, const struct mdr_frame *f) {
        uint32_t sum = 0, mark;

        for (size_t i = 0; i < f->size; i++)
                sum = (sum * 31 + f->payload[i]) & 0xffff;
        mark = sum | (uint32_t) f->type << 16 | (uint32_t) (f->seq + 1) << 24;
        if (mark == m->last)
                return true;
        m->last = mark;
        return false;
}

static void take_acknowledgement(struct mdr *m, const struct mdr_frame *f, uint64_t now) {
        if (f->size != 0 || f->seq > 1)
                return;
        /* A question that was sent twice may be acknowledged twice, and the second time after the next question was sent. The
         * acknowledgement of that one follows and has the right number. */
        m->seq = f->seq;
        if (m->acknowledged)
                return;
        m->acknowledged = true;
        if (m->answered)
                next_question(m, now);
        else if (m->plan[m->at] != MDR_ASK_GENERATION)
                m->deadline = now + REPLY_USEC;
}

static void take_frame(struct mdr *m, const struct mdr_frame *f, uint64_t now) {
        if (f->type == MDR_ACK) {
                take_acknowledgement(m, f, now);
                return;
        }
        if ((f->type != MDR_TABLE_1 && f->type != MDR_TABLE_2) || f->seq > 1)
                return;
        send_frame(m, MDR_ACK, (uint8_t) (1 - f->seq), NULL, 0);
        if (!is_repeated(m, f))
                take_payload(m, f, now);
}

void mdr_receive(struct mdr *m, const uint8_t *bytes, size_t size, uint64_t now) {
        struct mdr_frame f;

        for (size_t i = 0; i < size && !m->over; i++) {
                if (mdr_reader_take(&m->reader, bytes[i], &f))
                        take_frame(m, &f, now);
                if (++m->n_bytes >= BYTES_MAX)
                        m->over = true;
        }
}

uint64_t mdr_deadline(const struct mdr *m) {
        return m->deadline < m->end ? m->deadline : m->end;
}

/* The first question is repeated until it is answered, the others until they are acknowledged, because a headset acknowledges a
 * question that it does not know, and never answers it. */
static bool may_repeat(const struct mdr *m) {
        if (m->answered || m->tries == TRIES_MAX)
                return false;
        return !m->acknowledged || m->plan[m->at] == MDR_ASK_GENERATION;
}

void mdr_wait_over(struct mdr *m, uint64_t now) {
        if (m->over || now < mdr_deadline(m))
                return;
        if (now >= m->end) {
                m->over = true;
                return;
        }
        if (may_repeat(m))
                send_question(m, now);
        else if (m->generation == MDR_GENERATION_UNKNOWN)
                m->over = true;
        else {
                /* The answer shows that the question arrived, though its acknowledgement was lost. */
                if (m->answered)
                        m->seq = (uint8_t) (1 - m->seq);
                next_question(m, now);
        }
}
