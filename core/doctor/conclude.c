/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The doctor's conclusion: which cause it is, and how sure that is.
 */
#include "doctor/engine-internal.h"

#include <string.h>

/* Removes the causes that may not be concluded. A change that worked speaks against the causes that it is not meant for, and a
 * change that failed speaks against its own cause. A deep discharge is an exception: it may need more time than was given. */
static void exclude_causes(const struct doctor_check *c, double p[static _CAUSE_MAX]) {
        enum doctor_step worked = doctor_working_change(c);

        for (unsigned i = 0; i < _CAUSE_MAX; i++) {
                enum doctor_step s = (enum doctor_step) doctor_causes[i].change;

                if (!doctor_all_hold(c, doctor_causes[i].when))
                        p[i] = 0;
                else if (worked != STEP_NONE && doctor_cure(c, worked, i) <= BY_ACCIDENT)
                        p[i] *= NOT_MENDED;
                else if (i != CAUSE_DEEP && s != STEP_NONE && c->answers[s] == CHANGE_FAILS)
                        p[i] *= FAILED_CURE;
        }
        doctor_normalise(p);
}

static bool is_proven(const struct doctor_check *c, unsigned cause) {
        enum doctor_step s = doctor_working_change(c);

        return s != STEP_NONE && doctor_cure(c, s, cause) >= (double) CURES_WELL;
}

/* A change has worked that does not mend this cause, so it was not the cause, unless it was measured. */
static bool is_mended_otherwise(const struct doctor_check *c, unsigned cause) {
        enum doctor_step s = doctor_working_change(c);

        return s != STEP_NONE && doctor_cure(c, s, cause) <= BY_ACCIDENT && !doctor_is_measured(c, cause);
}

static void add_also(struct doctor_conclusion *r, const char *code) {
        for (unsigned i = 0; i < sizeof r->also / sizeof *r->also; i++) {
                if (!r->also[i]) {
                        r->also[i] = code;
                        return;
                }
                if (strcmp(r->also[i], code) == 0)
                        return;
        }
}

/* Lists the other possible causes, the likeliest first. */
static void find_also(const struct doctor_check *c, const double p[static _CAUSE_MAX], struct doctor_conclusion *r) {
        bool used[_CAUSE_MAX] = {};

        for (;;) {
                unsigned best = _CAUSE_MAX;

                for (unsigned i = 0; i < _CAUSE_MAX; i++)
                        if (!used[i] && p[i] >= ALSO_FROM && doctor_all_hold(c, doctor_causes[i].when) &&
                            (best == _CAUSE_MAX || p[i] > p[best]))
                                best = i;
                if (best == _CAUSE_MAX)
                        return;
                used[best] = true;
                if (best != (unsigned) r->cause && strcmp(doctor_causes[best].code, r->code) != 0)
                        add_also(r, doctor_causes[best].code);
        }
}

static enum confidence confidence_of(const struct doctor_check *c, unsigned cause, double p, bool proven) {
        if (!doctor_has_second_fact(c, cause))
                return POSSIBLE;
        return proven || p >= LIKELY_FROM ? LIKELY : POSSIBLE;
}

static void say(const struct doctor_check *c, struct doctor_conclusion *r, enum sentence cause, enum sentence action) {
        r->cause_words = cause;
        r->action_words = action;
        doctor_say(c, cause, r->sentence, sizeof r->sentence);
        doctor_say(c, action, r->action, sizeof r->action);
}

static void conclude_nothing(const struct doctor_check *c, struct doctor_conclusion *r) {
        r->code = "not-isolated";
        r->segment = "device";
        r->severity = NOTICE;
        r->confidence = POSSIBLE;
        say(c, r, SAY_DOCTOR_NOTHING, SAY_DOCTOR_NOTHING_DO);
}

static void conclude_no_battery(const struct doctor_check *c, struct doctor_conclusion *r) {
        r->cause = _CAUSE_MAX;
        r->code = "no-battery";
        r->segment = "device";
        r->severity = INFO;
        r->confidence = CERTAIN;
        r->probability = 1;
        say(c, r, SAY_DOCTOR_NO_BATTERY, SAY_DOCTOR_NO_BATTERY_DO);
}

/* Returns true when an answer refutes the finding that names the cause. */
static bool is_refuted(const struct doctor_check *c, const char *code) {
        for (size_t i = 0; i < doctor_n_plain; i++)
                if (strcmp(doctor_plain[i].code, code) == 0 && doctor_says(c, &doctor_plain[i]) < 0)
                        return true;
        return false;
}

/* A cause that a finding of the computer names takes over the code and the confidence of the finding. When a change has worked
 * as well, two facts agree and the confidence is certain. */
static void name_by_finding(const struct doctor_check *c, struct doctor_conclusion *r) {
        const char *code;

        if (c->named[r->cause].evidence == 0)
                return;
        code = doctor_evidence[c->named[r->cause].evidence - 1].what;
        if (is_refuted(c, code) && c->named[r->cause].confidence < CERTAIN)
                return;
        r->by_finding = true;
        r->code = code;
        r->confidence = r->proven ? CERTAIN : c->named[r->cause].confidence;
}

static void conclude_cause(const struct doctor_check *c, struct doctor_conclusion *r) {
        const struct doctor_cause_row *row = &doctor_causes[r->cause];

        r->code = row->code;
        r->segment = row->segment;
        r->severity = r->cause == CAUSE_DANGER               ? CRITICAL
                      : row->warning                         ? WARNING
                      : r->service || r->cause == CAUSE_HUNG ? NOTICE
                                                             : INFO;
        r->service = row->service || (r->cause == CAUSE_DEEP && c->answers[DO_WAIT] == CHANGE_FAILS);
        r->proven = is_proven(c, r->cause);
        r->as_cause = r->confidence = confidence_of(c, r->cause, (double) r->probability, r->proven);
        say(c, r, row->cause, row->action);
        if (r->cause == CAUSE_WORN && c->of_family != FAMILY_EARBUDS && doctor_answered(c, ASK_RUNS, A(RUNS_DIES)))
                r->code = "battery-dies-unplugged";
        name_by_finding(c, r);
}

/* Returns the likeliest cause that a person saw something of (doctor_seen) and whose change was not made yet, or _CAUSE_MAX. When
 * the light shows that the headset charges, there is nothing to mend. */
static unsigned seen_cause(const struct doctor_check *c, const double p[static _CAUSE_MAX]) {
        unsigned best = _CAUSE_MAX;

        if (doctor_answered(c, ASK_LIGHT, A(LIGHT_STEADY) | A(LIGHT_WENT_OFF) | A(LIGHT_ALWAYS)) ||
            doctor_working_change(c) != STEP_NONE)
                return best;
        for (size_t i = 0; i < doctor_n_seen; i++) {
                const struct doctor_seen_row *row = &doctor_seen[i];

                if (doctor_answered(c, (enum doctor_step) row->step, row->answers) &&
                    !doctor_answered(c, (enum doctor_step) row->change, A(CHANGE_WORKS) | A(CHANGE_FAILS)) &&
                    p[row->cause] >= ALSO_FROM && (best == _CAUSE_MAX || p[row->cause] > p[best]))
                        best = row->cause;
        }
        return best;
}

/* What was seen is worth putting right, and is no more certain than its own weight. */
static void conclude_seen(const struct doctor_check *c, const double p[static _CAUSE_MAX], struct doctor_conclusion *r) {
        r->cause = (enum doctor_cause) seen_cause(c, p);
        r->probability = r->cause < _CAUSE_MAX ? (float) p[r->cause] : 0;
}

/* One answer is not enough to recommend the service or to say that all is well. A measurement counts as a second fact. */
static bool is_hasty(const struct doctor_check *c, unsigned cause) {
        return doctor_causes[cause].two_facts && !doctor_has_second_fact(c, cause) && c->factor[cause] < SPEAKS_FOR_IT;
}

void doctor_conclude(const struct doctor_check *c, struct doctor_conclusion *ret) {
        double p[_CAUSE_MAX], sure;
        bool danger = doctor_answered(c, ASK_DANGER, A(DANGER_SWOLLEN) | A(DANGER_HOT) | A(DANGER_SMOKE));

        *ret = (struct doctor_conclusion){ .cause = _CAUSE_MAX };
        if (!danger && (c->of_traits & TRAIT_NO_BATTERY)) {
                conclude_no_battery(c, ret);
                return;
        }
        doctor_weigh(c, p);
        exclude_causes(c, p);
        ret->cause = danger                                          ? CAUSE_DANGER
                     : doctor_answered(c, ASK_DANGER, A(DANGER_WET)) ? CAUSE_WET
                                                                     : doctor_likeliest(c, p, &sure);
        if (danger || ret->cause == CAUSE_WET)
                sure = 1;
        ret->probability = (float) sure;
        if (ret->cause < _CAUSE_MAX && !danger && ret->cause != CAUSE_WET && is_mended_otherwise(c, ret->cause))
                ret->cause = _CAUSE_MAX;
        if (ret->cause < _CAUSE_MAX && !is_proven(c, ret->cause) && (sure < POSSIBLE_FROM || is_hasty(c, ret->cause)))
                conclude_seen(c, p, ret);
        if (ret->cause < _CAUSE_MAX)
                conclude_cause(c, ret);
        else
                conclude_nothing(c, ret);
        if (!doctor_is_over(c) && !danger && ret->cause != CAUSE_WET)
                find_also(c, p, ret);
}
