/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Plays people against the doctor's engine and tells how often it is right: usage: simulate PEOPLE.json [VERBOSE]
 *
 *   people    written down in PEOPLE.json: every answer as the person would give it, once without mistakes
 *   mistaken  the same people, 20 times, each answer to a question wrong with 10 %, those about danger as well: whether it is so,
 *             and whether the headset feels hot or wet before a change
 *   drawn     3000 people drawn from the table: a cause by its weight, answers by their chances; with and without mistakes
 *
 * Exits with 1 when a figure is below what is promised.
 */
#include <json-c/json.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "doctor/engine.h"

#define MISTAKES .10
#define RUNS 20
#define DRAWN 3000

struct figures {
        unsigned n, right, forbidden, unsafe, endangered, in_vain, cured;
        unsigned steps[DOCTOR_STEPS_MAX + 8];
};

/* The same numbers on every machine: xorshift64*. */
static uint64_t state = 88172645463325252u;

static double chance(void) {
        state ^= state >> 12;
        state ^= state << 25;
        state ^= state >> 27;
        return (double) ((state * 2685821657736338717u) >> 11) / (double) (1ull << 53);
}

static const char *text_of(struct json_object *o, const char *key) {
        struct json_object *v;

        return json_object_object_get_ex(o, key, &v) ? json_object_get_string(v) : "";
}

static bool lists(struct json_object *person, const char *key, const char *word) {
        struct json_object *list;

        if (!json_object_object_get_ex(person, key, &list))
                return false;
        for (size_t i = 0; i < json_object_array_length(list); i++)
                if (strcmp(json_object_get_string(json_object_array_get_idx(list, i)), word) == 0)
                        return true;
        return false;
}

/* What is written down for a step; NULL: nothing. */
static const char *written_answer(struct json_object *person, enum doctor_step s) {
        struct json_object *answers, *a = NULL;

        if (json_object_object_get_ex(person, "answers", &answers))
                json_object_object_get_ex(answers, doctor_step_id(s), &a);
        if (a && json_object_is_type(a, json_type_array))
                a = json_object_array_get_idx(a, json_object_array_length(a) - 1);
        return a ? json_object_get_string(a) : NULL;
}

/* What a person with something dangerous in hand says when a change is asked for; NULL: there is no danger. */
static const char *danger_of(struct json_object *person) {
        const char *danger = written_answer(person, ASK_DANGER);

        if (!danger || strcmp(danger, "no") == 0 || strcmp(danger, "was-wet") == 0 || strcmp(danger, "skip") == 0)
                return NULL;
        return strcmp(danger, "wet") == 0 ? "wet" : "hot";
}

/* What the person says to a step; "skip": nothing. */
static const char *answer_of(struct json_object *person, enum doctor_step s) {
        const char *written = written_answer(person, s == ASK_DANGER_SURE ? ASK_DANGER : s);

        if (s == ASK_DANGER_SURE && !written)
                return "no";
        if (written)
                return written;
        if (doctor_steps[s].change)
                return lists(person, "cured_by", doctor_step_id(s)) ? "works" : "fails";
        return "skip";
}

/* Another answer than the right one. */
static const char *wrong_answer(const struct doctor_check *c, enum doctor_step s, const char *right) {
        for (unsigned tries = 0; tries < 100; tries++) {
                unsigned i = 1 + (unsigned) (chance() * (double) doctor_n_options(s));

                if (i <= doctor_n_options(s) && doctor_offers(c, s, i) && strcmp(doctor_steps[s].options[i - 1].id, right) != 0)
                        return doctor_steps[s].options[i - 1].id;
        }
        return right;
}

static bool may_be_mistaken(enum doctor_step s) {
        return !doctor_steps[s].change && s != ASK_FAMILY && doctor_n_options(s) > 0;
}

static void say(struct doctor_check *c, enum doctor_step s, const char *answer, double mistakes) {
        if (strcmp(answer, "skip") != 0 && may_be_mistaken(s) && chance() < mistakes)
                answer = wrong_answer(c, s, answer);
        if (strcmp(answer, "skip") == 0 || doctor_answer(c, s, answer) < 0)
                (void) doctor_skip(c, s);
}

static bool shown_before(const struct doctor_check *c, const char *first, const char *second) {
        unsigned a = c->n, b = c->n;

        for (unsigned i = 0; i < c->n; i++) {
                if (strcmp(doctor_step_id(c->trail[i]), first) == 0 && a == c->n)
                        a = i;
                if (strcmp(doctor_step_id(c->trail[i]), second) == 0 && b == c->n)
                        b = i;
        }
        return a < c->n && b > a;
}

/* A change that is answered with "hot" or "wet" was not made. */
static bool was_done(const struct doctor_check *c, const char *step) {
        for (unsigned i = 0; i < c->n; i++)
                if (doctor_answer_to(c, (enum doctor_step) c->trail[i]) != SKIPPED &&
                    (strcmp(doctor_step_id(c->trail[i]), step) == 0 ||
                     (strcmp(step, "do:*") == 0 && doctor_steps[c->trail[i]].change)))
                        return true;
        return false;
}

static bool is_unsafe(struct json_object *person, const struct doctor_check *c) {
        struct json_object *list;

        if (!json_object_object_get_ex(person, "forbid_steps", &list))
                return false;
        for (size_t i = 0; i < json_object_array_length(list); i++) {
                char rule[64], *less;

                snprintf(rule, sizeof rule, "%s", json_object_get_string(json_object_array_get_idx(list, i)));
                less = strchr(rule, '<');
                if (less)
                        *less = '\0';
                if (less ? shown_before(c, rule, less + 1) : was_done(c, rule))
                        return true;
        }
        return false;
}

/* A change was made with something dangerous in hand. */
static bool is_endangered(struct json_object *person, const struct doctor_check *c) {
        return danger_of(person) && was_done(c, "do:*");
}

static int number_of(struct json_object *person, const char *key, int otherwise) {
        struct json_object *v;

        return json_object_object_get_ex(person, key, &v) ? json_object_get_int(v) : otherwise;
}

static void play(struct json_object *person, double mistakes, bool verbose, struct figures *f) {
        struct doctor_check c;
        struct doctor_conclusion r;
        struct json_object *v;
        enum doctor_step s;
        const char *why = NULL;

        doctor_begin(&c);
        while ((s = doctor_next(&c)) != STEP_NONE) {
                bool feels = doctor_steps[s].change && danger_of(person) && chance() >= mistakes;

                say(&c, s, feels ? danger_of(person) : answer_of(person, s), mistakes);
        }
        doctor_conclude(&c, &r);
        f->n++;
        f->steps[c.n]++;
        if (lists(person, "forbid", r.code)) {
                f->forbidden++;
                why = "a forbidden conclusion";
        } else if (!lists(person, "expect", r.code))
                why = "a wrong conclusion";
        f->endangered += is_endangered(person, &c);
        if (is_unsafe(person, &c)) {
                f->unsafe++;
                why = "an unsafe step";
        }
        if (r.confidence == CERTAIN && strcmp(text_of(person, "confidence_max"), "certain") != 0)
                why = "too sure";
        if (mistakes <= 0 && (int) c.n > number_of(person, "max_steps", DOCTOR_STEPS_MAX))
                why = "too many steps";
        if (json_object_object_get_ex(person, "service", &v) && (bool) json_object_get_boolean(v) != r.service)
                why = why ? why : "service";
        f->right += !why;
        if (why && verbose) {
                printf("  %s: %s, %u steps, p %.2f: %s:", text_of(person, "id"), r.code, c.n, (double) r.probability, why);
                for (unsigned i = 0; i < c.n; i++)
                        printf(" %s=%s", doctor_step_id(c.trail[i]),
                               c.answers[c.trail[i]] == SKIPPED ? "skip"
                               : doctor_n_options((enum doctor_step) c.trail[i])
                                       ? doctor_steps[c.trail[i]].options[c.answers[c.trail[i]] - 1].id
                                       : "");
                printf("\n");
        }
}

/* --- drawn from the table --- */

static unsigned draw(const float *weights, unsigned n) {
        double sum = 0, x;

        for (unsigned i = 0; i < n; i++)
                sum += (double) weights[i];
        x = chance() * sum;
        for (unsigned i = 0; i < n; i++) {
                x -= (double) weights[i];
                if (x < 0)
                        return i;
        }
        return 0;
}

static double cure_of(enum doctor_step s, unsigned cause) {
        for (size_t i = 0; i < doctor_n_cures; i++)
                if (doctor_cures[i].change == s && doctor_cures[i].cause == cause)
                        return (double) doctor_cures[i].chance;
        return .02;
}

static const char *drawn_answer(const struct doctor_check *c, enum doctor_step s, unsigned cause) {
        float weights[OPTIONS_MAX] = {};

        if (s == ASK_DANGER_SURE)
                return cause == CAUSE_DANGER ? "hot" : cause == CAUSE_WET ? "wet" : "no";
        if (doctor_steps[s].change)
                return chance() < cure_of(s, cause) ? "works" : "fails";
        for (size_t i = 0; i < doctor_n_chances; i++) {
                const struct doctor_chance_row *r = &doctor_chances[i];

                if (r->step != s || (r->cause != cause && r->cause != ANY_CAUSE) || r->trait ||
                    (r->families && !(r->families >> c->of_family & 1)))
                        continue;
                for (unsigned o = 1; o <= doctor_n_options(s); o++)
                        weights[doctor_offers(c, s, o) ? o - 1 : 0] += r->percent[o - 1];
                return doctor_steps[s].options[draw(weights, doctor_n_options(s))].id;
        }
        return "skip";
}

static void play_drawn(double mistakes, struct figures *f) {
        static const char *const models[_FAMILY_MAX] = { "", "WH-X", "WI-X", "WF-X" };
        unsigned family = 1 + (unsigned) (chance() * 3), cause;
        float weights[_CAUSE_MAX];
        struct doctor_conclusion r;
        struct doctor_check c;
        enum doctor_step s;

        for (unsigned i = 0; i < _CAUSE_MAX; i++)
                weights[i] = doctor_causes[i].weight[family];
        cause = draw(weights, _CAUSE_MAX);
        doctor_begin(&c);
        while ((s = doctor_next(&c)) != STEP_NONE)
                say(&c, s, s == ASK_MODEL ? models[family] : drawn_answer(&c, s, cause), mistakes);
        doctor_conclude(&c, &r);
        f->n++;
        f->steps[c.n]++;
        f->right += strcmp(r.code, doctor_causes[cause].code) == 0;
        f->cured += r.proven || strcmp(r.code, doctor_causes[cause].code) == 0;
        f->in_vain += r.service && !doctor_causes[cause].service && cause != CAUSE_DEEP;
}

/* --- figures --- */

static unsigned quantile(const struct figures *f, double q) {
        unsigned sum = 0;

        for (unsigned i = 0; i < sizeof f->steps / sizeof *f->steps; i++) {
                sum += f->steps[i];
                if ((double) sum > q * (double) f->n)
                        return i;
        }
        return 0;
}

static double percent(unsigned a, const struct figures *f) {
        return 100 * (double) a / (double) f->n;
}

static void show(const char *what, const struct figures *f) {
        printf("%-24s %5u: %5.1f %% right, %4.1f %% forbidden, %4.1f %% unsafe, %4.2f %% endangered, %4.1f %% to service in "
               "vain, %5.1f %% right or "
               "cured, "
               "steps %u median, %u nine in ten\n",
               what, f->n, percent(f->right, f), percent(f->forbidden, f), percent(f->unsafe, f), percent(f->endangered, f),
               percent(f->in_vain, f), percent(f->right + f->cured > 0 ? (f->cured ? f->cured : f->right) : 0, f),
               quantile(f, .5), quantile(f, .9));
}

int main(int argc, char **argv) {
        struct json_object *people = argc > 1 ? json_object_from_file(argv[1]) : NULL;
        struct figures once = {}, mistaken = {}, drawn = {}, drawn_mistaken = {};
        bool good;

        if (!people) {
                fprintf(stderr, "usage: simulate PEOPLE.json [VERBOSE]\n");
                return 2;
        }
        for (size_t i = 0; i < json_object_array_length(people); i++) {
                struct json_object *person = json_object_array_get_idx(people, i);

                play(person, 0, true, &once);
                for (unsigned n = 0; n < RUNS; n++)
                        play(person, MISTAKES, argc > 2, &mistaken);
        }
        for (unsigned i = 0; i < DRAWN; i++) {
                play_drawn(0, &drawn);
                play_drawn(MISTAKES, &drawn_mistaken);
        }
        show("people", &once);
        show("people, mistaken", &mistaken);
        show("drawn", &drawn);
        show("drawn, mistaken", &drawn_mistaken);
        json_object_put(people);
        good = percent(once.right, &once) >= 95 && once.forbidden == 0 && once.unsafe == 0 && once.endangered == 0 &&
               quantile(&once, .5) <= 7 && quantile(&once, .9) <= 11 && percent(mistaken.right, &mistaken) >= 85 &&
               percent(mistaken.forbidden, &mistaken) <= 3 && percent(mistaken.endangered, &mistaken) <= .2;
        printf("%s\n", good ? "ok" : "worse than promised");
        return good ? 0 : 1;
}
