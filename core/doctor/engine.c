/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The doctor's engine: chooses the next step. See engine.h for the method.
 */
#include "doctor/engine-internal.h"

#include <string.h>

/* These steps are asked first, in this order. */
static const uint8_t opening[] = { ASK_WHICH,       ASK_THIS_ONE, ASK_MODEL,  ASK_FAMILY,    ASK_DANGER,
                                   ASK_DANGER_SURE, ASK_HEADSET,  ASK_TESTER, ASK_COMPLAINT, ASK_LIGHT };

/* The service asks for these changes, so they are offered before it is recommended. */
static const uint8_t closing[] = { DO_RESET, DO_UPDATE, DO_INITIALISE };

/* Estimates how likely the person is to answer a step at all. Questions and changes are counted apart, because a person who skips
 * one kind may still answer the other. */
static double willing(const struct doctor_check *c, bool change) {
        double answered = WILLING, shown = WILLING;

        for (unsigned i = 0; i < c->n; i++) {
                if (doctor_steps[c->trail[i]].change != change || c->trail[i] <= ASK_COMPLAINT)
                        continue;
                answered += c->answers[c->trail[i]] != SKIPPED;
                shown++;
        }
        return answered / shown;
}

static double value(const struct doctor_check *c, enum doctor_step s, const double p[static _CAUSE_MAX]) {
        double works, gain = doctor_information(c, s, p, BY_ADVICE, &works);
        double cost = (double) doctor_steps[s].cost;

        if (doctor_steps[s].change)
                cost *= c->answers[ASK_LIGHT] == SKIPPED ? BLIND_EFFORT : CHANGE_EFFORT;

        return (gain + CURE_BITS * works) / cost * willing(c, doctor_steps[s].change);
}

/* Returns true when the person has skipped every change so far. Then only questions are asked. */
static bool refuses_changes(const struct doctor_check *c) {
        unsigned refused = 0;

        for (unsigned i = 0; i < c->n; i++) {
                if (!doctor_steps[c->trail[i]].change)
                        continue;
                if (c->answers[c->trail[i]] != SKIPPED)
                        return false;
                refused++;
        }
        return refused >= REFUSALS_MAX;
}

static bool open_step(const struct doctor_check *c, enum doctor_step s) {
        return c->answers[s] == UNANSWERED && doctor_may(c, s) && !(doctor_steps[s].change && refuses_changes(c));
}

static enum doctor_step opening_step(const struct doctor_check *c, bool measured) {
        if (doctor_is_to_confirm(c))
                return ASK_DANGER_SURE;
        for (unsigned i = 0; i < sizeof opening; i++) {
                enum doctor_step s = (enum doctor_step) opening[i];

                if (doctor_is_over(c))
                        return STEP_NONE;
                if (measured && (s == ASK_HEADSET || s == ASK_TESTER || s == ASK_COMPLAINT || s == ASK_LIGHT))
                        continue;
                if (open_step(c, s))
                        return s;
        }
        return STEP_NONE;
}

/* Returns the number of steps after the given one, or all steps when it was not shown. */
static unsigned steps_since(const struct doctor_check *c, enum doctor_step s) {
        unsigned i = 0;

        while (i < c->n && c->trail[i] != s)
                i++;
        return c->n - (i < c->n ? i + 1 : i);
}

/* The headset charges again. One or two more questions may show why it did not. */
static enum doctor_step naming_step(const struct doctor_check *c, enum doctor_step worked, const double p[static _CAUSE_MAX]) {
        enum doctor_step best = STEP_NONE;
        double most = WORTH_A_NAME, works;

        if (steps_since(c, worked) >= NAMING_STEPS)
                return STEP_NONE;
        for (unsigned s = 0; s < _STEP_MAX; s++) {
                double gain;

                if (!open_step(c, (enum doctor_step) s) || (doctor_steps[s].change && s != DO_TRY_PORT))
                        continue;
                gain = doctor_information(c, (enum doctor_step) s, p, BY_CODE, &works) * willing(c, doctor_steps[s].change);
                if (gain >= most) {
                        most = gain;
                        best = (enum doctor_step) s;
                }
        }
        return best;
}

/* Returns a step that could give the second fact for the cause. */
static enum doctor_step proving_step(const struct doctor_check *c, unsigned cause) {
        const struct doctor_condition *t = doctor_causes[cause].proof;

        if (doctor_has_second_fact(c, cause))
                return STEP_NONE;
        for (unsigned i = 0; i < CONDITIONS_MAX && t[i].test != TEST_END; i++)
                if (t[i].test == WHEN && open_step(c, (enum doctor_step) t[i].step))
                        return (enum doctor_step) t[i].step;
        return STEP_NONE;
}

/* Returns the change that mends the cause and thereby proves it, unless it takes too long. */
static enum doctor_step mending_step(const struct doctor_check *c, unsigned cause) {
        enum doctor_step s = (enum doctor_step) doctor_causes[cause].change;

        if (c->named[cause].evidence != 0 && doctor_may(c, DO_AS_TOLD))
                s = DO_AS_TOLD;
        if (s == STEP_NONE || doctor_steps[s].minutes > LONGEST_CURE || !open_step(c, s))
                return STEP_NONE;
        return s;
}

/* Skipped questions are not counted, because they take no time. Skipped changes are, because they have to be read first. */
static unsigned steps_after_opening(const struct doctor_check *c) {
        unsigned n = 0;

        for (unsigned i = 0; i < c->n; i++) {
                enum doctor_step s = (enum doctor_step) c->trail[i];

                if (!memchr(opening, (int) s, sizeof opening) && (c->answers[s] != SKIPPED || doctor_steps[s].change))
                        n++;
        }
        return n;
}

/* Limits the length of a check. Skipped steps have a limit of their own: a person who skips most of them has nothing more to
 * tell. It is lower when the person makes no changes. */
static bool has_patience(const struct doctor_check *c, unsigned answers_max) {
        unsigned answered = 0, skipped, skips_max = refuses_changes(c) ? SKIPS_OF_REFUSERS_MAX : SKIPS_MAX;

        for (unsigned i = 0; i < c->n; i++)
                answered += c->answers[c->trail[i]] != SKIPPED;
        skipped = c->n - answered;
        return answered < answers_max && skipped < skips_max && c->n < DOCTOR_STEPS_MAX;
}

static enum doctor_step valued_step(const struct doctor_check *c, const double p[static _CAUSE_MAX], double sure) {
        double most = sure < POSSIBLE_FROM ? WORTH_A_LOT : WORTH_IT;
        enum doctor_step best = STEP_NONE;

        for (unsigned s = 0; s < _STEP_MAX; s++) {
                double v = open_step(c, (enum doctor_step) s) ? value(c, (enum doctor_step) s, p) : 0;

                if (v >= most) {
                        most = v;
                        best = (enum doctor_step) s;
                }
        }
        return best;
}

/* Returns the next step before the service is recommended: those that the service asks for and that are known to help. */
static enum doctor_step closing_step(const struct doctor_check *c, unsigned cause, double sure) {
        bool drains = cause == CAUSE_WORN && (c->of_traits & (TRAIT_WEAK_CELLS | TRAIT_OLD_FIRMWARE));
        bool no_charge = !doctor_answered(c, ASK_COMPLAINT, A(COMPLAINT_SHORT)) || doctor_answered(c, ASK_RUNS, A(RUNS_NOT));
        bool undecided = sure < POSSIBLE_FROM && doctor_answered(c, DO_RESET, A(CHANGE_FAILS));
        bool stuck = undecided || cause == CAUSE_FAULT || cause == CAUSE_HUNG || cause == CAUSE_FIRMWARE ||
                     (cause == CAUSE_WORN && no_charge);

        for (unsigned i = 0; i < sizeof closing; i++) {
                enum doctor_step s = (enum doctor_step) closing[i];

                /* It deletes the settings, and repairs neither a cell nor a socket. */
                if (s == DO_INITIALISE && (cause == CAUSE_WORN || doctor_answered(c, ASK_SOCKET, A(SOCKET_LOOSE))))
                        continue;
                if ((s == DO_UPDATE ? drains || cause == CAUSE_FIRMWARE : stuck) && open_step(c, s))
                        return s;
        }
        return STEP_NONE;
}

/* The light comes and goes, and neither another cable nor plugging in anew helps. Then the socket itself may be worn. */
static enum doctor_step last_look(const struct doctor_check *c) {
        bool all_failed = doctor_answered(c, DO_TRY_CABLE, A(CHANGE_FAILS)) && doctor_answered(c, DO_REPLUG, A(CHANGE_FAILS));
        bool flickers = doctor_answered(c, ASK_COMPLAINT, A(COMPLAINT_SOMETIMES)) ||
                        doctor_answered(c, ASK_LIGHT, A(LIGHT_BLINKS) | A(LIGHT_SECONDS) | A(LIGHT_DIM));

        return all_failed && flickers && open_step(c, ASK_SOCKET) ? ASK_SOCKET : STEP_NONE;
}

enum doctor_step doctor_next(const struct doctor_check *c) {
        double p[_CAUSE_MAX], sure;
        enum doctor_step s, worked = doctor_working_change(c);
        unsigned cause;
        bool measured;

        doctor_weigh(c, p);
        cause = doctor_likeliest(c, p, &sure);
        measured = doctor_is_measured(c, cause);
        s = opening_step(c, measured);
        if (s != STEP_NONE || doctor_is_over(c))
                return s;
        if (worked != STEP_NONE)
                return naming_step(c, worked, p);
        if (!has_patience(c, DOCTOR_ANSWERS_MAX) || cause == _CAUSE_MAX)
                return STEP_NONE;
        /* A measurement of the computer tells more than any answer. */
        if (open_step(c, DO_PLUG_IN))
                return DO_PLUG_IN;
        if (sure >= SURE || measured)
                s = mending_step(c, cause);
        else if (has_patience(c, DOCTOR_ANSWERS_MAX - 1) &&
                 steps_after_opening(c) < (sure < POSSIBLE_FROM ? MORE_LOOKS_MAX : LOOKS_MAX))
                s = valued_step(c, p, sure);
        if (s == STEP_NONE && sure >= POSSIBLE_FROM)
                s = proving_step(c, cause);
        if (s == STEP_NONE)
                s = last_look(c);
        if (s == STEP_NONE)
                s = closing_step(c, cause, sure);
        return s;
}
