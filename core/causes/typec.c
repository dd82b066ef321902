/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Type-C connectors: firmware that cannot be trusted, and partners that are not USB devices.
 */
#include "causes/cause.h"

#include <stdio.h>

static const struct {
        enum typec_doubt doubt;
        enum sentence words;
} doubts_in_words[] = {
        { TYPEC_DOUBT_UNREADABLE, SAY_EV_DOUBT_UNREADABLE },
        { TYPEC_DOUBT_SILENT, SAY_EV_DOUBT_SILENT },
        { TYPEC_DOUBT_PD, SAY_EV_DOUBT_PD },
        { TYPEC_DOUBT_PDO, SAY_EV_DOUBT_PDO },
        { TYPEC_DOUBT_SUPPLY, SAY_EV_DOUBT_SUPPLY },
        { TYPEC_DOUBT_NO_PARTNER, SAY_EV_DOUBT_NO_PARTNER },
        { TYPEC_DOUBT_DATA_ROLE, SAY_EV_DOUBT_DATA_ROLE },
};

static void tell_unreadable(const struct subject *s, struct finding *f, const struct typec_port *t, unsigned doubts) {
        struct place place;

        place_of_typec(t, &place);
        if (doubts & (TYPEC_DOUBT_UNREADABLE | TYPEC_DOUBT_SILENT))
                because(f, SAY_TYPEC_NOT_TOLD, PLACE(&place));
        else
                because(f, SAY_TYPEC_CONTRADICTS, PLACE(&place));
        advise(f, SAY_RESTART_TYPEC);
        for (size_t i = 0; i < sizeof doubts_in_words / sizeof doubts_in_words[0]; i++)
                if (doubts & doubts_in_words[i].doubt)
                        give(f, doubts_in_words[i].words, doubts_in_words[i].doubt == TYPEC_DOUBT_SILENT ? "kernel-log" : "typec",
                             moment_wall(s->model, t->observed.silent ? t->observed.silent_at : s->model->now), PLACE(&place));
}

/* The controller exists, but its ports do not. */
static void tell_mute(const struct subject *s, struct findings *out) {
        const struct model *m = s->model;
        struct finding *f = found(s, out, TYPEC_UNREADABLE, INFO, CERTAIN);

        if (s->whole_log)
                because(f, SAY_TYPEC_DID_NOT_ANSWER);
        else
                because(f, SAY_TYPEC_MUTE);
        advise(f, SAY_FIRMWARE_UPDATE);
        if (!m->typec_silent)
                give(f, SAY_EV_NO_TYPEC_PORTS, "typec", moment_wall(m, m->now));
        else if (m->typec_errno > 0)
                give(f, SAY_EV_TYPEC_NO_ANSWER_ERROR, "kernel-log", moment_wall(m, m->typec_silent_at),
                     NUMBER("error_errno", m->typec_errno));
        else
                give(f, SAY_EV_TYPEC_NO_ANSWER, "kernel-log", moment_wall(m, m->typec_silent_at));
}

void cause_typec_unreadable(const struct subject *s, struct findings *out) {
        const struct typec_port *t = subject_typec(s);
        unsigned doubts;

        if (!t) {
                if (!s->port && !s->controller && !s->elsewhere && !model_has_typec(s->model) &&
                    (s->model->degraded[SOURCE_TYPEC] || (s->whole_log && s->model->typec_silent)))
                        tell_mute(s, out);
                return;
        }
        doubts = typec_doubts(s->model, t);
        if (doubts == 0 || (s->port && !s->port->present))
                return;
        tell_unreadable(
                s,
                found(s, out, TYPEC_UNREADABLE, INFO, doubts & (TYPEC_DOUBT_UNREADABLE | TYPEC_DOUBT_SILENT) ? CERTAIN : LIKELY),
                t, doubts);
}

static bool data_is_blocked(const struct model *m) {
        for (size_t i = 0; i < m->n_switches; i++)
                if (m->switches[i].kind == SWITCH_TYPEC_DATA && m->switches[i].on == YES)
                        return true;
        return false;
}

static void give_partner(const struct subject *s, struct finding *f, const struct typec_port *t) {
        uint64_t at = moment_wall(s->model, t->observed.attached);
        struct place place;

        give(f, SAY_EV_PARTNER_PRESENT, "typec", at);
        give(f, SAY_EV_OFFERED, "typec", at, TEXT("mode", typec_mode_name(t->facts.mode)));
        if (t->usb) {
                place_of_port(t->usb, &place);
                give(f, SAY_EV_NOT_ON_PORT, "udev", at, PLACE(&place));
        } else
                give(f, SAY_EV_NO_DEVICE_CAME, "udev", at);
        if (data_is_blocked(s->model))
                give(f, SAY_EV_DATA_BLOCKED, "sysfs", at);
}

/* A partner charges, or tries to, and does not appear on USB. This is usual for headsets. */
void cause_partner_not_visible(const struct subject *s, struct findings *out) {
        const struct typec_port *t = s->typec;
        struct place place;
        struct finding *f;

        if (!t || (!typec_is_sighting(s->model, t) && !typec_has_headset(t)))
                return;
        place_of_typec(t, &place);
        f = found(s, out, NOT_VISIBLE, INFO, CERTAIN);
        if (typec_has_headset(t))
                because(f, SAY_HEADSET_IN_TYPEC, TEXT("model", t->facts.partner_model.model), PLACE(&place));
        else
                because(f, SAY_DEVICE_IN_TYPEC, PLACE(&place));
        advise(f, SAY_LIGHT_THEN_CABLE);
        give_partner(s, f, t);
}

/* Returns the model that should appear here: one that the partner reported, one that was a USB device in this very socket before,
 * or one that is near according to the user or to Bluetooth. */
static const struct model_facts *expected(const struct typec_port *t) {
        if (typec_has_headset(t) && t->facts.partner_model.enumerates == YES)
                return &t->facts.partner_model;
        if (t->observed.expected.model[0] != '\0' && t->observed.attached.at > t->observed.expected_at.at)
                return &t->observed.expected;
        return NULL;
}

static const struct typec_port *only_sighting(const struct model *m) {
        const struct typec_port *only = NULL;

        for (size_t i = 0; i < m->n_typec; i++) {
                if (!typec_is_sighting(m, m->typec[i]))
                        continue;
                if (only)
                        return NULL;
                only = m->typec[i];
        }
        return only;
}

static void say_no_data(struct finding *f, const char *model, bool sure) {
        because(f, sure ? SAY_NO_DATA : SAY_NO_DATA_IF_IT_IS, TEXT("model", model));
        advise(f, SAY_SUPPLIED_CABLE_TO_SEE);
}

static void by_partner(const struct subject *s, struct findings *out) {
        const struct typec_port *t = s->typec;
        const struct model_facts *facts;
        struct finding *f;
        bool named;

        if (s->elsewhere && !s->port && s->elsewhere->enumerates == YES)
                t = only_sighting(s->model);
        if (!t || data_is_blocked(s->model) || (!typec_is_sighting(s->model, t) && !typec_has_headset(t)))
                return;
        facts = s->elsewhere ? s->elsewhere : expected(t);
        if (!facts || typec_usb_device(s->model, t))
                return;
        named = facts == &t->facts.partner_model;
        f = found(s, out, CABLE_CHARGE_ONLY, INFO, named ? LIKELY : POSSIBLE);
        say_no_data(f, facts->model, named);
        give_partner(s, f, t);
        give(f, SAY_EV_KNOWN_ON_USB, "model-facts", moment_wall(s->model, t->observed.expected_at), TEXT("model", facts->model));
}

/* The headset powered down when it was plugged in, so power arrived. USB has had time to report it by now. */
static bool power_arrived(const struct subject *s) {
        const struct headset *h = s->headset;

        return h && !s->port && !h->facts.connected && !h->observed.left && h->facts.facts.powers_down == YES &&
               h->facts.facts.enumerates == YES && h->observed.plugged_at.at != 0 &&
               h->observed.plugged_at.at + HEADSET_TOGETHER_USEC >= h->observed.dropped_at.at &&
               moment_span(h->observed.plugged_at, s->model->now) >= HEADSET_TOGETHER_USEC;
}

/* A second independent sign makes it likely. One alone may also be explained by a wall adapter. */
void cause_cable_charge_only(const struct subject *s, struct findings *out) {
        struct finding *f;

        by_partner(s, out);
        if (!power_arrived(s) || data_is_blocked(s->model))
                return;
        f = raised_before(out, CABLE_CHARGE_ONLY);
        if (f)
                f->confidence = LIKELY;
        else
                f = found(s, out, CABLE_CHARGE_ONLY, INFO, POSSIBLE);
        say_no_data(f, s->headset->facts.facts.model, f->confidence == LIKELY);
        give(f, SAY_EV_LEFT_BLUETOOTH, "bluez", moment_wall(s->model, s->headset->observed.dropped_at));
        give(f, SAY_EV_NO_SUCH_DEVICE, "udev", moment_wall(s->model, s->model->now));
}
