/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The kernel suspends an idle device to save power: a conforming one stops charging then.
 */
#include "causes/cause.h"

/* Of the session, in percent: what is suspended now and then while it is used is no cause. */
#define MUCH_PERCENT 25
#define MUCH_MS 60000

static void tell_autosuspended(const struct subject *s, struct finding *f) {
        char thing[THING_MAX];

        say_cause(f, "The computer has put %s to sleep to save power, and a suspended USB device may draw only 2.5 mA.",
                  the_thing(s->port, thing));
        say_action(
                f,
                "Turn USB autosuspend off for this device (set its power/control to \"on\", or exclude it in TLP or powertop).");
}

static const char *who(enum autosuspend_by by) {
        switch (by) {
        case AUTOSUSPEND_BY_UDEV:
                return "udev's hardware database (ID_AUTOSUSPEND)";
        case AUTOSUSPEND_BY_WRITE:
                return "a program, while it was plugged in";
        default:
                return "not known (a udev rule, TLP, powertop or a driver)";
        }
}

static unsigned percent_suspended(const struct power_facts *w) {
        uint64_t all = w->suspended_ms + w->active_ms;

        return all == 0 ? 0 : (unsigned) (w->suspended_ms * 100 / all);
}

static void give_power(const struct subject *s, struct finding *f, const struct power_facts *w) {
        uint64_t at = moment_wall(s->model, s->model->now);

        finding_evidence(f, "power/control", "sysfs", at, "auto");
        finding_evidence(f, "power/runtime_status", "sysfs", at, "%s", w->status == RUNTIME_SUSPENDED ? "suspended" : "active");
        finding_evidence(f, "time suspended", "sysfs", at, "%llu s of %llu s (%u %% of this session)",
                         (unsigned long long) (w->suspended_ms / 1000),
                         (unsigned long long) ((w->suspended_ms + w->active_ms) / 1000), percent_suspended(w));
        finding_evidence(f, "set to auto by", "sysfs", at, "%s", who(w->by));
}

/* A Type-C port that offers 1.5 A or 3 A stands beside the rule of 2.5 mA (USB Type-C r2.1 §4.6.2.1). */
static bool type_c_feeds(const struct port *p) {
        return p->typec && typec_offer_ma(p->typec) > 0 && p->typec->facts.mode != TYPEC_PD;
}

static void tell_fed(const struct subject *s, struct finding *f) {
        char thing[THING_MAX];

        say_cause(f, "The computer has put %s to sleep to save power, but its Type-C port goes on offering %u mA.",
                  the_thing(s->port, thing), typec_offer_ma(s->port->typec));
        say_action(f, "If it does not charge, turn USB autosuspend off for this device.");
}

static void tell_often(const struct subject *s, struct finding *f) {
        char thing[THING_MAX];

        say_cause(f, "%s is awake now, but was suspended for %u %% of this session, and then it may draw only 2.5 mA.",
                  The_thing(s->port, thing), percent_suspended(&s->port->power));
        say_action(f, "Turn USB autosuspend off for this device if it charges slowly.");
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
        finding_evidence(f, "automatic suspend", "kernel-log", moment_wall(s->model, p->link.autosuspend_at), "%s",
                         p->link.resume_failed ? "it did not come back when woken" : "standing");
}
