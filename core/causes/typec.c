/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Type-C connectors: firmware that cannot be believed, and partners that are no USB device.
 */
#include "causes/cause.h"

#include <stdio.h>

static const struct {
        enum typec_doubt doubt;
        const char *words;
} doubts_in_words[] = {
        { TYPEC_DOUBT_UNREADABLE, "roles or mode cannot be read" },
        { TYPEC_DOUBT_SILENT, "the firmware stopped answering the kernel" },
        { TYPEC_DOUBT_PD, "mode is USB PD, but the partner is said to know no USB PD" },
        { TYPEC_DOUBT_PDO, "a power offer that cannot be" },
        { TYPEC_DOUBT_SUPPLY, "gives power and draws it at the same time" },
        { TYPEC_DOUBT_NO_PARTNER, "a USB device is in this socket, but the port is said to be empty" },
        { TYPEC_DOUBT_DATA_ROLE, "a USB device is in this socket, but the computer is said to be the device" },
};

static void tell_unreadable(const struct subject *s, struct finding *f, const struct typec_port *t, unsigned doubts) {
        char name[TYPEC_NAME_MAX];

        typec_name(t, name);
        if (doubts & (TYPEC_DOUBT_UNREADABLE | TYPEC_DOUBT_SILENT))
                say_cause(f, "The firmware does not tell what the Type-C port %s does, so what it offers is not visible.", name);
        else
                say_cause(f, "What the firmware tells of the Type-C port %s contradicts itself, so it is not counted.", name);
        say_action(f, "Unplug this port for a few seconds; if it stays so, restart the computer and look for a firmware update.");
        for (size_t i = 0; i < sizeof doubts_in_words / sizeof doubts_in_words[0]; i++)
                if (doubts & doubts_in_words[i].doubt)
                        finding_evidence(f, name, doubts_in_words[i].doubt == TYPEC_DOUBT_SILENT ? "kernel-log" : "typec",
                                         moment_wall(s->model, t->observed.silent ? t->observed.silent_at : s->model->now), "%s",
                                         doubts_in_words[i].words);
}

/* The controller is there, its ports are not. */
static void tell_mute(const struct subject *s, struct findings *out) {
        const struct model *m = s->model;
        struct finding *f = found(s, out, TYPEC_UNREADABLE, INFO, CERTAIN);

        if (s->whole_log)
                say_cause(f,
                          "The firmware of this computer's Type-C ports did not answer, so what they offer may not be visible.");
        else
                say_cause(f, "This computer has a Type-C controller whose firmware tells nothing, so its Type-C ports are not "
                             "visible.");
        say_action(f, "Look for a firmware (BIOS) update; until then only USB itself tells what is plugged in.");
        if (!m->typec_silent)
                finding_evidence(f, "Type-C ports", "typec", moment_wall(m, m->now), "none visible");
        else if (m->typec_errno > 0)
                finding_evidence(f, "Type-C firmware", "kernel-log", moment_wall(m, m->typec_silent_at), "no answer (error -%u)",
                                 m->typec_errno);
        else
                finding_evidence(f, "Type-C firmware", "kernel-log", moment_wall(m, m->typec_silent_at), "no answer");
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
        char id[ADDRESS_NAME_MAX];

        finding_evidence(f, "partner", "typec", at, "present, is offered power");
        finding_evidence(f, "offered", "typec", at, "%s", typec_mode_name(t->facts.mode));
        if (t->usb)
                finding_evidence(f, "USB device", "udev", at, "none on %s", address_port_name(&t->usb->address, id));
        else
                finding_evidence(f, "USB device", "udev", at, "none came with it; cannot tell which socket this is");
        if (data_is_blocked(s->model))
                finding_evidence(f, "usb_c_security", "sysfs", at, "this computer blocks the data lines of its Type-C ports");
}

/* Something charges, or tries to, and does not speak on USB: with headsets that is usual. */
void cause_partner_not_visible(const struct subject *s, struct findings *out) {
        const struct typec_port *t = s->typec;
        char name[TYPEC_NAME_MAX];
        struct finding *f;

        if (!t || (!typec_is_sighting(s->model, t) && !typec_has_headset(t)))
                return;
        f = found(s, out, NOT_VISIBLE, INFO, CERTAIN);
        if (typec_has_headset(t))
                say_cause(f, "The %s in the Type-C port %s is not on USB; that alone says nothing about charging.",
                          t->facts.partner_model.model, typec_name(t, name));
        else
                say_cause(f,
                          "A USB device in the Type-C port %s is offered power and is not visible on USB; many headsets only "
                          "charge "
                          "and never appear there.",
                          typec_name(t, name));
        say_action(f, "Look at the charging light of the headset; if it stays dark, try another cable, then another port.");
        give_partner(s, f, t);
}

/* Which model should have been seen here? One that told its name on the wires, one that was a USB device in this very
 * socket before, or the one that the user or Bluetooth tells to be near. */
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
        say_cause(f,
                  "Power is offered but no data comes, and the %s is known to appear on USB%s: the cable may have no data wires.",
                  model, sure ? "" : ", so if it is that headset");
        say_action(f, "It may charge all the same; to see it on USB use the supplied cable.");
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
        finding_evidence(f, "known to appear on USB", "model-facts", moment_wall(s->model, t->observed.expected_at), "%s",
                         facts->model);
}

/* It switched off as the plug went in, so power arrived; USB has had its time by now. */
static bool power_arrived(const struct subject *s) {
        const struct headset *h = s->headset;

        return h && !s->port && !h->facts.connected && !h->observed.left && h->facts.facts.powers_down == YES &&
               h->facts.facts.enumerates == YES && h->observed.plugged_at.at != 0 &&
               h->observed.plugged_at.at + HEADSET_TOGETHER_USEC >= h->observed.dropped_at.at &&
               moment_span(h->observed.plugged_at, s->model->now) >= HEADSET_TOGETHER_USEC;
}

/* A second witness makes it likely; alone it may as well hang on a wall adapter. */
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
        finding_evidence(f, "Bluetooth link", "bluez", moment_wall(s->model, s->headset->observed.dropped_at),
                         "ended as it was plugged in, as this model does when power arrives");
        finding_evidence(f, "USB", "udev", moment_wall(s->model, s->model->now), "no such device");
}
