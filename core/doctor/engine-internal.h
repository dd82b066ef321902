/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Declarations that the files of the engine share.
 */

#include "doctor/engine.h"

/*
 * All of these are estimates. They were chosen so that the check finds the right cause for the people in
 * tests/doctor/people.json, with and without wrong answers, within the number of steps that the file promises. Run "make
 * test-doctor" after any change.
 */
#define NOISE .06               /* share of the answers that are random, because people make mistakes */
#define BY_ACCIDENT .02         /* chance that a change works for a cause that it is not meant for */
#define ADVICE_CURES .9         /* chance that the advice of a finding works */
#define CURE_BITS 1.5           /* value of a change that works, in bits */
#define CHANGE_EFFORT 1.6       /* cost of a change, relative to a question */
#define BLIND_EFFORT 3.0        /* the same when the light is not known, because then it is hard to tell whether it worked */
#define SURE .86                /* probability of one advice from which it is tried or concluded */
#define STRONG_FACTOR 20        /* factor of a finding from which its cause is handled first */
#define SPEAKS_FOR_IT 3         /* factor of a measurement from which it counts as a second fact */
#define WILLING 1.5             /* answers that are assumed before the first one, for the estimate of how many are skipped */
#define WORTH_IT .05            /* least value of a step: bits for each unit of cost */
#define WORTH_A_LOT .01         /* the same while no cause is even possible */
#define WORTH_A_NAME .12        /* least value of a question after a change has worked, in bits */
#define NAMING_STEPS 2          /* number of such questions */
#define LOOKS_MAX 6             /* answered steps after the opening */
#define MORE_LOOKS_MAX 7        /* the same while no cause is even possible */
#define SKIPS_MAX 7             /* skipped steps in one check */
#define SKIPS_OF_REFUSERS_MAX 6 /* the same when the person makes no changes */
#define REFUSALS_MAX 2          /* skipped changes, without one that was made, from which the person makes none */
#define FAILED_CURE .3          /* factor on a cause whose own change has failed */
#define NOT_MENDED .02          /* factor on a cause that the change which worked is not meant for */
#define LIKELY_FROM .70         /* probability from which a cause is called likely */
#define POSSIBLE_FROM .50       /* the same for possible; below it nothing is concluded */
#define ALSO_FROM .08           /* the same for the other causes that are listed */
#define CURES_WELL .5f          /* chance of a change from which its success proves the cause */
#define LONGEST_CURE 30         /* minutes; a longer change is given as advice and not tried */

/* --- check.c --- */

/* Was the step answered with one of these answers, given as bits A(n)? */
bool doctor_answered(const struct doctor_check *c, enum doctor_step s, unsigned answers);

/* Do all conditions of the list hold? An empty list always holds. */
bool doctor_all_hold(const struct doctor_check *c, const struct doctor_condition *list);

/* Is the headset of one of these families, given as bits 1 << family? 0: any family. */
bool doctor_in_family(const struct doctor_check *c, unsigned families);

/* Returns the change that worked, or STEP_NONE. */
enum doctor_step doctor_working_change(const struct doctor_check *c);

/* A danger was named, and whether that was meant has not been asked yet. */
bool doctor_is_to_confirm(const struct doctor_check *c);

/* Because of a danger, or because there is no battery, no further step is shown. */
bool doctor_is_over(const struct doctor_check *c);

/* A finding of the computer names this cause and is strong evidence for it, so nothing else has to be checked first. */
bool doctor_is_measured(const struct doctor_check *c, unsigned cause);

/* Returns true when there is a second fact for the cause, or when it needs none. A measurement of the computer is one. */
bool doctor_has_second_fact(const struct doctor_check *c, unsigned cause);

/* --- weigh.c --- */

/* What is to be told apart: pieces of advice, which several causes may share, or the codes of causes. */
enum doctor_distinction { BY_ADVICE, BY_CODE };

/* Returns the chance that the change works under the cause. */
double doctor_cure(const struct doctor_check *c, enum doctor_step s, unsigned cause);

/* Scales the probabilities so that they sum to 1. */
void doctor_normalise(double p[static _CAUSE_MAX]);

/* Returns how many bits of uncertainty a step removes on average. *ret_works is the chance that it mends the fault. */
double doctor_information(const struct doctor_check *c, enum doctor_step s, const double p[static _CAUSE_MAX],
                          enum doctor_distinction of, double *ret_works);

/* Returns the likeliest cause of the likeliest advice, among those that may be concluded, or _CAUSE_MAX. *ret_p is the
 * probability of that advice. */
unsigned doctor_likeliest(const struct doctor_check *c, const double p[static _CAUSE_MAX], double *ret_p);
