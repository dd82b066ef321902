/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * A port under suspicion: what no single look can show, and several plug sessions together can.
 *
 * One failure accuses nobody. A port is suspect when the same device works on another one, or when two devices fail on it.
 * Whatever works in the other combination is innocent.
 */
#include "causes/suspects.h"

#include <stdio.h>
#include <string.h>

static uint32_t troubles(const struct statistics_tally *t) {
        return t->bad + t->shaky;
}

static const char *candidate_name(const struct candidate *k) {
        return k->model[0] != '\0' ? k->model : k->device;
}

static void give_failures(const struct suspects *c, struct finding *f, const char *who, const struct statistics_tally *t) {
        char place[PLACE_MAX], shaky[48] = "";

        if (t->shaky > 0)
                snprintf(shaky, sizeof shaky, ", %u more with errors", t->shaky);
        finding_evidence(f, who, "history", t->bad_at, "failed %u of %u times on %s%s", t->bad, tally_all(t),
                         suspect_port_words(c->s->model, c->port, place), shaky);
        if (t->forgiven > 0)
                finding_evidence(f, who, "history", 0, "%u failure%s here before it worked well for a while do%s not count",
                                 t->forgiven, t->forgiven == 1 ? "" : "s", t->forgiven == 1 ? "es" : "");
}

/* Where the device was fine, port by port. */
static void give_successes(const struct suspects *c, struct finding *f, const struct candidate *k) {
        struct statistics_filter filter = { .device = k->device, .not_port = c->port };
        const char *named[4];
        const struct session *session;
        const struct statistics_entry *entry;
        size_t i = 0, n = 0;

        while (n < sizeof named / sizeof *named && statistics_next(c->s->model, &filter, &i, &entry, &session)) {
                const char *port = entry ? entry->port : session->port;
                struct statistics_tally t = suspect_count(c, (struct statistics_filter){ .device = k->device, .port = port });
                char place[PLACE_MAX];
                bool again = t.good == 0;

                for (size_t j = 0; j < n; j++)
                        again |= strcmp(named[j], port) == 0;
                if (again)
                        continue;
                named[n++] = port;
                finding_evidence(f, candidate_name(k), "history", 0, "%u of %u fine on %s", t.good, tally_all(&t),
                                 suspect_port_words(c->s->model, port, place));
        }
}

/* Errors per plug that rise over weeks. */
static void give_trend(struct finding *f, const struct statistics_tally *t) {
        if (t->errors >= 1000 && t->errors >= 2 * t->errors_before)
                finding_evidence(f, "errors per plug", "history", t->bad_at, "%u.%u lately, %u.%u over a longer time",
                                 t->errors / 1000, t->errors / 100 % 10, t->errors_before / 1000, t->errors_before / 100 % 10);
}

/* It worked well for a while since then, with whatever cable. */
static bool is_over(const struct statistics_tally *t) {
        return t->run_at > t->bad_at;
}

/* The cable of all the failures, when all have the same name; else NULL. */
static const char *cable_of_failures(const struct suspects *c) {
        struct statistics_filter here = { .port = c->port };
        const char *cable = NULL;
        const struct session *session;
        const struct statistics_entry *entry;
        size_t i = 0;

        while (statistics_next(c->s->model, &here, &i, &entry, &session)) {
                bool bad = entry ? entry->bad + entry->shaky > 0 : session_outcome(session, c->s->model->now) == OUTCOME_BAD;
                const char *own = entry ? entry->cable : session->cable;

                if (!bad)
                        continue;
                if (own[0] == '\0' || (cable && strcmp(cable, own) != 0))
                        return NULL;
                cable = own;
        }
        return cable;
}

/* Another cable works here, or what works elsewhere works with other cables only: then it need not be the port. */
static bool cable_may_explain(const struct suspects *c, const struct candidate *k) {
        const char *cable = cable_of_failures(c);
        struct statistics_tally others_here, same_elsewhere, others_elsewhere;

        if (!cable)
                return false;
        others_here = suspect_count(c, (struct statistics_filter){ .port = c->port, .not_cable = cable, .named_cable = true });
        same_elsewhere = suspect_count(c, (struct statistics_filter){ .device = k->device, .not_port = c->port, .cable = cable });
        others_elsewhere = suspect_count(
                c,
                (struct statistics_filter){ .device = k->device, .not_port = c->port, .not_cable = cable, .named_cable = true });
        if (others_here.good > 0 && troubles(&others_here) == 0)
                return true;
        return same_elsewhere.good == 0 && others_elsewhere.good == k->elsewhere.good;
}

/* What failed here had one cable in common, and nothing shows that it works elsewhere. */
static bool cable_is_in_question(const struct suspects *c) {
        const char *cable = cable_of_failures(c);
        struct statistics_tally others_here, elsewhere;

        if (!cable)
                return false;
        others_here = suspect_count(c, (struct statistics_filter){ .port = c->port, .not_cable = cable, .named_cable = true });
        elsewhere = suspect_count(c, (struct statistics_filter){ .not_port = c->port, .cable = cable });
        return elsewhere.good == 0 || (others_here.good > 0 && troubles(&others_here) == 0);
}

/* What is only guessed has to be clearer: it fails here almost every time, and on no other port. */
static bool guess_counts(const struct candidate *k) {
        return k->elsewhere.guessed == 0 && k->here.bad >= 3 && k->here.bad >= 3 * k->here.good;
}

/* It failed twice, or there were errors again and again. */
static bool fails_often(const struct candidate *k) {
        uint32_t proven = k->here.bad - k->here.guessed;

        if (k->here.guessed > 0 && guess_counts(k))
                return true;
        return proven >= 2 || proven + k->here.shaky >= 3;
}

/* First rule: the same device works on another port. What failed without a name may be anything, and counts for nobody. */
static bool works_elsewhere(const struct suspects *c, const struct candidate *k) {
        return !k->shared && fails_often(k) && tally_is_mostly_bad(&k->here) && !is_over(&k->here) &&
               tally_is_mostly_fine(&k->elsewhere) && tally_was_fine_since(&k->elsewhere, &k->here) && !cable_may_explain(c, k);
}

/* Second rule: this one fails here and is not known to fail everywhere. */
static bool fails_here(const struct candidate *k) {
        if ((k->here.bad <= k->here.guessed && k->here.shaky < 2) || is_over(&k->here))
                return false;
        return k->here.bad_weight >= k->here.good_weight && k->elsewhere.bad_weight <= k->elsewhere.good_weight;
}

static const struct candidate *worst_that_works_elsewhere(const struct suspects *c) {
        const struct candidate *worst = NULL;

        for (size_t i = 0; i < c->n; i++)
                if (works_elsewhere(c, &c->candidates[i]) &&
                    (!worst || c->candidates[i].here.bad_weight > worst->here.bad_weight))
                        worst = &c->candidates[i];
        return worst;
}

/* "054c:0cd3" of "054c:0cd3-3f2a1c" */
#define PRODUCT_LENGTH 9

static uint32_t times_seen(const struct candidate *k) {
        return tally_all(&k->here) + tally_all(&k->elsewhere);
}

/* Two of one product are two devices when the serial number of each was read more than once: it may be missing, or be
 * another one with each plug. */
static bool are_two(const struct candidate *a, const struct candidate *b) {
        if (strncmp(a->device, b->device, PRODUCT_LENGTH) != 0)
                return true;
        return device_is_marked(a->device) && device_is_marked(b->device) && times_seen(a) >= 2 && times_seen(b) >= 2;
}

static bool is_another_one(const struct suspects *c, size_t i) {
        for (size_t j = 0; j < i; j++)
                if (fails_here(&c->candidates[j]) && !are_two(&c->candidates[i], &c->candidates[j]))
                        return false;
        return true;
}

static size_t how_many_fail_here(const struct suspects *c) {
        struct statistics_tally all_here = suspect_count(c, (struct statistics_filter){ .port = c->port, .named_device = true });
        size_t n = 0;

        for (size_t i = 0; i < c->n; i++)
                n += fails_here(&c->candidates[i]) && is_another_one(c, i);
        return tally_is_mostly_bad(&all_here) && !cable_is_in_question(c) ? n : 0;
}

/* The key of a hub's port is the same whichever hub is there. */
static const char *this_port(const struct suspects *c) {
        const struct port *hubs[ADDRESS_DEPTH_MAX];

        return path_external_hubs(c->s->port, hubs, ADDRESS_DEPTH_MAX) > 0 ? "this port, or to the hub it is part of"
                                                                           : "this port";
}

static void say_where_it_works(const struct suspects *c, struct finding *f, const struct candidate *k, const char *place) {
        const struct statistics_tally *here = &k->here, *there = &k->elsewhere;

        if (here->guessed > 0)
                say_cause(f,
                          "The %s was fine %u of %u times on other ports and what was plugged in on %s failed %u of %u times, "
                          "which points to %s.",
                          candidate_name(k), there->good, tally_all(there), place, here->bad, tally_all(here), this_port(c));
        else
                say_cause(f, "The %s was fine %u of %u times on other ports and %s %u of %u times on %s, which points to %s.",
                          candidate_name(k), there->good, tally_all(there), here->bad > 0 ? "failed" : "had errors",
                          here->bad > 0 ? here->bad : here->shaky, tally_all(here), place, this_port(c));
}

/* What is not known for sure. */
static void give_doubts(const struct suspects *c, struct finding *f, const struct candidate *k) {
        if (k->here.guessed > 0)
                finding_evidence(f, "who it was", "history", k->here.bad_at,
                                 "%u of these failures never told: it was plugged in right after the %s was pulled out elsewhere",
                                 k->here.guessed, candidate_name(k));
        if (!device_is_marked(k->device))
                finding_evidence(f, "same device", "history", 0,
                                 "it has no serial number, so another one of its model would look the same");
        if (c->nameless.bad > 0)
                finding_evidence(f, "a USB device", "history", c->nameless.bad_at,
                                 "failed here %u more time%s and never told who it is", c->nameless.bad,
                                 c->nameless.bad == 1 ? "" : "s");
}

/* Two headsets are often plugged in with one and the same cable. */
static void give_doubt_of_cable(const struct suspects *c, struct finding *f) {
        struct statistics_tally unnamed =
                suspect_count(c, (struct statistics_filter){ .port = c->port, .cable = "", .named_device = true });

        if (troubles(&unnamed) > 0)
                finding_evidence(f, "cable", "history", 0, "not known; if it was the same cable each time, it may be the cable");
}

static void tell_port_suspect(const struct suspects *c, struct findings *out, const struct candidate *k, size_t failing) {
        struct statistics_tally others = suspect_count(
                c, (struct statistics_filter){ .port = c->port, .named_device = true, .not_device = k ? k->device : NULL });
        bool others_fine = k && others.good > 0 && troubles(&others) == 0, sure = false;
        const struct statistics_tally here = k ? k->here : (struct statistics_tally){};
        char place[PLACE_MAX];
        struct finding *f;

        sure = k && device_is_marked(k->device) && here.bad >= 3 && here.guessed < here.bad && k->elsewhere.good >= 3 &&
               !others_fine;
        f = found(c->s, out, PORT_SUSPECT, WARNING, sure || (k && failing >= 2) || failing >= 3 ? LIKELY : POSSIBLE);
        suspect_port_words(c->s->model, c->port, place);
        if (k)
                say_where_it_works(c, f, k, place);
        else
                say_cause(f, "%zu different devices fail on %s, which points to %s.", failing, place, this_port(c));
        say_action(f, "Charge from another port; to be sure, clean this socket and try it once more with another device.");
        for (size_t i = 0; i < c->n; i++) {
                if (&c->candidates[i] == k)
                        give_failures(c, f, here.guessed == here.bad ? "a USB device" : candidate_name(k), &here);
                else if (!k && fails_here(&c->candidates[i]))
                        give_failures(c, f, candidate_name(&c->candidates[i]), &c->candidates[i].here);
        }
        if (!k) {
                give_doubt_of_cable(c, f);
                return;
        }
        give_successes(c, f, k);
        if (others_fine)
                finding_evidence(f, "other devices", "history", 0, "%u of %u fine here, so it need not be the port alone",
                                 others.good, tally_all(&others));
        give_doubts(c, f, k);
        give_trend(f, &k->here);
}

void cause_port_suspect(const struct subject *s, struct findings *out) {
        const struct candidate *k;
        struct suspects c = {};
        size_t failing;

        if (!suspect_is_there(s) || !statistics_have_trouble(s->model))
                return;
        suspect_collect(&c, s);
        k = worst_that_works_elsewhere(&c);
        failing = how_many_fail_here(&c);
        if (k || failing >= 2)
                tell_port_suspect(&c, out, k, failing);
}

void give_what_is_innocent(const struct subject *s, struct finding *f) {
        const char *device = s->port->session.device;
        struct statistics_tally others, elsewhere;
        struct suspects c = {};

        if (s->whole_log || !suspect_is_there(s))
                return;
        suspect_collect(&c, s);
        others = suspect_count(&c, (struct statistics_filter){ .port = c.port, .named_device = true, .not_device = device });
        if (tally_is_mostly_fine(&others))
                finding_evidence(f, "other devices on this port", "history", 0, "%u of %u fine", others.good, tally_all(&others));
        if (device[0] == '\0')
                return;
        elsewhere = suspect_count(&c, (struct statistics_filter){ .device = device, .not_port = c.port });
        if (tally_all(&elsewhere) > 0 && !statistics_are_shared(s->model, device))
                finding_evidence(f, "this device on other ports", "history", elsewhere.bad_at, "%u of %u fine", elsewhere.good,
                                 tally_all(&elsewhere));
}
