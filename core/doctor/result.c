/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The doctor's result as text: which changes were made and how they went, how sure the conclusion is, and the text for Sony's
 * service. All front ends show this text.
 */
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "common/language.h"
#include "doctor/engine.h"

const char *doctor_change_text(enum doctor_step s) {
        static const char *const texts[_STEP_MAX] = {
                [DO_AS_TOLD] = N_("what the finding said"),
                [DO_WAIT] = N_("waiting"),
                [DO_REPLUG] = N_("socket cleaned, plugged in anew"),
                [DO_TRY_CABLE] = N_("another cable"),
                [DO_TRY_PORT] = N_("another port, without a hub"),
                [DO_TRY_SOURCE] = N_("another supply"),
                [DO_KEEP_ON] = N_("supply kept on"),
                [DO_RESEAT] = N_("contacts wiped, put in anew"),
                [DO_CHARGE_CASE] = N_("case charged for half an hour"),
                [DO_ROOM] = N_("an hour at room temperature"),
                [DO_RECONNECT] = N_("connected anew"),
                [DO_RESET] = N_("reset"),
                [DO_UPDATE] = N_("firmware updated"),
                [DO_INITIALISE] = N_("initialised"),
        };

        return texts[s] ? _(texts[s]) : NULL;
}

const char *doctor_outcome_text(const struct doctor_check *c, enum doctor_step s) {
        unsigned answer = c->answers[s];

        if (answer == CHANGE_WORKS)
                return _("it charged");
        return answer == CHANGE_FAILS ? _("no change") : _("not done");
}

static bool was_tried(const struct doctor_check *c, enum doctor_step s) {
        unsigned answer = doctor_answer_to(c, s);

        return doctor_change_text(s) && answer != UNANSWERED && answer != SKIPPED;
}

size_t doctor_tried(const struct doctor_check *c, enum doctor_step ret[static DOCTOR_STEPS_MAX]) {
        size_t n = 0;

        for (unsigned i = 0; i < c->n; i++)
                if (was_tried(c, (enum doctor_step) c->trail[i]))
                        ret[n++] = (enum doctor_step) c->trail[i];
        return n;
}

static const char *how_sure(const struct doctor_conclusion *r) {
        if (r->cause == _CAUSE_MAX && r->confidence != CERTAIN)
                return _("not known");
        if (r->confidence == CERTAIN)
                return _("certain");
        return r->confidence == LIKELY ? _("likely") : _("possible, not proven");
}

const char *doctor_sure_text(const struct doctor_conclusion *r, char *buf, size_t size) {
        const char *ground = r->by_finding ? _("measured by the computer")
                             : r->proven   ? _("a change mended it")
                                           : _("from what you said");

        snprintf(buf, size, _("%s (%s), %s"), how_sure(r), r->code, ground);
        return buf;
}

const char *doctor_support_address(const struct doctor_check *c) {
        const char *model = *c->model ? c->model : c->named_model;

        if (strncasecmp(model, "PULSE", 5) == 0)
                return "https://www.playstation.com/support/";
        return _("https://www.sony.com/electronics/support (choose your country there)");
}

static void add(char *buf, size_t size, const char *text) {
        size_t n = strlen(buf);

        snprintf(buf + n, size - n, " %s;", text);
}

/* Contains what Sony's service asks for first, and which changes were made. */
const char *doctor_service_text(const struct doctor_check *c, const struct doctor_conclusion *r, char *buf, size_t size) {
        const char *model = *c->model ? c->model : *c->named_model ? c->named_model : _("(please add)");
        enum doctor_step tried[DOCTOR_STEPS_MAX];
        size_t n = doctor_tried(c, tried);
        char line[160];

        snprintf(buf, size, _("Model: %s. %s Tried:"), model, r->sentence);
        for (size_t i = 0; i < n; i++) {
                snprintf(line, sizeof line, "%s (%s)", doctor_change_text(tried[i]), doctor_outcome_text(c, tried[i]));
                add(buf, size, line);
        }
        if (c->answers[DO_RESET] == UNANSWERED)
                add(buf, size, _("not reset"));
        if (c->answers[ASK_DANGER] == DANGER_WAS_WET)
                add(buf, size, _("it got wet long ago"));
        add(buf, size, _("bought on: ..."));
        add(buf, size, _("serial number: ..."));
        return buf;
}
