/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What the headset reports when it is asked: that its socket is wet, or that it does not charge although power arrives.
 */
#include "causes/cause.h"

#include "causes/charging.h"

/* Charging begins within seconds. Earlier reports say nothing. */
#define BEGINS_USEC (20 * SECOND)
/* Near the top a headset stops charging and resumes it. */
#define NEARLY_FULL 95

void cause_port_wet(const struct subject *s, struct findings *out) {
        const struct headset_reading *r = s->headset ? headset_reading_now(s->model, s->headset) : NULL;
        struct finding *f;

        if (!r || r->wet != YES || moment_span(s->headset->observed.care_at, s->model->now) > 10 * MINUTE)
                return;
        f = found(s, out, PORT_WET, WARNING, LIKELY);
        because(f, SAY_SOCKET_WET, HEADSET(s));
        advise(f, SAY_DRY_SOCKET);
        give(f, SAY_EV_SOCKET_WET, battery_source_name(BATTERY_BY_MDR), moment_wall(s->model, s->headset->observed.care_at));
}

/* Returns the level that was reported with the state, for a headset with a single battery. */
static unsigned level_of(const struct subject *s) {
        const struct headset_reading *r = headset_reading_now(s->model, s->headset);

        if (r && r->parts[BATTERY_WHOLE].percent != BATTERY_UNKNOWN)
                return r->parts[BATTERY_WHOLE].percent;
        return s->headset->facts.parts[BATTERY_WHOLE].percent;
}

/* This is limited to headsets with a single battery, because earbuds charge in the case and a case reports its state late. */
static bool says_no(const struct subject *s, enum battery_source *ret_source, struct moment *ret_at) {
        const struct sightings seen = subject_sightings(s);
        struct moment plugged = subject_plugged_since(s);

        return s->headset && plugged.at != 0 && !subject_is_earbuds(s) &&
               charging_word(s->model, &seen, ret_source, ret_at) == CHARGING_NO && ret_at->at >= plugged.at + BEGINS_USEC &&
               level_of(s) < NEARLY_FULL;
}

/* It reports that it charges or is full. A meter that shows no current is then elsewhere. */
static bool says_yes(const struct subject *s) {
        const struct sightings seen = subject_sightings(s);
        enum charging word = charging_word(s->model, &seen, NULL, NULL);

        return word == CHARGING_YES || word == CHARGING_FULL;
}

static bool is_measured_idle(const struct subject *s) {
        return is_measured_to_take_nothing(s) && !says_yes(s) &&
               s->model->tester_at.at >= subject_plugged_since(s).at + BEGINS_USEC;
}

void cause_takes_no_power(const struct subject *s, struct findings *out) {
        const struct sightings seen = subject_sightings(s);
        enum battery_source source = BATTERY_BY_NOBODY;
        bool measured = is_measured_idle(s), said;
        struct moment at = {};
        struct finding *f;

        said = says_no(s, &source, &at);
        /* A battery that is full, nearly full or limited does not draw current by design. */
        if ((!said && !measured) || raised_before(out, CHARGE_LIMITED) || raised_before(out, BATTERY_FULL) ||
            raised_before(out, PORT_WET) || !path_can_charge(s))
                return;
        f = found(s, out, TAKES_NO_POWER, WARNING, said && measured ? CERTAIN : LIKELY);
        because(f, measured ? SAY_MEASURED_NO_CURRENT : SAY_TAKES_NO_POWER, HEADSET(s));
        advise(f, SAY_PUSH_PLUG_THEN_RESET);
        if (measured)
                give_measurement(s, f);
        if (said) {
                give(f, SAY_EV_REPORTS_NOT_CHARGING, battery_source_name(source), moment_wall(s->model, at));
                give(f, SAY_EV_LEVEL, battery_source_name(source), moment_wall(s->model, at),
                     NUMBER("level_percent", level_of(s)));
        }
        give(f, SAY_EV_OFFERED_MA, s->port ? "sysfs" : "typec", moment_wall(s->model, s->model->now),
             NUMBER("offered_ma", charging_available_ma(&seen)));
        if (subject_typec(s) && subject_typec(s)->facts.supply_feeds == YES)
                give(f, SAY_EV_CONNECTOR_FEEDS, "typec", moment_wall(s->model, s->model->now));
        give(f, SAY_EV_EXCLUDED, "diagnosis", 0);
}
