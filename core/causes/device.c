/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The device itself: does it run with a configuration, can it be seen at all?
 */
#include "causes/cause.h"

#include <errno.h>
#include <string.h>

static bool unconfigured_by_facts(const struct port *p) {
        const struct device_facts *d = &p->device;
        uint32_t least = device_least_declared_ma(d), budget = port_budget_ma(p);

        if (!p->present || !d->settled || d->active_configuration > 0 || d->authorized == NO)
                return false;
        return least == UINT32_MAX || budget == 0 || least <= budget;
}

static bool unconfigured_by_log(const struct port *p) {
        return !p->present && session_state(&p->link) == LINK_IDENTIFIED && (p->link.no_config || p->link.set_config_failed);
}

/* -ENOSPC: the bus has no bandwidth left (kernel Documentation/driver-api/usb/error-codes.rst); the controller's own limits
 * are told in words. */
static bool lacks_room(const struct link *l) {
        return l->no_bandwidth || (l->set_config_failed && l->last_errno == ENOSPC);
}

void cause_not_configured(const struct subject *s, struct findings *out) {
        const struct port *p = s->port;
        char thing[THING_MAX];
        struct finding *f;
        bool by_log;

        if (!p || p->address.depth == 0 || p->link.power_rejected || p->link.over_budget_ma > 0 || p->link.not_authorized)
                return;
        by_log = unconfigured_by_log(p);
        if (!by_log && !unconfigured_by_facts(p))
                return;
        f = found(s, out, NOT_CONFIGURED, WARNING, CERTAIN);
        if (by_log && lacks_room(&p->link)) {
                say_cause(f, "%s was recognised but not switched on, because the bus or its controller has no room for it.",
                          The_thing(p, thing));
                say_action(f,
                           "Unplug other devices, first cameras, sound cards and displays, or use a port of another controller.");
        } else {
                say_cause(f, "%s was recognised but not switched on (no active configuration), so only 100 mA are allowed.",
                          The_thing(p, thing));
                say_action(f, "Unplug it and plug it in again; if it stays so, try another port.");
        }
        if (p->link.set_config_failed)
                finding_evidence(f, "configuration", "kernel-log", moment_wall(s->model, p->link.last_line),
                                 "could not be set (error -%u: %s)", p->link.last_errno, usb_error_meaning(p->link.last_errno));
        else
                finding_evidence(f, "configuration", by_log ? "kernel-log" : "udev", moment_wall(s->model, p->link.last_line),
                                 "none active");
}

/* Type-C at both ends gives no power before the port sees the headset's resistor (Rd) on a CC wire (USB Type-C r2.1
 * §4.5.2); a cable from a Type-A plug does without. */
static bool only_a_contact_is_missing(const struct model *m) {
        for (size_t i = 0; i < m->n_typec; i++)
                if (m->typec[i]->facts.partner || typec_doubts(m, m->typec[i]) != 0)
                        return false;
        return model_has_typec(m);
}

/* Many Sony headsets never appear on USB: for them this is the normal state and must not sound like a fault. */
void cause_not_visible(const struct subject *s, struct findings *out) {
        const struct model_facts *facts = s->elsewhere;
        struct finding *f;

        if (!facts || s->port)
                return;
        f = found(s, out, NOT_VISIBLE, INFO, CERTAIN);
        if (facts->enumerates == YES)
                say_cause(f, "The %s is not on USB, though this model is known to appear there when it is plugged in.",
                          facts->model);
        else if (facts->enumerates == NO)
                say_cause(f, "The %s never appears on USB; that is normal and says nothing about charging.", facts->model);
        else
                say_cause(f, "The %s is not on USB; many Sony headsets never appear there, so this says nothing about charging.",
                          facts->model);
        if (facts->enumerates == YES)
                say_action(f, "Plug it in with the supplied cable, directly at the computer.");
        else if (only_a_contact_is_missing(s->model))
                say_action(f, "Look at the charging light of the headset; if it stays dark on a cable with Type-C at both ends, "
                              "try one "
                              "with a Type-A plug at the computer.");
        else
                say_action(f, "Look at the charging light of the headset.");
        if (only_a_contact_is_missing(s->model))
                finding_evidence(
                        f, "Type-C", "typec", moment_wall(s->model, s->model->now),
                        "no port sees a contact (CC); with Type-C at both ends the cable or the headset may not make one");
        finding_evidence(f, "USB", "udev", moment_wall(s->model, s->model->now), "no such device");
}
