/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "causes/cause.h"

#include "causes/charging.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

struct finding *found(const struct subject *s, struct findings *out, enum finding_code code, enum severity severity,
                      enum confidence confidence) {
        struct finding *f = findings_add(out, code, severity, confidence);

        snprintf(f->subject, sizeof f->subject, "%s", s->name);
        return f;
}

void say_cause(struct finding *f, const char *format, ...) {
        va_list ap;

        va_start(ap, format);
        vsnprintf(f->cause, sizeof f->cause, format, ap);
        va_end(ap);
}

void say_action(struct finding *f, const char *format, ...) {
        va_list ap;

        va_start(ap, format);
        vsnprintf(f->action, sizeof f->action, format, ap);
        va_end(ap);
}

const char *the_thing(const struct port *p, char buf[static THING_MAX]) {
        const struct device_facts *d = &p->device;

        if (d->facts.model[0] != '\0')
                snprintf(buf, THING_MAX, "the %s", d->facts.model);
        else if (p->known && d->name[0] != '\0')
                snprintf(buf, THING_MAX, "the device \"%s\"", d->name);
        else
                snprintf(buf, THING_MAX, "the USB device");
        return buf;
}

const char *The_thing(const struct port *p, char buf[static THING_MAX]) {
        the_thing(p, buf);
        buf[0] = 'T';
        return buf;
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

const char *span_words(uint64_t usec, char buf[static SPAN_MAX]) {
        uint64_t seconds = (usec + SECOND / 2) / SECOND;
        unsigned long hours = (unsigned long) (seconds / 3600), minutes = (unsigned long) (seconds / 60 % 60);

        if (hours > 0)
                snprintf(buf, SPAN_MAX, "%lu h %lu min", hours, minutes);
        else if (minutes > 0)
                snprintf(buf, SPAN_MAX, "%lu min", minutes);
        else
                snprintf(buf, SPAN_MAX, "%lu s", (unsigned long) seconds);
        return buf;
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

const char *usb_error_meaning(uint32_t error) {
        switch (error) {
        case 2:
                return "the request was cancelled";
        case 5:
                return "the transfer failed";
        case 11:
                return "the controller could not take the request now";
        case 12:
                return "the controller has no room for another device";
        case 16:
                return "busy";
        case 19:
                return "the device went away";
        case 22:
                return "the controller refused the request";
        case 28:
                return "no bandwidth left on the bus";
        case 32:
                return "the device refused the request";
        case 62:
                return "the device did not answer in time";
        case 71:
                return "garbled or no answer on the wires";
        case 75:
        case 79: /* on MIPS */
                return "the device sent more than it was asked for";
        case 84:
        case 88: /* on MIPS */
                return "transmission errors on the wires";
        case 104:
        case 131: /* on MIPS */
                return "the request was cut off";
        case 108:
        case 143: /* on MIPS */
                return "the device or its controller was shut down";
        case 110:
        case 145: /* on MIPS */
                return "no answer within the time limit";
        case 121:
        case 140: /* on MIPS */
                return "the device sent less than it was asked for";
        default:
                return "error";
        }
}

struct sightings subject_sightings(const struct subject *s) {
        return (struct sightings){ .port = s->port, .typec = subject_typec(s), .headset = s->headset, .answers = s->answers };
}

static const char *model_name(const struct subject *s) {
        const struct model_facts *facts = subject_facts(s);

        if (facts && facts->model[0] != '\0')
                return facts->model;
        if (s->headset && s->headset->facts.facts.model[0] != '\0')
                return s->headset->facts.facts.model;
        return "headset";
}

const char *the_headset(const struct subject *s, char buf[static THING_MAX]) {
        snprintf(buf, THING_MAX, "the %s", model_name(s));
        return buf;
}

const char *The_headset(const struct subject *s, char buf[static THING_MAX]) {
        the_headset(s, buf);
        buf[0] = 'T';
        return buf;
}

/* Of the light, the port, the cable and the hub as they were then; the headset and its case stay what they are. */
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
                return true;
        default:
                return false;
        }
}

unsigned answer_to(const struct subject *s, enum question q) {
        const struct sightings seen = subject_sightings(s);

        if (!s->answers || (is_about_the_plug(q) && charging_plugged_since(&seen).at > s->answers->at.at))
                return 0;
        return s->answers->by_question[q];
}

bool is_answered(const struct subject *s, enum question q, const char *word) {
        return answer_is(q, answer_to(s, q), word);
}

bool is_measured_to_charge(const struct subject *s) {
        const struct sightings seen = subject_sightings(s);
        struct charging_claim claim;

        charging_claim(s->model, &seen, &claim);
        return claim.state == CHARGING_YES || claim.state == CHARGING_FULL;
}

bool is_answered_to_fail(const struct subject *s) {
        return (is_answered(s, ASKED_LED, "dark") || is_answered(s, ASKED_LED, "flashing")) && !is_measured_to_charge(s);
}

void give_answer(const struct subject *s, struct finding *f, enum question q) {
        const char *word = answer_word(q, answer_to(s, q));

        if (word)
                finding_evidence(f, question_name(q), "user", moment_wall(s->model, s->answers->at), "%s", word);
}

void give_level(const struct subject *s, struct finding *f) {
        const struct sightings seen = subject_sightings(s);
        struct charging_claim claim;

        charging_claim(s->model, &seen, &claim);
        if (claim.level != BATTERY_UNKNOWN && claim.source != BATTERY_BY_NOBODY)
                finding_evidence(f, claim.stale ? "last level" : "level", battery_source_name(claim.source),
                                 moment_wall(s->model, s->headset->observed.level_at), "%u %%", claim.level);
}

bool subject_is_earbuds(const struct subject *s) {
        const struct model_facts *facts = subject_facts(s);

        if (facts && strcmp(facts->family, "earbuds") == 0)
                return true;
        /* A dongle's own family says nothing of the headset: parts do. */
        return s->headset && (strcmp(s->headset->facts.facts.family, "earbuds") == 0 ||
                              s->headset->facts.parts[BATTERY_CASE].percent != BATTERY_UNKNOWN);
}

struct finding *raised_before(struct findings *out, enum finding_code code) {
        return (struct finding *) findings_find(out, code);
}
