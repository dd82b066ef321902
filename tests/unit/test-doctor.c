/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The doctor's table and engine.
 *
 * What must never happen is shown for every path, not by samples. There are too many paths to walk each of them to its end. But
 * whether a step may be shown, and whether a cause may be concluded, depends on the answers to a few steps only, which the
 * conditions in the table name. The tests go through every combination of these answers, and first check that the table names
 * no other step (depends_only_on). As doctor_next() shows no step that doctor_may() refuses, this covers every path that leads
 * there, in any order. Every path of the first five steps is walked as well.
 *
 * For conclusions the same holds in two steps. What else was answered or measured changes only the probabilities. So the tests
 * give each cause in turn, and each pair of causes where a second one matters, nearly all of the probability, and go through
 * every combination of the answers that its conditions name. No path can lead to a conclusion that is not among these.
 */
#include <check.h>
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "doctor/engine.h"
#include "run.h"

static const char *const a_model[_FAMILY_MAX] = { "", "WH-CH720N", "WI-C100", "WF-C500" };

static struct doctor_check begin(enum doctor_family family) {
        struct doctor_check c;

        doctor_begin(&c);
        if (family != FAMILY_UNKNOWN)
                doctor_know_model(&c, a_model[family]);
        return c;
}

/* Sets an answer directly, because the engine may never ask for it. */
static void set(struct doctor_check *c, enum doctor_step s, unsigned answer) {
        c->answers[s] = (uint8_t) answer;
        doctor_refresh(c);
}

static bool is(const struct doctor_check *c, enum doctor_step s, unsigned answer) {
        return c->answers[s] == answer;
}

/* Every answer of a step, then skipped, then unanswered: from 0 on. Returns false after the last. */
static bool next_answer(enum doctor_step s, unsigned i, unsigned *ret) {
        unsigned n = doctor_n_options(s);

        *ret = i < n ? i + 1 : i == n ? SKIPPED : UNANSWERED;
        return i <= n + 1;
}

/* --- the table --- */

START_TEST(conditions_fit_the_questions) {
        for (unsigned s = 0; s < _STEP_MAX; s++)
                for (unsigned i = 0; i < CONDITIONS_MAX && doctor_steps[s].when[i].test != TEST_END; i++) {
                        const struct doctor_condition *t = &doctor_steps[s].when[i];

                        if (t->test == OR)
                                continue;
                        ck_assert_uint_ne(t->step, s);
                        ck_assert_msg(t->test == AFTER || t->test == AS_FOR || t->answers != 0, "%s: a condition without answers",
                                      doctor_steps[s].id);
                        ck_assert_msg(t->answers >> (doctor_n_options(t->step) + 1) == 0 && !(t->answers & 1),
                                      "%s: an answer that %s does not have", doctor_steps[s].id, doctor_steps[t->step].id);
                }
}
END_TEST

START_TEST(steps_are_whole) {
        for (unsigned s = 0; s < _STEP_MAX; s++) {
                const struct doctor_step_row *row = &doctor_steps[s];

                ck_assert_msg(row->id && row->text && *row->text && row->why && *row->why && row->cost > 0, "step %u", s);
                ck_assert_uint_eq(doctor_step_from_id(row->id), s);
                ck_assert(!row->change || (doctor_option_from_id(s, "works") == CHANGE_WORKS &&
                                           doctor_option_from_id(s, "fails") == CHANGE_FAILS));
                ck_assert_msg(!row->change || (doctor_option_from_id(s, "hot") == CHANGE_HOT &&
                                               doctor_option_from_id(s, "wet") == CHANGE_WET),
                              "%s cannot be stopped", row->id);
                ck_assert_msg(!row->change || row->minutes > 0, "%s: how long to wait?", row->id);
                for (unsigned i = 0; i < doctor_n_options(s); i++)
                        ck_assert_uint_eq(doctor_option_from_id(s, row->options[i].id), i + 1);
        }
}
END_TEST

/* A row that is too short would be read as zeros. */
START_TEST(chances_are_whole) {
        for (size_t i = 0; i < doctor_n_chances; i++) {
                const struct doctor_chance_row *r = &doctor_chances[i];
                float sum = 0;

                for (unsigned o = 0; o < OPTIONS_MAX; o++) {
                        ck_assert(r->percent[o] >= 0 && r->percent[o] <= 100);
                        ck_assert_msg(o < doctor_n_options(r->step) || r->percent[o] <= 0, "row %zu is too long", i);
                        sum += r->percent[o];
                }
                ck_assert_msg(sum > 80 && sum < 140, "row %zu (%s, %u) sums to %g", i, doctor_steps[r->step].id, r->cause,
                              (double) sum);
                ck_assert_msg(i == 0 || r->step >= doctor_chances[i - 1].step, "row %zu: out of order", i);
        }
        for (unsigned s = ASK_DANGER; s <= ASK_FIRMWARE; s++) {
                bool any = s == ASK_DANGER_SURE; /* no evidence, because it withdraws another answer */

                for (size_t i = 0; i < doctor_n_chances; i++)
                        any |= doctor_chances[i].step == s && doctor_chances[i].cause == ANY_CAUSE;
                ck_assert_msg(any, "%s: no chances", doctor_steps[s].id);
        }
}
END_TEST

START_TEST(causes_are_whole) {
        for (unsigned i = 0; i < _CAUSE_MAX; i++) {
                const struct doctor_cause_row *row = &doctor_causes[i];

                ck_assert(row->id && row->code && row->segment);
                ck_assert_msg(finding_code_from_name(row->code) != _FINDING_CODE_MAX, "%s", row->code);
                ck_assert_str_eq(segment_name(finding_segment(finding_code_from_name(row->code))), row->segment);
                ck_assert_msg(row->cause != SAY_NOTHING && row->action != SAY_NOTHING && row->cause != row->action, "%s",
                              row->id);
                for (unsigned f = 0; f < _FAMILY_MAX; f++)
                        ck_assert(row->weight[f] >= 0);
                ck_assert_msg(row->change == STEP_NONE || doctor_steps[row->change].change, "%s", row->id);
        }
}
END_TEST

/* --- what the table can do --- */

static double chance_of(const struct doctor_check *c, enum doctor_step s, unsigned cause, unsigned option) {
        struct doctor_check with = *c;
        double before[_CAUSE_MAX], after[_CAUSE_MAX];

        with.answers[s] = (uint8_t) option;
        doctor_weigh(c, before);
        doctor_weigh(&with, after);
        return before[cause] > 0 ? after[cause] / before[cause] : 0;
}

/* The answer that speaks most for a cause. */
static unsigned telling_answer(const struct doctor_check *c, enum doctor_step s, unsigned cause) {
        unsigned best = 0, n = doctor_n_options(s);
        double most = 0;

        for (unsigned o = 1; o <= n; o++) {
                double gain = doctor_offers(c, s, o) ? chance_of(c, s, cause, o) : 0;

                if (gain > most) {
                        most = gain;
                        best = o;
                }
        }
        return best;
}

static bool cures(enum doctor_step s, unsigned cause) {
        for (size_t i = 0; i < doctor_n_cures; i++)
                if (doctor_cures[i].change == s && doctor_cures[i].cause == cause)
                        return doctor_cures[i].chance >= .5f;
        return false;
}

/* A person with a typical case of the cause. Returns whether the conclusion is right. */
static bool reaches(enum doctor_family family, unsigned cause) {
        struct doctor_check c = begin(family);
        struct doctor_conclusion r;
        enum doctor_step s;

        if (doctor_causes[cause].weight[family] <= 0)
                return false;
        while ((s = doctor_next(&c)) != STEP_NONE) {
                unsigned answer =
                        doctor_steps[s].change ? (cures(s, cause) ? CHANGE_WORKS : CHANGE_FAILS) : telling_answer(&c, s, cause);

                ck_assert_uint_gt(answer, 0);
                ck_assert_int_eq(doctor_answer(&c, s, doctor_steps[s].options[answer - 1].id), 0);
        }
        doctor_conclude(&c, &r);
        return strcmp(r.code, doctor_causes[cause].code) == 0;
}

START_TEST(every_cause_can_be_reached) {
        for (unsigned cause = 0; cause < _CAUSE_MAX; cause++)
                ck_assert_msg(reaches(FAMILY_OVER_EAR, cause) || reaches(FAMILY_NECKBAND, cause) ||
                                      reaches(FAMILY_EARBUDS, cause),
                              "%s is never concluded", doctor_causes[cause].id);
}
END_TEST

/* A question is useful if it separates two causes with different advice by a factor of two. */
START_TEST(every_question_matters) {
        for (unsigned s = ASK_DANGER; s <= ASK_FIRMWARE; s++) {
                bool matters = false;

                for (unsigned f = FAMILY_OVER_EAR; f < _FAMILY_MAX && !matters; f++) {
                        struct doctor_check c = begin(f);

                        c.traits = TRAIT_BLINKS | TRAIT_RED_IS_WRONG;
                        for (unsigned o = 1; o <= doctor_n_options(s); o++) {
                                double least = INFINITY, most = 0;

                                for (unsigned i = 0; i < _CAUSE_MAX; i++)
                                        if (doctor_causes[i].weight[f] > 0 && doctor_offers(&c, s, o)) {
                                                double gain = chance_of(&c, s, i, o);

                                                least = fmin(least, gain);
                                                most = fmax(most, gain);
                                        }
                                matters |= most > 2 * least;
                        }
                }
                ck_assert_msg(matters, "%s tells nothing apart", doctor_steps[s].id);
        }
}
END_TEST

/* No answer raises a cause that it contradicts. */
START_TEST(no_answer_raises_what_it_contradicts) {
        static const struct {
                uint8_t step, answer, cause;
        } against[] = {
                { ASK_LIGHT, LIGHT_DARK, CAUSE_NORMAL },
                { ASK_LIGHT, LIGHT_STEADY, CAUSE_CABLE },
                { ASK_LIGHT, LIGHT_STEADY, CAUSE_ADAPTER },
                { ASK_LIGHT, LIGHT_STEADY, CAUSE_PORT },
                { ASK_LIGHT, LIGHT_STEADY, CAUSE_KIND },
                { ASK_LIGHT, LIGHT_DOUBLE, CAUSE_FULL },
                { ASK_PHONE, ANSWER_YES, CAUSE_CABLE },
                { ASK_PHONE, ANSWER_YES, CAUSE_ADAPTER },
                { ASK_PHONE, ANSWER_NO, CAUSE_WORN },
                { ASK_PHONE, ANSWER_NO, CAUSE_FAULT },
                { ASK_RUNS, RUNS_NORMAL, CAUSE_WORN },
                { ASK_RUNS, RUNS_NOT, CAUSE_FULL },
                { ASK_RUNS, RUNS_SHORT, CAUSE_CABLE },
                { ASK_LEVEL, LEVEL_FULL, CAUSE_CABLE },
                { ASK_LEVEL, LEVEL_LOW, CAUSE_FULL },
                { ASK_LEVEL, LEVEL_LOW, CAUSE_LIMITED },
                { ASK_SOCKET, SOCKET_CLEAN, CAUSE_DIRT },
                { ASK_SOCKET, SOCKET_CLEAN, CAUSE_PLUG },
                { ASK_SINCE, SINCE_LONG, CAUSE_EARLY },
                { ASK_SINCE, SINCE_LONG, CAUSE_DEEP },
                { ASK_PLACE, PLACE_NORMAL, CAUSE_TEMPERATURE },
                { ASK_AWAKE, ANSWER_YES, CAUSE_OFF },
                { ASK_SOURCE, SOURCE_ADAPTER, CAUSE_PORT },
                { ASK_SOURCE, SOURCE_ADAPTER, CAUSE_HUB },
                { ASK_SOURCE, SOURCE_COMPUTER, CAUSE_ADAPTER },
                { ASK_SOURCE, SOURCE_PAD, CAUSE_HUB },
                { ASK_CABLE, CABLE_SUPPLIED, CAUSE_KIND },
                { ASK_DANGER, DANGER_NO, CAUSE_DANGER },
                { ASK_DANGER, DANGER_NO, CAUSE_WET },
                { ASK_COMPLAINT, COMPLAINT_SHORT, CAUSE_FULL },
                { ASK_COMPLAINT, COMPLAINT_SHORT, CAUSE_CABLE },
                { ASK_COMPLAINT, COMPLAINT_DEAD, CAUSE_LIMITED },
                { ASK_COMPLAINT, COMPLAINT_UNUSABLE, CAUSE_CABLE },
                { ASK_SEATED, ANSWER_YES, CAUSE_SEAT },
                { ASK_FIRMWARE, APP_HAS_NONE, CAUSE_FIRMWARE },
        };

        for (unsigned f = FAMILY_UNKNOWN; f < _FAMILY_MAX; f++)
                for (size_t i = 0; i < sizeof against / sizeof *against; i++) {
                        struct doctor_check c = begin(f);
                        double gain = chance_of(&c, against[i].step, against[i].cause, against[i].answer);

                        ck_assert_msg(gain <= 1.001, "%s raises %s by %g", doctor_steps[against[i].step].id,
                                      doctor_causes[against[i].cause].id, gain);
                }
        for (unsigned i = 0; i < _CAUSE_MAX; i++) { /* a failed change never speaks for the cause that it mends */
                struct doctor_check c = begin(FAMILY_EARBUDS);
                enum doctor_step s = doctor_causes[i].change;

                if (s != STEP_NONE && doctor_causes[i].weight[FAMILY_EARBUDS] > 0 && cures(s, i))
                        ck_assert_msg(chance_of(&c, s, i, CHANGE_FAILS) < 1, "%s", doctor_causes[i].id);
        }
}
END_TEST

/* --- what must never happen --- */

/* The conditions as the table means them, without the engine. */
static bool condition_holds(const struct doctor_check *c, const struct doctor_condition *t);

static bool conditions_hold(const struct doctor_check *c, const struct doctor_condition *t) {
        bool any = false, all = true;

        for (unsigned i = 0; i < CONDITIONS_MAX && t[i].test != TEST_END; i++) {
                if (t[i].test == OR) {
                        any |= all;
                        all = true;
                } else
                        all &= condition_holds(c, &t[i]);
        }
        return any || all;
}

static bool condition_holds(const struct doctor_check *c, const struct doctor_condition *t) {
        unsigned answer = doctor_answer_to(c, t->step);
        bool named = answer != UNANSWERED && answer != SKIPPED && (t->answers & A(answer));

        if (t->test == AS_FOR)
                return conditions_hold(c, doctor_steps[t->step].when);
        if (t->test == AFTER)
                return answer != UNANSWERED;
        return t->test == UNLESS ? !named : named || (t->test == MAYBE && answer == SKIPPED);
}

/* Calls f for every combination of answers of n steps. */
static unsigned long each_state(struct doctor_check *c, const uint8_t *steps, size_t n, void (*f)(const struct doctor_check *c)) {
        unsigned long states = 0;
        unsigned answer;

        if (n == 0) {
                doctor_refresh(c);
                f(c);
                return 1;
        }
        for (unsigned i = 0; next_answer(steps[0], i, &answer); i++) {
                c->answers[steps[0]] = (uint8_t) answer;
                states += each_state(c, steps + 1, n - 1, f);
        }
        c->answers[steps[0]] = UNANSWERED;
        return states;
}

static void add_steps_of(const struct doctor_condition *when, bool depends[static _STEP_MAX]) {
        for (unsigned i = 0; i < CONDITIONS_MAX && when[i].test != TEST_END; i++) {
                if (when[i].test == AS_FOR)
                        add_steps_of(doctor_steps[when[i].step].when, depends);
                else if (when[i].test != OR)
                        depends[when[i].step] = true;
        }
}

/* The conditions depend on the answers to no other steps. */
static void depends_only_on(const struct doctor_condition *when, const uint8_t *steps, size_t n) {
        bool depends[_STEP_MAX] = {};

        add_steps_of(when, depends);
        for (unsigned s = 0; s < _STEP_MAX; s++)
                ck_assert_msg(!depends[s] || memchr(steps, (int) s, n), "\"%s\" matters as well", doctor_step_id(s));
}

static bool light_charges(const struct doctor_check *c) {
        return is(c, ASK_LIGHT, LIGHT_STEADY) || is(c, ASK_LIGHT, LIGHT_ALWAYS) || is(c, ASK_LIGHT, LIGHT_WENT_OFF);
}

static void check_initialise(const struct doctor_check *c) {
        if (!doctor_may(c, DO_INITIALISE))
                return;
        ck_assert(is(c, DO_RESET, CHANGE_FAILS));
        ck_assert(!light_charges(c));
        ck_assert(!is(c, ASK_RUNS, RUNS_NORMAL) && !is(c, ASK_LEVEL, LEVEL_FULL) && !is(c, ASK_COMPLAINT, COMPLAINT_UNUSABLE));
        ck_assert(!is(c, ASK_DANGER, UNANSWERED));
}

/* Only after a reset that did not help, and never for a headset that charges, is full or runs as when it was new. */
START_TEST(initialise_is_the_last_resort) {
        static const uint8_t steps[] = { ASK_DANGER, DO_RESET, ASK_COMPLAINT, ASK_RUNS, ASK_LEVEL, ASK_LIGHT };
        struct doctor_check c = begin(_i);

        depends_only_on(doctor_steps[DO_INITIALISE].when, steps, sizeof steps);
        ck_assert_uint_gt(each_state(&c, steps, sizeof steps, check_initialise), 100000);
        c.context |= CONTEXT_CHARGES;
        set(&c, ASK_DANGER, DANGER_NO);
        set(&c, DO_RESET, CHANGE_FAILS);
        ck_assert(!doctor_may(&c, DO_INITIALISE));
}
END_TEST

static void check_reset(const struct doctor_check *c) {
        bool way_is_cleared =
                is(c, ASK_PHONE, ANSWER_YES) || (is(c, DO_TRY_CABLE, CHANGE_FAILS) && is(c, DO_TRY_SOURCE, CHANGE_FAILS));
        bool way_is_fine = is(c, ASK_COMPLAINT, COMPLAINT_BUDS) || is(c, ASK_COMPLAINT, COMPLAINT_ONE) ||
                           is(c, ASK_COMPLAINT, COMPLAINT_SHORT) || is(c, ASK_COMPLAINT, COMPLAINT_LEVEL) ||
                           is(c, ASK_COMPLAINT, COMPLAINT_PARTIAL);

        if (doctor_may(c, DO_RESET))
                ck_assert((way_is_cleared || way_is_fine) && !is(c, ASK_COMPLAINT, COMPLAINT_UNUSABLE));
}

START_TEST(reset_comes_after_the_way_of_the_power) {
        static const uint8_t steps[] = { ASK_DANGER, ASK_COMPLAINT, ASK_PHONE, ASK_LEVEL, DO_TRY_CABLE, DO_TRY_SOURCE };
        struct doctor_check c = begin(_i);

        depends_only_on(doctor_steps[DO_RESET].when, steps, sizeof steps);
        ck_assert_uint_gt(each_state(&c, steps, sizeof steps, check_reset), 1000);
}
END_TEST

/* Every condition of every change requires the question about danger, so no path avoids it. */
START_TEST(danger_is_asked_before_any_change) {
        for (unsigned s = 0; s < _STEP_MAX; s++) {
                const struct doctor_condition *t = doctor_steps[s].when;
                bool asks = false;

                if (!doctor_steps[s].change)
                        continue;
                for (unsigned i = 0; i <= CONDITIONS_MAX; i++) {
                        if (i == CONDITIONS_MAX || t[i].test == TEST_END || t[i].test == OR) {
                                ck_assert_msg(asks, "%s may come before danger", doctor_steps[s].id);
                                asks = false;
                        }
                        if (i == CONDITIONS_MAX || t[i].test == TEST_END)
                                break;
                        asks |= t[i].step == ASK_DANGER && (t[i].test == AFTER || t[i].test == WHEN);
                }
        }
}
END_TEST

static void check_danger_ends(const struct doctor_check *c) {
        struct doctor_check sure = *c;
        struct doctor_conclusion r;
        enum doctor_step next = doctor_next(c);

        ck_assert_msg(next == STEP_NONE || next == ASK_DANGER_SURE, "%s is asked for in spite of a danger", doctor_step_id(next));
        if (next == ASK_DANGER_SURE) {
                set(&sure, ASK_DANGER_SURE, SKIPPED);
                ck_assert_uint_eq(doctor_next(&sure), STEP_NONE);
                set(&sure, ASK_DANGER_SURE, c->answers[ASK_DANGER]);
                ck_assert_uint_eq(doctor_next(&sure), STEP_NONE);
        }
        doctor_conclude(c, &r);
        ck_assert_str_eq(r.code, doctor_answer_to(c, ASK_DANGER) == DANGER_WET ? "wet" : "battery-danger");
        ck_assert(doctor_answer_to(c, ASK_DANGER) == DANGER_WET || (r.service && r.severity == CRITICAL));
        ck_assert_ptr_null(r.also[0]); /* no condition that could be an alternative */
        ck_assert_ptr_nonnull(strstr(r.action, "nplug"));
        ck_assert_ptr_null(strstr(r.action, "warm"));
}

/* A headset that is swollen, hot, smoking or wet ends the check, whatever else is known. */
START_TEST(danger_ends_every_check) {
        static const unsigned dangers[] = { DANGER_SWOLLEN, DANGER_HOT, DANGER_WET, DANGER_SMOKE };
        static const uint8_t steps[] = { ASK_COMPLAINT, ASK_LIGHT, ASK_RUNS, DO_TRY_CABLE };

        for (size_t i = 0; i < sizeof dangers / sizeof *dangers; i++) {
                struct doctor_check c = begin(_i);

                set(&c, ASK_DANGER, dangers[i]);
                ck_assert_uint_gt(each_state(&c, steps, sizeof steps, check_danger_ends), 1000);
                doctor_see(&c, "hub-bus-powered", CERTAIN);
                doctor_see(&c, "battery-full", CERTAIN);
                check_danger_ends(&c);
        }
}
END_TEST

/* A wrong answer about danger is withdrawn by the second question about it, and by nothing else. */
START_TEST(danger_may_be_a_mistake) {
        struct doctor_check c = begin(FAMILY_OVER_EAR);
        struct doctor_conclusion r;

        ck_assert_int_eq(doctor_answer(&c, ASK_DANGER, "smoke"), 0);
        ck_assert_int_eq(doctor_next(&c), ASK_DANGER_SURE);
        ck_assert_int_eq(doctor_answer(&c, ASK_DANGER_SURE, "no"), 0);
        ck_assert_int_eq(doctor_answer_to(&c, ASK_DANGER), DANGER_NO);
        ck_assert_int_eq(doctor_next(&c), ASK_COMPLAINT);
        ck_assert_int_eq(doctor_back(&c), ASK_DANGER_SURE);
        ck_assert_int_eq(doctor_answer(&c, ASK_DANGER_SURE, "hot"), 0);
        ck_assert_int_eq(doctor_next(&c), STEP_NONE);
        doctor_conclude(&c, &r);
        ck_assert_str_eq(r.code, "battery-danger");
}
END_TEST

/* Whatever was answered before, a headset that is found hot or wet at a change gets no further change. */
START_TEST(danger_ends_every_change) {
        static const unsigned before[] = { DANGER_NO, DANGER_WAS_WET, SKIPPED };

        for (unsigned s = DO_PLUG_IN; s < _STEP_MAX; s++)
                for (size_t i = 0; i < sizeof before / sizeof *before; i++)
                        for (unsigned answer = CHANGE_HOT; answer <= CHANGE_WET; answer++) {
                                struct doctor_check c = begin(_i);
                                struct doctor_conclusion r;

                                set(&c, ASK_DANGER, before[i]);
                                set(&c, ASK_DANGER_SURE, i == 0 ? DANGER_NO : UNANSWERED);
                                ck_assert_int_eq(doctor_answer(&c, s, answer == CHANGE_HOT ? "hot" : "wet"), 0);
                                ck_assert_int_eq(doctor_next(&c), STEP_NONE);
                                doctor_conclude(&c, &r);
                                ck_assert_str_eq(r.code, answer == CHANGE_HOT ? "battery-danger" : "wet");
                                ck_assert_int_eq(doctor_answer_to(&c, s), SKIPPED); /* it was not made */
                                ck_assert_int_eq(doctor_back(&c), s);
                                ck_assert(doctor_next(&c) != STEP_NONE);
                        }
}
END_TEST

/* The first change, and only that one, asks to feel every part before it. */
START_TEST(every_part_is_felt_before_the_first_change) {
        struct doctor_check c = begin(FAMILY_OVER_EAR);
        char text[1024];

        set(&c, ASK_DANGER, DANGER_NO);
        for (unsigned s = 0; s < _STEP_MAX; s++)
                ck_assert_msg((strstr(doctor_text(&c, s, text, sizeof text), "feel every part") != NULL) ==
                                      doctor_steps[s].change,
                              "%s", text);
        ck_assert_int_eq(doctor_answer(&c, DO_REPLUG, "fails"), 0);
        ck_assert_ptr_null(strstr(doctor_text(&c, DO_TRY_CABLE, text, sizeof text), "feel every part"));
}
END_TEST

/* A cause is concluded only where its own conditions hold, and accused on a second fact only. */
static void check_own_conditions(const struct doctor_check *c, const struct doctor_conclusion *r) {
        const struct doctor_cause_row *row = r->cause == _CAUSE_MAX ? NULL : &doctor_causes[r->cause];

        if (!row)
                return;
        ck_assert_msg(conditions_hold(c, row->when), "%s is concluded against its conditions", row->id);
        if (row->proof[0].test != TEST_END && !conditions_hold(c, row->proof))
                ck_assert_msg(r->as_cause == POSSIBLE, "%s is accused without a second fact", row->id);
}

/* Every list of the conditions has this one: no path leads around it. */
static bool every_list_has(const struct doctor_condition *t, enum doctor_test test, enum doctor_step s, unsigned answers) {
        bool has = false;

        for (unsigned i = 0; i < CONDITIONS_MAX && t[i].test != TEST_END; i++) {
                if (t[i].test == OR && !has)
                        return false;
                has = t[i].test != OR && (has || (t[i].test == test && t[i].step == s && (t[i].answers & answers) == answers));
        }
        return has;
}

START_TEST(comfort_is_not_for_what_drains) {
        static const uint8_t comfort[] = { CAUSE_FULL, CAUSE_LIMITED, CAUSE_NORMAL, CAUSE_STALE, CAUSE_EARLY, CAUSE_TEMPERATURE };

        for (size_t i = 0; i < sizeof comfort; i++)
                ck_assert_msg(every_list_has(doctor_causes[comfort[i]].when, UNLESS, ASK_COMPLAINT,
                                             A(COMPLAINT_SHORT) | A(COMPLAINT_ONE) | A(COMPLAINT_BUDS)),
                              "%s", doctor_causes[comfort[i]].id);
        ck_assert(every_list_has(doctor_causes[CAUSE_DANGER].when, WHEN, ASK_DANGER, 0));
        ck_assert(every_list_has(doctor_causes[CAUSE_WET].when, WHEN, ASK_DANGER, 0));
}
END_TEST

static void check_no_false_comfort(const struct doctor_check *c) {
        bool drains = is(c, ASK_COMPLAINT, COMPLAINT_SHORT) || is(c, ASK_COMPLAINT, COMPLAINT_ONE);
        struct doctor_conclusion r;

        doctor_conclude(c, &r);
        check_own_conditions(c, &r);
        if (drains || is(c, ASK_COMPLAINT, COMPLAINT_BUDS)) {
                ck_assert_str_ne(r.code, "battery-full");
                ck_assert_str_ne(r.code, "charging-normally");
                ck_assert_str_ne(r.code, "charge-limited");
                ck_assert_str_ne(r.code, "too-early");
        }
        if (drains)
                ck_assert_str_ne(r.code, "temperature");
        ck_assert_str_ne(r.code, "battery-danger"); /* not before the question about danger */
        ck_assert_str_ne(r.code, "wet");
        ck_assert_uint_ne(r.confidence, CERTAIN); /* an answer is no measurement */
}

/* A headset that drains is neither full nor healthy, and the room's temperature is not the cause, whatever the light shows. */
START_TEST(what_drains_is_not_called_well) {
        static const uint8_t steps[] = { ASK_COMPLAINT, ASK_LIGHT, ASK_RUNS, ASK_LEVEL };
        struct doctor_check c = begin(_i);

        set(&c, ASK_DANGER, DANGER_NO);
        ck_assert_uint_gt(each_state(&c, steps, sizeof steps, check_no_false_comfort), 5000);
        set(&c, ASK_PLACE, PLACE_HOT);
        ck_assert_uint_gt(each_state(&c, steps, sizeof steps, check_no_false_comfort), 5000);
}
END_TEST

static void check_two_factors(const struct doctor_check *c) {
        struct doctor_conclusion r;
        bool cable = is(c, DO_TRY_CABLE, CHANGE_WORKS) || (is(c, ASK_PHONE, ANSWER_NO) && is(c, DO_TRY_SOURCE, CHANGE_FAILS));

        doctor_conclude(c, &r);
        check_own_conditions(c, &r);
        if (strcmp(r.code, "cable-suspect") == 0 && !cable)
                ck_assert_uint_eq(r.confidence, POSSIBLE);
        if (strcmp(r.code, "cable-kind") == 0 && !is(c, DO_TRY_CABLE, CHANGE_WORKS))
                ck_assert_uint_eq(r.confidence, POSSIBLE);
        if (strcmp(r.code, "port-suspect") == 0 && !is(c, DO_TRY_PORT, CHANGE_WORKS))
                ck_assert_uint_eq(r.confidence, POSSIBLE);
}

/* A cable or a port is named as the cause only if two facts agree. */
START_TEST(accusations_need_two_facts) {
        static const uint8_t steps[] = { ASK_SOURCE, ASK_PHONE, ASK_CABLE, DO_TRY_CABLE, DO_TRY_PORT, DO_TRY_SOURCE };
        struct doctor_check c = begin(_i);

        set(&c, ASK_DANGER, DANGER_NO);
        set(&c, ASK_COMPLAINT, COMPLAINT_DEAD);
        set(&c, ASK_LIGHT, LIGHT_DARK);
        ck_assert_uint_gt(each_state(&c, steps, sizeof steps, check_two_factors), 5000);
}
END_TEST

static unsigned long paths;

/* --- conclusions after every path --- */

static enum doctor_cause leading, second; /* the causes that have nearly all of the probability */

static void give_all_to(struct doctor_check *c, enum doctor_cause one, enum doctor_cause other) {
        double p[_CAUSE_MAX];

        for (unsigned i = 0; i < _CAUSE_MAX; i++)
                c->factor[i] = i == one || i == other ? 1 : 1e-25f;
        doctor_weigh(c, p);
        if (one != other && p[other] > 0) /* 84 % for the first one, 16 % for the other one */
                c->factor[other] *= (float) (.19 * p[one] / p[other]);
}

/* The never list, as far as it is about conclusions. */
static void check_never(const struct doctor_check *c, const struct doctor_conclusion *r) {
        static const char *const comfort[] = { "battery-full", "charging-normally", "charge-limited", "too-early",
                                               "temperature" };
        unsigned danger = doctor_answer_to(c, ASK_DANGER);
        bool hot = danger == DANGER_SWOLLEN || danger == DANGER_HOT || danger == DANGER_SMOKE;
        bool drains = is(c, ASK_COMPLAINT, COMPLAINT_SHORT) || is(c, ASK_COMPLAINT, COMPLAINT_ONE) ||
                      is(c, ASK_COMPLAINT, COMPLAINT_BUDS);

        ck_assert_int_eq(strcmp(r->code, "battery-danger") == 0, hot);
        ck_assert_int_eq(strcmp(r->code, "wet") == 0, danger == DANGER_WET);
        for (size_t i = 0; i < sizeof comfort / sizeof *comfort; i++)
                ck_assert_msg(!drains || strcmp(r->code, comfort[i]) != 0, "%s, though it drains", r->code);
        ck_assert_uint_ne(r->confidence, CERTAIN); /* an answer is no measurement */
        if (hot || danger == DANGER_WET)
                ck_assert_ptr_null(r->also[0]);
}

static void check_conclusion(const struct doctor_check *c) {
        const struct doctor_cause_row *row;
        struct doctor_conclusion r;
        struct doctor_check with = *c;

        /* A change counts as made when it was answered by the computer, too. */
        for (unsigned s = DO_PLUG_IN; s < _STEP_MAX; s++)
                with.settled[s] = with.answers[s] != UNANSWERED;
        give_all_to(&with, leading, second);
        doctor_conclude(&with, &r);
        check_own_conditions(&with, &r);
        check_never(&with, &r);
        row = r.cause == _CAUSE_MAX ? NULL : &doctor_causes[r.cause];
        if (row && row->two_facts && !r.proven)
                ck_assert_msg(conditions_hold(&with, row->proof), "%s is concluded from one fact", row->id);
        paths++;
}

/* The steps that the conditions of the cause name, the complaint and one more. */
static size_t steps_of(enum doctor_cause cause, uint8_t more, uint8_t steps[static _STEP_MAX]) {
        bool depends[_STEP_MAX] = { [ASK_COMPLAINT] = true };
        size_t n = 0;

        add_steps_of(doctor_causes[cause].when, depends);
        add_steps_of(doctor_causes[cause].proof, depends);
        if (more < _STEP_MAX)
                depends[more] = true;
        depends[ASK_DANGER] = false; /* set by the caller */
        for (unsigned s = 0; s < _STEP_MAX; s++)
                if (depends[s])
                        steps[n++] = (uint8_t) s;
        return n;
}

START_TEST(nothing_forbidden_is_ever_concluded) {
        uint8_t steps[_STEP_MAX];

        paths = 0;
        for (unsigned cause = 0; cause < _CAUSE_MAX; cause++)
                for (unsigned danger = 0, answer; next_answer(ASK_DANGER, danger, &answer); danger++) {
                        if (cause != CAUSE_STALE && cause != CAUSE_CABLE && answer != DANGER_NO)
                                continue; /* a danger decides before any cause is looked at */
                        struct doctor_check c = begin(_i);
                        /* Its own change, which may have worked or failed. */
                        size_t n = steps_of(cause, doctor_causes[cause].change, steps);

                        c.answers[ASK_DANGER] = (uint8_t) answer;
                        leading = second = cause;
                        (void) each_state(&c, steps, n, check_conclusion);
                }
        ck_assert_uint_gt(paths, 10000);
}
END_TEST

/* The likeliest cause has one fact only, so that what a person saw is concluded instead. */
START_TEST(what_was_seen_is_no_accusation) {
        uint8_t steps[_STEP_MAX];

        paths = 0;
        for (unsigned cause = 0; cause < _CAUSE_MAX; cause++)
                for (size_t i = 0; doctor_causes[cause].two_facts && i < doctor_n_seen; i++) {
                        struct doctor_check c = begin(_i);
                        size_t n = steps_of(doctor_seen[i].cause, doctor_seen[i].change, steps);

                        if (!memchr(steps, doctor_seen[i].step, n))
                                steps[n++] = doctor_seen[i].step;
                        c.answers[ASK_DANGER] = DANGER_NO;
                        leading = cause;
                        second = doctor_seen[i].cause;
                        (void) each_state(&c, steps, n, check_conclusion);
                }
        ck_assert_uint_gt(paths, 10000);
}
END_TEST

static bool may_mend(enum doctor_step s, unsigned cause) {
        for (size_t i = 0; i < doctor_n_cures; i++)
                if (doctor_cures[i].change == s && doctor_cures[i].cause == cause)
                        return true;
        return false;
}

/* A change that worked is never followed by the accusation of a part that it does not mend. */
START_TEST(what_mended_it_is_the_cause) {
        for (unsigned s = DO_PLUG_IN; s < _STEP_MAX; s++)
                for (unsigned cause = 0; cause < _CAUSE_MAX; cause++) {
                        struct doctor_check c = begin(_i);
                        struct doctor_conclusion r;

                        c.answers[ASK_DANGER] = DANGER_NO;
                        c.answers[s] = CHANGE_WORKS;
                        c.settled[s] = true;
                        give_all_to(&c, cause, cause);
                        doctor_conclude(&c, &r);
                        ck_assert_msg(r.cause == _CAUSE_MAX || may_mend(s, r.cause), "%s worked, and it is %s", doctor_step_id(s),
                                      r.code);
                }
}
END_TEST

/* All paths of the first steps, and then the path on which nothing helps. */
static void follow_to_the_end(struct doctor_check c) {
        struct doctor_conclusion r;
        enum doctor_step s;

        while ((s = doctor_next(&c)) != STEP_NONE) {
                ck_assert_uint_lt(c.n, DOCTOR_STEPS_MAX);
                ck_assert(doctor_may(&c, s));
                ck_assert_int_eq(doctor_steps[s].change ? doctor_answer(&c, s, "fails") : doctor_skip(&c, s), 0);
        }
        doctor_conclude(&c, &r);
        ck_assert(r.code && r.segment && *r.sentence && *r.action);
        check_own_conditions(&c, &r);
        ck_assert_ptr_null(strchr(r.sentence, '{'));
        ck_assert_ptr_null(strchr(r.action, '{'));
        check_initialise(&c);
        paths++;
}

static void walk(const struct doctor_check *c, unsigned depth) {
        enum doctor_step s = doctor_next(c);

        if (s == STEP_NONE || depth == 0) {
                follow_to_the_end(*c);
                return;
        }
        ck_assert(c->answers[s] == UNANSWERED && doctor_may(c, s));
        ck_assert_msg(!doctor_steps[s].change || c->answers[ASK_DANGER] != UNANSWERED, "%s before danger", doctor_steps[s].id);
        if (s == DO_INITIALISE)
                check_initialise(c);
        for (unsigned o = 1; o <= doctor_n_options(s); o++) {
                struct doctor_check with = *c;

                if (doctor_answer(&with, s, doctor_steps[s].options[o - 1].id) == 0)
                        walk(&with, depth - 1);
        }
        if (doctor_n_options(s) > 0) {
                struct doctor_check with = *c;

                ck_assert_int_eq(doctor_skip(&with, s), 0);
                walk(&with, depth - 1);
        }
}

START_TEST(every_path_ends) {
        struct doctor_check c = begin(_i);

        paths = 0;
        walk(&c, 5);
        ck_assert_uint_gt(paths, 1000);
}
END_TEST

/* --- the engine --- */

START_TEST(going_back_forgets) {
        struct doctor_check c = begin(FAMILY_EARBUDS), before;

        ck_assert_int_eq(doctor_answer(&c, ASK_DANGER, "no"), 0);
        before = c;
        ck_assert_int_eq(doctor_answer(&c, ASK_COMPLAINT, "one"), 0);
        ck_assert_uint_eq(doctor_back(&c), ASK_COMPLAINT);
        ck_assert_mem_eq(before.answers, c.answers, sizeof c.answers);
        ck_assert_uint_eq(doctor_next(&c), ASK_COMPLAINT);
        ck_assert_uint_eq(doctor_back(&c), ASK_DANGER);
        ck_assert_uint_eq(doctor_back(&c), STEP_NONE);
}
END_TEST

START_TEST(bad_answers_are_none) {
        struct doctor_check c = begin(FAMILY_OVER_EAR);

        ck_assert_int_eq(doctor_answer(&c, ASK_DANGER, "perhaps"), -EINVAL);
        ck_assert_int_eq(doctor_answer(&c, ASK_DANGER, ""), -EINVAL);
        ck_assert_int_eq(doctor_answer(&c, ASK_COMPLAINT, "buds"), -EINVAL); /* not of a headset without a case */
        ck_assert_int_eq(doctor_answer(&c, STEP_NONE, "no"), -EINVAL);
        ck_assert_int_eq(doctor_answer(&c, ASK_DANGER, "no"), 0);
        ck_assert_int_eq(doctor_answer(&c, ASK_DANGER, "no"), -EINVAL); /* once */
        ck_assert_uint_eq(c.n, 1);
}
END_TEST

START_TEST(a_name_is_read_as_people_type_it) {
        static const struct {
                const char *name;
                enum doctor_family family;
        } names[] = {
                { "WH-1000XM5", FAMILY_OVER_EAR }, { "wh1000xm5", FAMILY_OVER_EAR },    { "Sony WF 1000 XM4", FAMILY_EARBUDS },
                { "linkbuds s", FAMILY_EARBUDS },  { "WI-C100", FAMILY_NECKBAND },      { "inzone buds", FAMILY_EARBUDS },
                { "PULSE 3D", FAMILY_OVER_EAR },   { "my headphones", FAMILY_UNKNOWN }, { "sony", FAMILY_UNKNOWN },
        };

        for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
                struct doctor_check c;

                doctor_begin(&c);
                ck_assert_int_eq(doctor_answer(&c, ASK_MODEL, names[i].name), 0);
                ck_assert_msg(c.of_family == names[i].family, "%s", names[i].name);
        }
}
END_TEST

/* A name that nobody knows is not printed as if it were a model. */
START_TEST(an_unknown_name_is_not_repeated) {
        struct doctor_check c;
        char text[400];

        doctor_begin(&c);
        ck_assert_int_eq(doctor_answer(&c, ASK_MODEL, "WF-ZZ99"), 0);
        ck_assert_ptr_nonnull(strstr(doctor_say(&c, SAY_DOCTOR_NORMAL, text, sizeof text), "The pair of earbuds charges"));
}
END_TEST

START_TEST(a_certain_finding_is_acted_on_at_once) {
        struct doctor_check c = begin(FAMILY_OVER_EAR);
        struct doctor_conclusion r;

        ck_assert(doctor_see(&c, "hub-bus-powered", CERTAIN));
        ck_assert(!doctor_see(&c, "not-visible", CERTAIN));
        doctor_settle(&c, ASK_SOURCE, SOURCE_HUB);
        ck_assert_uint_eq(doctor_next(&c), ASK_DANGER);
        ck_assert_int_eq(doctor_answer(&c, ASK_DANGER, "no"), 0);
        ck_assert_uint_eq(doctor_next(&c), DO_TRY_PORT);
        ck_assert_int_eq(doctor_answer(&c, DO_TRY_PORT, "works"), 0);
        ck_assert_uint_eq(doctor_next(&c), STEP_NONE);
        doctor_conclude(&c, &r);
        ck_assert_str_eq(r.code, "hub-bus-powered");
        ck_assert_uint_eq(r.confidence, CERTAIN);
        ck_assert(r.by_finding && !r.service);
}
END_TEST

static const char *const without_battery[] = { "INZONE H3", "INZONE H6 Air", "INZONE E9" };

START_TEST(no_battery_is_no_fault) {
        struct doctor_check c;
        struct doctor_conclusion r;
        char sentence[160];

        doctor_begin(&c);
        doctor_know_model(&c, without_battery[_i]);
        ck_assert_uint_eq(doctor_next(&c), ASK_DANGER);
        ck_assert_int_eq(doctor_answer(&c, ASK_DANGER, "no"), 0);
        ck_assert_uint_eq(doctor_next(&c), STEP_NONE);
        doctor_conclude(&c, &r);
        ck_assert_str_eq(r.code, "no-battery");
        ck_assert_uint_eq(r.confidence, CERTAIN);
        snprintf(sentence, sizeof sentence,
                 "The %s has no battery, so there is nothing to charge; it works while it is plugged in.", without_battery[_i]);
        ck_assert_str_eq(r.sentence, sentence);
}
END_TEST

START_TEST(long_storage_takes_longer) {
        struct doctor_check c = begin(FAMILY_OVER_EAR);

        ck_assert_uint_eq(doctor_minutes(&c, DO_WAIT), 5);
        set(&c, ASK_SINCE, SINCE_STORED);
        ck_assert_uint_eq(doctor_minutes(&c, DO_WAIT), 30);
}
END_TEST

/* What a person may tell, but another step finds out better, is never asked. */
START_TEST(some_is_only_told) {
        struct doctor_check c = begin(FAMILY_EARBUDS);

        c.context = (uint16_t) ~CONTEXT_NEVER;
        ck_assert(!doctor_may(&c, ASK_SEATED) && !doctor_may(&c, ASK_FIRMWARE));
        ck_assert_int_eq(doctor_answer(&c, ASK_SEATED, "no"), 0);
        for (size_t i = 0; i < doctor_n_plain; i++)
                ck_assert_int_eq(doctor_says(&c, &doctor_plain[i]), 0);
        ck_assert_int_eq(doctor_answer(&c, ASK_FIRMWARE, "old"), 0);
        for (size_t i = 0; i < doctor_n_plain; i++)
                ck_assert_int_eq(doctor_says(&c, &doctor_plain[i]), strcmp(doctor_plain[i].code, "firmware-old") == 0);
}
END_TEST

/* The headset itself is asked only where that is possible, and never before it is known that nothing is dangerous. */
START_TEST(measuring_comes_after_danger) {
        struct doctor_check c = begin(FAMILY_OVER_EAR);

        ck_assert(!doctor_may(&c, ASK_HEADSET) && !doctor_may(&c, ASK_TESTER));
        c.context |= CONTEXT_CAN_ASK | CONTEXT_TESTER;
        ck_assert_int_eq(doctor_next(&c), ASK_DANGER);
        ck_assert_int_eq(doctor_answer(&c, ASK_DANGER, "swollen"), 0);
        ck_assert_int_eq(doctor_next(&c), ASK_DANGER_SURE);
        ck_assert_int_eq(doctor_skip(&c, ASK_DANGER_SURE), 0);
        ck_assert_int_eq(doctor_next(&c), STEP_NONE);
        ck_assert_int_eq(doctor_back(&c), ASK_DANGER_SURE);
        ck_assert_int_eq(doctor_back(&c), ASK_DANGER);
        ck_assert_int_eq(doctor_answer(&c, ASK_DANGER, "no"), 0);
        ck_assert_int_eq(doctor_next(&c), ASK_HEADSET);
        ck_assert_int_eq(doctor_answer(&c, ASK_HEADSET, "no"), 0);
        ck_assert_int_eq(doctor_next(&c), ASK_TESTER);
        ck_assert_int_eq(doctor_skip(&c, ASK_TESTER), 0);
        ck_assert_int_eq(doctor_next(&c), ASK_COMPLAINT);
}
END_TEST

START_TEST(a_check_is_small) {
        ck_assert_uint_lt(sizeof(struct doctor_check), 2048);
}
END_TEST

int main(void) {
        Suite *s = suite_create("doctor");
        TCase *t = tcase_create("table"), *never = tcase_create("never"), *e = tcase_create("engine");

        tcase_add_test(t, conditions_fit_the_questions);
        tcase_add_test(t, steps_are_whole);
        tcase_add_test(t, chances_are_whole);
        tcase_add_test(t, causes_are_whole);
        tcase_add_test(t, every_cause_can_be_reached);
        tcase_add_test(t, every_question_matters);
        tcase_add_test(t, no_answer_raises_what_it_contradicts);
        suite_add_tcase(s, t);
        tcase_set_timeout(never, 300);
        tcase_add_loop_test(never, initialise_is_the_last_resort, FAMILY_UNKNOWN, _FAMILY_MAX);
        tcase_add_loop_test(never, reset_comes_after_the_way_of_the_power, FAMILY_UNKNOWN, _FAMILY_MAX);
        tcase_add_test(never, danger_is_asked_before_any_change);
        tcase_add_loop_test(never, danger_ends_every_check, FAMILY_UNKNOWN, _FAMILY_MAX);
        tcase_add_test(never, danger_may_be_a_mistake);
        tcase_add_loop_test(never, danger_ends_every_change, FAMILY_UNKNOWN, _FAMILY_MAX);
        tcase_add_test(never, every_part_is_felt_before_the_first_change);
        tcase_add_loop_test(never, what_drains_is_not_called_well, FAMILY_UNKNOWN, _FAMILY_MAX);
        tcase_add_test(never, comfort_is_not_for_what_drains);
        tcase_add_loop_test(never, accusations_need_two_facts, FAMILY_UNKNOWN, _FAMILY_MAX);
        tcase_add_loop_test(never, nothing_forbidden_is_ever_concluded, FAMILY_UNKNOWN, _FAMILY_MAX);
        tcase_add_loop_test(never, what_was_seen_is_no_accusation, FAMILY_UNKNOWN, _FAMILY_MAX);
        tcase_add_loop_test(never, what_mended_it_is_the_cause, FAMILY_UNKNOWN, _FAMILY_MAX);
        tcase_add_loop_test(never, every_path_ends, FAMILY_OVER_EAR, _FAMILY_MAX);
        suite_add_tcase(s, never);
        tcase_add_test(e, going_back_forgets);
        tcase_add_test(e, bad_answers_are_none);
        tcase_add_test(e, a_name_is_read_as_people_type_it);
        tcase_add_test(e, an_unknown_name_is_not_repeated);
        tcase_add_test(e, a_certain_finding_is_acted_on_at_once);
        tcase_add_loop_test(e, no_battery_is_no_fault, 0, sizeof without_battery / sizeof *without_battery);
        tcase_add_test(e, long_storage_takes_longer);
        tcase_add_test(e, some_is_only_told);
        tcase_add_test(e, measuring_comes_after_danger);
        tcase_add_test(e, a_check_is_small);
        suite_add_tcase(s, e);
        return run_suite(s);
}
