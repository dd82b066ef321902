/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Doctor's measurements: what the computer does because an answer allows it, and what it saw then.
 */
#include "client/doctor/doctor.h"

#include <string.h>

#include "client/ask.h"
#include "client/show/show.h"
#include "common/language.h"

/* A headset answers within five seconds, and each that is connected is asked; a person may have to type a password. */
#define ASK_USEC (60 * UINT64_C(1000000))

/* The report of the headset, or why there is none. */
static void charging_words(struct doctor *d, char *buf, size_t size) {
        struct json_object *h = doctor_headset(&d->subject, d->status);
        bool with_level = d->now.level >= 0;

        if (d->now.charging == CHARGES_NO)
                snprintf(buf, size, "%s", _("The headset itself says that it does not charge."));
        else if (d->now.charging == CHARGES_YES && with_level)
                snprintf(buf, size, _("The headset itself says that it charges, at %d %%."), d->now.level);
        else if (d->now.charging == CHARGES_YES)
                snprintf(buf, size, "%s", _("The headset itself says that it charges."));
        else if (d->now.charging == CHARGES_FULL)
                snprintf(buf, size, "%s", _("The headset itself says that it is full."));
        else if (strcmp(json_text(json_child(h, "reading"), "outcome"), "taken") == 0)
                snprintf(buf, size, "%s", _("Another program of this computer reads the headset, so it could not be asked."));
        else
                snprintf(buf, size, "%s", _("The headset did not tell whether it charges."));
}

static void meter_words(struct doctor *d, char *buf, size_t size) {
        struct json_object *measured = json_child(doctor_headset(&d->subject, d->status), "measured");
        char volt[DECIMALS_MAX], ampere[DECIMALS_MAX];

        if (!measured)
                snprintf(buf, size, "%s", _("The meter does not tell what it measures."));
        else
                snprintf(buf, size, _("The meter measures %s V and %s A."),
                         language_decimals(json_object_get_double(json_object_object_get(measured, "millivolt")) / 1000, volt),
                         language_decimals(json_object_get_double(json_object_object_get(measured, "milliamp")) / 1000, ampere));
}

static bool ask_headset(struct doctor *d) {
        const char *id = json_text(doctor_headset(&d->subject, d->status), "id");
        struct options o = *d->options;

        o.timeout_usec = ASK_USEC;
        talk_say(d, 2, _("The headset is asked; a moment, please."));
        return ask_headsets(&o, d->bus, id, true) == STATUS_OK;
}

void measure_after(struct doctor *d, enum doctor_step s) {
        bool asks = s == ASK_HEADSET && d->check.answers[s] == ANSWER_YES;
        bool believes = s == ASK_TESTER && d->check.answers[s] == TESTER_BETWEEN;
        char text[160];

        if (!asks && !believes)
                return;
        if (asks && !ask_headset(d))
                return;
        if (believes)
                watch_doctor_tell_one(d, ASKED_TESTER);
        if (!watch_doctor_look(d))
                return;
        d->start = d->now; /* the check is about the state that was just measured */
        check_see(d);
        if (asks)
                charging_words(d, text, sizeof text);
        else
                meter_words(d, text, sizeof text);
        if (d->lines)
                lines_seen(text, NULL, s);
        else
                talk_say(d, 2, text);
}
