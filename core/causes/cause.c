/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "causes/cause.h"

#include "causes/charging.h"

#include <stdio.h>
#include <string.h>

struct finding *found(const struct subject *s, struct findings *out, enum finding_code code, enum severity severity,
                      enum confidence confidence) {
        struct finding *f = findings_add(out, code, severity, confidence);

        snprintf(f->subject, sizeof f->subject, "%s", s->name);
        return f;
}

enum sentence device_words(const struct port *p) {
        if (p->device.facts.model[0] != '\0')
                return SAY_THE_MODEL;
        return device_name(p)[0] != '\0' ? SAY_THE_NAMED_DEVICE : SAY_THE_USB_DEVICE;
}

const char *device_name(const struct port *p) {
        if (p->device.facts.model[0] != '\0')
                return p->device.facts.model;
        return p->known ? p->device.name : "";
}

const struct model_facts *subject_facts(const struct subject *s) {
        if (s->port)
                return &s->port->device.facts;
        if (s->typec)
                return &s->typec->facts.partner_model;
        return s->elsewhere;
}

const struct typec_port *subject_typec(const struct subject *s) {
        if (s->typec)
                return s->typec;
        return s->port ? s->port->typec : NULL;
}

bool subject_is_headset(const struct subject *s) {
        return s->port ? port_has_headset(s->port) : s->typec && typec_has_headset(s->typec);
}

bool still_counts(const struct subject *s, const struct moments *events) {
        const struct moment *newest = moments_newest(events);

        if (!newest)
                return false;
        if (s->whole_log)
                return true;
        return moment_follows(*newest, s->model->now, MODEL_GOOD_USEC);
}

enum link_state session_state(const struct link *l) {
        return l->state == LINK_GONE ? l->ended_as : l->state;
}

enum sentence usb_error_words(uint32_t error) {
        switch (error) {
        case 2:
                return SAY_USB_ERROR_2;
        case 5:
                return SAY_USB_ERROR_5;
        case 11:
                return SAY_USB_ERROR_11;
        case 12:
                return SAY_USB_ERROR_12;
        case 16:
                return SAY_USB_ERROR_16;
        case 19:
                return SAY_USB_ERROR_19;
        case 22:
                return SAY_USB_ERROR_22;
        case 28:
                return SAY_USB_ERROR_28;
        case 32:
                return SAY_USB_ERROR_32;
        case 62:
                return SAY_USB_ERROR_62;
        case 71:
                return SAY_USB_ERROR_71;
        case 75:
        case 79: /* on MIPS */
                return SAY_USB_ERROR_75;
        case 84:
        case 88: /* on MIPS */
                return SAY_USB_ERROR_84;
        case 104:
        case 131: /* on MIPS */
                return SAY_USB_ERROR_104;
        case 108:
        case 143: /* on MIPS */
                return SAY_USB_ERROR_108;
        case 110:
        case 145: /* on MIPS */
                return SAY_USB_ERROR_110;
        case 121:
        case 140: /* on MIPS */
                return SAY_USB_ERROR_121;
        default:
                return SAY_USB_ERROR_OTHER;
        }
}

struct sightings subject_sightings(const struct subject *s) {
        return (struct sightings){ .port = s->port, .typec = subject_typec(s), .headset = s->headset, .answers = s->answers };
}

struct charging_claim subject_claim(const struct subject *s) {
        const struct sightings seen = subject_sightings(s);
        struct charging_claim claim;

        charging_claim(s->model, &seen, &claim);
        return claim;
}

struct moment subject_plugged_since(const struct subject *s) {
        const struct sightings seen = subject_sightings(s);

        return charging_plugged_since(&seen);
}

const char *headset_name(const struct subject *s) {
        const struct model_facts *facts = subject_facts(s);

        if (facts && facts->model[0] != '\0')
                return facts->model;
        if (s->headset && s->headset->facts.facts.model[0] != '\0')
                return s->headset->facts.facts.model;
        return "";
}

static const char *location_of(const struct port *p) {
        return p && p->in_sysfs ? p->facts.location : "";
}

void place_of_port(const struct port *p, struct place *ret) {
        unsigned depth = p->address.depth;

        *ret = (struct place){ .location = location_of(p), .number = depth > 0 ? p->address.port[depth - 1] : 0 };
        ret->words = *ret->location ? SAY_PLACE_LOCATED : SAY_PLACE_NAMED;
        address_port_name(&p->address, ret->name);
}

void place_of_typec(const struct typec_port *t, struct place *ret) {
        *ret = (struct place){ .location = location_of(t->usb), .number = t->facts.number };
        ret->words = *ret->location ? SAY_PLACE_LOCATED_TYPEC : SAY_PLACE_NAMED_TYPEC;
        typec_name(t, ret->name);
}

enum sentence headset_words(const struct subject *s) {
        return headset_name(s)[0] != '\0' ? SAY_THE_MODEL : SAY_THE_HEADSET;
}

/* Answers about the light, the port, the cable or the hub are valid for one plug only. Those about the headset and its case stay
 * valid. */
static bool is_about_the_plug(enum question q) {
        switch (q) {
        case ASKED_LED:
        case ASKED_LED_COLOUR:
        case ASKED_PLUGGED_FOR:
        case ASKED_POWER_FROM:
        case ASKED_CABLE:
        case ASKED_OTHER_CABLE:
        case ASKED_CABLE_ELSEWHERE:
        case ASKED_OTHER_PORT:
        case ASKED_WITHOUT_HUB:
        case ASKED_TESTER:
                return true;
        default:
                return false;
        }
}

/* Returns true when a person has answered questions of the doctor. */
static bool is_with_doctor(const struct subject *s) {
        for (unsigned q = ASKED_OF_DOCTOR; s->answers && q < _QUESTION_MAX; q++)
                if (s->answers->by_question[q] != 0)
                        return true;
        return false;
}

/* A person who answered the doctor gave every answer in the doctor's words. The older words that accompany them would count the
 * same answer twice. The doctor does not ask when a meter is in the line. */
unsigned answer_to(const struct subject *s, enum question q) {
        if (q < ASKED_OF_DOCTOR && q != ASKED_TESTER && is_with_doctor(s))
                return 0;
        if (!s->answers || (is_about_the_plug(q) && subject_plugged_since(s).at > s->answers->at.at))
                return 0;
        return s->answers->by_question[q];
}

bool is_answered(const struct subject *s, enum question q, const char *word) {
        return answer_is(q, answer_to(s, q), word);
}

void give_level(const struct subject *s, struct finding *f) {
        const struct charging_claim claim = subject_claim(s);

        if (claim.level != BATTERY_UNKNOWN && claim.source != BATTERY_BY_NOBODY)
                give(f, claim.stale ? SAY_EV_LAST_LEVEL : SAY_EV_LEVEL, battery_source_name(claim.source),
                     moment_wall(s->model, s->headset->observed.level_at), NUMBER("level_percent", claim.level));
}

bool subject_is_earbuds(const struct subject *s) {
        const struct model_facts *facts = subject_facts(s);

        if (facts && strcmp(facts->family, "earbuds") == 0)
                return true;
        /* The family of a dongle says nothing about the headset, but its reported parts do. */
        return s->headset && (strcmp(s->headset->facts.facts.family, "earbuds") == 0 ||
                              s->headset->facts.parts[BATTERY_CASE].percent != BATTERY_UNKNOWN);
}

struct finding *raised_before(struct findings *out, enum finding_code code) {
        return (struct finding *) findings_find(out, code);
}
