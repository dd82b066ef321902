/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The device itself: whether it has a configuration, and whether it is visible at all.
 */
#include "causes/cause.h"
#include "doctor/engine.h"

#include <errno.h>
#include <string.h>

static bool unconfigured_by_facts(const struct port *p) {
        const struct device_facts *d = &p->device;
        uint32_t least = device_least_declared_ma(d), budget = port_budget_ma(p);

        if (!p->present || !(d->settled || p->link.set_config_failed) || d->active_configuration > 0 || d->authorized == NO)
                return false;
        return least == UINT32_MAX || budget == 0 || least <= budget;
}

static bool unconfigured_by_log(const struct port *p) {
        return !p->present && session_state(&p->link) == LINK_IDENTIFIED && (p->link.no_config || p->link.set_config_failed);
}

/* -ENOSPC means that the bus has no bandwidth left (kernel Documentation/driver-api/usb/error-codes.rst). Limits of the
 * controller have a message of their own. */
static bool lacks_room(const struct link *l) {
        return l->no_bandwidth || (l->set_config_failed && l->last_errno == ENOSPC);
}

void cause_not_configured(const struct subject *s, struct findings *out) {
        const struct port *p = s->port;
        struct finding *f;
        bool by_log;

        if (!p || p->address.depth == 0 || p->link.power_rejected || p->link.over_budget_ma > 0 || p->link.not_authorized)
                return;
        by_log = unconfigured_by_log(p);
        if (!by_log && !unconfigured_by_facts(p))
                return;
        f = found(s, out, NOT_CONFIGURED, WARNING, CERTAIN);
        if (by_log && lacks_room(&p->link)) {
                because(f, SAY_NO_ROOM_ON_BUS, DEVICE(p));
                advise(f, SAY_UNPLUG_OTHERS_FIRST);
        } else {
                because(f, SAY_RECOGNISED_NOT_CONFIGURED, DEVICE(p));
                advise(f, SAY_REPLUG_THEN_OTHER_PORT);
        }
        if (p->link.set_config_failed)
                give(f, SAY_EV_CONFIGURATION_ERROR, "kernel-log", moment_wall(s->model, p->link.last_line),
                     NUMBER("error_errno", p->link.last_errno), WORDS("meaning", usb_error_words(p->link.last_errno)));
        else
                give(f, SAY_EV_NO_CONFIGURATION, by_log ? "kernel-log" : "udev", moment_wall(s->model, p->link.last_line));
}

/* With Type-C at both ends a port supplies no power before it detects the headset's resistor (Rd) on a CC wire (USB Type-C r2.1
 * §4.5.2). A cable with a Type-A plug does not require this. */
static bool only_a_contact_is_missing(const struct model *m) {
        for (size_t i = 0; i < m->n_typec; i++)
                if (m->typec[i]->facts.partner || typec_doubts(m, m->typec[i]) != 0)
                        return false;
        return model_has_typec(m);
}

static void cause_no_battery(const struct subject *s, struct findings *out) {
        struct finding *f;

        if (raised_before(out, NO_BATTERY))
                return;
        f = found(s, out, NO_BATTERY, INFO, CERTAIN);
        because(f, SAY_DOCTOR_NO_BATTERY, HEADSET(s));
        advise(f, SAY_DOCTOR_NO_BATTERY_DO);
        give(f, SAY_EV_NO_BATTERY, "model-facts", 0);
}

/* Many Sony headsets never appear on USB. For them this is the normal state and must not be presented as a fault. */
void cause_not_visible(const struct subject *s, struct findings *out) {
        const struct model_facts *facts = s->elsewhere;
        struct finding *f;

        if (!facts || s->port)
                return;
        if (!doctor_has_battery(facts->model)) {
                cause_no_battery(s, out);
                return;
        }
        f = found(s, out, NOT_VISIBLE, INFO, CERTAIN);
        if (facts->enumerates == YES)
                because(f, SAY_NOT_ON_USB_BUT_KNOWN_TO_BE, TEXT("model", facts->model));
        else if (facts->enumerates == NO)
                because(f, SAY_NEVER_ON_USB, TEXT("model", facts->model));
        else
                because(f, SAY_NOT_ON_USB, TEXT("model", facts->model));
        if (facts->enumerates == YES)
                advise(f, SAY_SUPPLIED_CABLE_DIRECTLY);
        else if (only_a_contact_is_missing(s->model))
                advise(f, SAY_LIGHT_THEN_TYPE_A);
        else
                advise(f, SAY_LOOK_AT_LIGHT);
        if (only_a_contact_is_missing(s->model))
                give(f, SAY_EV_NO_CONTACT, "typec", moment_wall(s->model, s->model->now));
        give(f, SAY_EV_NO_SUCH_DEVICE, "udev", moment_wall(s->model, s->model->now));
}
