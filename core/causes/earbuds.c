/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What earbuds and case report of each other: one earbud that is not charged while the other one is, and a case that is empty.
 */
#include "causes/cause.h"

#include "causes/charging.h"

/* At this level the case can no longer charge an earbud. */
#define CASE_EMPTY_PERCENT 3

/* One earbud charges, and the other one reports that it does not charge although it is not full. */
static enum battery_part idle_bud(const struct subject *s) {
        const struct battery_state *parts;

        if (!s->headset || !s->headset->facts.connected)
                return _BATTERY_PART_MAX;
        parts = s->headset->facts.parts;
        for (unsigned i = BATTERY_LEFT; i <= BATTERY_RIGHT; i++) {
                unsigned other = i == BATTERY_LEFT ? BATTERY_RIGHT : BATTERY_LEFT;

                if (parts[i].charging == CHARGING_NO && parts[i].percent < 90 && parts[other].charging == CHARGING_YES)
                        return (enum battery_part) i;
        }
        return _BATTERY_PART_MAX;
}

static void give_parts(const struct subject *s, struct finding *f) {
        static const enum sentence names[_BATTERY_PART_MAX] = { SAY_PART_WHOLE, SAY_PART_LEFT, SAY_PART_RIGHT, SAY_PART_CASE };
        static const enum sentence of_part[] = { [CHARGING_UNKNOWN] = SAY_EV_PART,
                                                 [CHARGING_NO] = SAY_EV_PART_IDLE,
                                                 [CHARGING_YES] = SAY_EV_PART_CHARGES,
                                                 [CHARGING_FULL] = SAY_EV_PART_FULL };

        for (unsigned i = 0; s->headset && i < _BATTERY_PART_MAX; i++) {
                const struct battery_state *p = &s->headset->facts.parts[i];

                if (p->percent != BATTERY_UNKNOWN)
                        give(f, of_part[p->charging], battery_source_name(s->headset->facts.battery),
                             moment_wall(s->model, s->headset->observed.level_at), WORDS("part", names[i]),
                             NUMBER("level_percent", p->percent));
        }
}

void cause_earbud_seating(const struct subject *s, struct findings *out) {
        enum battery_part idle = idle_bud(s);
        struct finding *f;

        if (idle == _BATTERY_PART_MAX)
                return;
        f = found(s, out, EARBUD_SEATING, INFO, POSSIBLE);
        because(f, idle == BATTERY_LEFT ? SAY_LEFT_BUD_IDLE : SAY_RIGHT_BUD_IDLE);
        advise(f, SAY_PLACE_EARBUDS_ANEW);
        give_parts(s, f);
}

void cause_case_empty(const struct subject *s, struct findings *out) {
        const struct battery_state *box = s->headset ? &s->headset->facts.parts[BATTERY_CASE] : NULL;
        struct finding *f;
        bool charges;

        if (!box || !s->headset->facts.connected || box->percent > CASE_EMPTY_PERCENT)
                return;
        charges = box->charging == CHARGING_YES;
        f = found(s, out, CASE_EMPTY, charges ? INFO : WARNING, LIKELY);
        because(f, charges ? SAY_CASE_IS_EMPTY_AND_CHARGES : SAY_CASE_IS_EMPTY);
        advise(f, SAY_CHARGE_CASE_FIRST);
        give_parts(s, f);
}
