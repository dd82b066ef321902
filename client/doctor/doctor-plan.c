/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Doctor's plan: which step comes next.
 */
#include "client/doctor/doctor-plan.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

static bool taken(const struct doctor_case *c, enum doctor_step s) {
        return c->answers[s].outcome != OUTCOME_NONE;
}

bool said(const struct doctor_case *c, enum doctor_step s, const char *word) {
        const char *answer = step_word(s, c->answers[s].answer);

        return taken(c, s) && answer && strcmp(answer, word) == 0;
}

/* Was the change made, and did it not help? */
static bool failed(const struct doctor_case *c, enum doctor_step s) {
        return c->answers[s].answer == 2;
}

bool found_at_start(const struct doctor_case *c, enum finding_code code) {
        return c->start.codes >> code & 1;
}

const char *plan_headset(const struct doctor_case *c) {
        if (*c->now.model)
                return c->now.model;
        if (*c->start.model)
                return c->start.model;
        return *c->answers[STEP_MODEL].text ? c->answers[STEP_MODEL].text : "headset";
}

const char *plan_sentence(const struct doctor_case *c, const char *sentence, char *buf, size_t size) {
        size_t n = 0;

        for (; *sentence && n + 1 < size; sentence++) {
                if (*sentence == '@' || (*sentence == '~' && c->start.known)) {
                        snprintf(buf + n, size - n, "%s%s", *sentence == '~' ? " " : "", plan_headset(c));
                        n += strlen(buf + n);
                } else if (*sentence != '~')
                        buf[n++] = *sentence;
        }
        buf[n] = '\0';
        return buf;
}

/* As Sony names its headsets. */
static const char *family_of_name(const char *model) {
        static const struct {
                const char *start, *family;
        } starts[] = {
                { "WF", "earbuds" },   { "LinkBuds", "earbuds" }, { "INZONE Buds", "earbuds" },
                { "WI", "neckband" },  { "WH", "over-ear" },      { "MDR", "over-ear" },
                { "ULT", "over-ear" }, { "1000X", "over-ear" },   { "INZONE H", "over-ear" },
        };

        for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
                if (strncasecmp(model, starts[i].start, strlen(starts[i].start)) == 0)
                        return starts[i].family;
        return "";
}

const char *plan_family(const struct doctor_case *c) {
        const char *word = step_word(STEP_FAMILY, c->answers[STEP_FAMILY].answer);

        if (*c->now.family)
                return c->now.family;
        if (*c->start.family)
                return c->start.family;
        return word ? word : family_of_name(plan_headset(c));
}

bool plan_is_earbuds(const struct doctor_case *c) {
        return strcmp(plan_family(c), "earbuds") == 0;
}

/* The nameless device is taken for the headset unless the person says no. */
static bool is_nameless(const struct doctor_case *c) {
        return c->start.nameless && !said(c, STEP_THIS_ONE, "no");
}

const char *plan_source(const struct doctor_case *c) {
        const char *word = step_word(STEP_POWER_FROM, c->answers[STEP_POWER_FROM].answer);

        if (*c->start.hub)
                return "hub";
        if (c->start.on_cable || is_nameless(c))
                return "computer";
        return word ? word : "";
}

static bool from_computer(const struct doctor_case *c) {
        const char *source = plan_source(c);

        return strcmp(source, "computer") == 0 || strcmp(source, "hub") == 0 || !*source;
}

static bool from_adapter(const struct doctor_case *c) {
        return strcmp(plan_source(c), "adapter") == 0;
}

static bool behind_hub(const struct doctor_case *c) {
        return strcmp(plan_source(c), "hub") == 0;
}

/* Is it seen what is in the way? Then the light need not be asked for. */
static bool is_measured(const struct doctor_case *c) {
        return is_nameless(c) || (c->start.on_cable && c->start.trouble > TROUBLE_NONE);
}

/* The light, or the battery, says that it charges: swapping cables and ports would be of no use. */
static bool charges(const struct doctor_case *c) {
        return c->start.charging == CHARGES_YES || said(c, STEP_LED, "steady");
}

static bool is_dark(const struct doctor_case *c) {
        return !charges(c) && (said(c, STEP_LED, "dark") || (taken(c, STEP_LED) && c->answers[STEP_LED].answer == 0));
}

/* A light that flashes is Sony's sign of something unusual, first of all the temperature (help guides); one that is red or went
 * off can be one, depending on the model: worth two more questions. */
static bool is_warning_light(const struct doctor_case *c) {
        return said(c, STEP_LED, "flashing") || said(c, STEP_LED, "went-off") || said(c, STEP_LED_COLOUR, "red");
}

/* What is wrong can lie in the way of the power: worth swapping things. */
static bool way_in_doubt(const struct doctor_case *c) {
        return !charges(c) && strcmp(plan_source(c), "pad") != 0;
}

/* Findings that are about the link, which plugging anew or another cable can mend; where nothing is measured, it can be. */
static bool link_in_doubt(const struct doctor_case *c) {
        static const enum finding_code codes[] = { LINK_UNSTABLE,     ENUMERATION_FAILED, ENUMERATION_RETRIED, CABLE_SUSPECT,
                                                   CABLE_CHARGE_ONLY, CABLE_UNDERRATED,   CABLE_NOT_SUPPLIED };

        for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
                if (found_at_start(c, codes[i]))
                        return true;
        return !is_measured(c) || is_nameless(c);
}

/* Findings whose own advice is neither another port, another cable nor another supply. */
static bool has_advice(const struct doctor_case *c) {
        static const enum finding_code codes[] = { CONTROLLER_DEAD, HOST_POWER_FAULT, DEVICE_AUTOSUSPENDED,
                                                   NOT_AUTHORIZED,  PORT_OFF,         PORT_OVER_CURRENT };

        for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
                if (c->start.first == codes[i])
                        return true;
        return false;
}

/* A hub is what was found, so it goes first. */
static bool hub_first(const struct doctor_case *c) {
        return is_measured(c) && *c->start.hub;
}

static bool cable_was_changed(const struct doctor_case *c) {
        return c->answers[STEP_SUPPLIED_CABLE].answer != 0;
}

static bool wants_who(const struct doctor_case *c, enum doctor_step s) {
        switch (s) {
        case STEP_WHICH:
                return c->start.choices > 1;
        case STEP_MODEL:
                return !*c->start.model && c->start.choices <= 1;
        case STEP_FAMILY:
                return !*plan_family(c);
        case STEP_THIS_ONE:
                return c->start.nameless;
        case STEP_POWER_FROM:
                return !*plan_source(c);
        case STEP_INSTEAD_OF_PAD:
                return strcmp(plan_source(c), "pad") == 0;
        case STEP_PLUG_IN:
                return from_computer(c) && !c->start.on_cable && !is_nameless(c);
        case STEP_AS_TOLD:
                return has_advice(c);
        default:
                return false;
        }
}

static bool wants_look(const struct doctor_case *c, enum doctor_step s) {
        bool measured = is_measured(c), earbuds = plan_is_earbuds(c);

        switch (s) {
        case STEP_LED:
                return !measured && c->start.charging != CHARGES_YES;
        case STEP_LED_COLOUR:
                return said(c, STEP_LED, "steady") || said(c, STEP_LED, "flashing");
        case STEP_PLUGGED_FOR:
        case STEP_STORED:
                return !measured && is_dark(c);
        case STEP_LEVEL:
                return !measured && c->start.level < 0 && !said(c, STEP_LED, "flashing");
        case STEP_WET:
        case STEP_TEMPERATURE:
                return !measured && is_warning_light(c);
        case STEP_WAIT:
                return !measured && (said(c, STEP_PLUGGED_FOR, "moments") || (said(c, STEP_STORED, "yes") && is_dark(c)));
        case STEP_SEATED:
        case STEP_CONTACTS:
        case STEP_CASE_CHARGED:
                return earbuds && !measured;
        case STEP_SEAT_ANEW:
                return earbuds && !measured && !said(c, STEP_SEATED, "yes");
        case STEP_CLEAN_CONTACTS:
                return earbuds && !measured && !said(c, STEP_CONTACTS, "clean");
        case STEP_CASE_FIRST:
                return earbuds && !measured && !said(c, STEP_CASE_CHARGED, "yes");
        default:
                return false;
        }
}

static bool wants_way(const struct doctor_case *c, enum doctor_step s) {
        if (!way_in_doubt(c))
                return false;
        switch (s) {
        case STEP_CABLE:
        case STEP_REPLUG:
        case STEP_CABLE_ELSEWHERE:
                return link_in_doubt(c);
        case STEP_SUPPLIED_CABLE:
                return link_in_doubt(c) && said(c, STEP_CABLE, "other");
        case STEP_DIRECT:
                return behind_hub(c);
        case STEP_ANOTHER_PORT:
                return from_computer(c);
        case STEP_ANOTHER_ADAPTER:
        case STEP_ADAPTER_OTHERS:
        case STEP_COMPUTER:
                return from_adapter(c);
        case STEP_ANOTHER_CABLE:
                return link_in_doubt(c) && !cable_was_changed(c);
        case STEP_ADAPTER:
                return from_computer(c);
        default:
                return false;
        }
}

static bool wants_rest(const struct doctor_case *c, enum doctor_step s) {
        bool elsewhere = failed(c, STEP_ADAPTER) || !from_computer(c);

        switch (s) {
        case STEP_ONLY_PLUGGED:
                /* One that switches off when charging starts works only without the cable. */
                return c->now.powers_down != YES && (!is_measured(c) || elsewhere);
        case STEP_TEMPERATURE:
        case STEP_WET:
                return !is_measured(c) || elsewhere;
        case STEP_SOCKET:
                return !charges(c);
        case STEP_CLEAN_SOCKET:
                return !charges(c) && taken(c, STEP_SOCKET) && !said(c, STEP_SOCKET, "clean");
        case STEP_FIRMWARE:
                return !c->start.firmware && !c->now.firmware;
        case STEP_SYSTEM_CURRENT:
                return from_computer(c) && !charges(c);
        case STEP_HOLD_POWER:
                return !charges(c) && !plan_is_earbuds(c);
        case STEP_RESET:
        case STEP_INITIALISE:
                return true;
        default:
                return false;
        }
}

static bool wants(const struct doctor_case *c, enum doctor_step s) {
        return wants_who(c, s) || wants_look(c, s) || wants_way(c, s) || (s > STEP_CABLE_ELSEWHERE && wants_rest(c, s));
}

/* Questions that were too early for come again after the swaps, when the plan is otherwise at its end. */
static enum doctor_step late(const struct doctor_case *c) {
        static const enum doctor_step steps[] = { STEP_TEMPERATURE, STEP_WET };

        for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
                if (!taken(c, steps[i]) && wants_rest(c, steps[i]))
                        return steps[i];
        return STEP_END;
}

enum doctor_step plan_next(const struct doctor_case *c) {
        if (plan_isolated(c))
                return STEP_END;
        for (unsigned i = 0; i < _STEP_MAX; i++) {
                enum doctor_step s = (enum doctor_step) i;

                if (s == STEP_AS_TOLD && hub_first(c) && !taken(c, STEP_DIRECT))
                        return STEP_DIRECT;
                if (s == STEP_SOCKET && late(c) != STEP_END)
                        return late(c);
                if (!taken(c, s) && wants(c, s))
                        return s;
        }
        return STEP_END;
}

void plan_take(struct doctor_case *c, enum doctor_step s, enum outcome outcome, unsigned answer, const char *text, uint64_t at) {
        struct doctor_answer *a = &c->answers[s];

        *a = (struct doctor_answer){ .outcome = outcome, .answer = answer, .at = at };
        snprintf(a->text, sizeof a->text, "%s", text ? text : "");
        c->trail[c->n++] = (uint8_t) s;
}

enum doctor_step plan_undo(struct doctor_case *c) {
        enum doctor_step s;

        if (c->n == 0)
                return STEP_END;
        s = (enum doctor_step) c->trail[--c->n];
        c->answers[s] = (struct doctor_answer){};
        return s;
}

/* The step that a question of the API was answered in; a cable may have been tried in two. */
static enum doctor_step step_of(const struct doctor_case *c, enum question q) {
        enum doctor_step found = STEP_END;

        for (unsigned i = 0; i < _STEP_MAX; i++)
                if (step_question((enum doctor_step) i) == q && (found == STEP_END || c->answers[i].answer != 0))
                        found = (enum doctor_step) i;
        return found;
}

/* Did any change help? Then the light and the place are not what they were. */
static bool something_helped(const struct doctor_case *c) {
        for (unsigned i = 0; i < _STEP_MAX; i++)
                if (step_kind((enum doctor_step) i) == STEP_DOES && i != STEP_PLUG_IN && c->answers[i].answer == 1)
                        return true;
        return false;
}

unsigned plan_told(const struct doctor_case *c, enum question q) {
        enum doctor_step s = step_of(c, q);

        if (s == STEP_END)
                return 0;
        if (something_helped(c) && (q == ASKED_LED || q == ASKED_LED_COLOUR || q == ASKED_PLUGGED_FOR || q == ASKED_LEVEL))
                return 0;
        /* The daemon would take it for the port that the headset is on now, which is the good one; history tells it by itself. */
        if (q == ASKED_OTHER_PORT && c->now.on_cable && strcmp(c->now.port, c->start.port) != 0)
                return 0;
        if (q == ASKED_CONTACTS && c->answers[STEP_CLEAN_CONTACTS].answer == 1)
                return answer_from_word(q, "dirty");
        if (q == ASKED_SOCKET && c->answers[STEP_CLEAN_SOCKET].answer == 1)
                return answer_from_word(q, "dirty");
        if (q == ASKED_ADAPTER && from_adapter(c) && said(c, STEP_LED, "dark") && !said(c, STEP_LEVEL, "full"))
                return answer_from_word(q, "fails");
        return c->answers[s].answer;
}
