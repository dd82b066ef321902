/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Doctor's conclusion: one table of rules, the first that applies counts. Of "@" and "~" see plan_sentence().
 */
#include <stdio.h>
#include <string.h>

#include "client/doctor/doctor-plan.h"

#define NO_CODE _FINDING_CODE_MAX
#define NO_STEP _STEP_MAX

static bool in_vain(const struct doctor_case *c, enum doctor_step s) {
        return c->answers[s].answer == 2;
}

static bool no_pad(const struct doctor_case *c) {
        return c->start.wireless == NO;
}

static bool is_full(const struct doctor_case *c) {
        return c->start.charging == CHARGES_FULL || found_at_start(c, BATTERY_FULL);
}

static bool is_limited(const struct doctor_case *c) {
        return found_at_start(c, CHARGE_LIMITED);
}

static bool dies_unplugged(const struct doctor_case *c) {
        return found_at_start(c, BATTERY_DIES_UNPLUGGED);
}

static bool full_by_word(const struct doctor_case *c) {
        return said(c, STEP_LED, "dark") || said(c, STEP_LED, "went-off");
}

/* Only one that flashes says so by itself: WH-1000XM3 and XM4 are red as they charge, and all go dark when they are done
 * (sony.co.in article 00277550). */
static bool warning_light(const struct doctor_case *c) {
        return said(c, STEP_LED, "flashing");
}

static bool not_normal(const struct doctor_case *c) {
        return said(c, STEP_TEMPERATURE, "hot") || said(c, STEP_TEMPERATURE, "cold");
}

static bool not_normal_and_light(const struct doctor_case *c) {
        return not_normal(c) && warning_light(c);
}

static bool port_was_explained(const struct doctor_case *c) {
        static const enum finding_code codes[] = {
                PORT_OFF, NOT_AUTHORIZED, PORT_OVER_CURRENT, PORT_LIMITS_CURRENT, POWER_BUDGET_EXCEEDED, DEVICE_AUTOSUSPENDED
        };

        for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
                if (c->start.first == codes[i])
                        return true;
        return false;
}

static bool another_port_too(const struct doctor_case *c) {
        return in_vain(c, STEP_ANOTHER_PORT);
}

static bool cables_differ(const struct doctor_case *c) {
        return !in_vain(c, STEP_ANOTHER_CABLE) && !in_vain(c, STEP_SUPPLIED_CABLE);
}

static bool was_stored(const struct doctor_case *c) {
        return said(c, STEP_STORED, "yes");
}

/* Neither cable nor supply is left to blame. */
static bool device_alone(const struct doctor_case *c) {
        bool cable = in_vain(c, STEP_ANOTHER_CABLE) || in_vain(c, STEP_SUPPLIED_CABLE);
        bool supply = in_vain(c, STEP_ADAPTER) || in_vain(c, STEP_COMPUTER) || in_vain(c, STEP_ANOTHER_ADAPTER);

        return cable && supply;
}

static bool all_in_vain(const struct doctor_case *c) {
        return device_alone(c) && in_vain(c, STEP_RESET) && in_vain(c, STEP_INITIALISE);
}

static bool stored_in_vain(const struct doctor_case *c) {
        return device_alone(c) && was_stored(c);
}

static bool seems_to_charge(const struct doctor_case *c) {
        return said(c, STEP_LED, "steady") || c->start.charging == CHARGES_YES;
}

static bool charges_slowly(const struct doctor_case *c) {
        return seems_to_charge(c) && found_at_start(c, PORT_LIMITS_CURRENT);
}

static bool was_measured(const struct doctor_case *c) {
        return c->start.first != NO_CODE && (c->start.trouble > TROUBLE_NONE);
}

static const struct rule {
        const char *name;
        enum doctor_step step;                     /* NO_STEP: only `also` counts */
        const char *word;                          /* what it was answered with */
        bool (*also)(const struct doctor_case *c); /* NULL: nothing else is needed */
        enum finding_code code;
        enum segment segment;
        enum severity severity;
        enum confidence confidence;
        bool isolated, service;
        const char *cause, *action;
} rules[] = {
        /* What ends the check at once. */
        { "wet", STEP_WET, "yes", NULL, CONTACTS_DIRTY, SEGMENT_DEVICE, WARNING, LIKELY, true, false,
          "The socket of the @ is wet; some models then refuse to charge to protect themselves, and charging a wet one harms it.",
          "Unplug it, let the socket dry in the open air for a day, without heat, and only then try again." },
        { "no-pad", STEP_POWER_FROM, "pad", no_pad, NO_CODE, SEGMENT_DEVICE, WARNING, LIKELY, true, false,
          "As far as is known the @ does not charge on a wireless pad.", "Charge it by the cable that came with it." },
        { "battery-full", NO_STEP, NULL, is_full, BATTERY_FULL, SEGMENT_DEVICE, INFO, LIKELY, true, false,
          "The battery of the @ is full, by its own report: it does not charge because it need not.",
          "Unplug it and use it; if it does not last, run this check again when it is empty." },
        { "charge-limited", NO_STEP, NULL, is_limited, CHARGE_LIMITED, SEGMENT_DEVICE, INFO, LIKELY, true, false,
          "The @ stops charging before it is full by design, or because battery care is on: no fault.",
          "Switch it off while it charges, or switch battery care off in Sony's app, if you want it full." },
        { "battery-full-by-word", STEP_LEVEL, "full", full_by_word, BATTERY_FULL, SEGMENT_DEVICE, INFO, LIKELY, true, false,
          "It says that it is full, and a light that is off is how Sony's headsets show that charging is done.",
          "Unplug it and use it; if it does not last, run this check again when it is empty." },
        { "temperature", NO_STEP, NULL, not_normal_and_light, TEMPERATURE, SEGMENT_DEVICE, WARNING, LIKELY, true, false,
          "It is too warm or too cold: the light shows that charging was stopped to protect the battery (5 to 35 degrees Celsius "
          "are needed).",
          "Unplug it, leave it at room temperature for one or two hours, out of its case and out of the sun, and try again." },
        { "temperature-possible", NO_STEP, NULL, not_normal, TEMPERATURE, SEGMENT_DEVICE, WARNING, POSSIBLE, true, false,
          "It is warmer or colder than charging allows (5 to 35 degrees Celsius), which alone can stop it.",
          "Leave it at room temperature for one or two hours, then try again; if it still fails, run this check again." },
        { "dies-unplugged", NO_STEP, NULL, dies_unplugged, BATTERY_DIES_UNPLUGGED, SEGMENT_DEVICE, WARNING, LIKELY, true, true,
          "It went off within seconds of being unplugged, more than once: unless it was switched off by hand, its battery no "
          "longer "
          "holds a charge.",
          "Ask Sony for a repair, under warranty first: opening it ends the warranty." },
        { "only-plugged", STEP_ONLY_PLUGGED, "yes", NULL, BATTERY_DIES_UNPLUGGED, SEGMENT_DEVICE, WARNING, POSSIBLE, true, true,
          "It runs only while it is plugged in, by your word: power arrives, and its battery probably holds no charge any more.",
          "Ask Sony for a repair, under warranty first: opening it ends the warranty. They ask for model and serial number." },

        /* What helped. */
        { "as-told", STEP_AS_TOLD, "works", NULL, NO_CODE, SEGMENT_HOST, NOTICE, LIKELY, true, false,
          "What the computer reported was the cause: once that was mended it works.", "Nothing more; it is mended." },
        { "hub", STEP_DIRECT, "works", NULL, HUB_IN_PATH, SEGMENT_HUB, WARNING, LIKELY, true, false,
          "The hub or dock in between is the cause: with the same cable straight at the computer it works.",
          "Plug it directly into the computer, or use a hub with its own power supply." },
        { "pad", STEP_INSTEAD_OF_PAD, "works", NULL, NO_CODE, SEGMENT_HOST, WARNING, LIKELY, true, false,
          "By cable it charges, so the pad, or how it lies on the pad, is the cause.",
          "Place it in the middle of the pad without a cover, try another pad, or charge it by cable." },
        { "supplied-cable", STEP_SUPPLIED_CABLE, "works", NULL, CABLE_SUSPECT, SEGMENT_CABLE, WARNING, LIKELY, true, false,
          "The cable that was used before is the cause: with the supplied one it works in the same place.",
          "Use the cable that came with it, and no longer the other one for charging." },
        { "another-cable", STEP_ANOTHER_CABLE, "works", NULL, CABLE_SUSPECT, SEGMENT_CABLE, WARNING, LIKELY, true, false,
          "The cable is the cause: with another one it works in the same place.",
          "Replace the cable; a damaged one cannot be repaired." },
        { "replug", STEP_REPLUG, "works", NULL, LINK_UNSTABLE, SEGMENT_LINK, NOTICE, POSSIBLE, true, false,
          "A plug did not sit firmly: plugged in anew at both ends it works.",
          "If it comes back, look for dirt in the sockets and for a worn plug, and try another cable." },
        { "port-explained", STEP_ANOTHER_PORT, "works", port_was_explained, NO_CODE, SEGMENT_PORT, WARNING, LIKELY, true, false,
          "The port it was on is the cause, as the computer reported: with the same cable another port works.",
          "Use the port where it works." },
        { "port", STEP_ANOTHER_PORT, "works", NULL, PORT_SUSPECT, SEGMENT_PORT, WARNING, LIKELY, true, false,
          "The port it was on is the cause: with the same cable another port works.",
          "Use the port where it works; clean the other one, and have it looked at if other devices fail there too." },
        { "adapter-at-fault", STEP_ANOTHER_ADAPTER, "works", NULL, NO_CODE, SEGMENT_HOST, WARNING, LIKELY, true, false,
          "The wall adapter, or the wall socket it was in, is the cause: with another one and the same cable it works.",
          "Use the adapter that works; try the other one in another wall socket, without a power strip, before you give it up." },
        { "adapter-at-fault", STEP_COMPUTER, "works", NULL, NO_CODE, SEGMENT_HOST, WARNING, LIKELY, true, false,
          "The wall adapter, or the wall socket it was in, is the cause: at the computer and with the same cable it works.",
          "Try the adapter in another wall socket, without a power strip, or use another one of 5 V and 1.5 A or more." },
        { "computer-ports", STEP_ADAPTER, "works", another_port_too, PORT_LIMITS_CURRENT, SEGMENT_PORT, WARNING, LIKELY, true,
          false, "The computer's ports are the cause: no port charged it, and with the same cable a wall adapter does.",
          "Charge it by a wall adapter of 5 V and 1.5 A or more; keep the computer awake, and look for its USB power settings." },
        { "computer-port", STEP_ADAPTER, "works", NULL, PORT_LIMITS_CURRENT, SEGMENT_PORT, WARNING, POSSIBLE, true, false,
          "With the same cable a wall adapter charges it and the computer's port did not.",
          "Charge it by a wall adapter of 5 V and 1.5 A or more, or try the computer's other ports." },
        { "deep-discharge-waited", STEP_WAIT, "works", was_stored, DEEP_DISCHARGE, SEGMENT_DEVICE, INFO, LIKELY, true, false,
          "Its battery was empty from long storage and needed a while before the light came on: no fault.",
          "Leave it plugged in until it is full, and charge it every six months when it is not used." },
        { "too-early", STEP_WAIT, "works", NULL, TOO_EARLY, SEGMENT_DEVICE, INFO, LIKELY, true, false,
          "It only needed a few minutes: no fault.", "Leave it plugged in until the light goes off." },
        { "seating", STEP_SEAT_ANEW, "works", NULL, EARBUD_SEATING, SEGMENT_DEVICE, NOTICE, LIKELY, true, false,
          "The earbuds did not sit on their contacts: placed anew they charge.",
          "Let the magnets pull them in, with the tips that came with them, and close the lid." },
        { "contacts", STEP_CLEAN_CONTACTS, "works", NULL, CONTACTS_DIRTY, SEGMENT_DEVICE, NOTICE, LIKELY, true, false,
          "Dirt or moisture on the contacts was the cause: cleaned, they charge.",
          "Wipe the contacts of earbuds and case with a dry cloth or cotton swab now and then." },
        { "case", STEP_CASE_FIRST, "works", NULL, CASE_EMPTY, SEGMENT_DEVICE, NOTICE, LIKELY, true, false,
          "The case was empty and could not charge the earbuds.", "Charge the case once a week, also when it is not used." },
        { "socket", STEP_CLEAN_SOCKET, "works", NULL, CONTACTS_DIRTY, SEGMENT_DEVICE, NOTICE, LIKELY, true, false,
          "Dirt in the charging socket was the cause: cleaned, it charges.",
          "Keep the socket clean with a dry cotton swab or a soft brush, never with metal." },
        { "hold-power", STEP_HOLD_POWER, "works", NULL, NO_CODE, SEGMENT_DEVICE, NOTICE, POSSIBLE, true, false,
          "It hung, and plugging it in with the power button held woke it. Why that helps nobody has published.",
          "If it comes back, update its firmware, then reset it." },
        { "reset", STEP_RESET, "helped", NULL, NO_CODE, SEGMENT_DEVICE, NOTICE, LIKELY, true, false,
          "The @ itself hung: after a reset it charges.", "If it comes back, update its firmware, then initialise it." },
        { "initialised", STEP_INITIALISE, "helped", NULL, NO_CODE, SEGMENT_DEVICE, NOTICE, LIKELY, true, false,
          "The @ itself was at fault: initialised, it charges.",
          "Pair it again; if it comes back, ask Sony for a repair, and say that it was initialised." },

        /* What fails with a second device. */
        { "adapter-elsewhere", STEP_ADAPTER_OTHERS, "fails", NULL, NO_CODE, SEGMENT_HOST, WARNING, LIKELY, true, false,
          "The wall adapter, or the wall socket, is the cause: it does not charge another device either.",
          "Try another wall socket, without a power strip; if that fails too, replace the adapter (5 V, 1.5 A or more)." },
        { "cable-elsewhere", STEP_CABLE_ELSEWHERE, "fails", cables_differ, CABLE_SUSPECT, SEGMENT_CABLE, WARNING, LIKELY, true,
          false, "The cable is the cause: it does not charge another device either.",
          "Replace the cable; a damaged one cannot be repaired." },

        /* Where nothing helped. */
        { "firmware", STEP_FIRMWARE, "old", NULL, FIRMWARE_OLD, SEGMENT_DEVICE, NOTICE, POSSIBLE, false, false,
          "Nothing that was tried helped, and the firmware of the @ is not current, which can be the cause.",
          "Update it with Sony's app, then try again." },
        { "stored", NO_STEP, NULL, stored_in_vain, DEEP_DISCHARGE, SEGMENT_DEVICE, WARNING, LIKELY, false, true,
          "It was unused for months and charges with no cable and no supply: its battery is likely discharged so deeply that it "
          "does not take a charge.",
          "Leave it on a wall adapter for some hours; if the light stays dark, ask Sony for a repair." },
        { "device", NO_STEP, NULL, all_in_vain, NO_CODE, SEGMENT_DEVICE, WARNING, LIKELY, false, true,
          "The @ itself is at fault: it fails with another cable and another supply, and reset and initialisation did not help.",
          "Ask Sony for a repair or replacement, under warranty first, and do not open it. They ask for the exact model, the "
          "serial "
          "number (on the label, and by the bar code of the box), and whether it was reset and initialised: it was." },
        { "device-possible", NO_STEP, NULL, device_alone, NO_CODE, SEGMENT_DEVICE, WARNING, POSSIBLE, false, true,
          "The @ itself is probably at fault: it fails with another cable and with another supply.",
          "Reset it, then initialise it (\"sonychargectl guide~\"); if that fails, ask Sony for a repair, under warranty first. "
          "They ask for the exact model, the serial number, and whether both were tried." },
        { "system", STEP_SYSTEM_CURRENT, "no", NULL, NO_CODE, SEGMENT_HOST, NOTICE, POSSIBLE, false, false,
          "The cause is not isolated, and the system of this computer is not up to date, which can be it.",
          "Update the system, restart the computer, and run this check again." },
        { "slowly", NO_STEP, NULL, charges_slowly, PORT_LIMITS_CURRENT, SEGMENT_PORT, NOTICE, LIKELY, false, false,
          "It charges, slowly: the port may give less than it needs for its rated charging time.",
          "For a quick charge use a wall adapter of 5 V and 1.5 A or more." },
        { "charges", NO_STEP, NULL, seems_to_charge, NO_CODE, SEGMENT_DEVICE, INFO, LIKELY, false, false,
          "The light, or its battery, says that it charges, and nothing in the way was seen.",
          "Leave it plugged in; a level shown in steps of 10 % takes a while to rise." },
        { "as-found", NO_STEP, NULL, was_measured, NO_CODE, SEGMENT_PORT, WARNING, POSSIBLE, false, false,
          "It is not isolated. What the computer reported at the start stands: something on the way of the power is wrong.",
          "Run this check again and try the steps that were left out." },
        { "open", NO_STEP, NULL, NULL, NO_CODE, SEGMENT_DEVICE, NOTICE, POSSIBLE, false, false,
          "The cause is not isolated: nothing that was tried helped, or too little was tried.",
          "Try what was left out, above all another cable and a wall adapter, and run this check again; \"sonychargectl guide\" "
          "has more." },
};

static bool applies(const struct rule *r, const struct doctor_case *c) {
        return (r->step == NO_STEP || said(c, r->step, r->word)) && (!r->also || r->also(c));
}

static const struct rule *rule_of(const struct doctor_case *c) {
        const struct rule *r = rules;

        while (!applies(r, c)) /* the last one always does */
                r++;
        return r;
}

/* Where the rule only confirms what the daemon had found, its code counts. */
static enum finding_code code_of(const struct rule *r, const struct doctor_case *c) {
        bool confirms =
                strcmp(r->name, "as-told") == 0 || strcmp(r->name, "port-explained") == 0 || strcmp(r->name, "as-found") == 0;

        if (r->code == HUB_IN_PATH && found_at_start(c, POWER_BUDGET_EXCEEDED))
                return POWER_BUDGET_EXCEEDED;
        if (r->code == HUB_IN_PATH && found_at_start(c, HUB_BUS_POWERED))
                return HUB_BUS_POWERED;
        return confirms ? c->start.first : r->code;
}

void plan_conclude(const struct doctor_case *c, struct conclusion *ret) {
        const struct rule *r = rule_of(c);

        *ret = (struct conclusion){ .code = code_of(r, c),
                                    .segment = r->segment,
                                    .severity = r->severity,
                                    .confidence = r->confidence,
                                    .isolated = r->isolated,
                                    .service = r->service,
                                    .name = r->name };
        if (ret->code != NO_CODE)
                ret->segment = finding_segment(ret->code);
        plan_sentence(c, r->cause, ret->cause, sizeof ret->cause);
        plan_sentence(c, r->action, ret->action, sizeof ret->action);
        if (r->code == NO_CODE && ret->code != NO_CODE && *c->start.cause)
                snprintf(ret->cause, sizeof ret->cause, "%.255s %s", c->start.cause,
                         r->isolated ? "That was the cause: without it, it works."
                                     : "Nothing that was tried isolated it further.");
        if (strcmp(r->name, "as-found") == 0 && *c->start.told)
                snprintf(ret->action, sizeof ret->action, "%.255s", c->start.told);
}

bool plan_isolated(const struct doctor_case *c) {
        return rule_of(c)->isolated;
}
