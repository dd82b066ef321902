/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Uses the doctor's own table for what a person told the doctor, so that the daemon and the dialogue reach the same
 * conclusion.
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

/* Returns true when the finding is based on an answer of a person. */
static bool is_by_word(const struct finding *f) {
        for (size_t i = 0; i < f->n_evidence; i++)
                if (strcmp(f->evidence[i].source, "user") == 0)
                        return true;
        return false;
}

/* One earbud may charge while the other one does not. This does not count as charging. */
static void know_what_was_measured(const struct subject *s, struct findings *out, struct doctor_check *c) {
        for (size_t i = 0; i < out->n; i++)
                if (!is_by_word(&out->items[i]))
                        (void) doctor_see(c, finding_code_name(out->items[i].code), out->items[i].confidence);
        if (is_measured_to_charge(s) && !raised_before(out, EARBUD_SEATING) && !raised_before(out, CONTACTS_DIRTY))
                (void) doctor_see(c, "charging", CERTAIN);
}

/*
 * The words that callers of Manager.Tell used before there was a doctor, as answers to its steps. Words that no step asks for
 * are not in this table and are left to the cause that uses them. One of these is that the earbuds charge after they were
 * reseated, because the doctor's step also cleans them. When two rows match, the first one is used.
 */
static const struct {
        enum question question;
        const char *word;
        enum doctor_step step;
        const char *answer;
} older_words[] = {
        { ASKED_OTHER_CABLE, "works", DO_TRY_CABLE, "works" },
        { ASKED_OTHER_CABLE, "fails", DO_TRY_CABLE, "fails" },
        { ASKED_WITHOUT_HUB, "works", ASK_SOURCE, "hub" },
        { ASKED_WITHOUT_HUB, "works", DO_TRY_PORT, "works" },
        { ASKED_WITHOUT_HUB, "fails", ASK_SOURCE, "hub" },
        { ASKED_WITHOUT_HUB, "fails", DO_TRY_PORT, "fails" },
        { ASKED_POWER_FROM, "computer", ASK_SOURCE, "computer" },
        { ASKED_POWER_FROM, "hub", ASK_SOURCE, "hub" },
        { ASKED_POWER_FROM, "adapter", ASK_SOURCE, "adapter" },
        { ASKED_POWER_FROM, "pad", ASK_SOURCE, "pad" },
        { ASKED_OTHER_PORT, "works", ASK_SOURCE, "computer" },
        { ASKED_OTHER_PORT, "works", DO_TRY_PORT, "works" },
        { ASKED_OTHER_PORT, "fails", DO_TRY_PORT, "fails" },
        { ASKED_ADAPTER, "works", DO_TRY_SOURCE, "works" },
        { ASKED_ADAPTER, "fails", DO_TRY_SOURCE, "fails" },
        { ASKED_CABLE_ELSEWHERE, "works", ASK_PHONE, "yes" },
        { ASKED_CABLE_ELSEWHERE, "fails", ASK_PHONE, "no" },
        { ASKED_CABLE, "supplied", ASK_CABLE, "supplied" },
        { ASKED_LED, "dark", ASK_LIGHT, "dark" },
        { ASKED_LED, "steady", ASK_LIGHT, "steady" },
        { ASKED_LED, "flashing", ASK_LIGHT, "blinks" },
        { ASKED_LED, "went-off", ASK_LIGHT, "went-off" },
        { ASKED_LED_COLOUR, "red", ASK_COLOUR, "red" },
        { ASKED_LED_COLOUR, "orange", ASK_COLOUR, "orange" },
        { ASKED_LED_COLOUR, "green", ASK_COLOUR, "other" },
        { ASKED_LED_COLOUR, "white", ASK_COLOUR, "other" },
        { ASKED_LED_COLOUR, "blue", ASK_COLOUR, "other" },
        { ASKED_PLUGGED_FOR, "moments", ASK_SINCE, "minutes" },
        { ASKED_STORED, "yes", ASK_SINCE, "stored" },
        { ASKED_PLUGGED_FOR, "longer", ASK_SINCE, "long" },
        { ASKED_TEMPERATURE, "cold", ASK_PLACE, "cold" },
        { ASKED_TEMPERATURE, "normal", ASK_PLACE, "normal" },
        { ASKED_TEMPERATURE, "hot", ASK_PLACE, "hot" },
        { ASKED_WET, "yes", ASK_DANGER, "wet" },
        { ASKED_SOCKET, "clean", ASK_SOCKET, "clean" },
        { ASKED_SOCKET, "dirty", ASK_SOCKET, "dirt" },
        { ASKED_CONTACTS, "clean", ASK_CONTACTS, "clean" },
        { ASKED_CONTACTS, "dirty", ASK_CONTACTS, "dirty" },
        { ASKED_SEATED_HELPED, "fails", DO_RESEAT, "fails" },
        { ASKED_CASE_CHARGED, "yes", ASK_CASE, "ok" },
        { ASKED_CASE_CHARGED, "no", ASK_CASE, "no-light" },
        { ASKED_CASE_HELPED, "works", DO_CHARGE_CASE, "works" },
        { ASKED_CASE_HELPED, "fails", DO_CHARGE_CASE, "fails" },
        { ASKED_LEVEL, "full", ASK_LEVEL, "full" },
        { ASKED_LEVEL, "low", ASK_LEVEL, "low" },
        { ASKED_RESET, "helped", DO_RESET, "works" },
        { ASKED_RESET, "failed", DO_RESET, "fails" },
        { ASKED_INITIALISED, "helped", DO_INITIALISE, "works" },
        { ASKED_INITIALISED, "failed", DO_INITIALISE, "fails" },
};

/* The question "doctor-light" is the doctor's step "light". */
static enum doctor_step step_of(enum question q) {
        return q >= ASKED_OF_DOCTOR ? doctor_step_from_id(question_name(q) + strlen("doctor-")) : STEP_NONE;
}

static void take_answers(const struct subject *s, struct doctor_check *c) {
        for (unsigned q = ASKED_OF_DOCTOR; q < _QUESTION_MAX; q++) {
                enum doctor_step step = step_of((enum question) q);
                const char *word = answer_word((enum question) q, s->answers->by_question[q]);

                if (step != STEP_NONE && word)
                        (void) doctor_answer(c, step, word);
        }
        for (size_t i = 0; i < sizeof older_words / sizeof *older_words; i++)
                if (is_answered(s, older_words[i].question, older_words[i].word))
                        (void) doctor_answer(c, older_words[i].step, older_words[i].answer);
}

/* Returns true for a change, in the doctor's or in the older words. */
static bool is_of_change(enum question q) {
        enum doctor_step step = step_of(q);

        for (size_t i = 0; step == STEP_NONE && i < sizeof older_words / sizeof *older_words; i++)
                if (older_words[i].question == q && doctor_steps[older_words[i].step].change)
                        step = older_words[i].step;
        return step != STEP_NONE && doctor_steps[step].change;
}

/* Changes are the strongest evidence, so they come first. The questions follow in their order. */
static void give_answers(const struct subject *s, struct finding *f) {
        for (unsigned changes = 2; changes-- > 0;)
                for (unsigned q = 0; q < _QUESTION_MAX; q++) {
                        const char *word = answer_word((enum question) q, answer_to(s, (enum question) q));
                        enum doctor_step step = step_of((enum question) q);

                        if (word && is_of_change((enum question) q) == (changes == 1))
                                give(f, SAY_EV_ANSWER, "user", moment_wall(s->model, s->answers->at),
                                     TEXT("question",
                                          step == STEP_NONE ? question_name((enum question) q) : doctor_step_id(step)),
                                     TEXT("answer", word));
                }
}

/* A change that helped is the second factor in addition to the measurement. */
static void strengthen(const struct subject *s, struct finding *f, const struct doctor_conclusion *r) {
        if (!r->proven)
                return;
        if (f->severity < r->severity) {
                f->severity = r->severity;
                f->confidence = r->confidence;
                because(f, r->cause_words, HEADSET(s));
                advise(f, r->action_words, HEADSET(s));
        } else if (f->confidence < r->confidence)
                f->confidence = r->confidence;
        give_answers(s, f);
}

void cause_doctor(const struct subject *s, struct findings *out) {
        struct doctor_conclusion r;
        enum finding_code code;
        struct doctor_check c;
        struct finding *f;

        if (!s->answers)
                return;
        doctor_begin(&c);
        know_headset(s, &c);
        know_what_was_measured(s, out, &c);
        take_answers(s, &c);
        if (c.n == 0)
                return;
        doctor_conclude(&c, &r);
        code = finding_code_from_name(r.code);
        if (code == _FINDING_CODE_MAX || code == NOT_ISOLATED)
                return;
        f = raised_before(out, code);
        if (f) {
                strengthen(s, f, &r);
                return;
        }
        if (r.by_finding)
                return;
        f = found(s, out, code, r.severity, r.confidence);
        because(f, r.cause_words, HEADSET(s));
        advise(f, r.action_words, HEADSET(s));
        give_answers(s, f);
}
