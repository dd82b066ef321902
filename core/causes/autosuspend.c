/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The kernel suspends an idle device to save power. A device that conforms to the specification then stops charging.
 */
#include "causes/cause.h"

/* Per cent of the session. A device that is suspended only now and then while it is in use still charges. */
#define MUCH_PERCENT 25
#define MUCH_MS 60000

/* `unknown` is said where the device is known by a log alone, which may be from another computer. */
static void advise_off(const struct subject *s, struct finding *f, enum sentence by_command, enum sentence unknown) {
        char command[COMMAND_MAX];

        if (s->port->present)
                advise(f, by_command, TEXT("command", command_for_device(s->port, "power/control", "on", command)));
        else
                advise(f, unknown);
}

static void tell_autosuspended(const struct subject *s, struct finding *f) {
        because(f, SAY_SUSPENDED, DEVICE(s->port));
        advise_off(s, f, SAY_TURN_AUTOSUSPEND_OFF_BY, SAY_TURN_AUTOSUSPEND_OFF);
}

static enum sentence who(enum autosuspend_by by) {
        switch (by) {
        case AUTOSUSPEND_BY_UDEV:
                return SAY_EV_AUTO_BY_UDEV;
        case AUTOSUSPEND_BY_WRITE:
                return SAY_EV_AUTO_BY_WRITE;
        default:
                return SAY_EV_AUTO_BY_UNKNOWN;
        }
}

static unsigned percent_suspended(const struct power_facts *w) {
        uint64_t all = w->suspended_ms + w->active_ms;

        return all == 0 ? 0 : (unsigned) (w->suspended_ms * 100 / all);
}

static void give_power(const struct subject *s, struct finding *f, const struct power_facts *w) {
        uint64_t at = moment_wall(s->model, s->model->now);

        give(f, SAY_EV_POWER_CONTROL, "sysfs", at);
        give(f, w->status == RUNTIME_SUSPENDED ? SAY_EV_RUNTIME_SUSPENDED : SAY_EV_RUNTIME_ACTIVE, "sysfs", at);
        give(f, SAY_EV_TIME_SUSPENDED, "sysfs", at, NUMBER("suspended_s", (w->suspended_ms / 1000)),
             NUMBER("all_s", ((w->suspended_ms + w->active_ms) / 1000)), NUMBER("suspended_percent", percent_suspended(w)));
        give(f, who(w->by), "sysfs", at);
}

/* The limit of 2.5 mA does not apply to a Type-C port that offers 1.5 A or 3 A (USB Type-C r2.1 §4.6.2.1). */
static bool type_c_feeds(const struct port *p) {
        return p->typec && typec_offer_ma(p->typec) > 0 && p->typec->facts.mode != TYPEC_PD;
}

static void tell_fed(const struct subject *s, struct finding *f) {

        because(f, SAY_SUSPENDED_BUT_FED, DEVICE(s->port), NUMBER("offered_ma", typec_offer_ma(s->port->typec)));
        advise_off(s, f, SAY_IF_NOT_CHARGING_AUTOSUSPEND_OFF_BY, SAY_IF_NOT_CHARGING_AUTOSUSPEND_OFF);
}

static void tell_often(const struct subject *s, struct finding *f) {

        because(f, SAY_SUSPENDED_OFTEN, DEVICE(s->port), NUMBER("suspended_percent", percent_suspended(&s->port->power)));
        advise_off(s, f, SAY_IF_SLOW_AUTOSUSPEND_OFF_BY, SAY_IF_SLOW_AUTOSUSPEND_OFF);
}

static void look_at_power(const struct subject *s, struct findings *out) {
        const struct power_facts *w = &s->port->power;
        bool suspended = w->status == RUNTIME_SUSPENDED, fed = type_c_feeds(s->port);
        struct finding *f;

        if (!w->automatic)
                return;
        if (!suspended && (fed || w->suspended_ms < MUCH_MS || percent_suspended(w) < MUCH_PERCENT))
                return;
        f = found(s, out, DEVICE_AUTOSUSPENDED, suspended && !fed ? WARNING : INFO, LIKELY);
        if (!suspended)
                tell_often(s, f);
        else if (fed)
                tell_fed(s, f);
        else
                tell_autosuspended(s, f);
        give_power(s, f, w);
}

void cause_device_autosuspended(const struct subject *s, struct findings *out) {
        const struct port *p = s->port;
        struct finding *f;

        if (!p)
                return;
        if (p->present && p->power_known) {
                look_at_power(s, out);
                return;
        }
        if (!p->link.autosuspended && !(p->link.autosuspend_seen && p->link.resume_failed))
                return;
        f = found(s, out, DEVICE_AUTOSUSPENDED, WARNING, LIKELY);
        tell_autosuspended(s, f);
        give(f, p->link.resume_failed ? SAY_EV_RESUME_FAILED : SAY_EV_AUTOSUSPEND_STANDS, "kernel-log",
             moment_wall(s->model, p->link.autosuspend_at));
}
