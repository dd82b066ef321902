/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Doctor's check: passes the status of the daemon and the answers to the engine.
 */
#include "client/doctor/doctor.h"

#include <string.h>
#include <strings.h>

#include "client/connection.h"
#include "client/show/show.h"
#include "common/text.h"

static enum doctor_family family_from_word(const char *word) {
        unsigned i = doctor_option_from_id(ASK_FAMILY, word);

        return i > 0 ? (enum doctor_family) i : FAMILY_UNKNOWN;
}

/* Returns true for findings whose advice is neither another port, nor another cable, nor another supply. */
static bool has_advice(const struct doctor_facts *f) {
        static const enum finding_code codes[] = { CONTROLLER_DEAD, HOST_POWER_FAULT, DEVICE_AUTOSUSPENDED,
                                                   NOT_AUTHORIZED,  PORT_OFF,         PORT_OVER_CURRENT,
                                                   PORT_WET };

        for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
                if (f->first == codes[i])
                        return true;
        return false;
}

static bool is_not_this_one(const struct doctor *d) {
        return d->start.nameless && d->check.answers[ASK_THIS_ONE] == ANSWER_NO;
}

static void see_model(struct doctor *d) {
        const struct doctor_facts *f = &d->start;
        struct doctor_check *c = &d->check;

        doctor_know_model(c, f->known ? f->model : "");
        if (c->answers[ASK_MODEL] == UNANSWERED || !f->known)
                snprintf(c->named_model, sizeof c->named_model, "%s", f->known ? "" : f->model);
        if (!f->known && *f->model) /* the name is not that of a known model */
                c->context &= (uint16_t) ~CONTEXT_NO_MODEL;
        c->family = family_from_word(f->family);
        c->traits = 0;
        if (f->wireless != UNKNOWN)
                c->traits |= f->wireless == YES ? TRAIT_PAD : TRAIT_NO_PAD;
        if (f->powers_down == YES)
                c->traits |= TRAIT_GOES_OFF;
        if (f->limit_percent > 0)
                c->traits |= TRAIT_LIMITS;
        if (f->codes >> FIRMWARE_OLD & 1)
                c->traits |= TRAIT_OLD_FIRMWARE;
        snprintf(c->help, sizeof c->help, "%s", f->help);
}

static void set_context(struct doctor_check *c, unsigned bit, bool set) {
        c->context = (uint16_t) (set ? c->context | bit : c->context & ~bit);
}

static void see_context(struct doctor *d) {
        const struct doctor_facts *f = &d->start;
        struct doctor_check *c = &d->check;
        bool here = f->on_cable || (f->nameless && !is_not_this_one(d));

        set_context(c, CONTEXT_CHOICES, f->choices > 1);
        set_context(c, CONTEXT_NAMELESS, f->nameless);
        set_context(c, CONTEXT_WATCHING, d->watching && !here);
        set_context(c, CONTEXT_ADVICE, here && has_advice(f));
        set_context(c, CONTEXT_CHARGES, f->charging == CHARGES_YES || f->charging == CHARGES_FULL);
        set_context(c, CONTEXT_CAN_ASK, d->watching && f->can_ask && f->charging == CHARGES_UNKNOWN);
        set_context(c, CONTEXT_TESTER, d->watching && f->tester);
        snprintf(c->advice, sizeof c->advice, "%s", f->action);
        doctor_settle(c, ASK_SOURCE, !here ? UNANSWERED : *f->hub ? SOURCE_HUB : SOURCE_COMPUTER);
}

static void see_battery(struct doctor_check *c, const struct doctor_facts *f) {
        doctor_see_battery(c, &(struct doctor_battery){
                                      .charges = f->charging == CHARGES_YES || f->charging == CHARGES_FULL,
                                      .gets_nothing = f->charging == CHARGES_NO && f->on_cable,
                                      .earbud_left_out = f->earbud_left_out,
                                      .case_has_level = f->case_has_level,
                                      .case_is_empty = f->codes >> CASE_EMPTY & 1,
                                      .went_off = f->went_off,
                              });
}

/* The findings of a device without a name count when it may be the headset. */
static void see_evidence(struct doctor *d) {
        const struct doctor_facts *f = &d->start;
        struct doctor_check *c = &d->check;

        doctor_see_nothing(c);
        for (unsigned i = 0; i < _FINDING_CODE_MAX && !is_not_this_one(d); i++)
                if (f->codes >> i & 1)
                        (void) doctor_see(c, finding_code_name((enum finding_code) i), (enum confidence) f->sure[i]);
        if (*f->partner)
                (void) doctor_see(c, "partner", POSSIBLE);
        if (f->on_usb && f->trouble == TROUBLE_NONE)
                (void) doctor_see(c, "configured", CERTAIN);
        see_battery(c, f);
}

void check_see(struct doctor *d) {
        see_model(d);
        see_context(d);
        see_evidence(d);
        doctor_refresh(&d->check);
}

/* Returns the headset that the person chose by its number, its id or the beginning of its id. */
static struct json_object *chosen(struct doctor *d, const char *line) {
        struct json_object *headsets = json_list(d->status, "headsets");
        size_t n = strtoul(line, NULL, 10);

        if (n >= 1 && n <= json_length(headsets) && strspn(line, "0123456789") == strlen(line))
                return json_object_array_get_idx(headsets, n - 1);
        for (size_t i = 0; i < json_length(headsets); i++)
                if (*line && strncmp(json_text(json_object_array_get_idx(headsets, i), "id"), line, strlen(line)) == 0)
                        return json_object_array_get_idx(headsets, i);
        return NULL;
}

static bool take_which(struct doctor *d, const char *line) {
        struct json_object *h = chosen(d, line);

        if (!h || doctor_answer(&d->check, ASK_WHICH, json_text(h, "id")) < 0)
                return false;
        snprintf(d->subject.id, sizeof d->subject.id, "%.63s", json_text(h, "id"));
        snprintf(d->subject.model, sizeof d->subject.model, "%.63s", json_text(h, "model"));
        doctor_note_others(&d->subject, d->status, d->subject.id);
        doctor_read_facts(&d->subject, d->status, &d->start);
        d->now = d->start;
        return true;
}

/* An unknown model is accepted, because the first letters of its name may show its family. */
static bool take_model(struct doctor *d, const char *line) {
        if (doctor_answer(&d->check, ASK_MODEL, line) < 0)
                return false;
        snprintf(d->start.model, sizeof d->start.model, "%.63s", line);
        if (watch_doctor_model(d, line))
                snprintf(d->subject.model, sizeof d->subject.model, "%s", d->start.model);
        return true;
}

bool check_take(struct doctor *d, enum doctor_step s, const char *answer, bool seen) {
        bool taken;

        if (!answer)
                taken = doctor_skip(&d->check, s) == 0;
        else if (s == ASK_WHICH)
                taken = take_which(d, answer);
        else if (s == ASK_MODEL)
                taken = take_model(d, answer);
        else
                taken = doctor_answer(&d->check, s, answer) == 0;
        if (!taken)
                return false;
        d->at[s] = now_usec(CLOCK_REALTIME);
        d->seen[s] = seen;
        if (s == DO_PLUG_IN && d->check.answers[s] == PLUG_SEEN)
                d->start = d->now; /* the check is about the state that is seen now */
        check_see(d);
        return true;
}

void doctor_note(struct doctor *d, enum doctor_step s, const char *text) {
        size_t n = strlen(d->notes);
        char safe[128];

        text_make_safe(safe, sizeof safe, text, strlen(text));
        snprintf(d->notes + n, sizeof d->notes - n, "%s%s: %s", n ? "; " : "", doctor_step_id(s), safe);
}

enum doctor_step check_back(struct doctor *d) {
        enum doctor_step s = doctor_back(&d->check);

        if (s == ASK_WHICH || s == ASK_MODEL) {
                d->subject = d->asked;
                json_object_put(d->model_facts);
                d->model_facts = NULL;
                doctor_read_facts(&d->subject, d->status, &d->start);
                d->now = d->start;
        }
        check_see(d);
        return s;
}
