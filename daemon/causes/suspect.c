/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Port and cable under suspicion: what no single look can show, and several plug sessions together can.
 *
 * One failure accuses nobody. A port is suspect when the same device works on another one, or when two devices fail on it;
 * a cable (as far as the user names them) when it fails on two ports, or when another one works on the same port. Whatever
 * works in the other combination is innocent.
 */
#include "cause.h"

#include <stdio.h>
#include <string.h>

/* Devices looked at on one port. */
#define CANDIDATES_MAX 8
/* Two failures of the last weeks. */
#define ENOUGH_BAD (PAST_WEIGHT * 8 / 5)
/* A good session counts for something for two months. */
#define ENOUGH_GOOD (PAST_WEIGHT / 4)

/* One device on the port that is looked at. */
struct candidate {
        const char *device, *model;
        struct past_tally here, elsewhere;
        bool shared; /* two of them were seen at once: whose the sessions are nobody knows */
};

struct scene {
        const struct subject *s;
        char port[SESSION_PORT_MAX];
        size_t n;
        struct candidate candidates[CANDIDATES_MAX];
        struct past_tally nameless; /* failures here that never told who it was */
};

static uint32_t troubles(const struct past_tally *t) {
        return t->bad + t->shaky;
}

static uint32_t all(const struct past_tally *t) {
        return t->good + t->bad + t->shaky;
}

static struct past_tally count(const struct scene *c, struct past_filter filter) {
        struct past_tally t;

        past_count(c->s->model, &filter, &t);
        return t;
}

static bool is_known(const struct scene *c, const char *device) {
        for (size_t i = 0; i < c->n; i++)
                if (strcmp(c->candidates[i].device, device) == 0)
                        return true;
        return false;
}

static void add_candidate(struct scene *c, const char *device, const char *model) {
        struct candidate *k = &c->candidates[c->n];

        if (c->n == CANDIDATES_MAX || is_known(c, device))
                return;
        *k = (struct candidate){ .device = device, .model = model, .shared = past_is_shared(c->s->model, device) };
        k->here = count(c, (struct past_filter){ .device = device, .port = c->port });
        k->elsewhere = count(c, (struct past_filter){ .device = device, .not_port = c->port });
        c->n++;
}

static void look_around(struct scene *c, const struct subject *s) {
        struct past_filter here = { .port = c->port, .named_device = true };
        const struct session *session;
        const struct past_entry *entry;
        size_t i = 0;

        c->s = s;
        c->n = 0;
        port_key(s->model, s->port, c->port);
        while (past_next(s->model, &here, &i, &entry, &session))
                add_candidate(c, entry ? entry->device : session->device, entry ? entry->model : session->model);
        c->nameless = (struct past_tally){};
        /* In a log nobody knows whether the same thing failed twice. */
        if (!s->whole_log)
                c->nameless = count(c, (struct past_filter){ .device = "", .port = c->port });
}

/* "the left rear port (1-2)", "port 1-2"; "another port" for one that is not there now. */
#define PLACE_MAX 96
static const char *port_words(const struct model *m, const char *key, char buf[static PLACE_MAX]) {
        char own[SESSION_PORT_MAX], name[ADDRESS_NAME_MAX];

        for (size_t i = 0; i < m->n_ports; i++) {
                const struct port *p = m->ports[i];

                if (p->address.depth == 0 || strcmp(port_key(m, p, own), key) != 0)
                        continue;
                address_device_name(&p->address, name);
                if (p->in_sysfs && p->facts.location[0] != '\0')
                        snprintf(buf, PLACE_MAX, "the %s port (%s)", p->facts.location, name);
                else
                        snprintf(buf, PLACE_MAX, "port %s", name);
                return buf;
        }
        snprintf(buf, PLACE_MAX, "another port");
        return buf;
}

static const char *candidate_name(const struct candidate *k) {
        return k->model[0] != '\0' ? k->model : k->device;
}

static void give_failures(const struct scene *c, struct finding *f, const char *who, const struct past_tally *t) {
        char place[PLACE_MAX], shaky[48] = "";

        if (t->shaky > 0)
                snprintf(shaky, sizeof shaky, ", %u more with errors", t->shaky);
        finding_evidence(f, who, "history", t->bad_at, "failed %u of %u times on %s%s", t->bad, all(t),
                         port_words(c->s->model, c->port, place), shaky);
        if (t->forgiven > 0)
                finding_evidence(f, who, "history", 0, "%u failure%s here before it worked well for a while do%s not count",
                                 t->forgiven, t->forgiven == 1 ? "" : "s", t->forgiven == 1 ? "es" : "");
}

/* Where the device was fine, port by port. */
static void give_successes(const struct scene *c, struct finding *f, const struct candidate *k) {
        struct past_filter filter = { .device = k->device, .not_port = c->port };
        const char *told[4];
        const struct session *session;
        const struct past_entry *entry;
        size_t i = 0, n = 0;

        while (n < sizeof told / sizeof *told && past_next(c->s->model, &filter, &i, &entry, &session)) {
                const char *port = entry ? entry->port : session->port;
                struct past_tally t = count(c, (struct past_filter){ .device = k->device, .port = port });
                char place[PLACE_MAX];
                bool again = t.good == 0;

                for (size_t j = 0; j < n; j++)
                        again |= strcmp(told[j], port) == 0;
                if (again)
                        continue;
                told[n++] = port;
                finding_evidence(f, candidate_name(k), "history", 0, "%u of %u fine on %s", t.good, all(&t),
                                 port_words(c->s->model, port, place));
        }
}

/* Errors per plug that rise over weeks. */
static void give_trend(struct finding *f, const struct past_tally *t) {
        if (t->errors >= 1000 && t->errors >= 2 * t->errors_before)
                finding_evidence(f, "errors per plug", "history", t->bad_at, "%u.%u lately, %u.%u over a longer time",
                                 t->errors / 1000, t->errors / 100 % 10, t->errors_before / 1000, t->errors_before / 100 % 10);
}

/* It worked well for a while since then, with whatever cable. */
static bool is_over(const struct past_tally *t) {
        return t->run_at > t->bad_at;
}

static bool is_mostly_bad(const struct past_tally *t) {
        return t->bad_weight >= ENOUGH_BAD && t->bad_weight >= t->good_weight;
}

static bool is_mostly_fine(const struct past_tally *t) {
        return t->good > 0 && t->good_weight >= ENOUGH_GOOD && t->good_weight >= 3 * t->bad_weight;
}

/* The cable of all the failures, when all have the same name; else NULL. */
static const char *cable_of_failures(const struct scene *c) {
        struct past_filter here = { .port = c->port };
        const char *cable = NULL;
        const struct session *session;
        const struct past_entry *entry;
        size_t i = 0;

        while (past_next(c->s->model, &here, &i, &entry, &session)) {
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
static bool cable_may_explain(const struct scene *c, const struct candidate *k) {
        const char *cable = cable_of_failures(c);
        struct past_tally others_here, same_elsewhere, others_elsewhere;

        if (!cable)
                return false;
        others_here = count(c, (struct past_filter){ .port = c->port, .not_cable = cable, .named_cable = true });
        same_elsewhere = count(c, (struct past_filter){ .device = k->device, .not_port = c->port, .cable = cable });
        others_elsewhere = count(
                c, (struct past_filter){ .device = k->device, .not_port = c->port, .not_cable = cable, .named_cable = true });
        if (others_here.good > 0 && troubles(&others_here) == 0)
                return true;
        return same_elsewhere.good == 0 && others_elsewhere.good == k->elsewhere.good;
}

/* What failed here had one cable in common, and nothing shows that it works elsewhere. */
static bool cable_is_in_question(const struct scene *c) {
        const char *cable = cable_of_failures(c);
        struct past_tally others_here, elsewhere;

        if (!cable)
                return false;
        others_here = count(c, (struct past_filter){ .port = c->port, .not_cable = cable, .named_cable = true });
        elsewhere = count(c, (struct past_filter){ .not_port = c->port, .cable = cable });
        return elsewhere.good == 0 || (others_here.good > 0 && troubles(&others_here) == 0);
}

/* What is only guessed has to be clearer: it fails here almost every time, and on no other port. */
static bool guess_counts(const struct candidate *k) {
        return k->elsewhere.guessed == 0 && k->here.bad >= 3 && k->here.bad >= 3 * k->here.good;
}

/* It failed twice, or there were errors again and again. */
static bool fails_often(const struct candidate *k) {
        uint32_t told = k->here.bad - k->here.guessed;

        if (k->here.guessed > 0 && guess_counts(k))
                return true;
        return told >= 2 || told + k->here.shaky >= 3;
}

/* A device or a cable that fails wherever it is plugged in since a certain day was fine everywhere before. */
static bool was_fine_since(const struct past_tally *elsewhere, const struct past_tally *here) {
        return elsewhere->good_at == 0 || here->bad_since == 0 || elsewhere->good_at > here->bad_since;
}

/* First rule: the same device works on another port. What failed without a name may be anything, and counts for nobody. */
static bool works_elsewhere(const struct scene *c, const struct candidate *k) {
        return !k->shared && fails_often(k) && is_mostly_bad(&k->here) && !is_over(&k->here) && is_mostly_fine(&k->elsewhere) &&
               was_fine_since(&k->elsewhere, &k->here) && !cable_may_explain(c, k);
}

/* Second rule: this one fails here and is not known to fail everywhere. */
static bool fails_here(const struct candidate *k) {
        if ((k->here.bad <= k->here.guessed && k->here.shaky < 2) || is_over(&k->here))
                return false;
        return k->here.bad_weight >= k->here.good_weight && k->elsewhere.bad_weight <= k->elsewhere.good_weight;
}

static const struct candidate *worst_that_works_elsewhere(const struct scene *c) {
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
        return all(&k->here) + all(&k->elsewhere);
}

/* Two of one product are two devices when the serial number of each was read more than once: it may be missing, or be
 * another one with each plug. */
static bool are_two(const struct candidate *a, const struct candidate *b) {
        if (strncmp(a->device, b->device, PRODUCT_LENGTH) != 0)
                return true;
        return device_is_marked(a->device) && device_is_marked(b->device) && times_seen(a) >= 2 && times_seen(b) >= 2;
}

static bool is_another_one(const struct scene *c, size_t i) {
        for (size_t j = 0; j < i; j++)
                if (fails_here(&c->candidates[j]) && !are_two(&c->candidates[i], &c->candidates[j]))
                        return false;
        return true;
}

static size_t how_many_fail_here(const struct scene *c) {
        struct past_tally all_here = count(c, (struct past_filter){ .port = c->port, .named_device = true });
        size_t n = 0;

        for (size_t i = 0; i < c->n; i++)
                n += fails_here(&c->candidates[i]) && is_another_one(c, i);
        return is_mostly_bad(&all_here) && !cable_is_in_question(c) ? n : 0;
}

/* The key of a hub's port is the same whichever hub is there. */
static const char *this_port(const struct scene *c) {
        const struct port *hubs[ADDRESS_DEPTH_MAX];

        return path_external_hubs(c->s->port, hubs, ADDRESS_DEPTH_MAX) > 0 ? "this port, or to the hub it is part of"
                                                                           : "this port";
}

static void say_where_it_works(const struct scene *c, struct finding *f, const struct candidate *k, const char *place) {
        const struct past_tally *here = &k->here, *there = &k->elsewhere;

        if (here->guessed > 0)
                say_cause(f,
                          "The %s was fine %u of %u times on other ports and what was plugged in on %s failed %u of %u times, "
                          "which points to %s.",
                          candidate_name(k), there->good, all(there), place, here->bad, all(here), this_port(c));
        else
                say_cause(f, "The %s was fine %u of %u times on other ports and %s %u of %u times on %s, which points to %s.",
                          candidate_name(k), there->good, all(there), here->bad > 0 ? "failed" : "had errors",
                          here->bad > 0 ? here->bad : here->shaky, all(here), place, this_port(c));
}

/* What is not known for sure. */
static void give_doubts(const struct scene *c, struct finding *f, const struct candidate *k) {
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
static void give_doubt_of_cable(const struct scene *c, struct finding *f) {
        struct past_tally unnamed = count(c, (struct past_filter){ .port = c->port, .cable = "", .named_device = true });

        if (troubles(&unnamed) > 0)
                finding_evidence(f, "cable", "history", 0, "not known; if it was the same cable each time, it may be the cable");
}

static void tell_port_suspect(const struct scene *c, struct findings *out, const struct candidate *k, size_t failing) {
        struct past_tally others =
                count(c, (struct past_filter){ .port = c->port, .named_device = true, .not_device = k ? k->device : NULL });
        bool others_fine = k && others.good > 0 && troubles(&others) == 0, sure = false;
        const struct past_tally here = k ? k->here : (struct past_tally){};
        char place[PLACE_MAX];
        struct finding *f;

        sure = k && device_is_marked(k->device) && here.bad >= 3 && here.guessed < here.bad && k->elsewhere.good >= 3 &&
               !others_fine;
        f = found(c->s, out, PORT_SUSPECT, WARNING, sure || (k && failing >= 2) || failing >= 3 ? LIKELY : POSSIBLE);
        port_words(c->s->model, c->port, place);
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
                                 others.good, all(&others));
        give_doubts(c, f, k);
        give_trend(f, &k->here);
}

static bool has_something(const struct subject *s) {
        const struct port *p = s->port;

        if (!p || p->address.depth == 0 || p->session.number == 0 || port_has_hub(p))
                return false;
        if (s->whole_log || p->session.ended == SESSION_OPEN)
                return true;
        return p->session.failed && moment_follows(p->link.last_line, s->model->now, MODEL_UNIDENTIFIED_USEC);
}

void cause_port_suspect(const struct subject *s, struct findings *out) {
        const struct candidate *k;
        struct scene c = {};
        size_t failing;

        if (!has_something(s) || !past_has_trouble(s->model))
                return;
        look_around(&c, s);
        k = worst_that_works_elsewhere(&c);
        failing = how_many_fail_here(&c);
        if (k || failing >= 2)
                tell_port_suspect(&c, out, k, failing);
}

/* Ports on which the cable fails; the first few are evidence. */
static size_t ports_where_it_fails(const struct scene *c, const char *cable, struct finding *f) {
        struct past_filter filter = { .cable = cable };
        const char *ports[CANDIDATES_MAX];
        const struct session *session;
        const struct past_entry *entry;
        size_t i = 0, n = 0;

        while (n < CANDIDATES_MAX && past_next(c->s->model, &filter, &i, &entry, &session)) {
                const char *port = entry ? entry->port : session->port;
                struct past_tally t = count(c, (struct past_filter){ .cable = cable, .port = port });
                bool again = t.bad == 0 || t.bad_weight < t.good_weight;
                char place[PLACE_MAX];

                for (size_t j = 0; j < n; j++)
                        again |= strcmp(ports[j], port) == 0;
                if (again)
                        continue;
                ports[n++] = port;
                if (f)
                        finding_evidence(f, "this cable", "history", t.bad_at, "failed %u of %u times on %s", t.bad, all(&t),
                                         port_words(c->s->model, port, place));
        }
        return n;
}

static struct finding *tell_cable_suspect(const struct scene *c, struct findings *out, const char *cable, bool sure,
                                          const struct past_tally *others_here, const struct past_tally *others) {
        struct finding *f = found(c->s, out, CABLE_SUSPECT, WARNING, sure ? LIKELY : POSSIBLE);
        char place[PLACE_MAX];

        port_words(c->s->model, c->port, place);
        if (others_here->good > 0)
                say_cause(f, "Another cable works on %s and the cable \"%s\" does not, which points to this cable.", place,
                          cable);
        else
                say_cause(f, "The cable \"%s\" fails on more than one port, which points to this cable.", cable);
        say_action(f, "Use another cable, best the one that came with the headset; to be sure, try this one on another device.");
        ports_where_it_fails(c, cable, f);
        if (others_here->good > 0)
                finding_evidence(f, "other cables", "history", 0, "%u of %u fine on %s", others_here->good, all(others_here),
                                 place);
        else if (others->good > 0)
                finding_evidence(f, "other cables", "history", 0, "%u of %u fine", others->good, all(others));
        finding_evidence(f, "name of the cable", "user", 0, "as it was told last; if another one is plugged in, name that one");
        return f;
}

/* Never from a log: nobody names cables in it. */
void cause_cable_suspect(const struct subject *s, struct findings *out) {
        struct past_tally own, here, elsewhere, others, others_here;
        const char *cable = s->port ? s->port->session.cable : "";
        bool another_works, others_since;
        struct scene c = {};
        struct finding *f;
        size_t ports;

        if (s->whole_log || cable[0] == '\0' || !has_something(s))
                return;
        look_around(&c, s);
        own = count(&c, (struct past_filter){ .cable = cable });
        here = count(&c, (struct past_filter){ .cable = cable, .port = c.port });
        elsewhere = count(&c, (struct past_filter){ .cable = cable, .not_port = c.port });
        others = count(&c, (struct past_filter){ .not_cable = cable, .named_cable = true });
        others_here = count(&c, (struct past_filter){ .not_cable = cable, .named_cable = true, .port = c.port });
        /* What fails with every cable is not the cable. */
        if (own.bad < 2 || others.bad_weight > others.good_weight)
                return;
        ports = is_mostly_bad(&own) ? ports_where_it_fails(&c, cable, NULL) : 0;
        another_works = is_mostly_bad(&here) && here.bad >= 2 && is_mostly_fine(&others_here) &&
                        was_fine_since(&others_here, &here) && !is_mostly_fine(&elsewhere);
        if (ports < 2 && !another_works)
                return;
        if (!another_works)
                others_here = (struct past_tally){};
        others_since = others.good > 0 && was_fine_since(&others, &own);
        f = tell_cable_suspect(&c, out, cable, own.bad >= 3 && others.good >= 3 && others_since, &others_here, &others);
        if (!others_since)
                finding_evidence(f, "other cables", "history", 0,
                                 "none was fine since this one began to fail: it may be the headset itself");
}

void give_what_is_innocent(const struct subject *s, struct finding *f) {
        const char *device = s->port->session.device;
        struct past_tally others, elsewhere;
        struct scene c = {};

        if (s->whole_log || !has_something(s))
                return;
        look_around(&c, s);
        others = count(&c, (struct past_filter){ .port = c.port, .named_device = true, .not_device = device });
        if (is_mostly_fine(&others))
                finding_evidence(f, "other devices on this port", "history", 0, "%u of %u fine", others.good, all(&others));
        if (device[0] == '\0')
                return;
        elsewhere = count(&c, (struct past_filter){ .device = device, .not_port = c.port });
        if (all(&elsewhere) > 0 && !past_is_shared(s->model, device))
                finding_evidence(f, "this device on other ports", "history", elsewhere.bad_at, "%u of %u fine", elsewhere.good,
                                 all(&elsewhere));
}
