/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "causes/charging.h"

#include <stdio.h>
#include <string.h>

#include "common/language.h"

#include "model/names.h"
#include "causes/cause.h"

/* A level that rose shows charging for as long as the next step may take. For the models whose times are known, 10 % of a charge
 * at a port of a computer take about an hour. */
#define TREND_COARSE_USEC (2 * HOUR)
#define TREND_FINE_USEC (20 * MINUTE)
/* A faster change is another reading and not a charge: the fastest of Sony's headsets takes 1.5 h to charge (help guides), and
 * the shortest time of use is some hours. µs for one per cent. */
#define RISE_LEAST_USEC (30 * SECOND)
#define FALL_LEAST_USEC MINUTE
/* Where charging stops on purpose, a level that was unchanged for this long has reached that limit; see charge-limited. */
#define LIMIT_HELD_USEC (30 * MINUTE)
#define LIMIT_BAND 5
/* 100 % in steps of 10 begins at 91 %, so it counts as full only after it was unchanged for as long as such a step may take. */
#define HELD_COARSE_USEC (30 * MINUTE)
#define HELD_FINE_USEC (10 * MINUTE)
/* PipeWire's HFP back end: ten steps (spa/plugins/bluez5/backend-native.c). */
#define STEP_HFP 10
/* A lithium cell accepts its full current up to about this level, and less and less above it. */
#define BULK_PERCENT 80
/* A rise shows the speed of charging when it took at least this long. An estimate of more than a day is not used. */
#define RATE_LEAST_MINUTES 10
#define RATE_MOST_MINUTES (24 * 60)

static unsigned noise(const struct headset *h) {
        unsigned step = h->facts.step;

        if (step == 0)
                step = h->facts.battery == BATTERY_BY_HID ? 1 : STEP_HFP;
        return step >= 5 ? step : 2;
}

bool charging_differs(const struct headset *h, unsigned a, unsigned b) {
        return (a > b ? a - b : b - a) > noise(h);
}

struct moment charging_plugged_since(const struct sightings *seen) {
        const struct typec_port *t = seen->typec ? seen->typec : seen->port ? seen->port->typec : NULL;

        if (seen->port && port_has_headset(seen->port))
                return seen->port->attached;
        if (!seen->port && t && t->facts.partner)
                return t->observed.attached;
        return (struct moment){};
}

uint32_t charging_available_ma(const struct sightings *seen) {
        if (seen->port)
                return seen->port->present ? port_available_ma(seen->port) : 0;
        return seen->typec && seen->typec->facts.partner ? typec_available_ma(seen->typec) : 0;
}

/* Returns the index of the first of the newest points that were reported since `from`. */
static size_t first_since(const struct headset_observed *observed, struct moment from) {
        size_t i = observed->n_points;

        while (i > 0 && observed->points[i - 1].when.at >= from.at)
                i--;
        return i;
}

/* The level is that of the worst earbud, and another earbud may be put into the case next. A level that jumps therefore shows
 * nothing. */
static bool trend_counts(const struct headset *h) {
        return h->facts.connected && strcmp(h->facts.facts.family, "earbuds") != 0;
}

static bool is_coarse(const struct headset *h) {
        return noise(h) >= 5;
}

static uint64_t trend_usec(const struct headset *h) {
        return is_coarse(h) ? TREND_COARSE_USEC : TREND_FINE_USEC;
}

static uint64_t held_usec(const struct headset *h) {
        return is_coarse(h) ? HELD_COARSE_USEC : HELD_FINE_USEC;
}

/* While in use, some models stop here to spare the battery. */
static bool is_at_limit(const struct headset *h, unsigned percent) {
        unsigned limit = h->facts.facts.limit_percent;

        return limit > 0 && percent < 100 && percent + LIMIT_BAND >= limit;
}

/* The levels within one period of time. */
struct trend {
        const struct battery_point *newest; /* NULL: none was reported */
        struct moment low_at;
        unsigned low, top_after; /* the newest of the lowest levels, and the highest level since */
        struct moment high_at;   /* newest of the highest */
        unsigned high;
};

/* The last level before the plug may be the lowest. The level then rose at least from there. */
/* Levels of two connections are not compared, because the headset may have been charged or used in between. */
static struct trend trend_of(const struct headset *h, struct moment plugged) {
        const struct headset_observed *observed = &h->observed;
        /* A rise before the last unplug says nothing about the current state. */
        struct moment begin = moment_later(observed->connected_at, observed->unplugged_at);
        size_t first = first_since(observed, moment_later(plugged, begin));
        bool one_before = first > first_since(observed, begin);
        struct trend t = { .low = BATTERY_UNKNOWN };

        if (first == observed->n_points)
                return t;
        t.newest = &observed->points[observed->n_points - 1];
        for (size_t i = one_before ? first - 1 : first; i < observed->n_points; i++) {
                unsigned percent = observed->points[i].percent;

                if (percent <= t.low) {
                        t.low = t.top_after = percent;
                        t.low_at = moment_later(observed->points[i].when, plugged);
                }
                if (percent > t.top_after)
                        t.top_after = percent;
                if (i >= first && percent >= t.high) {
                        t.high = percent;
                        t.high_at = observed->points[i].when;
                }
        }
        return t;
}

/* Returns true when the change took long enough for its size, considering the granularity of the levels. */
static bool took_its_time(const struct headset *h, struct moment from, struct moment to, unsigned percent, uint64_t least) {
        unsigned step = noise(h);

        return moment_span(from, to) >= least * (percent > step ? percent - step : 0);
}

static enum charging by_trend(const struct model *m, const struct headset *h, struct moment plugged) {
        /* A level from before the computer slept says nothing about the current state, because its ports may have been off. */
        struct trend t = trend_of(h, m->wake_seen ? moment_later(plugged, m->wake) : plugged);
        uint64_t age;
        bool rose, fell;

        if (!trend_counts(h) || !t.newest)
                return CHARGING_UNKNOWN;
        age = moment_span(t.newest->when, m->now);
        rose = t.newest->percent >= t.top_after && charging_differs(h, t.newest->percent, t.low) &&
               took_its_time(h, t.low_at, t.newest->when, t.newest->percent - t.low, RISE_LEAST_USEC);
        fell = t.newest->percent == t.low && charging_differs(h, t.high, t.low) &&
               took_its_time(h, t.high_at, t.newest->when, t.high - t.low, FALL_LEAST_USEC);
        if (rose && t.newest->percent >= 100 && plugged.at != 0 && age >= held_usec(h))
                return CHARGING_FULL;
        if (age >= trend_usec(h))
                return CHARGING_UNKNOWN;
        if (rose && is_at_limit(h, t.newest->percent) && age >= LIMIT_HELD_USEC)
                return CHARGING_NO;
        return rose ? CHARGING_YES : fell ? CHARGING_NO : CHARGING_UNKNOWN;
}

static const struct model_facts *facts_of(const struct sightings *seen) {
        if (seen->headset && seen->headset->facts.facts.model[0] != '\0')
                return &seen->headset->facts.facts;
        if (seen->port)
                return &seen->port->device.facts;
        if (seen->typec)
                return &seen->typec->facts.partner_model;
        return seen->answers ? &seen->answers->facts : NULL;
}

static uint32_t less(uint32_t a, uint32_t b) {
        return a < b ? a : b;
}

static uint32_t more(uint32_t a, uint32_t b) {
        return a > b ? a : b;
}

#define assume(time, id, ...) words_say((time)->assumption, sizeof(time)->assumption, &(time)->params, id, WORD_LIST(__VA_ARGS__))

/* `limit`: the level at which charging stops while in use, 0: none. */
static void rated_time(const struct model_facts *facts, uint32_t available_ma, unsigned percent, uint32_t limit,
                       struct charging_time *ret) {
        uint32_t full = facts->full_minutes, needed = facts->needed_ma, slow, bulk, end, left, taper;

        *ret = (struct charging_time){};
        if (full == 0 || needed == 0 || available_ma == 0 || percent >= 100)
                return;
        if (available_ma > needed)
                available_ma = needed;
        left = 100 - percent;
        slow = full * needed / available_ma;
        /* A third of the rated time is the last phase of the charge, with any supply. */
        bulk = slow * 2 / 3;
        end = full / 3;
        taper = percent < BULK_PERCENT ? bulk * (BULK_PERCENT - percent) / BULK_PERCENT + end : end * left / (100 - BULK_PERCENT);
        ret->min_minutes = less((bulk + end) * left / 100, taper);
        ret->max_minutes = more(more(slow * left / 100, taper), 1);
        if (available_ma < needed)
                assume(ret, limit > 0 ? SAY_ALL_TAKEN_LIMITED : SAY_ALL_TAKEN, NUMBER("offered_ma", available_ma),
                       NUMBER("needed_ma", needed), NUMBER_IF(limit > 0, "limit_percent", limit));
        else
                assume(ret, limit > 0 ? SAY_AS_RATED_LIMITED : SAY_AS_RATED, NUMBER("full_min", full),
                       NUMBER("needed_ma", needed), NUMBER_IF(limit > 0, "limit_percent", limit));
}

void charging_time(const struct model_facts *facts, uint32_t available_ma, unsigned percent, struct charging_time *ret) {
        rated_time(facts, available_ma, percent, 0, ret);
}

/* For a model without a rated time: the speed at which the level has risen so far, with the granularity of the levels as
 * tolerance, and slower at the end. */
static void time_by_rise(const struct headset *h, struct moment plugged, unsigned level, uint32_t limit,
                         struct charging_time *ret) {
        struct trend t = trend_of(h, plugged);
        uint32_t step = noise(h), rise, minutes, longest;

        if (!trend_counts(h) || !t.newest || t.newest->percent <= t.low + step || level != t.newest->percent)
                return;
        rise = t.newest->percent - t.low;
        minutes = (uint32_t) (moment_span(t.low_at, t.newest->when) / MINUTE);
        longest = minutes * (100 - level + step) / (rise - step) * 5 / 4;
        if (minutes < RATE_LEAST_MINUTES || longest > RATE_MOST_MINUTES)
                return;
        ret->min_minutes = minutes * (100 - level) / (rise + step);
        ret->max_minutes = longest;
        assume(ret, limit > 0 ? SAY_AS_IT_ROSE_LIMITED : SAY_AS_IT_ROSE, NUMBER("first_percent", t.low),
               NUMBER("level_percent", level), NUMBER("rise_usec", moment_span(t.low_at, t.newest->when)),
               NUMBER_IF(limit > 0, "limit_percent", limit));
}

/* The real level may be lower by the granularity, and the longest time starts from there. */
static void tell_time(const struct sightings *seen, struct charging_claim *c) {
        const struct model_facts *facts = facts_of(seen);
        unsigned step = noise(seen->headset);
        struct charging_time longest;

        if (!facts || c->state != CHARGING_YES || c->stale || c->level >= 100)
                return;
        rated_time(facts, charging_available_ma(seen), c->level, facts->limit_percent, &c->time_to_full);
        rated_time(facts, charging_available_ma(seen), c->level > step ? c->level - step : 0, 0, &longest);
        c->time_to_full.max_minutes = longest.max_minutes;
        if (longest.max_minutes == 0)
                time_by_rise(seen->headset, charging_plugged_since(seen), c->level, facts->limit_percent, &c->time_to_full);
}

/* The case reports its state to the earbuds while they are in it. What an earbud reports of the case later is from that time. A
 * report that is older than this is not current. */
#define CASE_HOLDS_USEC MINUTE

static bool is_case_fresh(const struct headset *h) {
        struct moment at = headset_case_at(h);

        return at.at != 0 && moment_span(at, h->observed.read_at) <= CASE_HOLDS_USEC;
}

/* Returns the newest reading when it is current and about this plug. */
static const struct headset_reading *reading_of(const struct model *m, const struct headset *h, struct moment plugged) {
        const struct headset_reading *r = headset_reading_now(m, h);

        return r && h->observed.read_at.at >= plugged.at ? r : NULL;
}

void charging_part(const struct model *m, const struct headset *h, enum battery_part part, struct part_claim *ret) {
        const struct battery_state *said = &h->reading.parts[part], *facts = &h->facts.parts[part];
        bool read = h->observed.read_at.at != 0 && said->percent != BATTERY_UNKNOWN;

        *ret = (struct part_claim){ .level = BATTERY_UNKNOWN };
        /* BlueZ may report newer levels after the last reading. */
        if (facts->percent != BATTERY_UNKNOWN && (!read || h->observed.level_at.at > h->observed.read_at.at)) {
                *ret = (struct part_claim){ .level = facts->percent, .state = facts->charging, .source = h->facts.battery };
                ret->at = h->observed.level_at;
                ret->stale = !h->facts.connected;
        } else if (read) {
                *ret = (struct part_claim){ .level = said->percent, .state = said->charging, .source = h->reading.source };
                ret->at = part == BATTERY_CASE ? headset_case_at(h) : h->observed.read_at;
                ret->stale = !headset_reading_now(m, h) || (part == BATTERY_CASE && !is_case_fresh(h));
        }
}

enum charging charging_word(const struct model *m, const struct sightings *seen, enum battery_source *ret_source,
                            struct moment *ret_at) {
        const struct headset *h = seen->headset;
        const struct headset_reading *r;
        struct battery_state parts[_BATTERY_PART_MAX];
        enum charging state = CHARGING_UNKNOWN;

        if (!h || !h->facts.connected)
                return state;
        r = reading_of(m, h, charging_plugged_since(seen));
        if (r) {
                memcpy(parts, r->parts, sizeof parts);
                if (!is_case_fresh(h))
                        parts[BATTERY_CASE].charging = CHARGING_UNKNOWN;
                state = parts_charging(parts);
        }
        if (state != CHARGING_UNKNOWN) {
                if (ret_source)
                        *ret_source = r->source;
                if (ret_at)
                        *ret_at = h->observed.read_at;
                return state;
        }
        state = headset_charging(h);
        if (state != CHARGING_UNKNOWN && ret_source)
                *ret_source = h->facts.battery;
        if (state != CHARGING_UNKNOWN && ret_at)
                *ret_at = moment_later(h->observed.charging_at, h->observed.level_at);
        return state;
}

/* The last known level is still shown when the headset has left, or reports no level while it charges. */
static void tell_level(const struct headset *h, struct charging_claim *c) {
        const struct headset_observed *observed = &h->observed;

        c->at = observed->level_at;
        c->stale = !h->facts.connected;
        if (h->facts.connected)
                c->level = headset_level(h);
        if (c->level == BATTERY_UNKNOWN && observed->n_points > 0) {
                c->level = observed->points[observed->n_points - 1].percent;
                c->stale = true;
        }
}

/* A reading is more precise than the ten steps of BlueZ, and is used as long as it is the newer one. */
static void tell_read_level(const struct model *m, const struct headset *h, struct charging_claim *c) {
        const struct headset_reading *r = headset_reading_now(m, h);

        if (!r || (!c->stale && c->level != BATTERY_UNKNOWN && h->observed.level_at.at > h->observed.read_at.at))
                return;
        c->level = parts_level(r->parts);
        c->at = h->observed.read_at;
        c->source = r->source;
        c->stale = false;
}

static void tell_state(const struct model *m, const struct sightings *seen, struct charging_claim *c) {
        const struct headset *h = seen->headset;

        if (!h->facts.connected)
                return;
        c->state = charging_word(m, seen, &c->source, &c->at);
        if (c->state == CHARGING_UNKNOWN && !c->stale)
                c->state = by_trend(m, h, charging_plugged_since(seen));
}

void charging_claim(const struct model *m, const struct sightings *seen, struct charging_claim *ret) {
        *ret = (struct charging_claim){ .level = BATTERY_UNKNOWN };
        if (!seen->headset)
                return;
        tell_level(seen->headset, ret);
        if (ret->level != BATTERY_UNKNOWN)
                ret->source = seen->headset->facts.battery;
        tell_read_level(m, seen->headset, ret);
        tell_state(m, seen, ret);
        if (ret->state != CHARGING_UNKNOWN && ret->source == BATTERY_BY_NOBODY)
                ret->source = seen->headset->facts.battery;
        tell_time(seen, ret);
}

/* Half hours are precise enough for an estimate of hours. */
static void put_hours(char *buf, size_t size, uint32_t minutes) {
        uint32_t halves = (minutes + 15) / 30;

        if (halves % 2 == 0)
                snprintf(buf, size, "%u", halves / 2);
        else
                snprintf(buf, size, "%u%s5", halves / 2, language_decimal_point());
}

const char *charging_minutes_words(uint32_t min_minutes, uint32_t max_minutes, char buf[static CHARGING_WORDS_MAX]) {
        char low[16], high[16];

        if (max_minutes < 90) {
                if (min_minutes == max_minutes)
                        snprintf(buf, CHARGING_WORDS_MAX, _("%u min"), max_minutes);
                else
                        snprintf(buf, CHARGING_WORDS_MAX, _("%u to %u min"), min_minutes, max_minutes);
                return buf;
        }
        put_hours(low, sizeof low, min_minutes);
        put_hours(high, sizeof high, max_minutes);
        if (strcmp(low, high) == 0)
                snprintf(buf, CHARGING_WORDS_MAX, _("%s h"), high);
        else
                snprintf(buf, CHARGING_WORDS_MAX, _("%s to %s h"), low, high);
        return buf;
}

const char *battery_source_name(enum battery_source source) {
        return battery_source_names[source];
}

/* An unchanged level gains meaning with time while something is plugged in with which it can be compared. */
uint64_t charging_deadline(const struct model *m) {
        const struct moment now = m->now;
        uint64_t deadline = 0;

        for (size_t i = 0; i < m->n_headsets; i++) {
                const struct headset *h = m->headsets[i];
                const struct battery_point *newest =
                        h->observed.n_points > 0 ? &h->observed.points[h->observed.n_points - 1] : NULL;
                struct plugged plugged;

                if (!newest || newest->when.at == 0 || !h->facts.connected || h->gone)
                        continue;
                deadline = deadline_next(deadline, newest->when.at + trend_usec(h), now);
                if (newest->percent >= 100)
                        deadline = deadline_next(deadline, newest->when.at + held_usec(h), now);
                if (is_at_limit(h, newest->percent))
                        deadline = deadline_next(deadline, newest->when.at + LIMIT_HELD_USEC, now);
                if (headset_is_plugged(m, h, &plugged))
                        deadline = deadline_next(deadline, m->now.at + HOUR - moment_span(newest->when, m->now) % HOUR, now);
        }
        return deadline;
}
