/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Time: a headset that was just plugged in, or was stored empty for months, needs some time before it can be judged.
 */
#include "causes/cause.h"

#include "causes/charging.h"

/* Sony's step guide (00275392): charge for five minutes, then look at the light. */
#define EARLY_USEC (5 * MINUTE)

bool is_plugged_just_now(const struct subject *s) {
        struct moment plugged = subject_plugged_since(s);
        bool before_start = s->port ? s->port->before_start : s->typec && s->typec->observed.before_start;
        /* The clock stops while the computer sleeps. */
        bool slept = s->port ? s->port->link.slept : s->typec && s->typec->observed.slept_times > 0;

        return plugged.at != 0 && !before_start && !slept && moment_span(plugged, s->model->now) < EARLY_USEC;
}

/* A device draws power, or is offered it, and only its light can show whether it charges. */
static bool only_the_light_tells(const struct subject *s) {
        return s->typec && (typec_is_sighting(s->model, s->typec) || typec_has_headset(s->typec));
}

void cause_too_early(const struct subject *s, struct findings *out) {
        struct moment plugged = subject_plugged_since(s);
        struct finding *f;

        if (s->whole_log || !is_plugged_just_now(s) || !only_the_light_tells(s) || subject_claim(s).state != CHARGING_UNKNOWN)
                return;
        f = found(s, out, TOO_EARLY, INFO, LIKELY);
        because(f, SAY_PLUGGED_IN_A_MOMENT_AGO);
        advise(f, SAY_LEAVE_FIVE_MINUTES);
        give(f, SAY_EV_PLUGGED_IN_FOR, s->typec ? "typec" : "udev", moment_wall(s->model, plugged),
             NUMBER("plugged_usec", moment_span(plugged, s->model->now)));
}

uint64_t early_deadline(const struct model *m) {
        uint64_t deadline = 0, when;

        for (size_t i = 0; i < m->n_typec; i++) {
                const struct typec_port *t = m->typec[i];

                when = t->facts.partner && t->observed.attached.at != 0 ? t->observed.attached.at + EARLY_USEC : 0;
                deadline = deadline_next(deadline, when, m->now);
        }
        for (size_t i = 0; m->n_answers > 0 && i < m->n_ports; i++) {
                when = port_has_headset(m->ports[i]) ? m->ports[i]->attached.at + EARLY_USEC : 0;
                deadline = deadline_next(deadline, when, m->now);
        }
        return deadline;
}
