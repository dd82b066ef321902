/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What a person told the doctor, concluded by the doctor's own table: the daemon and the conversation are of one mind.
 */
#include "causes/cause.h"

#include <stdio.h>
#include <string.h>

#include "causes/charging.h"
#include "doctor/engine.h"

static void know_headset(const struct subject *s, struct doctor_check *c) {
        const struct model_facts *facts = subject_facts(s);

        if (!facts)
                return;
        doctor_know_model(c, facts->model);
        c->family = (enum doctor_family) doctor_option_from_id(ASK_FAMILY, facts->family);
        c->traits |= facts->wireless == YES ? TRAIT_PAD : facts->wireless == NO ? TRAIT_NO_PAD : 0;
        c->traits |= facts->powers_down == YES ? TRAIT_GOES_OFF : 0;
        c->traits |= facts->limit_percent > 0 ? TRAIT_LIMITS : 0;
        doctor_refresh(c);
}

/* Was it found in what a person said? */
static bool is_by_word(const struct finding *f) {
        for (size_t i = 0; i < f->n_evidence; i++)
                if (strcmp(f->evidence[i].source, "user") == 0)
                        return true;
        return false;
}

static void know_what_was_measured(const struct subject *s, const struct findings *out, struct doctor_check *c) {
        for (size_t i = 0; i < out->n; i++)
                if (!is_by_word(&out->items[i]))
                        (void) doctor_see(c, finding_code_name(out->items[i].code), out->items[i].confidence);
        if (is_measured_to_charge(s))
                (void) doctor_see(c, "charging", CERTAIN);
}

/* "doctor-light" is the doctor's step "light". */
static enum doctor_step step_of(enum question q) {
        return doctor_step_from_id(question_name(q) + strlen("doctor-"));
}

static void take_answers(const struct subject *s, struct doctor_check *c) {
        for (unsigned q = ASKED_OF_DOCTOR; q < _QUESTION_MAX; q++) {
                enum doctor_step step = step_of((enum question) q);
                const char *word = answer_word((enum question) q, s->answers->by_question[q]);

                if (step != STEP_NONE && word)
                        (void) doctor_answer(c, step, word);
        }
}

/* The changes say most; then what was asked, in its order. */
static void give_answers(const struct subject *s, struct finding *f) {
        for (unsigned changes = 2; changes-- > 0;)
                for (unsigned q = ASKED_OF_DOCTOR; q < _QUESTION_MAX; q++) {
                        enum doctor_step step = step_of((enum question) q);
                        const char *word = answer_word((enum question) q, s->answers->by_question[q]);

                        if (word && step != STEP_NONE && doctor_steps[step].change == (changes == 1))
                                give(f, SAY_EV_ANSWER, "user", moment_wall(s->model, s->answers->at),
                                     TEXT("question", doctor_step_id(step)), TEXT("answer", word));
                }
}

void cause_doctor(const struct subject *s, struct findings *out) {
        struct doctor_conclusion r;
        enum finding_code code;
        struct doctor_check c;
        struct finding *f;

        if (!is_with_doctor(s))
                return;
        doctor_begin(&c);
        know_headset(s, &c);
        know_what_was_measured(s, out, &c);
        take_answers(s, &c);
        doctor_conclude(&c, &r);
        code = finding_code_from_name(r.code);
        if (code == _FINDING_CODE_MAX || code == NOT_ISOLATED || r.by_finding || raised_before(out, code))
                return;
        f = found(s, out, code, r.severity, r.confidence);
        because(f, r.cause_words, HEADSET(s));
        advise(f, r.action_words, HEADSET(s));
        give_answers(s, f);
}
