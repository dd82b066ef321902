/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What a person tried: another cable, another port, without the hub.
 *
 * A swap that helps is the second factor beside the failure itself. Where swaps contradict each other, nobody is accused of
 * more than was seen.
 */
#include "causes/cause.h"

/* Another cable on the same port, this one with another device, this one on another port. */
struct trials {
        bool other_works, other_fails;
        bool elsewhere_works, elsewhere_fails;
        bool port_works, port_fails;
};

static struct trials trials_of(const struct subject *s) {
        return (struct trials){
                .other_works = is_answered(s, ASKED_OTHER_CABLE, "works"),
                .other_fails = is_answered(s, ASKED_OTHER_CABLE, "fails"),
                .elsewhere_works = is_answered(s, ASKED_CABLE_ELSEWHERE, "works"),
                .elsewhere_fails = is_answered(s, ASKED_CABLE_ELSEWHERE, "fails"),
                .port_works = is_answered(s, ASKED_OTHER_PORT, "works"),
                .port_fails = is_answered(s, ASKED_OTHER_PORT, "fails"),
        };
}

static void give_trials(const struct subject *s, struct finding *f) {
        give_answer(s, f, ASKED_OTHER_CABLE);
        give_answer(s, f, ASKED_CABLE_ELSEWHERE);
        give_answer(s, f, ASKED_OTHER_PORT);
}

/* What an earlier cause found by itself is only made surer. */
static struct finding *raise(const struct subject *s, struct findings *out, enum finding_code code, enum confidence confidence) {
        struct finding *f = raised_before(out, code);

        if (!f)
                return found(s, out, code, WARNING, confidence);
        if (f->confidence < LIKELY)
                f->confidence = LIKELY;
        return f;
}

void cause_tried_cable(const struct subject *s, struct findings *out) {
        struct trials t = trials_of(s);
        bool second = t.elsewhere_fails || t.port_fails;
        struct finding *f;

        if (t.other_fails || (t.elsewhere_works && !t.other_works))
                return;
        if (!t.other_works && !(t.elsewhere_fails && (t.port_fails || is_answered_to_fail(s))))
                return;
        f = raise(s, out, CABLE_SUSPECT, second && !t.elsewhere_works && !t.port_works ? LIKELY : POSSIBLE);
        if (t.other_works && t.elsewhere_works)
                because(f, SAY_OTHER_CABLE_FITS_BETTER);
        else if (t.other_works)
                because(f, SAY_OTHER_CABLE_WORKS);
        else
                because(f, SAY_CABLE_FAILS_ELSEWHERE);
        advise(f, SAY_USE_WORKING_CABLE);
        give_trials(s, f);
        give_answer(s, f, ASKED_LED);
}

void cause_tried_cable_kind(const struct subject *s, struct findings *out) {
        struct finding *f;

        if (!is_answered(s, ASKED_CABLE, "other"))
                return;
        f = raised_before(out, CABLE_NOT_SUPPLIED);
        if (!f) {
                f = found(s, out, CABLE_NOT_SUPPLIED, INFO, LIKELY);
                because(f, SAY_CABLE_NOT_FROM_BOX);
                advise(f, SAY_THAT_ALONE_NO_FAULT);
        }
        f->confidence = LIKELY;
        give_answer(s, f, ASKED_CABLE);
}

/* Where the path itself says why this port gives nothing, the port is not to blame. */
static bool is_explained(struct findings *out) {
        static const enum finding_code reasons[] = { PORT_OFF, NOT_AUTHORIZED, POWER_BUDGET_EXCEEDED, HUB_BUS_POWERED };

        for (size_t i = 0; i < sizeof reasons / sizeof reasons[0]; i++) {
                const struct finding *f = findings_find(out, reasons[i]);

                if (f && f->severity >= WARNING)
                        return true;
        }
        return false;
}

void cause_tried_port(const struct subject *s, struct findings *out) {
        struct trials t = trials_of(s);
        struct finding *f;

        if (!t.port_works || is_answered(s, ASKED_WITHOUT_HUB, "works") || is_explained(out))
                return;
        f = raise(s, out, PORT_SUSPECT, t.other_fails ? LIKELY : POSSIBLE);
        if (raised_before(out, HUB_IN_PATH))
                because(f, SAY_WORKS_ON_OTHER_PORT_OR_HUB);
        else
                because(f, s->elsewhere ? SAY_WORKS_ON_OTHER_PORT_THAN_BEFORE : SAY_WORKS_ON_OTHER_PORT);
        advise(f, s->elsewhere ? SAY_USE_WORKING_PORT_CLEAN_OTHER : SAY_USE_WORKING_PORT_CLEAN_THIS);
        give_trials(s, f);
}

void cause_tried_hub(const struct subject *s, struct findings *out) {
        bool helps = is_answered(s, ASKED_WITHOUT_HUB, "works");
        struct finding *f = raised_before(out, HUB_IN_PATH);

        if (!helps && (f || !is_answered(s, ASKED_POWER_FROM, "hub") || is_answered(s, ASKED_WITHOUT_HUB, "fails")))
                return;
        if (!f)
                f = found(s, out, HUB_IN_PATH, NOTICE, LIKELY);
        f->confidence = LIKELY;
        if (helps) {
                f->severity = WARNING;
                because(f, SAY_HUB_EXPLAINS);
        } else
                because(f, SAY_HUB_AS_ANSWERED);
        advise(f, SAY_PLUG_IN_DIRECTLY);
        give_answer(s, f, ASKED_POWER_FROM);
        give_answer(s, f, ASKED_WITHOUT_HUB);
}
