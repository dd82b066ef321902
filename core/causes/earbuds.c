/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Contacts between earbuds and case, and in the socket; and a case that is empty.
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

/* Both earbuds report that they charge. */
static bool buds_charge(const struct subject *s) {
        const struct battery_state *parts = s->headset ? s->headset->facts.parts : NULL;

        return parts && s->headset->facts.connected && parts[BATTERY_LEFT].charging == CHARGING_YES &&
               parts[BATTERY_RIGHT].charging == CHARGING_YES;
}

void cause_earbud_seating(const struct subject *s, struct findings *out) {
        bool loose = is_answered(s, ASKED_SEATED, "no") && !buds_charge(s), helped = is_answered(s, ASKED_SEATED_HELPED, "works");
        enum battery_part idle = idle_bud(s);
        bool sits = is_answered(s, ASKED_SEATED, "yes") || is_answered(s, ASKED_SEATED_HELPED, "fails");
        struct finding *f;

        if ((sits && !helped) || (!loose && !helped && idle == _BATTERY_PART_MAX))
                return;
        f = found(s, out, EARBUD_SEATING, loose && !helped ? WARNING : INFO, loose || helped ? LIKELY : POSSIBLE);
        if (helped)
                because(f, SAY_EARBUD_SAT_BADLY);
        else if (loose)
                because(f, SAY_EARBUDS_SIT_BADLY);
        else
                because(f, idle == BATTERY_LEFT ? SAY_LEFT_BUD_IDLE : SAY_RIGHT_BUD_IDLE);
        advise(f, SAY_PLACE_EARBUDS_ANEW);
        give_answer(s, f, ASKED_SEATED);
        give_answer(s, f, ASKED_SEATED_HELPED);
        if (idle != _BATTERY_PART_MAX)
                give_parts(s, f);
}

static void say_contacts(const struct subject *s, struct finding *f) {
        if (is_answered(s, ASKED_CONTACTS, "dirty"))
                because(f, SAY_CONTACTS_ARE_DIRTY);
        else if (is_answered(s, ASKED_SOCKET, "dirty"))
                because(f, SAY_SOCKET_IS_DIRTY);
        else
                because(f, SAY_ONE_BUD_CONTACTS);
        advise(f, SAY_CLEAN_CONTACTS);
}

/* Dirt, and a light that flashes or is dark, are two independent signs. */
void cause_contacts_dirty(const struct subject *s, struct findings *out) {
        bool said = is_answered(s, ASKED_CONTACTS, "dirty") || is_answered(s, ASKED_SOCKET, "dirty");
        bool seated = is_answered(s, ASKED_SEATED, "yes") || is_answered(s, ASKED_SEATED_HELPED, "fails");
        bool idle = idle_bud(s) != _BATTERY_PART_MAX;
        bool fails = is_answered_to_fail(s) || idle;
        struct finding *f;

        if (!said && (!idle || !seated))
                return;
        f = found(s, out, CONTACTS_DIRTY, said && fails ? WARNING : INFO, said && fails ? LIKELY : POSSIBLE);
        say_contacts(s, f);
        give_answer(s, f, ASKED_SOCKET);
        give_answer(s, f, ASKED_CONTACTS);
        give_answer(s, f, ASKED_SEATED);
        give_answer(s, f, ASKED_SEATED_HELPED);
        give_answer(s, f, ASKED_LED);
        if (idle)
                give_parts(s, f);
}

void cause_case_empty(const struct subject *s, struct findings *out) {
        const struct battery_state *box = s->headset ? &s->headset->facts.parts[BATTERY_CASE] : NULL;
        bool reported = box && s->headset->facts.connected && box->percent <= CASE_EMPTY_PERCENT;
        bool denied = box && s->headset->facts.connected && box->percent <= 100 && box->percent > CASE_EMPTY_PERCENT;
        bool said = is_answered(s, ASKED_CASE_CHARGED, "no") && answer_to(s, ASKED_CASE_HELPED) == 0 && !denied;
        bool charges = reported && box->charging == CHARGING_YES;
        struct finding *f;

        if (!reported && !said)
                return;
        f = found(s, out, CASE_EMPTY, charges ? INFO : WARNING, LIKELY);
        because(f, charges ? SAY_CASE_IS_EMPTY_AND_CHARGES : SAY_CASE_IS_EMPTY);
        advise(f, SAY_CHARGE_CASE_FIRST);
        if (reported)
                give_parts(s, f);
        give_answer(s, f, ASKED_CASE_CHARGED);
}
