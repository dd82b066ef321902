/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The doctor's calculations: how likely each cause is, and how much an answer to a step would tell.
 */
#include "doctor/engine-internal.h"

#include <math.h>
#include <string.h>

/* --- chances --- */

/* Returns the index of the first row of the step. The rows are sorted by step. */
static size_t first_row(enum doctor_step s) {
        size_t low = 0, high = doctor_n_chances;

        while (low < high) {
                size_t middle = (low + high) / 2;

                if (doctor_chances[middle].step < s)
                        low = middle + 1;
                else
                        high = middle;
        }
        return low;
}

static const struct doctor_chance_row *chance_row(const struct doctor_check *c, enum doctor_step s, unsigned cause) {
        for (size_t i = first_row(s); i < doctor_n_chances && doctor_chances[i].step == s; i++) {
                const struct doctor_chance_row *r = &doctor_chances[i];

                if ((r->cause == cause || r->cause == ANY_CAUSE) && doctor_in_family(c, r->families) &&
                    (!r->trait || (c->of_traits & r->trait)))
                        return r;
        }
        return NULL;
}

double doctor_cure(const struct doctor_check *c, enum doctor_step s, unsigned cause) {
        /* The step asks the person to follow the advice of the finding that names this cause. */
        if (s == DO_AS_TOLD && c->named[cause].evidence != 0)
                return ADVICE_CURES;
        for (size_t i = 0; i < doctor_n_cures; i++)
                if (doctor_cures[i].change == s && doctor_cures[i].cause == cause)
                        return (double) doctor_cures[i].chance;
        return BY_ACCIDENT;
}

/* Sets p[1] and following to the chance of each answer to the step under the cause. Returns the number of answers, or 0 when the
 * step is no evidence. */
static unsigned chances(const struct doctor_check *c, enum doctor_step s, unsigned cause, double p[static OPTIONS_MAX + 1]) {
        unsigned n = doctor_n_options(s), offered = 0;
        const struct doctor_chance_row *row;
        double sum = 0;

        if (doctor_steps[s].change) {
                p[CHANGE_WORKS] = doctor_cure(c, s, cause);
                p[CHANGE_FAILS] = 1 - p[CHANGE_WORKS];
                return 2;
        }
        row = chance_row(c, s, cause);
        if (!row)
                return 0;
        for (unsigned i = 1; i <= n; i++) {
                p[i] = (double) row->percent[i - 1];
                sum += p[i];
                if (!doctor_offers(c, s, i)) {
                        p[1] += p[i];
                        p[i] = 0;
                } else
                        offered++;
        }
        for (unsigned i = 1; i <= n; i++)
                if (doctor_offers(c, s, i))
                        p[i] = (1 - NOISE) * p[i] / sum + NOISE / offered;
        return n;
}

void doctor_normalise(double p[static _CAUSE_MAX]) {
        double sum = 0;

        for (unsigned i = 0; i < _CAUSE_MAX; i++)
                sum += p[i];
        for (unsigned i = 0; sum > 0 && i < _CAUSE_MAX; i++)
                p[i] /= sum;
}

void doctor_weigh(const struct doctor_check *c, double p[static _CAUSE_MAX]) {
        enum doctor_family family = c->of_family;
        uint16_t traits = c->of_traits;
        double chance[OPTIONS_MAX + 1];

        for (unsigned i = 0; i < _CAUSE_MAX; i++)
                p[i] = (double) (doctor_causes[i].weight[family] * c->factor[i]);
        for (size_t i = 0; i < doctor_n_traits; i++)
                if (traits & doctor_traits[i].trait)
                        p[doctor_traits[i].cause] *= (double) doctor_traits[i].factor;
        for (unsigned s = 0; s < _STEP_MAX; s++) {
                unsigned answer = doctor_answer_to(c, (enum doctor_step) s);

                if (answer == UNANSWERED || answer == SKIPPED)
                        continue;
                for (unsigned i = 0; i < _CAUSE_MAX; i++)
                        if (answer <= chances(c, (enum doctor_step) s, i, chance))
                                p[i] *= chance[answer];
        }
        doctor_normalise(p);
}

/* --- information --- */

/* Causes that lead to the same advice form a group. */
static unsigned group_of(unsigned cause) {
        enum doctor_group g = doctor_causes[cause].group;

        return g == GROUP_ALONE ? cause : (unsigned) _CAUSE_MAX + (unsigned) g;
}

/* Several causes may have the same code. Returns the first one that does. */
static unsigned first_of_code(unsigned cause) {
        for (unsigned i = 0; i < cause; i++)
                if (strcmp(doctor_causes[i].code, doctor_causes[cause].code) == 0)
                        return i;
        return cause;
}

#define GROUPS_MAX (_CAUSE_MAX + 8)

/* Returns the entropy in bits. Causes that need not be told apart count as one. */
static double entropy(const double p[static _CAUSE_MAX], enum doctor_distinction of) {
        double sum[GROUPS_MAX] = {}, total = 0, h = 0;

        for (unsigned i = 0; i < _CAUSE_MAX; i++) {
                sum[of == BY_ADVICE ? group_of(i) : first_of_code(i)] += p[i];
                total += p[i];
        }
        for (unsigned i = 0; i < GROUPS_MAX; i++)
                if (sum[i] > 0)
                        h -= sum[i] / total * log2(sum[i] / total);
        return h;
}

double doctor_information(const struct doctor_check *c, enum doctor_step s, const double p[static _CAUSE_MAX],
                          enum doctor_distinction of, double *ret_works) {
        double chance[_CAUSE_MAX][OPTIONS_MAX + 1], after[_CAUSE_MAX], gain = entropy(p, of);
        unsigned n = 0;

        for (unsigned i = 0; i < _CAUSE_MAX; i++)
                n = chances(c, s, i, chance[i]);
        *ret_works = 0;
        for (unsigned a = 1; a <= n; a++) {
                double total = 0;

                for (unsigned i = 0; i < _CAUSE_MAX; i++)
                        total += after[i] = p[i] * chance[i][a];
                if (total > 0)
                        gain -= total * entropy(after, of);
                if (a == CHANGE_WORKS && doctor_steps[s].change)
                        *ret_works = total;
        }
        return n == 0 ? 0 : gain;
}

unsigned doctor_likeliest(const struct doctor_check *c, const double p[static _CAUSE_MAX], double *ret_p) {
        double sum[GROUPS_MAX] = {};
        unsigned best = _CAUSE_MAX;

        for (unsigned i = 0; i < _CAUSE_MAX; i++)
                if (doctor_all_hold(c, doctor_causes[i].when))
                        sum[group_of(i)] += p[i];
        for (unsigned i = 0; i < _CAUSE_MAX; i++) {
                if (!doctor_all_hold(c, doctor_causes[i].when))
                        continue;
                if (best == _CAUSE_MAX || sum[group_of(i)] > sum[group_of(best)] ||
                    (group_of(i) == group_of(best) && p[i] > p[best]))
                        best = i;
        }
        *ret_p = best < _CAUSE_MAX ? sum[group_of(best)] : 0;
        return best;
}
