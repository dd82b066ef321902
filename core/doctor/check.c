/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * A check of the doctor: what the computer knows, what the person answered, and what both amount to.
 */
#include "doctor/engine-internal.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

void doctor_begin(struct doctor_check *c) {
        *c = (struct doctor_check){ .context = CONTEXT_NO_MODEL | CONTEXT_NO_FAMILY };
        doctor_see_nothing(c);
}

void doctor_see_nothing(struct doctor_check *c) {
        for (unsigned i = 0; i < _CAUSE_MAX; i++)
                c->factor[i] = 1;
        memset(c->named, 0, sizeof c->named);
        c->measured = false;
}

void doctor_know_model(struct doctor_check *c, const char *name) {
        snprintf(c->model, sizeof c->model, "%s", name);
        if (*name)
                c->context &= (uint16_t) ~CONTEXT_NO_MODEL;
        else
                c->context |= CONTEXT_NO_MODEL;
        doctor_refresh(c);
}

bool doctor_see(struct doctor_check *c, const char *what, enum confidence confidence) {
        static const float power[] = { [POSSIBLE] = .4f, [LIKELY] = .7f, [CERTAIN] = 1 };

        for (size_t i = 0; i < doctor_n_evidence; i++) {
                const struct doctor_evidence_row *e = &doctor_evidence[i];

                if (strcmp(e->what, what) != 0)
                        continue;
                for (unsigned j = 0; j < sizeof e->factors / sizeof *e->factors && e->factors[j].factor > 0; j++)
                        c->factor[e->factors[j].cause] *= powf(e->factors[j].factor, power[confidence]);
                if (e->names < _CAUSE_MAX && (c->named[e->names].evidence == 0 || c->named[e->names].confidence < confidence)) {
                        c->named[e->names].evidence = (uint8_t) (i + 1);
                        c->named[e->names].confidence = confidence;
                }
                return c->measured = true;
        }
        return false;
}

void doctor_see_battery(struct doctor_check *c, const struct doctor_battery *b) {
        /* One earbud may charge while the other one does not. This does not count as charging. */
        if (b->charges && !b->earbud_left_out)
                (void) doctor_see(c, "charging", CERTAIN);
        if (b->gets_nothing)
                (void) doctor_see(c, "not-charging", CERTAIN);
        if (b->went_off == 1) /* twice is a finding */
                (void) doctor_see(c, "went-off-once", CERTAIN);
        if (b->case_has_level && !b->case_is_empty)
                (void) doctor_see(c, "case-has-charge", CERTAIN);
}

void doctor_settle(struct doctor_check *c, enum doctor_step s, unsigned answer) {
        if (c->answers[s] != UNANSWERED && !c->settled[s])
                return;
        c->answers[s] = (uint8_t) answer;
        c->settled[s] = answer != UNANSWERED;
        doctor_refresh(c);
}

/* --- answers --- */

static int take(struct doctor_check *c, enum doctor_step s, unsigned answer) {
        if (s >= _STEP_MAX || c->answers[s] != UNANSWERED)
                return -EINVAL;
        c->answers[s] = (uint8_t) answer;
        c->trail[c->n++] = (uint8_t) s;
        doctor_refresh(c);
        return 0;
}

int doctor_answer(struct doctor_check *c, enum doctor_step s, const char *answer) {
        unsigned option;

        if (s >= _STEP_MAX || !*answer)
                return -EINVAL;
        if (doctor_n_options(s) == 0) {
                int r = take(c, s, 1);

                if (r == 0 && s == ASK_MODEL)
                        snprintf(c->named_model, sizeof c->named_model, "%s", answer);
                doctor_refresh(c);
                return r;
        }
        option = doctor_option_from_id(s, answer);
        return option == 0 || !doctor_offers(c, s, option) ? -EINVAL : take(c, s, option);
}

int doctor_skip(struct doctor_check *c, enum doctor_step s) {
        return take(c, s, SKIPPED);
}

enum doctor_step doctor_back(struct doctor_check *c) {
        enum doctor_step s;

        if (c->n == 0)
                return STEP_NONE;
        s = (enum doctor_step) c->trail[--c->n];
        c->answers[s] = UNANSWERED;
        if (s == ASK_MODEL)
                c->named_model[0] = '\0';
        doctor_refresh(c);
        return s;
}

/* --- conditions --- */

/* Returns the danger that is known. The answer to the second question replaces that to the first. What was seen before a change
 * counts more than both, except that "wet" does not replace a more dangerous answer. */
static unsigned danger_of(const struct doctor_check *c) {
        unsigned again = c->answers[ASK_DANGER_SURE];
        unsigned answer = again == UNANSWERED || again == SKIPPED ? c->answers[ASK_DANGER] : again;
        bool hot = answer == DANGER_SWOLLEN || answer == DANGER_HOT || answer == DANGER_SMOKE, wet = false;

        for (unsigned s = DO_PLUG_IN; s < _STEP_MAX; s++) {
                if (c->answers[s] == CHANGE_HOT)
                        return DANGER_HOT;
                wet |= c->answers[s] == CHANGE_WET;
        }
        return wet && !hot ? DANGER_WET : answer;
}

unsigned doctor_answer_to(const struct doctor_check *c, enum doctor_step s) {
        unsigned answer = c->answers[s];

        if (s == ASK_DANGER)
                return danger_of(c);
        return doctor_steps[s].change && (answer == CHANGE_HOT || answer == CHANGE_WET) ? SKIPPED : answer;
}

static bool holds(const struct doctor_check *c, const struct doctor_condition *t) {
        unsigned answer = doctor_answer_to(c, (enum doctor_step) t->step);
        bool one_of = answer != UNANSWERED && answer != SKIPPED && (t->answers >> answer & 1);

        switch (t->test) {
        case WHEN:
                return one_of;
        case MAYBE:
                return one_of || answer == SKIPPED;
        case UNLESS:
                return !one_of;
        case AFTER:
                return answer != UNANSWERED;
        case AS_FOR:
                return doctor_all_hold(c, doctor_steps[t->step].when);
        default:
                return false;
        }
}

bool doctor_all_hold(const struct doctor_check *c, const struct doctor_condition *list) {
        bool all = true;

        for (unsigned i = 0; i < CONDITIONS_MAX && list[i].test != TEST_END; i++) {
                if (list[i].test != OR)
                        all = all && holds(c, &list[i]);
                else if (all)
                        return true;
                else
                        all = true;
        }
        return all;
}

bool doctor_answered(const struct doctor_check *c, enum doctor_step s, unsigned answers) {
        unsigned answer = doctor_answer_to(c, s);

        return answer != UNANSWERED && answer != SKIPPED && (answers >> answer & 1);
}

bool doctor_in_family(const struct doctor_check *c, unsigned families) {
        return families == 0 || (families >> c->of_family & 1);
}

bool doctor_offers(const struct doctor_check *c, enum doctor_step s, unsigned option) {
        const struct doctor_option *o = &doctor_steps[s].options[option - 1];

        return option <= OPTIONS_MAX && o->id && doctor_in_family(c, o->families);
}

bool doctor_may(const struct doctor_check *c, enum doctor_step s) {
        const struct doctor_step_row *row = &doctor_steps[s];

        if ((c->context & row->context) != row->context || (c->context & row->no_context))
                return false;
        if (row->traits && !(c->of_traits & row->traits))
                return false;
        if (s == ASK_FAMILY && c->of_family != FAMILY_UNKNOWN)
                return false;
        return doctor_in_family(c, row->families) && doctor_all_hold(c, row->when);
}

int doctor_says(const struct doctor_check *c, const struct doctor_plain_row *row) {
        return doctor_answered(c, (enum doctor_step) row->step, row->says) -
               doctor_answered(c, (enum doctor_step) row->step, row->denies);
}

/* --- where the check stands --- */

enum doctor_step doctor_working_change(const struct doctor_check *c) {
        for (unsigned i = 0; i < c->n; i++)
                if (doctor_steps[c->trail[i]].change && c->answers[c->trail[i]] == CHANGE_WORKS)
                        return (enum doctor_step) c->trail[i];
        for (unsigned s = 0; s < _STEP_MAX; s++)
                if (c->settled[s] && doctor_steps[s].change && c->answers[s] == CHANGE_WORKS)
                        return (enum doctor_step) s;
        return STEP_NONE;
}

static bool is_dangerous(const struct doctor_check *c) {
        return doctor_answered(c, ASK_DANGER, A(DANGER_SWOLLEN) | A(DANGER_HOT) | A(DANGER_WET) | A(DANGER_SMOKE));
}

/* A danger that was seen before a change needs no second question. */
bool doctor_is_to_confirm(const struct doctor_check *c) {
        return is_dangerous(c) && danger_of(c) == c->answers[ASK_DANGER] && c->answers[ASK_DANGER_SURE] == UNANSWERED;
}

bool doctor_is_over(const struct doctor_check *c) {
        if (is_dangerous(c))
                return !doctor_is_to_confirm(c);
        return c->answers[ASK_DANGER] != UNANSWERED && (c->of_traits & TRAIT_NO_BATTERY);
}

bool doctor_is_measured(const struct doctor_check *c, unsigned cause) {
        return cause < _CAUSE_MAX && c->named[cause].evidence != 0 && c->named[cause].confidence >= LIKELY &&
               c->factor[cause] >= STRONG_FACTOR;
}

bool doctor_has_second_fact(const struct doctor_check *c, unsigned cause) {
        const struct doctor_condition *proof = doctor_causes[cause].proof;

        return proof->test == TEST_END || doctor_is_measured(c, cause) || doctor_all_hold(c, proof);
}
