/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The doctor's engine: which step is worth most, and what follows from the answers. See engine.h for the method.
 */
#include "doctor/engine.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

/*
 * All of these are estimates. They were set so that the people of tests/doctor/people.json are understood, with and without
 * mistakes, in as few steps as promised there; change one only together with a run of "make test-doctor".
 */
#define NOISE .06               /* people err: so much of each answer is chance */
#define BY_ACCIDENT .02         /* a change that is not made for a cause mends it all the same */
#define ADVICE_CURES .9         /* what a finding says to do */
#define CURE_BITS 1.5           /* a cure is worth so many bits */
#define CHANGE_EFFORT 1.6       /* a change costs more than a question */
#define BLIND_EFFORT 3.0        /* without the light it is hard to tell whether it helped */
#define SURE .86                /* of one advice: mend it, or conclude */
#define STRONG_FACTOR 20        /* of a finding that is acted on at once */
#define SPEAKS_FOR_IT 3         /* of a measurement that is a second fact */
#define WILLING 1.5             /* so many answers are taken for granted before the first one */
#define WORTH_IT .05            /* bits for each unit of cost */
#define WORTH_A_LOT .01         /* the same, as long as nothing stands out */
#define WORTH_A_NAME .12        /* bits, after a change that mended it */
#define NAMING_STEPS 2          /* so many questions then */
#define LOOKS_MAX 6             /* answered steps after the opening */
#define MORE_LOOKS_MAX 7        /* the same, as long as nothing stands out */
#define SKIPS_MAX 7             /* in one check */
#define SKIPS_OF_REFUSERS_MAX 6 /* the same, when changes are refused */
#define REFUSALS_MAX 2          /* changes that were skipped, while none was made */
#define FAILED_CURE .3          /* a cause whose own change failed keeps so much of its weight */
#define NOT_MENDED .02          /* the same for a cause that the change which worked is not made for */
#define LIKELY_FROM .70         /* probability of a cause that is called likely */
#define POSSIBLE_FROM .50       /* the same for possible; below, nothing is concluded */
#define ALSO_FROM .08           /* the same for what else it may be */
#define CURES_WELL .5f          /* a change that works so often proves the cause */
#define LONGEST_CURE 30         /* minutes: longer ones are advice, not a test */

/* Asked first, in this order. */
static const uint8_t opening[] = { ASK_WHICH,       ASK_THIS_ONE, ASK_MODEL,  ASK_FAMILY,    ASK_DANGER,
                                   ASK_DANGER_SURE, ASK_HEADSET,  ASK_TESTER, ASK_COMPLAINT, ASK_LIGHT };

/* Offered before the service is named, which asks for them. */
static const uint8_t closing[] = { DO_RESET, DO_UPDATE, DO_INITIALISE };

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

void doctor_settle(struct doctor_check *c, enum doctor_step s, unsigned answer) {
        if (c->answers[s] != UNANSWERED && !c->settled[s])
                return;
        c->answers[s] = (uint8_t) answer;
        c->settled[s] = answer != UNANSWERED;
        doctor_refresh(c);
}

/* --- conditions --- */

/* What is known of a danger. What was seen when a change was to be made counts more than the answer, but wet is no reason to
 * forget that it is swollen. The question that is asked a second time takes the place of the first one. */
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

static bool all_hold(const struct doctor_check *c, const struct doctor_condition *list);

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
                return all_hold(c, doctor_steps[t->step].when);
        default:
                return false;
        }
}

/* One list of conditions that all hold; no conditions at all hold always. */
static bool all_hold(const struct doctor_check *c, const struct doctor_condition *list) {
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

static bool is(const struct doctor_check *c, enum doctor_step s, unsigned answers) {
        unsigned answer = doctor_answer_to(c, s);

        return answer != UNANSWERED && answer != SKIPPED && (answers >> answer & 1);
}

static bool in_family(const struct doctor_check *c, unsigned families) {
        return families == 0 || (families >> c->of_family & 1);
}

bool doctor_offers(const struct doctor_check *c, enum doctor_step s, unsigned option) {
        const struct doctor_option *o = &doctor_steps[s].options[option - 1];

        return option <= OPTIONS_MAX && o->id && in_family(c, o->families);
}

bool doctor_may(const struct doctor_check *c, enum doctor_step s) {
        const struct doctor_step_row *row = &doctor_steps[s];

        if ((c->context & row->context) != row->context || (c->context & row->no_context))
                return false;
        if (row->traits && !(c->of_traits & row->traits))
                return false;
        if (s == ASK_FAMILY && c->of_family != FAMILY_UNKNOWN)
                return false;
        return in_family(c, row->families) && all_hold(c, row->when);
}

/* --- chances --- */

/* The rows stand in the order of the steps. */
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

                if ((r->cause == cause || r->cause == ANY_CAUSE) && in_family(c, r->families) &&
                    (!r->trait || (c->of_traits & r->trait)))
                        return r;
        }
        return NULL;
}

/* What the computer's own finding says mends the cause that it names. */
static double cure(const struct doctor_check *c, enum doctor_step s, unsigned cause) {
        if (s == DO_AS_TOLD && c->named[cause].evidence != 0)
                return ADVICE_CURES;
        for (size_t i = 0; i < doctor_n_cures; i++)
                if (doctor_cures[i].change == s && doctor_cures[i].cause == cause)
                        return (double) doctor_cures[i].chance;
        return BY_ACCIDENT;
}

/* The chance of each answer to a step under a cause, from [1]. Returns how many answers there are; 0: it is no evidence. */
static unsigned chances(const struct doctor_check *c, enum doctor_step s, unsigned cause, double p[static OPTIONS_MAX + 1]) {
        unsigned n = doctor_n_options(s), offered = 0;
        const struct doctor_chance_row *row;
        double sum = 0;

        if (doctor_steps[s].change) {
                p[CHANGE_WORKS] = cure(c, s, cause);
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

static void normalise(double p[static _CAUSE_MAX]) {
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
        normalise(p);
}

/* --- value --- */

/* Causes with one advice count as one; those of one name do, where a name is what is sought. */
static unsigned group_of(unsigned cause) {
        enum doctor_group g = doctor_causes[cause].group;

        return g == GROUP_ALONE ? cause : (unsigned) _CAUSE_MAX + (unsigned) g;
}

static unsigned name_of(unsigned cause) {
        for (unsigned i = 0; i < cause; i++)
                if (strcmp(doctor_causes[i].code, doctor_causes[cause].code) == 0)
                        return i;
        return cause;
}

#define GROUPS_MAX (_CAUSE_MAX + 8)

static double bits(const double p[static _CAUSE_MAX], unsigned (*of)(unsigned)) {
        double sum[GROUPS_MAX] = {}, total = 0, h = 0;

        for (unsigned i = 0; i < _CAUSE_MAX; i++) {
                sum[of(i)] += p[i];
                total += p[i];
        }
        for (unsigned i = 0; i < GROUPS_MAX; i++)
                if (sum[i] > 0)
                        h -= sum[i] / total * log2(sum[i] / total);
        return h;
}

/* How many bits a step removes on average; *ret_works: the chance that it mends the fault. */
static double information(const struct doctor_check *c, enum doctor_step s, const double p[static _CAUSE_MAX],
                          unsigned (*of)(unsigned), double *ret_works) {
        double chance[_CAUSE_MAX][OPTIONS_MAX + 1], after[_CAUSE_MAX], gain = bits(p, of);
        unsigned n = 0;

        for (unsigned i = 0; i < _CAUSE_MAX; i++)
                n = chances(c, s, i, chance[i]);
        *ret_works = 0;
        for (unsigned a = 1; a <= n; a++) {
                double total = 0;

                for (unsigned i = 0; i < _CAUSE_MAX; i++)
                        total += after[i] = p[i] * chance[i][a];
                if (total > 0)
                        gain -= total * bits(after, of);
                if (a == CHANGE_WORKS && doctor_steps[s].change)
                        *ret_works = total;
        }
        return n == 0 ? 0 : gain;
}

/* How likely it is that the person answers such a step at all. Who skipped questions may still make changes, and the other way
 * round. */
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
        double works, gain = information(c, s, p, group_of, &works);
        double cost = (double) doctor_steps[s].cost;

        if (doctor_steps[s].change)
                cost *= c->answers[ASK_LIGHT] == SKIPPED ? BLIND_EFFORT : CHANGE_EFFORT;

        return (gain + CURE_BITS * works) / cost * willing(c, doctor_steps[s].change);
}

/* --- next step --- */

/* The person changes nothing: one change after another was skipped. What is left are questions. */
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

/* The likeliest cause that may be concluded, of the likeliest advice; *ret_p: how likely that advice is. */
static unsigned likeliest(const struct doctor_check *c, const double p[static _CAUSE_MAX], double *ret_p) {
        double sum[GROUPS_MAX] = {};
        unsigned best = _CAUSE_MAX;

        for (unsigned i = 0; i < _CAUSE_MAX; i++)
                if (all_hold(c, doctor_causes[i].when))
                        sum[group_of(i)] += p[i];
        for (unsigned i = 0; i < _CAUSE_MAX; i++) {
                if (!all_hold(c, doctor_causes[i].when))
                        continue;
                if (best == _CAUSE_MAX || sum[group_of(i)] > sum[group_of(best)] ||
                    (group_of(i) == group_of(best) && p[i] > p[best]))
                        best = i;
        }
        *ret_p = best < _CAUSE_MAX ? sum[group_of(best)] : 0;
        return best;
}

static enum doctor_step working_change(const struct doctor_check *c) {
        for (unsigned i = 0; i < c->n; i++)
                if (doctor_steps[c->trail[i]].change && c->answers[c->trail[i]] == CHANGE_WORKS)
                        return (enum doctor_step) c->trail[i];
        for (unsigned s = 0; s < _STEP_MAX; s++)
                if (c->settled[s] && doctor_steps[s].change && c->answers[s] == CHANGE_WORKS)
                        return (enum doctor_step) s;
        return STEP_NONE;
}

static bool is_dangerous(const struct doctor_check *c) {
        return is(c, ASK_DANGER, A(DANGER_SWOLLEN) | A(DANGER_HOT) | A(DANGER_WET) | A(DANGER_SMOKE));
}

/* A danger that was seen when a change was to be made is not asked for again. */
static bool is_to_confirm(const struct doctor_check *c) {
        return is_dangerous(c) && danger_of(c) == c->answers[ASK_DANGER] && c->answers[ASK_DANGER_SURE] == UNANSWERED;
}

static bool is_over(const struct doctor_check *c) {
        if (is_dangerous(c))
                return !is_to_confirm(c);
        return c->answers[ASK_DANGER] != UNANSWERED && (c->of_traits & TRAIT_NO_BATTERY);
}

/* The computer has measured it, and it is strong evidence: nothing else needs to be looked at first. */
static bool is_measured(const struct doctor_check *c, unsigned cause) {
        return cause < _CAUSE_MAX && c->named[cause].evidence != 0 && c->named[cause].confidence >= LIKELY &&
               c->factor[cause] >= STRONG_FACTOR;
}

static enum doctor_step opening_step(const struct doctor_check *c, bool measured) {
        if (is_to_confirm(c))
                return ASK_DANGER_SURE;
        for (unsigned i = 0; i < sizeof opening; i++) {
                enum doctor_step s = (enum doctor_step) opening[i];

                if (is_over(c))
                        return STEP_NONE;
                if (measured && (s == ASK_HEADSET || s == ASK_TESTER || s == ASK_COMPLAINT || s == ASK_LIGHT))
                        continue;
                if (open_step(c, s))
                        return s;
        }
        return STEP_NONE;
}

/* Steps since the one that mended it. */
static unsigned steps_since(const struct doctor_check *c, enum doctor_step s) {
        unsigned i = 0;

        while (i < c->n && c->trail[i] != s)
                i++;
        return c->n - (i < c->n ? i + 1 : i);
}

/* It charges now. One or two questions may still settle why. */
static enum doctor_step naming_step(const struct doctor_check *c, enum doctor_step worked, const double p[static _CAUSE_MAX]) {
        enum doctor_step best = STEP_NONE;
        double most = WORTH_A_NAME, works;

        if (steps_since(c, worked) >= NAMING_STEPS)
                return STEP_NONE;
        for (unsigned s = 0; s < _STEP_MAX; s++) {
                double gain;

                if (!open_step(c, (enum doctor_step) s) || (doctor_steps[s].change && s != DO_TRY_PORT))
                        continue;
                gain = information(c, (enum doctor_step) s, p, name_of, &works) * willing(c, doctor_steps[s].change);
                if (gain >= most) {
                        most = gain;
                        best = (enum doctor_step) s;
                }
        }
        return best;
}

/* Does the cause have its second fact, or need none? What the computer has measured is one. */
static bool has_second_fact(const struct doctor_check *c, unsigned cause) {
        const struct doctor_condition *proof = doctor_causes[cause].proof;

        return proof->test == TEST_END || is_measured(c, cause) || all_hold(c, proof);
}

/* A step that could give the second fact for a cause. */
static enum doctor_step proving_step(const struct doctor_check *c, unsigned cause) {
        const struct doctor_condition *t = doctor_causes[cause].proof;

        if (has_second_fact(c, cause))
                return STEP_NONE;
        for (unsigned i = 0; i < CONDITIONS_MAX && t[i].test != TEST_END; i++)
                if (t[i].test == WHEN && open_step(c, (enum doctor_step) t[i].step))
                        return (enum doctor_step) t[i].step;
        return STEP_NONE;
}

/* The change that mends a cause and proves it, if it is worth the time. */
static enum doctor_step mending_step(const struct doctor_check *c, unsigned cause) {
        enum doctor_step s = (enum doctor_step) doctor_causes[cause].change;

        if (c->named[cause].evidence != 0 && doctor_may(c, DO_AS_TOLD))
                s = DO_AS_TOLD;
        if (s == STEP_NONE || doctor_steps[s].minutes > LONGEST_CURE || !open_step(c, s))
                return STEP_NONE;
        return s;
}

/* A question that is skipped takes no time, but a change has to be read before it is refused. */
static unsigned steps_after_opening(const struct doctor_check *c) {
        unsigned n = 0;

        for (unsigned i = 0; i < c->n; i++) {
                enum doctor_step s = (enum doctor_step) c->trail[i];

                if (!memchr(opening, (int) s, sizeof opening) && (c->answers[s] != SKIPPED || doctor_steps[s].change))
                        n++;
        }
        return n;
}

/* Nobody answers for ever. What was skipped took little time, but who skips most of it has nothing more to tell, all the sooner
 * when no change is made either. */
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

/* Before the service: what it asks for, and what is known to mend such a thing. */
static enum doctor_step closing_step(const struct doctor_check *c, unsigned cause) {
        bool drains = cause == CAUSE_WORN && (c->of_traits & (TRAIT_WEAK_CELLS | TRAIT_OLD_FIRMWARE));
        bool no_charge = is(c, ASK_COMPLAINT, A(COMPLAINT_BUDS) | A(COMPLAINT_ONE));
        bool stuck = cause == CAUSE_FAULT || cause == CAUSE_HUNG || cause == CAUSE_FIRMWARE || (cause == CAUSE_WORN && no_charge);

        for (unsigned i = 0; i < sizeof closing; i++) {
                enum doctor_step s = (enum doctor_step) closing[i];

                if (s == DO_INITIALISE && cause == CAUSE_WORN) /* it does not mend a cell, and the settings are lost */
                        continue;
                if ((s == DO_UPDATE ? drains || cause == CAUSE_FIRMWARE : stuck) && open_step(c, s))
                        return s;
        }
        return STEP_NONE;
}

enum doctor_step doctor_next(const struct doctor_check *c) {
        double p[_CAUSE_MAX], sure;
        enum doctor_step s, worked = working_change(c);
        unsigned cause;
        bool measured;

        doctor_weigh(c, p);
        cause = likeliest(c, p, &sure);
        measured = is_measured(c, cause);
        s = opening_step(c, measured);
        if (s != STEP_NONE || is_over(c))
                return s;
        if (worked != STEP_NONE)
                return naming_step(c, worked, p);
        if (!has_patience(c, DOCTOR_ANSWERS_MAX) || cause == _CAUSE_MAX)
                return STEP_NONE;
        if (open_step(c, DO_PLUG_IN)) /* what the computer sees is worth more than any answer */
                return DO_PLUG_IN;
        if (sure >= SURE || measured)
                s = mending_step(c, cause);
        else if (has_patience(c, DOCTOR_ANSWERS_MAX - 1) &&
                 steps_after_opening(c) < (sure < POSSIBLE_FROM ? MORE_LOOKS_MAX : LOOKS_MAX))
                s = valued_step(c, p, sure);
        if (s == STEP_NONE && sure >= POSSIBLE_FROM)
                s = proving_step(c, cause);
        if (s == STEP_NONE)
                s = closing_step(c, cause);
        return s;
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

/* --- conclusion --- */

/* What may not be concluded is none of the choices any more. A cause whose own change failed is less likely than its weight
 * says; a deep discharge may need more time than was given. A change that worked speaks against what it is not made for. */
static void leave_what_may_be(const struct doctor_check *c, double p[static _CAUSE_MAX]) {
        enum doctor_step worked = working_change(c);

        for (unsigned i = 0; i < _CAUSE_MAX; i++) {
                enum doctor_step s = (enum doctor_step) doctor_causes[i].change;

                if (!all_hold(c, doctor_causes[i].when))
                        p[i] = 0;
                else if (worked != STEP_NONE && cure(c, worked, i) <= BY_ACCIDENT)
                        p[i] *= NOT_MENDED;
                else if (i != CAUSE_DEEP && s != STEP_NONE && c->answers[s] == CHANGE_FAILS)
                        p[i] *= FAILED_CURE;
        }
        normalise(p);
}

static bool is_proven(const struct doctor_check *c, unsigned cause) {
        enum doctor_step s = working_change(c);

        return s != STEP_NONE && cure(c, s, cause) >= (double) CURES_WELL;
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

/* What else it may be, likeliest first. */
static void find_also(const struct doctor_check *c, const double p[static _CAUSE_MAX], struct doctor_conclusion *r) {
        bool used[_CAUSE_MAX] = {};

        for (;;) {
                unsigned best = _CAUSE_MAX;

                for (unsigned i = 0; i < _CAUSE_MAX; i++)
                        if (!used[i] && p[i] >= ALSO_FROM && all_hold(c, doctor_causes[i].when) &&
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
        if (!has_second_fact(c, cause))
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

int doctor_says(const struct doctor_check *c, const struct doctor_plain_row *row) {
        return is(c, (enum doctor_step) row->step, row->says) - is(c, (enum doctor_step) row->step, row->denies);
}

/* The computer's own finding keeps its code, and is as sure as it was measured. Where a change then mended it as well, two facts
 * agree. */
static void name_by_finding(const struct doctor_check *c, struct doctor_conclusion *r) {
        if (c->named[r->cause].evidence == 0)
                return;
        r->by_finding = true;
        r->code = doctor_evidence[c->named[r->cause].evidence - 1].what;
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
        if (r->cause == CAUSE_WORN && c->of_family != FAMILY_EARBUDS && is(c, ASK_RUNS, A(RUNS_DIES)))
                r->code = "battery-dies-unplugged";
        name_by_finding(c, r);
}

/* The likeliest cause of which something was seen that is not put right yet; _CAUSE_MAX: none. A light that shows charging needs
 * no patience. */
static unsigned cause_in_sight(const struct doctor_check *c, const double p[static _CAUSE_MAX]) {
        unsigned best = _CAUSE_MAX;

        if (is(c, ASK_LIGHT, A(LIGHT_STEADY) | A(LIGHT_WENT_OFF) | A(LIGHT_ALWAYS)) || working_change(c) != STEP_NONE)
                return best;
        for (size_t i = 0; i < doctor_n_seen; i++) {
                const struct doctor_seen_row *row = &doctor_seen[i];

                if (is(c, (enum doctor_step) row->step, row->answers) &&
                    !is(c, (enum doctor_step) row->change, A(CHANGE_WORKS) | A(CHANGE_FAILS)) && p[row->cause] >= ALSO_FROM &&
                    (best == _CAUSE_MAX || p[row->cause] > p[best]))
                        best = row->cause;
        }
        return best;
}

/* Nobody is sent to the service, or told that all is well, on one answer. What the computer measured counts as another one. */
static bool is_hasty(const struct doctor_check *c, unsigned cause) {
        return doctor_causes[cause].two_facts && !has_second_fact(c, cause) && c->factor[cause] < SPEAKS_FOR_IT;
}

void doctor_conclude(const struct doctor_check *c, struct doctor_conclusion *ret) {
        double p[_CAUSE_MAX], sure;
        bool danger = is(c, ASK_DANGER, A(DANGER_SWOLLEN) | A(DANGER_HOT) | A(DANGER_SMOKE));

        *ret = (struct doctor_conclusion){ .cause = _CAUSE_MAX };
        if (!danger && (c->of_traits & TRAIT_NO_BATTERY)) {
                conclude_no_battery(c, ret);
                return;
        }
        doctor_weigh(c, p);
        leave_what_may_be(c, p);
        ret->cause = danger ? CAUSE_DANGER : is(c, ASK_DANGER, A(DANGER_WET)) ? CAUSE_WET : likeliest(c, p, &sure);
        if (danger || ret->cause == CAUSE_WET)
                sure = 1;
        ret->probability = (float) sure;
        if (ret->cause < _CAUSE_MAX && !is_proven(c, ret->cause) && (sure < POSSIBLE_FROM || is_hasty(c, ret->cause)))
                ret->cause = (enum doctor_cause) cause_in_sight(c, p);
        if (ret->cause < _CAUSE_MAX)
                conclude_cause(c, ret);
        else
                conclude_nothing(c, ret);
        if (!is_over(c) && !danger && ret->cause != CAUSE_WET)
                find_also(c, p, ret);
}
