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

/* Returns true when the finding is based on an answer of a person. A person says where a meter is, but what it shows is a
 * measurement. */
static bool is_by_word(const struct finding *f) {
        bool told = false;

        for (size_t i = 0; i < f->n_evidence; i++) {
                if (strcmp(f->evidence[i].source, "powerz") == 0)
                        return false;
                told |= strcmp(f->evidence[i].source, "user") == 0;
        }
        return told;
}

/* What is plugged in here is fed by this computer, and it is known since when. */
static void know_the_plug(const struct subject *s, struct doctor_check *c) {
        const struct port *hub;

        if (s->port && s->port->present)
                doctor_settle(c, ASK_SOURCE, path_external_hubs(s->port, &hub, 1) > 0 ? SOURCE_HUB : SOURCE_COMPUTER);
        else if (s->typec && typec_has_headset(s->typec))
                doctor_settle(c, ASK_SOURCE, SOURCE_COMPUTER);
        if (is_plugged_just_now(s))
                doctor_settle(c, ASK_SINCE, SINCE_MINUTES);
}

static bool is_sound_on_usb(const struct subject *s, const struct findings *out) {
        for (size_t i = 0; i < out->n; i++)
                if (out->items[i].severity >= WARNING)
                        return false;
        return s->port && s->port->present && s->port->device.active_configuration > 0;
}

static bool an_earbud_does_not_charge(const struct subject *s) {
        for (enum battery_part part = BATTERY_LEFT; s->headset && part <= BATTERY_RIGHT; part++) {
                struct part_claim c;

                charging_part(s->model, s->headset, part, &c);
                if (!c.stale && c.state == CHARGING_NO && c.level < 100)
                        return true;
        }
        return false;
}

static void know_the_battery(const struct subject *s, struct findings *out, struct doctor_check *c) {
        struct part_claim box = { .level = BATTERY_UNKNOWN };
        enum charging state = subject_claim(s).state;
        struct doctor_battery b = {
                .charges = state == CHARGING_YES || state == CHARGING_FULL,
                .gets_nothing = state == CHARGING_NO && subject_plugged_since(s).at != 0,
                .earbud_left_out = an_earbud_does_not_charge(s),
                .case_is_empty = raised_before(out, CASE_EMPTY),
        };

        if (s->headset) {
                charging_part(s->model, s->headset, BATTERY_CASE, &box);
                b.went_off = s->headset->observed.deaths;
        }
        b.case_has_level = !box.stale && box.level != BATTERY_UNKNOWN;
        doctor_see_battery(c, &b);
}

static void know_what_was_measured(const struct subject *s, struct findings *out, struct doctor_check *c) {
        for (size_t i = 0; i < out->n; i++) {
                if (is_by_word(&out->items[i]))
                        continue;
                (void) doctor_see(c, finding_code_name(out->items[i].code), out->items[i].confidence);
                c->traits |= out->items[i].code == FIRMWARE_OLD ? TRAIT_OLD_FIRMWARE : 0;
        }
        doctor_refresh(c);
        know_the_battery(s, out, c);
        if (is_sound_on_usb(s, out))
                (void) doctor_see(c, "configured", CERTAIN);
}

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
        for (size_t i = 0; i < doctor_n_older; i++)
                if (is_answered(s, doctor_older[i].question, doctor_older[i].word))
                        (void) doctor_answer(c, (enum doctor_step) doctor_older[i].step, doctor_older[i].answer);
}

/* Returns true for a change, in the doctor's or in the older words. */
static bool is_of_change(enum question q) {
        enum doctor_step step = step_of(q);

        for (size_t i = 0; step == STEP_NONE && i < doctor_n_older; i++)
                if (doctor_older[i].question == q && doctor_steps[doctor_older[i].step].change)
                        step = (enum doctor_step) doctor_older[i].step;
        return step != STEP_NONE && doctor_steps[step].change;
}

static void give_word(const struct subject *s, struct finding *f, enum question q) {
        enum doctor_step step = step_of(q);

        give(f, SAY_EV_ANSWER, "user", moment_wall(s->model, s->answers->at),
             TEXT("question", step == STEP_NONE ? question_name(q) : doctor_step_id(step)),
             TEXT("answer", answer_word(q, answer_to(s, q))));
}

/* The answers that were read as this step. */
static void give_answers_to(const struct subject *s, struct finding *f, enum doctor_step step) {
        for (unsigned q = 0; q < _QUESTION_MAX; q++) {
                bool is_of_step = step_of((enum question) q) == step;

                for (size_t i = 0; i < doctor_n_older; i++)
                        is_of_step |= doctor_older[i].question == q && doctor_older[i].step == step;
                if (is_of_step && answer_word((enum question) q, answer_to(s, (enum question) q)))
                        give_word(s, f, (enum question) q);
        }
}

/* Changes are the strongest evidence, so they come first. The questions follow in their order. */
static void give_answers(const struct subject *s, struct finding *f) {
        for (unsigned changes = 2; changes-- > 0;)
                for (unsigned q = 0; q < _QUESTION_MAX; q++) {
                        const char *word = answer_word((enum question) q, answer_to(s, (enum question) q));

                        if (word && is_of_change((enum question) q) == (changes == 1))
                                give_word(s, f, (enum question) q);
                }
}

/* What an answer says by itself: it makes a finding, makes one surer, or refutes what was no more than possible. */
static void say_plainly(const struct subject *s, const struct doctor_check *c, struct findings *out) {
        for (size_t i = 0; i < doctor_n_plain; i++) {
                const struct doctor_plain_row *row = &doctor_plain[i];
                enum finding_code code = finding_code_from_name(row->code);
                struct finding *f = raised_before(out, code);
                int said = doctor_says(c, row);

                if (said < 0 && f && f->confidence < CERTAIN)
                        findings_drop(out, code);
                if (said <= 0)
                        continue;
                if (!f) {
                        f = found(s, out, code, INFO, LIKELY);
                        because(f, row->cause, HEADSET(s));
                        advise(f, row->action);
                }
                if (f->confidence < LIKELY)
                        f->confidence = LIKELY;
                give_answers_to(s, f, (enum doctor_step) row->step);
        }
}

/* Returns true when it was told that the headset does not charge as it should. */
static bool is_told_to_fail(const struct doctor_check *c) {
        unsigned light = c->answers[ASK_LIGHT];

        return c->answers[ASK_COMPLAINT] != UNANSWERED || light == LIGHT_DARK || light == LIGHT_BLINKS || light == LIGHT_DOUBLE ||
               light == LIGHT_SECONDS || light == LIGHT_DIM;
}

/* A change that helped is the second factor beside the measurement. Without one, what was found is possibly the cause. */
static void strengthen(const struct subject *s, struct finding *f, const struct doctor_check *c,
                       const struct doctor_conclusion *r) {
        if (!r->proven && !is_told_to_fail(c))
                return;
        if (f->severity < r->severity) {
                f->severity = r->severity;
                f->confidence = r->as_cause;
                because(f, r->cause_words, HEADSET(s));
                advise(f, r->action_words, HEADSET(s));
        } else if (!r->proven)
                return;
        if (r->proven && f->confidence < r->confidence)
                f->confidence = r->confidence;
        give_answers(s, f);
}

bool is_told(const struct subject *s, const char *step, const char *answer) {
        enum doctor_step id = doctor_step_from_id(step);
        struct doctor_check c;

        if (!s->answers)
                return false;
        doctor_begin(&c);
        take_answers(s, &c);
        return c.answers[id] == doctor_option_from_id(id, answer);
}

/* Returns true when it was moved to another port or supply, as it was told: it is then elsewhere than where it failed. */
static bool was_moved(const struct subject *s) {
        return is_told(s, "try-port", "works") || is_told(s, "try-port", "fails") || is_told(s, "try-source", "works") ||
               is_told(s, "try-source", "fails");
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
        if (!was_moved(s))
                know_the_plug(s, &c);
        take_answers(s, &c);
        if (c.n == 0)
                return;
        say_plainly(s, &c, out);
        doctor_conclude(&c, &r);
        code = finding_code_from_name(r.code);
        if (code == _FINDING_CODE_MAX || code == NOT_ISOLATED)
                return;
        f = raised_before(out, code);
        if (f) {
                strengthen(s, f, &c, &r);
                return;
        }
        if (r.by_finding)
                return;
        f = found(s, out, code, r.severity, r.confidence);
        because(f, r.cause_words, HEADSET(s));
        advise(f, r.action_words, HEADSET(s));
        give_answers(s, f);
}
