/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * The doctor's engine: decision-theoretic troubleshooting (Heckerman, Breese, Rommelse, CACM 38(3) 1995).
 *
 * The engine assumes that there is one cause. Each possible cause has a weight. Every answer, every change that worked or failed,
 * and every measurement of the computer multiplies this weight by the chance of seeing it if this were the cause. The next step
 * is the one with the highest value for its cost. The value is the number of bits of uncertainty about the advice that the step
 * removes on average, plus the chance that it mends the fault. A step that is dangerous or out of order is never shown, whatever
 * its value; the conditions of the table say when.
 *
 * The engine does no I/O, has no clock and allocates nothing. A check is a plain struct that can be copied. All results are
 * computed from it, so going back only means removing the newest answer.
 */

#include "doctor/table.h"
#include "common/finding.h"

#define DOCTOR_ANSWERS_MAX 13 /* limit of answered steps in a check */
#define DOCTOR_STEPS_MAX 16   /* limit of all steps in a check, including those that were skipped */

struct doctor_check {
        /* What the computer knows. */
        char model[64];            /* empty: not known */
        enum doctor_family family; /* FAMILY_UNKNOWN: taken from the model's name or from an answer */
        uint16_t traits, context;
        char help[80]; /* address of the model's Help Guide, or empty */
        float factor[_CAUSE_MAX];
        bool measured; /* at least one factor comes from a measurement */
        struct {
                uint8_t evidence; /* row of doctor_evidence, plus 1; 0: none */
                enum confidence confidence;
        } named[_CAUSE_MAX]; /* the finding that names the cause */
        char advice[256];    /* the text of a finding whose advice is a step of its own (DO_AS_TOLD) */

        /* Derived from the model and the answers by doctor_refresh(), because they are used very often. */
        enum doctor_family of_family;
        uint16_t of_traits;

        /* The answers, in order. */
        char named_model[64];
        uint8_t answers[_STEP_MAX]; /* UNANSWERED, SKIPPED, or the number of an option */
        bool settled[_STEP_MAX];    /* answered by the computer, so it is not in the trail */
        uint8_t trail[_STEP_MAX];
        unsigned n;
};

/* Begins a check in which nothing is known and nothing was answered. */
void doctor_begin(struct doctor_check *c);

/* Sets the model that the computer knows. A name that the table does not contain is kept; its family and traits are then
 * unknown. */
void doctor_know_model(struct doctor_check *c, const char *name);

/* Adds a measurement of the computer: the code of a finding, or another word of the table. Returns false when the table does not
 * contain it, so that it is no evidence. */
bool doctor_see(struct doctor_check *c, const char *what, enum confidence confidence);

/* What the computer knows of the battery. */
struct doctor_battery {
        bool charges;         /* it reports that it charges, or is full */
        bool gets_nothing;    /* it reports that it does not charge, and it is plugged in */
        bool earbud_left_out; /* an earbud that is not full reports that it does not charge */
        bool case_has_level;  /* its case reports a level */
        bool case_is_empty;
        unsigned went_off; /* times that its Bluetooth link was lost within seconds of an unplug */
};

/* Adds what of it is evidence. */
void doctor_see_battery(struct doctor_check *c, const struct doctor_battery *b);

/* Removes all measurements and keeps the answers. */
void doctor_see_nothing(struct doctor_check *c);

/* Answers a step on behalf of the computer. The step is then neither shown nor undone. UNANSWERED takes the answer back. */
void doctor_settle(struct doctor_check *c, enum doctor_step s, unsigned answer);

/* Returns the answer that counts. It differs from the given one where a later answer replaces it: the second question about
 * danger, and the answers "hot" and "wet" to a change. */
unsigned doctor_answer_to(const struct doctor_check *c, enum doctor_step s);

/* Returns the step to show now, or STEP_NONE when no further step helps. Then it is time to conclude. */
enum doctor_step doctor_next(const struct doctor_check *c);

/* Records an answer: the id of an option, or the text for a step without options. Returns 0, or -EINVAL when it is no valid
 * answer or the step was already answered. */
int doctor_answer(struct doctor_check *c, enum doctor_step s, const char *answer);

/* Records that the person does not know, or does not want to. It is no evidence, and the step is not shown again. */
int doctor_skip(struct doctor_check *c, enum doctor_step s);

/* Removes the newest answer and returns its step, or STEP_NONE when there is none. */
enum doctor_step doctor_back(struct doctor_check *c);

/* Returns true when the option of the step is shown to this person. Options are numbered from 1. */
bool doctor_offers(const struct doctor_check *c, enum doctor_step s, unsigned option);

/* Returns true when the step may be shown now: it is safe, it is its turn, and it makes sense for this headset. */
bool doctor_may(const struct doctor_check *c, enum doctor_step s);

#define DOCTOR_SENTENCE_MAX 640

struct doctor_conclusion {
        enum doctor_cause cause; /* _CAUSE_MAX: no cause is likely enough, or the model has no battery */
        const char *code, *segment;
        enum severity severity;
        enum confidence confidence;
        float probability;
        bool service;             /* only Sony's service can help further */
        bool proven;              /* a change for this cause has worked */
        bool by_finding;          /* a finding of the computer names it, and its sentences say more */
        enum confidence as_cause; /* confidence of the cause without that of the finding */
        const char *also[3];      /* other possible causes, the likeliest first; unused entries are NULL */
        enum sentence cause_words, action_words;
        char sentence[DOCTOR_SENTENCE_MAX],
                action[DOCTOR_SENTENCE_MAX]; /* the same sentences with their placeholders filled in */
};
void doctor_conclude(const struct doctor_check *c, struct doctor_conclusion *ret);

/* Returns 1 when the answers make the finding of this row, -1 when they refute it, and 0 otherwise. */
int doctor_says(const struct doctor_check *c, const struct doctor_plain_row *row);

/* Sets p to the probability of each cause. They sum to 1. */
void doctor_weigh(const struct doctor_check *c, double p[static _CAUSE_MAX]);

/* --- words.c --- */

/*
 * The texts of a step in the language of the user: what to do, why, and an option (numbered from 1). doctor_text() returns buf.
 */
const char *doctor_text(const struct doctor_check *c, enum doctor_step s, char *buf, size_t size);
const char *doctor_why(enum doctor_step s);
const char *doctor_option_text(enum doctor_step s, unsigned option);

/* Returns the minutes to wait before it can be seen whether the change has worked, or 0. */
unsigned doctor_minutes(const struct doctor_check *c, enum doctor_step s);

/* --- result.c --- */

/* Lists the changes that were made, in order. Returns their number. */
size_t doctor_tried(const struct doctor_check *c, enum doctor_step ret[static DOCTOR_STEPS_MAX]);

/* Returns the change as the result lists it ("another cable"), or NULL when it is not listed; and its outcome ("no change"). */
const char *doctor_change_text(enum doctor_step s);
const char *doctor_outcome_text(const struct doctor_check *c, enum doctor_step s);

/* Writes how sure the conclusion is: "likely (cable-suspect), a change mended it". Returns buf. */
const char *doctor_sure_text(const struct doctor_conclusion *r, char *buf, size_t size);

/* Writes the text to copy for Sony's service and returns buf. The second one returns the address to send it to. */
const char *doctor_service_text(const struct doctor_check *c, const struct doctor_conclusion *r, char *buf, size_t size);
const char *doctor_support_address(const struct doctor_check *c);

/* --- words.c --- */

/* Updates of_family and of_traits. To be called after the model, the family or the traits were set directly. */
void doctor_refresh(struct doctor_check *c);

/* Returns false for a model that is known to have no battery. */
bool doctor_has_battery(const char *model);

/* Returns how this model is reset or initialised (DO_RESET, DO_INITIALISE) by a page of Sony about it, in the language of the
 * user, or NULL. */
const char *doctor_sequence_by_sony(const char *model, enum doctor_step s);

/* Writes a sentence of a conclusion with its placeholders filled in. Returns buf. */
const char *doctor_say(const struct doctor_check *c, enum sentence id, char *buf, size_t size);

/* Ids as used in the doctor's JSON protocol and on D-Bus. */
const char *doctor_step_id(enum doctor_step s);
enum doctor_step doctor_step_from_id(const char *id);               /* STEP_NONE: no such step */
unsigned doctor_option_from_id(enum doctor_step s, const char *id); /* 0: no such option */
unsigned doctor_n_options(enum doctor_step s);
