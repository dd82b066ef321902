/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * The questions that may be put to a headset, and nothing else may ever be sent to one.
 *
 * The same bytes ask a headset of the second generation for its battery and switch one of the first generation off (22 ..).
 * So each generation has a table of its own, and until the headset's reply to the first question has told its generation,
 * nothing but that question may be sent.
 */

#include "headset-protocol/mdr-frame.h"

enum mdr_generation { MDR_GENERATION_UNKNOWN, MDR_V1, MDR_V2, _MDR_GENERATION_MAX };

enum mdr_question {
        MDR_ASK_GENERATION,
        MDR_ASK_FUNCTIONS,
        MDR_ASK_FUNCTIONS_2, /* of the second table */
        MDR_ASK_WHOLE,
        MDR_ASK_BUDS,
        MDR_ASK_CASE,
        MDR_ASK_WHOLE_THRESHOLD, /* the same, in headsets that also tell from where on a level counts as low */
        MDR_ASK_BUDS_THRESHOLD,
        MDR_ASK_CASE_THRESHOLD,
        MDR_ASK_CARE,         /* battery care without a choice of the limit */
        MDR_ASK_CARE_LIMITED, /* battery care with a choice of the limit */
        MDR_ASK_LIMIT,
        MDR_ASK_WET,
        _MDR_QUESTION_MAX,
};

/* Writes the type and the two bytes of the question. Returns false if a headset of this generation must not be asked it. */
bool mdr_question(enum mdr_generation generation, enum mdr_question question, uint8_t *ret_type, uint8_t ret[static 2]);

/* Returns whether these bytes are a complete frame that may be sent to a headset of this generation: a question of its table, or
 * the acknowledgement of a frame. The only function that writes to the socket checks each frame with it. */
bool mdr_may_send(enum mdr_generation generation, const uint8_t *frame, size_t size);
