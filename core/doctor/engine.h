/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * The doctor's engine: decision-theoretic troubleshooting (Heckerman, Breese, Rommelse, CACM 38(3) 1995).
 *
 * One cause at a time is assumed. Each has a weight; every answer, every change that worked or failed, and everything that the
 * computer measured multiplies it by the chance of that under the cause. The next step is the one of most value for its cost:
 * how many bits of uncertainty about the advice it removes on average, and how likely it mends the fault. What is dangerous or
 * out of order is no step at all (the conditions of the table), whatever it would be worth.
 *
 * Pure: no I/O, no clock, no allocation. A check is a plain struct that can be copied, and everything follows from what is in it,
 * so that going back is to forget the newest answer.
 */

#include "doctor/table.h"
#include "common/finding.h"

#define DOCTOR_ANSWERS_MAX 13 /* a check never asks for more */
#define DOCTOR_STEPS_MAX 16   /* nor shows more, those that were skipped included */

struct doctor_check {
        /* What the computer knows. */
        char model[64];            /* empty: not known */
        enum doctor_family family; /* FAMILY_UNKNOWN: by the model's name, or by what is answered */
        uint16_t traits, context;
        char help[80]; /* address of the model's Help Guide, or empty */
        float factor[_CAUSE_MAX];
        bool measured; /* a factor is of a finding */
        struct {
                uint8_t evidence; /* row of doctor_evidence, plus 1; 0: none */
                enum confidence confidence;
        } named[_CAUSE_MAX]; /* the finding that a cause takes its name from */
        char advice[256];    /* of the finding that has advice of its own */

        /* What follows from the model and the answers: kept, as it is asked for again and again. */
        enum doctor_family of_family;
        uint16_t of_traits;

        /* What was answered, in order. */
        char named_model[64];
        uint8_t answers[_STEP_MAX]; /* UNANSWERED, SKIPPED, or the number of an option */
        bool settled[_STEP_MAX];    /* by the computer: not in the trail */
        uint8_t trail[_STEP_MAX];
        unsigned n;
};

/* Nothing is known and nothing was answered. */
void doctor_begin(struct doctor_check *c);

/* The computer knows the model. Unknown names are kept: the family and the traits are those of the table. */
void doctor_know_model(struct doctor_check *c, const char *name);

/* The computer measured something: a finding's code, or a word of the table. Returns false when it is no evidence. */
bool doctor_see(struct doctor_check *c, const char *what, enum confidence confidence);

/* Forgets all evidence; what is answered stays. */
void doctor_see_nothing(struct doctor_check *c);

/* The computer answers a step; it is then neither asked nor undone. 0 takes that back. */
void doctor_settle(struct doctor_check *c, enum doctor_step s, unsigned answer);

/* The answer that counts. It differs from the one that was given where a later answer took that back: see "danger-sure", and the
 * answers "hot" and "wet" to a change. */
unsigned doctor_answer_to(const struct doctor_check *c, enum doctor_step s);

/* The step to show now; STEP_NONE: nothing is left that helps, so conclude. */
enum doctor_step doctor_next(const struct doctor_check *c);

/* Takes an answer: an option's id, or the text of a step without options. Returns 0, or -EINVAL when it is not one, or the step
 * was already taken. */
int doctor_answer(struct doctor_check *c, enum doctor_step s, const char *answer);

/* Not known, or no wish to: no evidence, and not asked again. */
int doctor_skip(struct doctor_check *c, enum doctor_step s);

/* Forgets the newest answer and returns its step; STEP_NONE when there is none. */
enum doctor_step doctor_back(struct doctor_check *c);

/* Is this option of the step shown to this person? Options count from 1. */
bool doctor_offers(const struct doctor_check *c, enum doctor_step s, unsigned option);

/* May the step be shown, by safety, order and sense? */
bool doctor_may(const struct doctor_check *c, enum doctor_step s);

#define DOCTOR_SENTENCE_MAX 640

struct doctor_conclusion {
        enum doctor_cause cause; /* _CAUSE_MAX: none stands out, or the model has no battery */
        const char *code, *segment;
        enum severity severity;
        enum confidence confidence;
        float probability;
        bool service;             /* what is left is Sony's service */
        bool proven;              /* a change mended it */
        bool by_finding;          /* the computer's own finding: its sentences say more */
        enum confidence as_cause; /* how sure it is that this is the cause, however surely the finding was measured */
        const char *also[3];      /* what else it may be, likeliest first; NULL at the end */
        enum sentence cause_words, action_words;
        char sentence[DOCTOR_SENTENCE_MAX], action[DOCTOR_SENTENCE_MAX]; /* the same, filled in */
};
void doctor_conclude(const struct doctor_check *c, struct doctor_conclusion *ret);

/* Does what was answered make the finding of this row (1), refute it (-1), or neither (0)? */
int doctor_says(const struct doctor_check *c, const struct doctor_plain_row *row);

/* The probability of each cause; they sum to 1. */
void doctor_weigh(const struct doctor_check *c, double p[static _CAUSE_MAX]);

/* --- words.c --- */

/*
 * What is shown of a step, in the language of the user: what is asked for, why, and the text of an option (they count from 1).
 * doctor_text() returns buf.
 */
const char *doctor_text(const struct doctor_check *c, enum doctor_step s, char *buf, size_t size);
const char *doctor_why(enum doctor_step s);
const char *doctor_option_text(enum doctor_step s, unsigned option);

/* Minutes to wait before the change is judged; 0: none. */
unsigned doctor_minutes(const struct doctor_check *c, enum doctor_step s);

/* --- result.c --- */

/* The changes that were made, in order. Returns how many. */
size_t doctor_tried(const struct doctor_check *c, enum doctor_step ret[static DOCTOR_STEPS_MAX]);

/* A change as it stands in the result ("another cable"), NULL when it is not worth a line; and how it went ("no change"). */
const char *doctor_change_text(enum doctor_step s);
const char *doctor_outcome_text(const struct doctor_check *c, enum doctor_step s);

/* "likely (cable-suspect), a change mended it". Returns buf. */
const char *doctor_sure_text(const struct doctor_conclusion *r, char *buf, size_t size);

/* The text to copy for Sony's service, and the address to send it to. The first returns buf. */
const char *doctor_service_text(const struct doctor_check *c, const struct doctor_conclusion *r, char *buf, size_t size);
const char *doctor_support_address(const struct doctor_check *c);

/* --- words.c --- */

/* Brings of_family and of_traits up to date after the model, the family or the traits were set by hand. */
void doctor_refresh(struct doctor_check *c);

/* Returns false for a model that is known to have no battery. */
bool doctor_has_battery(const char *model);

/* Returns how this model is reset or initialised (DO_RESET, DO_INITIALISE) by a page of Sony about it, in the language of the
 * user, or NULL. */
const char *doctor_sequence_by_sony(const char *model, enum doctor_step s);

/* A sentence of a conclusion, filled in. */
const char *doctor_say(const struct doctor_check *c, enum sentence id, char *buf, size_t size);

/* Ids, as in the protocol. */
const char *doctor_step_id(enum doctor_step s);
enum doctor_step doctor_step_from_id(const char *id);               /* STEP_NONE: no such step */
unsigned doctor_option_from_id(enum doctor_step s, const char *id); /* 0: no such option */
unsigned doctor_n_options(enum doctor_step s);
