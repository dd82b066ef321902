/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The battery: full, held back on purpose, not rising, or of no use without the cable.
 *
 * A level is a poor witness: it comes in steps of ten, it may be old, a headset in use drains while it charges, and some switch
 * off and are silent as soon as power arrives. So time is asked for, and levels that were told while plugged in.
 */
#include "cause.h"

#include <stdio.h>
#include <string.h>

#include "charging.h"

/* At least so long must a level stand before that means anything. */
#define LIMIT_HELD_USEC (30 * MINUTE)
#define FLAT_LEAST_USEC HOUR
#define FALL_LEAST_USEC (30 * MINUTE)
/* Where the model's time is not known, ten per cent at a computer's port take about so long. */
#define STEP_GUESS_MINUTES 60
/* What "about 80 %" may be read as. */
#define LIMIT_BAND 5
/* Less than a plain computer port gives; a hub without a supply of its own. */
#define ENOUGH_MA 500

/* Levels told since the plug, within one connection. */
struct stretch {
        const struct battery_point *first, *newest; /* NULL: none */
        uint64_t usec;                              /* from the first to when the level was told last */
};

static struct stretch stretch_since(const struct headset *h, struct moment plugged) {
        const struct headset_past *past = &h->past;
        uint64_t from = plugged.at > past->connected_at.at ? plugged.at : past->connected_at.at;
        struct stretch st = {};

        for (size_t i = 0; i < past->n_points; i++) {
                if (past->points[i].when.at < from)
                        continue;
                if (!st.first)
                        st.first = &past->points[i];
                st.newest = &past->points[i];
        }
        if (st.first)
                st.usec = moment_span(st.first->when, past->level_at);
        return st;
}

/* How long the newest level has stood, as far as it was told again. */
static uint64_t stood(const struct headset *h, const struct stretch *st, unsigned low, unsigned high) {
        const struct battery_point *since = NULL;

        for (const struct battery_point *p = st->newest; p && p >= st->first; p--) {
                if (p->percent < low || p->percent > high)
                        break;
                since = p;
        }
        return since ? moment_span(since->when, h->past.level_at) : 0;
}

static struct moment plugged_since(const struct subject *s) {
        const struct sightings seen = subject_sightings(s);

        return charging_plugged_since(&seen);
}

static struct charging_claim claim_of(const struct subject *s) {
        const struct sightings seen = subject_sightings(s);
        struct charging_claim claim;

        charging_claim(s->model, &seen, &claim);
        return claim;
}

static void say_full(struct finding *f, const char *how) {
        say_cause(f, "The battery is full%s; that it takes no more is no fault.", how);
        say_action(f, "Unplug it and use it.");
}

/* The light of Sony's headsets goes out when the battery is full (help guides of XM5, WF-1000XM3, WF-1000XM5). */
static void full_by_word(const struct subject *s, struct findings *out, const struct charging_claim *claim) {
        bool went_off = is_told(s, ASKED_LED, "went-off"), says_full = is_told(s, ASKED_LEVEL, "full");
        bool contradicted = claim->level < 90 && !claim->stale;
        struct finding *f;

        if ((!went_off && !says_full) || contradicted)
                return;
        f = found(s, out, BATTERY_FULL, INFO, went_off && says_full ? LIKELY : POSSIBLE);
        say_full(f, went_off ? ", as the light that went out says" : ", as it was told");
        if (went_off)
                say_action(f, "Unplug it and try it; if it is not full, the light went out too early: look at the temperature.");
        give_told(s, f, ASKED_LED);
        give_told(s, f, ASKED_LEVEL);
        give_level(s, f);
}

void cause_battery_full(const struct subject *s, struct findings *out) {
        struct charging_claim claim = claim_of(s);
        bool own_word = s->headset && headset_charging(s->headset) == CHARGING_FULL;
        struct finding *f;

        if (claim.state != CHARGING_FULL && (claim.level != 100 || claim.stale || plugged_since(s).at == 0)) {
                full_by_word(s, out, &claim);
                return;
        }
        if (claim.state == CHARGING_YES)
                return;
        f = found(s, out, BATTERY_FULL, INFO, own_word ? CERTAIN : claim.state == CHARGING_FULL ? LIKELY : POSSIBLE);
        say_full(f, own_word ? "" : ", as far as its level tells");
        give_level(s, f);
        if (own_word)
                finding_evidence(f, "charging", battery_source_name(claim.source), moment_wall(s->model, claim.at), "full");
        give_told(s, f, ASKED_LED);
}

/* In use the WH-1000XM6 and the 1000X THE COLLEXION stop at about 80 % and do not start above (Sony's step guide 00275392);
 * battery care stops others at 80 or 90 %. */
static unsigned limit_of(const struct subject *s) {
        const struct model_facts *facts = &s->headset->facts.facts;

        return facts->limit_percent < 100 ? facts->limit_percent : 0;
}

static bool is_care_level(const struct headset *h, unsigned percent) {
        unsigned fine = h->facts.step >= 5 ? 0 : 2;

        return (percent + fine >= 80 && percent <= 80 + fine) || (percent + fine >= 90 && percent <= 90 + fine);
}

/* How long the level has stood where charging stops by design; 0: nothing tells that it stopped. */
static uint64_t held_by_design(const struct subject *s, const struct stretch *st) {
        unsigned limit = limit_of(s), percent = st->newest->percent;
        uint64_t usec;

        if (limit <= LIMIT_BAND || percent + LIMIT_BAND < limit || percent >= 100)
                return 0;
        usec = stood(s->headset, st, limit - LIMIT_BAND, 99);
        if (headset_charging(s->headset) == CHARGING_NO)
                return usec > 0 ? usec : 1;
        return usec >= LIMIT_HELD_USEC ? usec : 0;
}

/* The same where it rose to a level that battery care is known for, and stopped there. */
static uint64_t held_by_care(const struct subject *s, const struct stretch *st) {
        unsigned percent = st->newest->percent;
        uint64_t usec;

        if (limit_of(s) != 0 || !is_care_level(s->headset, percent) || st->first->percent > percent ||
            !charging_differs(s->headset, percent, st->first->percent))
                return 0;
        usec = stood(s->headset, st, percent - 2, percent + 2);
        return usec >= 2 * STEP_GUESS_MINUTES * MINUTE ? usec : 0;
}

static bool may_trust_levels(const struct subject *s) {
        return s->headset && s->headset->facts.connected && headset_level(s->headset) != BATTERY_UNKNOWN &&
               !subject_is_earbuds(s) && plugged_since(s).at != 0;
}

void cause_charge_limited(const struct subject *s, struct findings *out) {
        char thing[THING_MAX], span[SPAN_MAX];
        uint64_t by_design, by_care;
        struct stretch st;
        struct finding *f;

        if (!may_trust_levels(s) || headset_charging(s->headset) == CHARGING_YES)
                return;
        st = stretch_since(s->headset, plugged_since(s));
        if (!st.first)
                return;
        by_design = held_by_design(s, &st);
        by_care = held_by_care(s, &st);
        if (by_design == 0 && by_care == 0)
                return;
        f = found(s, out, CHARGE_LIMITED, INFO, by_design > 0 ? LIKELY : POSSIBLE);
        if (by_design > 0)
                say_cause(f, "%s stops charging at about %u %% while it is in use, to spare the battery; that is no fault.",
                          The_headset(s, thing), limit_of(s));
        else
                say_cause(f, "%s stopped charging at %u %%, as battery care does to spare the battery; that is no fault.",
                          The_headset(s, thing), st.newest->percent);
        say_action(f, "To fill it up switch the headset off while it charges; battery care can be changed in Sony's app.");
        finding_evidence(f, "level", battery_source_name(s->headset->facts.battery),
                         moment_wall(s->model, s->headset->past.level_at), "%u %% for %s", st.newest->percent,
                         span_words(by_design > 0 ? by_design : by_care, span));
        if (by_design > 0)
                finding_evidence(f, "limit", "model-facts", 0, "about %u %% in use", limit_of(s));
}

static bool usb_can_charge(const struct port *p) {
        if (!p->present || p->device.authorized == NO || p->device.active_configuration == 0 || p->facts.disabled == YES)
                return false;
        if (p->power_known && p->power.status == RUNTIME_SUSPENDED)
                return false;
        return !p->link.slept && p->link.over_currents.total == 0;
}

/* Where the path explains it, the battery is not to blame. */
static bool path_can_charge(const struct subject *s) {
        const struct sightings seen = subject_sightings(s);
        const struct model_facts *facts = subject_facts(s);
        uint32_t available = charging_available_ma(&seen);
        const struct typec_port *t = s->typec;

        if (s->port && !usb_can_charge(s->port))
                return false;
        if (t && (!typec_is_source(t) || typec_doubts(s->model, t) != 0 || t->past.slept_times > 0))
                return false;
        return available >= ENOUGH_MA && (!facts || available >= facts->least_ma);
}

/* Twice the time that a step of the level takes at this port. */
static uint64_t flat_needed(const struct subject *s) {
        const struct model_facts *facts = &s->headset->facts.facts;
        const struct sightings seen = subject_sightings(s);
        unsigned step = s->headset->facts.step > 0 ? s->headset->facts.step : 10;
        struct charging_time time;
        uint64_t usec = 2 * STEP_GUESS_MINUTES * MINUTE * step / 10;

        charging_time(facts, charging_available_ma(&seen), 0, &time);
        if (time.max_minutes > 0)
                usec = 2 * time.max_minutes * MINUTE * step / 100;
        return usec > FLAT_LEAST_USEC ? usec : FLAT_LEAST_USEC;
}

/* Near the top and where charging is held back on purpose a level may stand. */
static bool may_stand(const struct subject *s, unsigned percent) {
        unsigned limit = limit_of(s);

        if (percent >= 90 || is_care_level(s->headset, percent))
                return true;
        return limit > 0 && percent + LIMIT_BAND >= limit;
}

static bool is_flat(const struct subject *s, const struct stretch *st) {
        if (!st->first || st->usec < flat_needed(s))
                return false;
        for (const struct battery_point *p = st->first; p <= st->newest; p++)
                if (p->percent > st->first->percent)
                        return false;
        return true;
}

static bool fell(const struct subject *s, const struct stretch *st) {
        return st->first->percent > st->newest->percent &&
               charging_differs(s->headset, st->first->percent, st->newest->percent) && st->usec >= FALL_LEAST_USEC;
}

static void tell_not_rising(const struct subject *s, struct findings *out, const struct stretch *st, bool falls) {
        const char *source = battery_source_name(s->headset->facts.battery);
        enum charging own = headset_charging(s->headset);
        /* A model that switches off when power arrives and is still connected did not notice any. */
        bool strange = s->headset->facts.facts.powers_down == YES;
        struct finding *f =
                found(s, out, BATTERY_NOT_RISING, WARNING, falls || strange || own == CHARGING_NO ? LIKELY : POSSIBLE);
        char thing[THING_MAX], span[SPAN_MAX];

        the_headset(s, thing);
        span_words(st->usec, span);
        if (falls)
                say_cause(f,
                          "The battery of %.60s fell from %u %% to %u %% in %s although it is plugged in: it does not charge, or "
                          "uses more than it gets.",
                          thing, st->first->percent, st->newest->percent, span);
        else
                say_cause(
                        f,
                        "The battery of %.60s has not risen above %u %% in %s although it is plugged in: it does not charge, or "
                        "uses what it gets.",
                        thing, st->first->percent, span);
        say_action(f, "Switch the headset off and charge it for an hour; if the level is no higher then, try another cable.");
        finding_evidence(f, "level", source, moment_wall(s->model, st->first->when), "%u %%", st->first->percent);
        finding_evidence(f, "level", source, moment_wall(s->model, s->headset->past.level_at), "%u %%", st->newest->percent);
        if (own == CHARGING_NO)
                finding_evidence(f, "charging", source, moment_wall(s->model, s->headset->past.charging_at), "no");
        if (strange)
                finding_evidence(f, "still connected", "model-facts", moment_wall(s->model, s->model->now),
                                 "this model switches off when charging starts");
}

void cause_battery_not_rising(const struct subject *s, struct findings *out) {
        enum charging own;
        struct stretch st;
        bool falls;

        if (!may_trust_levels(s) || !path_can_charge(s))
                return;
        own = headset_charging(s->headset);
        st = stretch_since(s->headset, plugged_since(s));
        if (own == CHARGING_YES || own == CHARGING_FULL || !st.first || may_stand(s, st.newest->percent))
                return;
        falls = fell(s, &st);
        if (falls || is_flat(s, &st))
                tell_not_rising(s, out, &st, falls);
}

/* It has run without the cable for a good hour since. */
static bool has_recovered(const struct subject *s) {
        const struct headset *h = s->headset;

        return plugged_since(s).at == 0 && h->facts.connected && h->past.connected_at.at > h->past.death_at.at &&
               moment_span(h->past.connected_at, s->model->now) >= MODEL_GOOD_USEC;
}

void cause_battery_dies_unplugged(const struct subject *s, struct findings *out) {
        unsigned deaths = s->headset && !has_recovered(s) ? s->headset->past.deaths : 0;
        bool told = is_told(s, ASKED_ONLY_PLUGGED, "yes");
        const struct model_facts *facts = subject_facts(s);
        char thing[THING_MAX];
        struct finding *f;

        if (deaths < 2 && !told)
                return;
        /* One that switches off when plugged in cannot be said to run only then. */
        if (deaths < 2 && facts && facts->powers_down == YES)
                return;
        f = found(s, out, BATTERY_DIES_UNPLUGGED, WARNING, deaths >= 2 || (told && deaths > 0) ? LIKELY : POSSIBLE);
        say_cause(f, "%s goes off as soon as the cable is pulled, so its battery holds no charge.", The_headset(s, thing));
        say_action(f, "Let it charge for a night and try again; if it stays so, the battery needs Sony's service (ask for the "
                      "warranty first).");
        if (deaths > 0)
                finding_evidence(f, "link lost after unplugging", battery_source_name(s->headset->facts.battery),
                                 moment_wall(s->model, s->headset->past.death_at), "%u time%s", deaths, deaths == 1 ? "" : "s");
        give_told(s, f, ASKED_ONLY_PLUGGED);
}
