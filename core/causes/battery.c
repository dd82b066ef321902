/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The battery: full, limited on purpose, not charging, or unable to run without the cable.
 *
 * A level alone is weak evidence. It comes in steps of ten and may be old; a headset in use discharges while it charges; and
 * some models power down and report nothing as soon as power arrives. The findings therefore require time, and levels that
 * were reported while plugged in.
 */
#include "causes/cause.h"

#include <stdio.h>
#include <string.h>

#include "causes/charging.h"

/* A level must be unchanged for at least this long before it is considered. */
#define LIMIT_HELD_USEC (30 * MINUTE)
#define FLAT_LEAST_USEC HOUR
#define FALL_LEAST_USEC (30 * MINUTE)
/* When the charging time of the model is not known, ten per cent at a port of a computer take about this long. */
#define STEP_GUESS_MINUTES 60
/* Tolerance of "about 80 %". */
#define LIMIT_BAND 5
/* Tolerance of the level at which battery care stops. */
#define CARE_BAND 2
/* Less than a plain port of a computer supplies; a bus-powered hub supplies less. */
#define ENOUGH_MA 500

/* The levels since the plug within one connection. */
struct stretch {
        bool seen;
        unsigned first, newest, highest; /* per cent; first: at the time of the plug */
        struct moment since;
        uint64_t usec;  /* time for which the level was observed */
        uint64_t stood; /* time for which the newest level has not changed */
};

/* Levels are reported when they change. After a headset has reported a change in this connection, its last level is valid until
 * now. After a single report it is not known whether it reports changes at all. */
static struct moment said_until(const struct model *m, const struct headset_observed *observed) {
        for (size_t i = 1; i < observed->n_points; i++)
                if (observed->points[i - 1].when.at >= observed->connected_at.at &&
                    observed->points[i].percent != observed->points[i - 1].percent)
                        return m->now;
        return observed->level_at;
}

static struct stretch stretch_since(const struct model *m, const struct headset *h, struct moment plugged) {
        const struct headset_observed *observed = &h->observed;
        struct moment until = said_until(m, observed), stands = {};
        struct stretch st = {};

        for (size_t i = 0; i < observed->n_points; i++) {
                const struct battery_point *p = &observed->points[i];

                if (p->when.at < observed->connected_at.at)
                        continue;
                /* The last level before the plug is the level at the time of the plug. */
                if (!st.seen || p->when.at <= plugged.at) {
                        st = (struct stretch){ .seen = true, .first = p->percent, .newest = p->percent, .highest = p->percent };
                        st.since = stands = moment_later(p->when, plugged);
                }
                if (p->percent != st.newest)
                        stands = p->when;
                st.newest = p->percent;
                if (p->percent > st.highest)
                        st.highest = p->percent;
        }
        st.usec = moment_span(st.since, until);
        st.stood = moment_span(stands, until);
        return st;
}

/* Returns the charging state that the headset itself reports. */
static enum charging word_of(const struct subject *s) {
        const struct sightings seen = subject_sightings(s);

        return charging_word(s->model, &seen, NULL, NULL);
}

/* Returns the newest reading while it is current. */
static const struct headset_reading *reading_of(const struct subject *s) {
        return s->headset ? headset_reading_now(s->model, s->headset) : NULL;
}

static void say_full(struct finding *f, enum sentence how) {
        because(f, how);
        advise(f, SAY_UNPLUG_AND_USE);
}

void cause_battery_full(const struct subject *s, struct findings *out) {
        struct charging_claim claim = subject_claim(s);
        bool own_word = word_of(s) == CHARGING_FULL;
        /* Fast Pair has no state "full". A battery at 100 % that does not charge is full. */
        bool stopped_full = claim.level == 100 && word_of(s) == CHARGING_NO && reading_of(s);
        struct finding *f;

        if (claim.state != CHARGING_FULL && (claim.level != 100 || claim.stale || subject_plugged_since(s).at == 0))
                return;
        if (claim.state == CHARGING_YES)
                return;
        f = found(s, out, BATTERY_FULL, INFO,
                  own_word                                       ? CERTAIN
                  : claim.state == CHARGING_FULL || stopped_full ? LIKELY
                                                                 : POSSIBLE);
        say_full(f, own_word || stopped_full ? SAY_FULL : SAY_FULL_BY_LEVEL);
        give_level(s, f);
        if (own_word || stopped_full)
                give(f, own_word ? SAY_EV_REPORTS_FULL : SAY_EV_REPORTS_NOT_CHARGING, battery_source_name(claim.source),
                     moment_wall(s->model, claim.at));
}

/* While in use, the WH-1000XM6 and the 1000X THE COLLEXION stop at about 80 % and do not start above it (Sony's step guide
 * 00275392). Battery care stops other models at 80 or 90 %. */
static unsigned limit_of(const struct subject *s) {
        const struct model_facts *facts = &s->headset->facts.facts;

        return facts->limit_percent < 100 ? facts->limit_percent : 0;
}

static bool is_care_level(const struct headset *h, unsigned percent) {
        unsigned fine = h->facts.step >= 5 ? 0 : 2;

        return (percent + fine >= 80 && percent <= 80 + fine) || (percent + fine >= 90 && percent <= 90 + fine);
}

/* The level is where charging stops by design. */
static bool is_held_by_design(const struct subject *s, const struct stretch *st) {
        unsigned limit = limit_of(s);

        if (limit == 0 || st->newest + LIMIT_BAND < limit || st->newest >= 100)
                return false;
        return word_of(s) == CHARGING_NO || st->stood >= LIMIT_HELD_USEC;
}

/* Returns the limit when the headset reports that it does not charge, and either that battery care has stopped it at this level
 * or that the level is where its model stops while in use. */
static unsigned limit_by_word(const struct subject *s) {
        const struct headset_reading *r = reading_of(s);
        unsigned percent = r ? r->parts[BATTERY_WHOLE].percent : BATTERY_UNKNOWN, limit;

        if (percent > 100 || word_of(s) != CHARGING_NO || subject_plugged_since(s).at == 0)
                return 0;
        if (r->care == YES && r->care_percent < 100 && percent + CARE_BAND >= r->care_percent)
                return r->care_percent;
        /* When no limit is reported, battery care stops at 80 or 90 %. */
        if (r->care == YES && r->care_percent > 100 && percent + CARE_BAND >= 80)
                return percent;
        limit = limit_of(s);
        return limit > 0 && percent < 100 && percent + LIMIT_BAND >= limit ? limit : 0;
}

static void tell_limit_by_word(const struct subject *s, struct findings *out, unsigned limit) {
        const struct headset_reading *r = reading_of(s);
        struct finding *f = found(s, out, CHARGE_LIMITED, INFO, r->care == YES ? CERTAIN : LIKELY);
        const char *source = battery_source_name(r->source);
        uint64_t at = moment_wall(s->model, s->headset->observed.read_at);

        because(f, r->care == YES ? SAY_LIMITED_BY_CARE : SAY_STOPS_AT_LIMIT, HEADSET(s), NUMBER("limit_percent", limit));
        advise(f, SAY_FILL_UP_SWITCHED_OFF);
        give(f, SAY_EV_LEVEL, source, at, NUMBER("level_percent", r->parts[BATTERY_WHOLE].percent));
        give(f, SAY_EV_REPORTS_NOT_CHARGING, source, at);
        if (r->care == YES)
                give(f, SAY_EV_CARE_ON, battery_source_name(BATTERY_BY_MDR), moment_wall(s->model, s->headset->observed.care_at));
        else
                give(f, SAY_EV_LIMIT_IN_USE, "model-facts", 0, NUMBER("limit_percent", limit));
}

/* The level rose to a known limit of battery care and stopped there. */
static bool is_held_by_care(const struct subject *s, const struct stretch *st) {
        return limit_of(s) == 0 && is_care_level(s->headset, st->newest) && st->first < st->newest &&
               charging_differs(s->headset, st->newest, st->first) && st->stood >= 2 * STEP_GUESS_MINUTES * MINUTE;
}

static bool may_trust_levels(const struct subject *s) {
        return s->headset && s->headset->facts.connected && headset_level(s->headset) != BATTERY_UNKNOWN &&
               !subject_is_earbuds(s) && subject_plugged_since(s).at != 0;
}

void cause_charge_limited(const struct subject *s, struct findings *out) {
        struct stretch st;
        struct finding *f;
        bool by_design;

        if (limit_by_word(s) > 0) {
                tell_limit_by_word(s, out, limit_by_word(s));
                return;
        }
        if (!may_trust_levels(s) || word_of(s) == CHARGING_YES)
                return;
        st = stretch_since(s->model, s->headset, subject_plugged_since(s));
        by_design = is_held_by_design(s, &st);
        if (!by_design && !is_held_by_care(s, &st))
                return;
        f = found(s, out, CHARGE_LIMITED, INFO, by_design ? LIKELY : POSSIBLE);
        if (by_design)
                because(f, SAY_STOPS_AT_LIMIT, HEADSET(s), NUMBER("limit_percent", limit_of(s)));
        else
                because(f, SAY_STOPPED_BY_CARE, HEADSET(s), NUMBER("level_percent", st.newest));
        advise(f, SAY_FILL_UP_SWITCHED_OFF);
        give(f, SAY_EV_LEVEL_FOR, battery_source_name(s->headset->facts.battery),
             moment_wall(s->model, s->headset->observed.level_at), NUMBER("level_percent", st.newest),
             NUMBER("stood_usec", st.stood));
        if (by_design)
                give(f, SAY_EV_LIMIT_IN_USE, "model-facts", 0, NUMBER("limit_percent", limit_of(s)));
}

static bool usb_can_charge(const struct port *p) {
        if (!p->present || p->device.authorized == NO || p->device.active_configuration == 0 || p->facts.disabled == YES)
                return false;
        if (p->power_known && p->power.status == RUNTIME_SUSPENDED)
                return false;
        return !p->link.slept && p->link.over_currents.total == 0;
}

bool path_can_charge(const struct subject *s) {
        const struct sightings seen = subject_sightings(s);
        const struct model_facts *facts = subject_facts(s);
        uint32_t available = charging_available_ma(&seen);
        const struct typec_port *t = s->typec;

        if (s->port && !usb_can_charge(s->port))
                return false;
        if (t && (!typec_is_source(t) || typec_doubts(s->model, t) != 0 || t->observed.slept_times > 0))
                return false;
        return available >= ENOUGH_MA && (!facts || available >= facts->least_ma);
}

/* Twice the time that one step of the level takes at this port. */
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

/* Near the top, and where charging is limited on purpose, the level may stay the same. */
static bool may_stand(const struct subject *s, unsigned percent) {
        unsigned limit = limit_of(s);

        if (percent >= 90 || is_care_level(s->headset, percent))
                return true;
        return limit > 0 && percent + LIMIT_BAND >= limit;
}

static bool is_flat(const struct subject *s, const struct stretch *st) {
        return st->highest <= st->first && st->usec >= flat_needed(s);
}

static bool fell(const struct subject *s, const struct stretch *st) {
        return st->first > st->newest && charging_differs(s->headset, st->first, st->newest) && st->usec >= FALL_LEAST_USEC;
}

static void tell_not_rising(const struct subject *s, struct findings *out, const struct stretch *st, bool falls) {
        const char *source = battery_source_name(s->headset->facts.battery);
        enum charging own = word_of(s);
        /* When a model that powers down for charging is still connected, it has not detected power, or it is another headset. */
        bool strange = s->headset->facts.facts.powers_down == YES;
        /* An unchanged level may be outdated because the headset no longer reports it. The next connection shows whether it
         * is. */
        bool may_be_old = !falls && !strange && own == CHARGING_UNKNOWN &&
                          s->headset->observed.connected_at.at <= subject_plugged_since(s).at;
        struct finding *f = found(s, out, BATTERY_NOT_RISING, may_be_old ? NOTICE : WARNING,
                                  (falls && !strange) || own == CHARGING_NO ? LIKELY : POSSIBLE);

        if (falls)
                because(f, strange ? SAY_LEVEL_FELL_OR_OTHER : SAY_LEVEL_FELL, HEADSET(s), NUMBER("first_percent", st->first),
                        NUMBER("level_percent", st->newest), NUMBER("watched_usec", st->usec));
        else
                because(f, strange ? SAY_LEVEL_FLAT_OR_OTHER : SAY_LEVEL_FLAT, HEADSET(s), NUMBER("level_percent", st->first),
                        NUMBER("watched_usec", st->usec));
        advise(f, may_be_old ? SAY_CONNECT_ANEW : SAY_CHARGE_SWITCHED_OFF);
        give(f, SAY_EV_LEVEL, source, moment_wall(s->model, st->since), NUMBER("level_percent", st->first));
        give(f, SAY_EV_LEVEL, source, moment_wall(s->model, s->headset->observed.level_at), NUMBER("level_percent", st->newest));
        if (own == CHARGING_NO)
                give(f, SAY_EV_REPORTS_NOT_CHARGING, source, moment_wall(s->model, s->headset->observed.charging_at));
        if (strange)
                give(f, SAY_EV_STILL_CONNECTED, "model-facts", moment_wall(s->model, s->model->now));
}

void cause_battery_not_rising(const struct subject *s, struct findings *out) {
        enum charging own;
        struct stretch st;
        bool falls;

        if (raised_before(out, TAKES_NO_POWER) || raised_before(out, CHARGE_LIMITED) || !may_trust_levels(s) ||
            !path_can_charge(s))
                return;
        own = word_of(s);
        st = stretch_since(s->model, s->headset, subject_plugged_since(s));
        if (own == CHARGING_YES || own == CHARGING_FULL || !st.seen || may_stand(s, st.newest))
                return;
        falls = fell(s, &st) && subject_claim(s).state == CHARGING_NO;
        if (falls || is_flat(s, &st))
                tell_not_rising(s, out, &st, falls);
}

/* It has since run for an hour without the cable. */
static bool has_recovered(const struct subject *s) {
        const struct headset *h = s->headset;

        return subject_plugged_since(s).at == 0 && h->facts.connected && h->observed.connected_at.at > h->observed.death_at.at &&
               moment_span(h->observed.connected_at, s->model->now) >= MODEL_GOOD_USEC;
}

void cause_battery_dies_unplugged(const struct subject *s, struct findings *out) {
        unsigned deaths = s->headset && !has_recovered(s) ? s->headset->observed.deaths : 0;
        struct finding *f;

        if (deaths < 2)
                return;
        f = found(s, out, BATTERY_DIES_UNPLUGGED, WARNING, LIKELY);
        because(f, SAY_WENT_OFF_UNPLUGGED, HEADSET(s));
        advise(f, SAY_CHARGE_OVERNIGHT);
        give(f, SAY_EV_LINK_LOST, s->headset->facts.way == HEADSET_DONGLE ? "hid" : "bluez",
             moment_wall(s->model, s->headset->observed.death_at), NUMBER("death_count", deaths));
}
