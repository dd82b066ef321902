/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Too warm or too cold: the light says so, and whoever holds the headset may feel it.
 *
 * Red or orange that flashes while it charges means that charging stopped, mostly for the temperature (Sony's step guide
 * 00275392; help guides of the WH-CH720N, WF-C500, MDR-1ADAC). What a steady colour means depends on the model.
 */
#include "causes/cause.h"

#include <string.h>

static bool is_warning_colour(const struct subject *s) {
        return is_answered(s, ASKED_LED_COLOUR, "red") || is_answered(s, ASKED_LED_COLOUR, "orange");
}

/* Blue and white flash while it pairs, green as it runs. */
static bool flashes_for_trouble(const struct subject *s) {
        return is_answered(s, ASKED_LED, "flashing") && (is_warning_colour(s) || answer_to(s, ASKED_LED_COLOUR) == 0);
}

/* Third-party guides say so of this model's case alone; others show red as they charge. */
static bool is_steady_red_wrong(const struct subject *s) {
        const struct model_facts *facts = subject_facts(s);

        return facts && strcmp(facts->model, "WF-1000XM4") == 0 && is_answered(s, ASKED_LED, "steady") &&
               is_answered(s, ASKED_LED_COLOUR, "red");
}

/* A case flashes for other reasons too: its own battery is low, or a bud is. */
static enum confidence confidence_of(const struct subject *s, bool feels, bool flashes) {
        if (flashes && feels)
                return LIKELY;
        if (flashes && is_warning_colour(s) && !subject_is_earbuds(s) && !is_answered(s, ASKED_TEMPERATURE, "normal"))
                return LIKELY;
        return POSSIBLE;
}

void cause_temperature(const struct subject *s, struct findings *out) {
        bool hot = is_answered(s, ASKED_TEMPERATURE, "hot"), cold = is_answered(s, ASKED_TEMPERATURE, "cold");
        bool shows = (flashes_for_trouble(s) || is_steady_red_wrong(s)) && !is_measured_to_charge(s);
        struct finding *f;

        if (!hot && !cold && !shows)
                return;
        f = found(s, out, TEMPERATURE, shows ? WARNING : INFO, confidence_of(s, hot || cold, shows && flashes_for_trouble(s)));
        if (shows && (hot || cold))
                because(f, hot ? SAY_TOO_HOT_BY_LIGHT : SAY_TOO_COLD_BY_LIGHT, HEADSET(s));
        else if (shows)
                because(f, SAY_LIGHT_SHOWS_ABNORMALITY, HEADSET(s));
        else
                because(f, hot ? SAY_TOO_HOT : SAY_TOO_COLD, HEADSET(s));
        advise(f, SAY_ROOM_TEMPERATURE);
        give_answer(s, f, ASKED_LED);
        give_answer(s, f, ASKED_LED_COLOUR);
        give_answer(s, f, ASKED_TEMPERATURE);
}
