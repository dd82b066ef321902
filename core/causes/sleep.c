/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The computer's sleep: how long it kept a headset from charging, and the firmware settings for it.
 */
#include "causes/cause.h"

#include <stdio.h>

#define LONG_SLEEP_USEC (10 * MINUTE)

/* The sleep during one plug session. */
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
                /* The kernel's messages about the newest sleep are still expected and would change the finding, so this sleep is
                 * not reported yet. */
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

/* Only the kernel log can report this. */
static bool log_is_readable(const struct subject *s) {
        return !s->model->degraded[SOURCE_KERNEL_LOG];
}

/* At a Type-C port it may be any device. */
#define SLEEPER(s)                                                            \
        WORDS("device", (s)->port ? device_words((s)->port) : SAY_SOMETHING), \
                TEXT("device_name", (s)->port ? device_name((s)->port) : "")

/* The effect on charging comes first, because this is what a user wants to know who finds the headset not charged. A suspended
 * device may draw 2.5 mA (USB 2.0 §7.2.3), unless a Type-C offer applies. */
static void tell_span(const struct subject *s, struct finding *f, const struct slept *w) {
        if (w->lost)
                because(f, SAY_CHARGING_STOPPED_FOR, SLEEPER(s), NUMBER("slept_usec", w->usec));
        else if (w->fed)
                because(f, SAY_SLEPT_BUT_FED, NUMBER("slept_usec", w->usec), SLEEPER(s));
        else if (!log_is_readable(s))
                because(f, SAY_CHARGING_STOPPED_UNSEEN, SLEEPER(s), NUMBER("slept_usec", w->usec));
        else
                because(f, SAY_CHARGING_STOPPED_PROBABLY, SLEEPER(s), NUMBER("slept_usec", w->usec));
}

static void tell_sleep(const struct subject *s, struct finding *f, const struct slept *w) {
        if (w->usec > 0)
                tell_span(s, f, w);
        else if (s->model->sleep_watched && !w->lost)
                because(f, SAY_NO_TIME_ASLEEP, SLEEPER(s));
        else if (w->lost)
                because(f, SAY_CHARGING_STOPPED_WHILE_ASLEEP, SLEEPER(s));
        else
                because(f, SAY_SLEPT_WHILE_PLUGGED_IN, SLEEPER(s));
        advise(f, SAY_KEEP_AWAKE);
}

/* A missing setting proves nothing: on most computers it exists only in the firmware setup. */
static void tell_switches(const struct subject *s, struct finding *f, uint64_t at) {
        for (size_t i = 0; i < s->model->n_switches; i++) {
                const struct switch_facts *w = &s->model->switches[i];

                if (w->kind != SWITCH_SLEEP_POWER)
                        continue;
                give(f,
                     w->on == YES  ? SAY_EV_SWITCH_IS_ON
                     : w->on == NO ? SAY_EV_SWITCH_IS_OFF
                                   : SAY_EV_SWITCH_UNREADABLE,
                     "sysfs", at, TEXT("switch", w->name));
                return;
        }
        if (s->model->live)
                give(f, SAY_EV_NO_SWITCH, "sysfs", at);
}

/* Names the source of the duration. When the clocks stopped and give no duration, they are the source. */
static const char *duration_source(const struct subject *s, const struct slept *w) {
        if (w->usec > 0 && w->by == SLEEP_BY_LOGIND)
                return "logind";
        if (w->usec > 0 && w->by == SLEEP_BY_LOG)
                return "kernel-log";
        return s->model->sleep_watched ? "clocks" : "kernel-log";
}

static void give_sleep(const struct subject *s, struct finding *f, const struct slept *w) {
        uint64_t at = moment_wall(s->model, s->model->wake);
        const char *by = duration_source(s, w);
        uint64_t seconds = (w->usec + SECOND / 2) / SECOND;

        if (w->usec > 0)
                give(f, SAY_EV_TIME_ASLEEP, by, at, NUMBER("asleep_min", (seconds / 60)),
                     NUMBER("asleep_rest_s", (seconds % 60)));
        else
                give(f, SAY_EV_TIME_ASLEEP_UNKNOWN, by, at);
        if (w->times > 1)
                give(f, SAY_EV_SLEEPS, by, at, NUMBER("sleep_count", w->times));
        if (kind_words(w->kind))
                give(f, SAY_EV_KIND_OF_SLEEP, "sysfs", at, TEXT("kind", kind_words(w->kind)));
        if (w->lost)
                give(f, SAY_EV_POWER_LOST, "kernel-log", at);
        else
                give(f, log_is_readable(s) ? SAY_EV_NO_LOSS_SEEN : SAY_EV_POWER_NOT_VISIBLE, "kernel-log", at);
        if (w->reset && !w->lost)
                give(f, SAY_EV_RESET_ON_WAKING, "kernel-log", at);
        tell_switches(s, f, at);
}

/* The time that logind takes between "about to sleep" and "awake" does not prove a sleep, because the attempt may have taken this
 * long. */
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
        /* A sleep is reported after its end only. A log may end during a sleep. */
        if (s->model->asleep && w.times == 0 && !s->whole_log)
                return;
        f = found(s, out, HOST_SUSPENDED, w.usec >= LONG_SLEEP_USEC ? WARNING : NOTICE, how_sure(s, &w));
        tell_sleep(s, f, &w);
        give_sleep(s, f, &w);
}

/* A self-powered hub supplies power whatever the computer does. */
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
        char command[COMMAND_MAX];
        struct finding *f;

        if (!subject_is_headset(s) || (s->port && !s->port->present) || !fed_by_the_computer(s))
                return;
        for (size_t i = 0; i < m->n_switches; i++) {
                const struct switch_facts *w = &m->switches[i];

                if (w->kind != SWITCH_SLEEP_POWER || w->on != NO)
                        continue;
                f = found(s, out, SLEEP_CHARGING_OFF, INFO, CERTAIN);
                because(f, SAY_NO_POWER_IN_SLEEP);
                if (command_for_switch(w, command))
                        advise(f, SAY_TURN_SWITCH_ON_BY, TEXT("command", command));
                else
                        advise(f, SAY_TURN_SWITCH_ON, TEXT("switch", w->name));
                give(f, SAY_EV_SWITCH_OFF, "sysfs", moment_wall(m, m->now), TEXT("switch", w->name));
                return;
        }
}
