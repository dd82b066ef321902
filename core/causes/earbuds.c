/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Contacts: between earbuds and case, and in the socket; and a case that has nothing to give.
 */
#include "causes/cause.h"

#include "causes/charging.h"

/* A level of the case that fills no bud any more. */
#define CASE_EMPTY_PERCENT 3

/* One bud charges, the other one says that it does not, and it is not full. */
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
        static const char *const names[_BATTERY_PART_MAX] = { "whole", "left", "right", "case" };
        static const char *const states[] = { "", ", does not charge", ", charges", ", full" };

        for (unsigned i = 0; s->headset && i < _BATTERY_PART_MAX; i++) {
                const struct battery_state *p = &s->headset->facts.parts[i];

                if (p->percent != BATTERY_UNKNOWN)
                        finding_evidence(f, names[i], battery_source_name(s->headset->facts.battery),
                                         moment_wall(s->model, s->headset->observed.level_at), "%u %%%s", p->percent,
                                         states[p->charging]);
        }
}

/* Both charge, as they say themselves. */
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
                say_cause(f, "An earbud did not sit on its contacts; placed anew it charges.");
        else if (loose)
                say_cause(f, "The earbuds do not sit in the case as its magnets want it, so they may have no contact.");
        else
                say_cause(f,
                          "The %s earbud does not charge while the other one does: in the case it may not sit on its contacts.",
                          idle == BATTERY_LEFT ? "left" : "right");
        say_action(f, "Take both earbuds out and place them again, so that the magnets pull them onto the contacts.");
        give_answer(s, f, ASKED_SEATED);
        give_answer(s, f, ASKED_SEATED_HELPED);
        if (idle != _BATTERY_PART_MAX)
                give_parts(s, f);
}

static void say_contacts(const struct subject *s, struct finding *f) {
        if (is_answered(s, ASKED_WET, "yes"))
                say_cause(f, "There was liquid at the socket; some models do not charge until it is dry.");
        else if (is_answered(s, ASKED_CONTACTS, "dirty"))
                say_cause(f, "The contacts of earbuds and case are dirty, which may keep them from charging.");
        else if (is_answered(s, ASKED_SOCKET, "dirty"))
                say_cause(f, "The charging socket is dirty, so the plug may have no contact.");
        else
                say_cause(f,
                          "One earbud does not charge although it sits well: its contacts, or those of the case, may be dirty.");
        if (is_answered(s, ASKED_WET, "yes"))
                say_action(f, "Unplug it and let it dry for a day at room temperature; never charge it wet.");
        else
                say_action(f, "Clean the contacts with a dry cotton swab or a soft brush, never with metal, then try again.");
}

/* Dirt and a flashing or dark light are two things that speak for it. */
void cause_contacts_dirty(const struct subject *s, struct findings *out) {
        bool said = is_answered(s, ASKED_CONTACTS, "dirty") || is_answered(s, ASKED_SOCKET, "dirty") ||
                    is_answered(s, ASKED_WET, "yes");
        bool seated = is_answered(s, ASKED_SEATED, "yes") || is_answered(s, ASKED_SEATED_HELPED, "fails");
        bool idle = idle_bud(s) != _BATTERY_PART_MAX;
        bool fails = is_answered_to_fail(s) || idle;
        struct finding *f;

        if (!said && (!idle || !seated))
                return;
        f = found(s, out, CONTACTS_DIRTY, said && fails ? WARNING : INFO, said && fails ? LIKELY : POSSIBLE);
        say_contacts(s, f);
        give_answer(s, f, ASKED_WET);
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
        bool said = is_answered(s, ASKED_CASE_CHARGED, "no") && !denied, helped = is_answered(s, ASKED_CASE_HELPED, "works");
        bool charges = reported && box->charging == CHARGING_YES;
        struct finding *f;

        if (!reported && !helped && (!said || is_answered(s, ASKED_CASE_HELPED, "fails")))
                return;
        f = found(s, out, CASE_EMPTY, charges || helped ? INFO : WARNING, LIKELY);
        if (helped)
                say_cause(f, "The case was empty; after it was charged the earbuds charge.");
        else
                say_cause(f, "The case is empty, so it cannot charge the earbuds%s.", charges ? "; it charges now itself" : "");
        say_action(f, "Put both earbuds in, charge the case for half an hour, then look again.");
        if (reported)
                give_parts(s, f);
        give_answer(s, f, ASKED_CASE_CHARGED);
        give_answer(s, f, ASKED_CASE_HELPED);
}
