/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The computer's sleep: how long it kept a headset from charging, and the firmware's switches for it.
 */
#include "causes/cause.h"

#include <stdio.h>

#define LONG_SLEEP_USEC (10 * MINUTE)

/* What one plug session knows of sleep. */
struct slept {
        uint64_t usec;
        uint32_t times;
        enum sleep_kind kind;
        enum sleep_by by;
        bool lost, reset, fed;
};

static bool collect(const struct subject *s, struct slept *ret) {
        const struct typec_port *t = subject_typec(s);
        bool fed = t && typec_offer_ma(t) > 0;

        bool awaited = model_awaits_log(s->model) && !s->whole_log;

        if (s->port && s->port->link.slept) {
                const struct link *l = &s->port->link;

                *ret = (struct slept){
                        l->slept_usec, l->slept_times, l->sleep_kind, l->slept_by, l->power_lost_in_sleep, l->reset_on_wake, fed
                };
                /* What is told now would soon be told otherwise: the newest sleep comes with the kernel's word on it. */
                if (awaited && ret->times > 0) {
                        ret->times--;
                        ret->usec -= l->newest_slept_usec;
                }
                return !awaited || ret->times > 0;
        }
        if (s->port || !s->typec || s->typec->observed.slept_usec == 0 || !s->typec->facts.partner ||
            (awaited && s->typec->observed.slept_times < 2))
                return false;
        if (!typec_has_headset(s->typec) && !typec_is_sighting(s->model, s->typec))
                return false;
        *ret = (struct slept){ s->typec->observed.slept_usec, s->typec->observed.slept_times, s->model->sleep_kind,
                               s->typec->observed.slept_by, .fed = fed };
        return true;
}

static const char *kind_words(enum sleep_kind kind) {
        switch (kind) {
        case SLEEP_S2IDLE:
                return "s2idle";
        case SLEEP_STANDBY:
                return "standby (S1)";
        case SLEEP_S3:
                return "S3 (deep)";
        case SLEEP_HIBERNATION:
                return "hibernation";
        default:
                return NULL;
        }
}

/* The kernel's word on it is the only one there is. */
static bool log_is_readable(const struct subject *s) {
        return !s->model->degraded[SOURCE_KERNEL_LOG];
}

/* What happened to charging comes first: that is what somebody wants to know who finds it not full. A suspended device may draw
 * 2.5 mA (USB 2.0 §7.2.3), unless a Type-C offer stands beside that. */
static void tell_span(const struct subject *s, struct finding *f, const struct slept *w, const char *thing) {
        char span[SPAN_MAX];

        span_words(w->usec, span);
        if (w->lost)
                say_cause(f, "Charging of %s stopped for %s while the computer slept: the USB ports were off or were reset.",
                          thing, span);
        else if (w->fed)
                say_cause(f,
                          "The computer slept for %s while %s was plugged in; this Type-C port may have charged it all the same.",
                          span, thing);
        else if (!log_is_readable(s))
                say_cause(f,
                          "Charging of %s probably stopped for %s while the computer slept; whether the USB ports kept their "
                          "power cannot be seen.",
                          thing, span);
        else
                say_cause(f, "Charging of %s probably stopped for %s while the computer slept, though no loss of power was seen.",
                          thing, span);
}

static void tell_sleep(const struct subject *s, struct finding *f, const struct slept *w) {
        const char *thing_here = "something";
        char thing[THING_MAX];

        if (s->port)
                thing_here = the_thing(s->port, thing);
        if (w->usec > 0)
                tell_span(s, f, w, thing_here);
        else if (s->model->sleep_watched && !w->lost)
                say_cause(f, "The computer went to sleep, or tried to, while %s was plugged in; its clocks show no time asleep.",
                          thing_here);
        else if (w->lost)
                say_cause(f,
                          "Charging of %s stopped while the computer slept, for how long is not known: the USB ports were off or "
                          "were reset.",
                          thing_here);
        else
                say_cause(f, "The computer slept while %s was plugged in; for how long is not known.", thing_here);
        say_action(f, "Keep the computer awake while charging, or charge from a wall adapter.");
}

/* That no switch is seen proves nothing: most computers have it in the firmware setup alone. */
static void tell_switches(const struct subject *s, struct finding *f, uint64_t at) {
        for (size_t i = 0; i < s->model->n_switches; i++) {
                const struct switch_facts *w = &s->model->switches[i];

                if (w->kind != SWITCH_SLEEP_POWER)
                        continue;
                finding_evidence(f, "USB power in sleep", "sysfs", at, "%s: %s", w->name,
                                 w->on == YES  ? "on"
                                 : w->on == NO ? "off"
                                               : "cannot be read");
                return;
        }
        if (s->model->live)
                finding_evidence(f, "USB power in sleep", "sysfs", at, "no switch visible, which proves nothing");
}

/* Where the clocks stood still and tell nothing, they are the ones who say so. */
static const char *who_told(const struct subject *s, const struct slept *w) {
        if (w->usec > 0 && w->by == SLEEP_BY_LOGIND)
                return "logind";
        if (w->usec > 0 && w->by == SLEEP_BY_LOG)
                return "kernel-log";
        return s->model->sleep_watched ? "clocks" : "kernel-log";
}

static void give_sleep(const struct subject *s, struct finding *f, const struct slept *w) {
        uint64_t at = moment_wall(s->model, s->model->wake);
        const char *by = who_told(s, w);
        uint64_t seconds = (w->usec + SECOND / 2) / SECOND;

        if (w->usec > 0)
                finding_evidence(f, "time asleep", by, at, "%lu min %lu s", (unsigned long) (seconds / 60),
                                 (unsigned long) (seconds % 60));
        else
                finding_evidence(f, "time asleep", by, at, "not known");
        if (w->times > 1)
                finding_evidence(f, "sleeps", by, at, "%u", w->times);
        if (kind_words(w->kind))
                finding_evidence(f, "kind of sleep", "sysfs", at, "%s", kind_words(w->kind));
        if (w->lost)
                finding_evidence(f, "power session", "kernel-log", at, "lost (root hub lost power or was reset)");
        else
                finding_evidence(f, "power session", "kernel-log", at, "%s", log_is_readable(s) ? "no loss seen" : "not visible");
        if (w->reset && !w->lost)
                finding_evidence(f, "on waking", "kernel-log", at, "the device had to be reset, its power may have been off");
        tell_switches(s, f, at);
}

/* How long logind was between "about to sleep" and "awake" is no proof of a sleep: it may have tried for so long. */
static enum confidence how_sure(const struct subject *s, const struct slept *w) {
        if (w->usec > 0)
                return w->by == SLEEP_BY_LOGIND ? LIKELY : CERTAIN;
        if (s->model->sleep_watched && !w->lost)
                return POSSIBLE;
        return s->model->sleep_seen ? CERTAIN : LIKELY;
}

void cause_host_suspended(const struct subject *s, struct findings *out) {
        struct slept w;
        struct finding *f;

        if (!collect(s, &w))
                return;
        /* Before it is over there is nothing to tell; a log may end there. */
        if (s->model->asleep && w.times == 0 && !s->whole_log)
                return;
        f = found(s, out, HOST_SUSPENDED, w.usec >= LONG_SLEEP_USEC ? WARNING : NOTICE, how_sure(s, &w));
        tell_sleep(s, f, &w);
        give_sleep(s, f, &w);
}

/* A hub with its own supply goes on giving power whatever the computer does. */
static bool fed_by_the_computer(const struct subject *s) {
        const struct port *hub;

        if (!s->port)
                return true;
        if (path_external_hubs(s->port, &hub, 1) == 0)
                return true;
        return path_bus_powered_hub(s->port) != NULL;
}

void cause_sleep_charging_off(const struct subject *s, struct findings *out) {
        const struct model *m = s->model;
        struct finding *f;

        if (!subject_is_headset(s) || (s->port && !s->port->present) || !fed_by_the_computer(s))
                return;
        for (size_t i = 0; i < m->n_switches; i++) {
                const struct switch_facts *w = &m->switches[i];

                if (w->kind != SWITCH_SLEEP_POWER || w->on != NO)
                        continue;
                f = found(s, out, SLEEP_CHARGING_OFF, INFO, CERTAIN);
                say_cause(f, "This computer's firmware gives no USB power while it sleeps: its switch for that is off.");
                say_action(f, "To charge while the computer sleeps turn on %.150s, or keep it awake.", w->name);
                finding_evidence(f, "switch", "sysfs", moment_wall(m, m->now), "%.100s: off", w->name);
                return;
        }
}
