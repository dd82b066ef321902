/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * A USB meter between port and headset, where a person said that it is there: whether current flows, and at which voltage.
 */
#include "causes/cause.h"

#include <stdlib.h>

/* A meter may show a few milliamperes when no current flows. */
#define NOTHING_MA 5
/* Below this voltage no power is offered. */
#define POWER_MV 4000
/* A voltage says something about the path only while at least this current flows. */
#define FLOWS_MA 100

/* USB 2.0 §7.2.2, figure 7-47: 4.75 V at a self-powered port, of which 4.64 V remain at the end of the cable, and 4.35 V at a
 * device behind a bus-powered hub. */
#define LEAST_MV 4640
#define LEAST_BEHIND_HUB_MV 4350

/* Returns true when a meter measures the current into the headset: a person answered that it is in between, and its measurement
 * is current. */
static bool subject_is_measured(const struct subject *s) {
        return (s->port || s->typec) && subject_is_headset(s) && is_answered(s, ASKED_TESTER, "between") &&
               model_measures(s->model);
}

bool is_measured_to_take_nothing(const struct subject *s) {
        return subject_is_measured(s) && s->model->tester.millivolt >= POWER_MV && abs(s->model->tester.milliamp) < NOTHING_MA;
}

void give_measurement(const struct subject *s, struct finding *f) {
        uint64_t at = moment_wall(s->model, s->model->tester_at);

        give(f, SAY_EV_MEASURED, "powerz", at, NUMBER("millivolt", (uint64_t) abs(s->model->tester.millivolt)),
             NUMBER("milliamp", (uint64_t) abs(s->model->tester.milliamp)));
        give(f, SAY_EV_TESTER_BETWEEN, "user", moment_wall(s->model, s->answers->at));
}

void cause_voltage_sags(const struct subject *s, struct findings *out) {
        unsigned least = s->port && path_bus_powered_hub(s->port) ? LEAST_BEHIND_HUB_MV : LEAST_MV;
        const struct tester_facts *t = &s->model->tester;
        struct finding *f;

        if (!subject_is_measured(s) || abs(t->milliamp) < FLOWS_MA || t->millivolt <= 0 || (unsigned) t->millivolt >= least)
                return;
        f = found(s, out, VOLTAGE_SAGS, WARNING, LIKELY);
        because(f, SAY_VOLTAGE_TOO_LOW, NUMBER("millivolt", (uint64_t) t->millivolt),
                NUMBER("milliamp", (uint64_t) abs(t->milliamp)), NUMBER("least_millivolt", least));
        advise(f, SAY_SHORTER_CABLE);
        give_measurement(s, f);
        give(f, SAY_EV_LIMIT_OF_USB, "specification", 0, NUMBER("least_millivolt", least));
}
