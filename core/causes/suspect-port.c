/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Suspects a port. A single observation cannot show this, but several plug sessions together can.
 *
 * One failure is not sufficient. A port is suspect when the same device works at another port, or when two devices fail at it.
 * Whatever works in another combination is not suspected.
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

/* The device, for the placeholder {device}; NULL: not known. */
#define WHO(name) \
        { .place = "device", .text = (name), .words = (name) ? SAY_NOTHING : SAY_A_USB_DEVICE }

static void give_failures(const struct suspects *c, struct finding *f, const char *who, const struct statistics_tally *t) {
        struct place place;

        suspect_place(c->s->model, c->port, &place);
        give(f, t->shaky > 0 ? SAY_EV_FAILED_AND_ERRORS : SAY_EV_FAILED_ON, "history", t->bad_at, WHO(who),
             NUMBER("bad_count", t->bad), NUMBER("all_count", tally_all(t)), PLACE(&place),
             NUMBER_IF(t->shaky > 0, "error_count", t->shaky));
        if (t->forgiven > 0)
                give(f, SAY_EV_FORGIVEN, "history", 0, WHO(who), NUMBER("failure_count", t->forgiven));
}

/* Lists the ports at which the device worked. */
static void give_successes(const struct suspects *c, struct finding *f, const struct candidate *k) {
        struct statistics_filter filter = { .device = k->device, .not_port = c->port };
        const char *named[4];
        const struct session *session;
        const struct statistics_entry *entry;
        size_t i = 0, n = 0;

        while (n < sizeof named / sizeof *named && statistics_next(c->s->model, &filter, &i, &entry, &session)) {
                const char *port = entry ? entry->port : session->port;
                struct statistics_tally t = suspect_count(c, (struct statistics_filter){ .device = k->device, .port = port });
                struct place place;
                bool again = t.good == 0;

                for (size_t j = 0; j < n; j++)
                        again |= strcmp(named[j], port) == 0;
                if (again)
                        continue;
                named[n++] = port;
                suspect_place(c->s->model, port, &place);
                give(f, SAY_EV_FINE_ON, "history", 0, TEXT("device", candidate_name(k)), NUMBER("fine_count", t.good),
                     NUMBER("all_count", tally_all(&t)), PLACE(&place));
        }
}

/* Errors per plug that increase over weeks. */
static void give_trend(struct finding *f, const struct statistics_tally *t) {
        if (t->errors >= 1000 && t->errors >= 2 * t->errors_before)
                give(f, SAY_EV_ERRORS_PER_PLUG, "history", t->bad_at, NUMBER("errors_milli", t->errors),
                     NUMBER("before_milli", t->errors_before));
}

/* The port has since worked well for some time, with any cable. */
static bool is_over(const struct statistics_tally *t) {
        return t->run_at > t->bad_at;
}

/* Returns the cable of all failures when it is always the same, else NULL. */
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

/* Another cable works at this port, or the device works elsewhere with other cables only. The port need not be the cause then. */
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

/* All failures at this port were with the same cable, and the cable is not known to work elsewhere. */
static bool cable_is_in_question(const struct suspects *c) {
        const char *cable = cable_of_failures(c);
        struct statistics_tally others_here, elsewhere;

        if (!cable)
                return false;
        others_here = suspect_count(c, (struct statistics_filter){ .port = c->port, .not_cable = cable, .named_cable = true });
        elsewhere = suspect_count(c, (struct statistics_filter){ .not_port = c->port, .cable = cable });
        return elsewhere.good == 0 || (others_here.good > 0 && troubles(&others_here) == 0);
}

/* A guessed device needs stronger evidence: it fails here almost every time, and at no other port. */
static bool guess_counts(const struct candidate *k) {
        return k->elsewhere.guessed == 0 && k->here.bad >= 3 && k->here.bad >= 3 * k->here.good;
}

/* It failed twice, or there were repeated errors. */
static bool fails_often(const struct candidate *k) {
        uint32_t proven = k->here.bad - k->here.guessed;

        if (k->here.guessed > 0 && guess_counts(k))
                return true;
        return proven >= 2 || proven + k->here.shaky >= 3;
}

/* First rule: the same device works at another port. Failures of unidentified devices may be of any device, so they do not
 * count. */
static bool works_elsewhere(const struct suspects *c, const struct candidate *k) {
        return !k->shared && fails_often(k) && tally_is_mostly_bad(&k->here) && !is_over(&k->here) &&
               tally_is_mostly_fine(&k->elsewhere) && tally_was_fine_since(&k->elsewhere, &k->here) && !cable_may_explain(c, k);
}

/* Second rule: this device fails here and is not known to fail everywhere. */
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

/* Two devices of the same product are known to be different when the serial number of each was read more than once. A serial
 * number may be missing, or change with every plug. */
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

/* The identifier of a hub's port is the same for every hub that is plugged in there. */
static enum sentence this_port(const struct suspects *c) {
        const struct port *hubs[ADDRESS_DEPTH_MAX];

        return path_external_hubs(c->s->port, hubs, ADDRESS_DEPTH_MAX) > 0 ? SAY_THIS_PORT_OR_HUB : SAY_THIS_PORT;
}

static void say_where_it_works(const struct suspects *c, struct finding *f, const struct candidate *k,
                               const struct place *place) {
        const struct statistics_tally *here = &k->here, *there = &k->elsewhere;

        if (here->guessed > 0)
                because(f, SAY_FINE_ELSEWHERE_GUESSED, TEXT("device", candidate_name(k)), NUMBER("fine_count", there->good),
                        NUMBER("elsewhere_count", tally_all(there)), PLACE(place), NUMBER("bad_count", here->bad),
                        NUMBER("here_count", tally_all(here)), WORDS("culprit", this_port(c)));
        else
                because(f, here->bad > 0 ? SAY_FINE_ELSEWHERE_FAILED : SAY_FINE_ELSEWHERE_ERRORS,
                        TEXT("device", candidate_name(k)), NUMBER("fine_count", there->good),
                        NUMBER("elsewhere_count", tally_all(there)), NUMBER("bad_count", here->bad > 0 ? here->bad : here->shaky),
                        NUMBER("here_count", tally_all(here)), PLACE(place), WORDS("culprit", this_port(c)));
}

/* Adds what is uncertain. */
static void give_doubts(const struct suspects *c, struct finding *f, const struct candidate *k) {
        if (k->here.guessed > 0)
                give(f, SAY_EV_GUESSED_DEVICE, "history", k->here.bad_at, NUMBER("guessed_count", k->here.guessed),
                     TEXT("device", candidate_name(k)));
        if (!device_is_marked(k->device))
                give(f, SAY_EV_NO_SERIAL, "history", 0);
        if (c->nameless.bad > 0)
                give(f, SAY_EV_NAMELESS_FAILED, "history", c->nameless.bad_at, NUMBER("failure_count", c->nameless.bad));
}

/* Two headsets are often used with the same cable. */
static void give_doubt_of_cable(const struct suspects *c, struct finding *f) {
        struct statistics_tally unnamed =
                suspect_count(c, (struct statistics_filter){ .port = c->port, .cable = "", .named_device = true });

        if (troubles(&unnamed) > 0)
                give(f, SAY_EV_CABLE_NOT_KNOWN, "history", 0);
}

static void tell_port_suspect(const struct suspects *c, struct findings *out, const struct candidate *k, size_t failing) {
        struct statistics_tally others = suspect_count(
                c, (struct statistics_filter){ .port = c->port, .named_device = true, .not_device = k ? k->device : NULL });
        bool others_fine = k && others.good > 0 && troubles(&others) == 0, sure = false;
        const struct statistics_tally here = k ? k->here : (struct statistics_tally){};
        struct place place;
        struct finding *f;

        sure = k && device_is_marked(k->device) && here.bad >= 3 && here.guessed < here.bad && k->elsewhere.good >= 3 &&
               !others_fine;
        f = found(c->s, out, PORT_SUSPECT, WARNING, sure || (k && failing >= 2) || failing >= 3 ? LIKELY : POSSIBLE);
        suspect_place(c->s->model, c->port, &place);
        if (k)
                say_where_it_works(c, f, k, &place);
        else
                because(f, SAY_DEVICES_FAIL, NUMBER("device_count", failing), PLACE(&place), WORDS("culprit", this_port(c)));
        advise(f, SAY_OTHER_PORT_TO_BE_SURE);
        for (size_t i = 0; i < c->n; i++) {
                if (&c->candidates[i] == k)
                        give_failures(c, f, here.guessed == here.bad ? NULL : candidate_name(k), &here);
                else if (!k && fails_here(&c->candidates[i]))
                        give_failures(c, f, candidate_name(&c->candidates[i]), &c->candidates[i].here);
        }
        if (!k) {
                give_doubt_of_cable(c, f);
                return;
        }
        give_successes(c, f, k);
        if (others_fine)
                give(f, SAY_EV_OTHERS_FINE_HERE, "history", 0, NUMBER("fine_count", others.good),
                     NUMBER("all_count", tally_all(&others)));
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
                give(f, SAY_EV_OTHERS_FINE_ON_PORT, "history", 0, NUMBER("fine_count", others.good),
                     NUMBER("all_count", tally_all(&others)));
        if (device[0] == '\0')
                return;
        elsewhere = suspect_count(&c, (struct statistics_filter){ .device = device, .not_port = c.port });
        if (tally_all(&elsewhere) > 0 && !statistics_are_shared(s->model, device))
                give(f, SAY_EV_FINE_ELSEWHERE, "history", elsewhere.bad_at, NUMBER("fine_count", elsewhere.good),
                     NUMBER("all_count", tally_all(&elsewhere)));
}
