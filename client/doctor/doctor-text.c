/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Doctor's text: the sentences of every step. Of "@" and "~" see plan_sentence().
 */
#include "client/doctor/doctor-text.h"

#include <stdio.h>
#include <string.h>

static const struct {
        const char *ask, *why;
        const char *meanings[ANSWERS_MAX];
} texts[_STEP_MAX] = {
        [STEP_WHICH] = { "Which headset is it about?", "more than one is seen" },
        [STEP_MODEL] = { "Which model is it? The name stands on the headset or inside its band or case, for example WH-1000XM4 "
                         "or "
                         "WF-C510.",
                         "models differ in what they need and in what they show" },
        [STEP_FAMILY] = { "What kind is it?",
                          "earbuds and headsets fail in different ways",
                          { "over the ears, with a band", "around the neck", "earbuds with a charging case" } },
        [STEP_THIS_ONE] = { "Is that device your @?", "it never told its name, so nobody but you can know" },
        [STEP_POWER_FROM] = { "Where does its power come from now?",
                              "the computer does not see it",
                              { "a USB port of this computer, directly", "a USB hub, a dock, a monitor or a keyboard",
                                "a wall adapter or a power bank", "a wireless charging pad" } },
        [STEP_INSTEAD_OF_PAD] = { "Please charge it by cable instead of the pad: the cable that came with it, into a USB port of "
                                  "this computer. (Earbuds never charge on a pad by themselves, only their case does.)",
                                  "it tells the pad from the headset" },
        [STEP_PLUG_IN] = { "Please plug the @ in just as it was when it did not charge. If it is plugged in already, unplug it, "
                           "wait "
                           "a few seconds and plug it in again.",
                           "so that what the computer sees of it can be watched" },
        [STEP_AS_TOLD] = { "Please do what the finding says.", "it is the likeliest cause" },
        [STEP_LED] = { "What does the charging light do now?",
                       "only the light and the battery know whether it charges",
                       { "off all the time", "on all the time", "flashes, quickly or slowly", "was on, and is off now" } },
        [STEP_LED_COLOUR] = { "Which colour is the light?",
                              "what a colour means differs between models; red can be charging or something unusual" },
        [STEP_PLUGGED_FOR] = { "How long has it been plugged in?",
                               "the light can stay dark at first",
                               { "less than five minutes", "less than half an hour", "half an hour or more" } },
        [STEP_LEVEL] = { "What does the headset, or Sony's app, say about its battery? (Some WH-1000XM4 say 10 % when they are "
                         "full: "
                         "if it says little and yet plays for hours, answer full.)",
                         "a full battery does not charge, and that is no fault",
                         { "full or nearly so", "low, or not full", "it does not say" } },
        [STEP_WET] = { "Did the socket, the earbuds or the case get wet lately?", "some models do not charge with a wet socket" },
        [STEP_TEMPERATURE] = { "How warm is it, or the place where it lies? (Earbuds and case: feel them.)",
                               "charging stops below 5 and above 35 degrees Celsius (41 and 95 Fahrenheit)",
                               { "colder than 5 degrees", "neither", "warmer than 35 degrees, or it feels hot" } },
        [STEP_STORED] = { "Was it unused for some months before?",
                          "an empty battery then needs a while before it shows anything" },
        [STEP_WAIT] = { "Please leave it plugged in and wait: five minutes, or half an hour when it was unused for months.",
                        "the light can stay dark for a while" },
        [STEP_SEATED] = { "Do both earbuds sit in the case as the magnets want it, and does the lid close?",
                          "an earbud that does not touch its pins does not charge" },
        [STEP_SEAT_ANEW] = { "Please take both earbuds out and place them again, so that the magnets pull them onto the pins; "
                             "close "
                             "the lid.",
                             "it often is no more than that" },
        [STEP_CONTACTS] = { "Look at the metal contacts of the earbuds and in the case: are they clean and dry?",
                            "dirt or moisture keeps the power out" },
        [STEP_CLEAN_CONTACTS] = { "Please wipe the contacts of earbuds and case with a dry cotton swab or cloth, and place the "
                                  "earbuds again.",
                                  "the smallest film is enough to stop charging" },
        [STEP_CASE_CHARGED] = { "Has the case itself charge, as far as its own light shows?",
                                "an empty case cannot charge the earbuds, and it runs down by itself in a week" },
        [STEP_CASE_FIRST] = { "Please put both earbuds in, close the lid, and charge the case by its cable for half an hour.",
                              "the earbuds get nothing before the case has something" },
        [STEP_CABLE] = { "Is it the cable that came with the headset?",
                         "Sony promises charging only with its own; others can differ in wire and shielding",
                         { "the one from the box", "another one, or you do not remember" } },
        [STEP_SUPPLIED_CABLE] = { "Please use the cable that came with it, on the same port or adapter as before.",
                                  "it tells the cable from the port" },
        [STEP_REPLUG] = { "Please unplug the cable at both ends, look at the plugs, and push them in firmly, on the same port as "
                          "before.",
                          "a plug that does not sit firmly is a usual cause" },
        [STEP_DIRECT] = { "Please plug it straight into the computer, without the hub or dock, with the same cable.",
                          "Sony asks for a connection without a hub" },
        [STEP_ANOTHER_PORT] = { "Please plug it into another USB port of the computer, with the same cable and without a hub.",
                                "it tells the port from the rest" },
        [STEP_ANOTHER_ADAPTER] = { "Please use another wall adapter in another wall socket, without a power strip, with the same "
                                   "cable.",
                                   "it tells the adapter and the wall socket from the rest" },
        [STEP_COMPUTER] = { "Please plug it into a USB port of this computer, which is on, with the same cable and without a "
                            "hub.",
                            "if it charges here, the adapter is at fault" },
        [STEP_ANOTHER_CABLE] = { "Please use another cable, on the same port or adapter as now.",
                                 "it tells the cable from the rest" },
        [STEP_ADAPTER] = { "Please plug it into a wall adapter (5 V, 1.5 A or more) instead of the computer, with the same cable "
                           "as "
                           "now.",
                           "it tells the computer from the headset" },
        [STEP_ADAPTER_OTHERS] = { "Does that wall adapter, in that wall socket, charge another device?",
                                  "it tells the adapter from the headset" },
        [STEP_CABLE_ELSEWHERE] = { "Does the cable charge another device?", "it tells the cable from the headset" },
        [STEP_ONLY_PLUGGED] = { "Does it work while it is plugged in, and go off when it is unplugged?",
                                "that is a battery that no longer holds a charge" },
        [STEP_SOCKET] = { "Look into its charging socket: is it clean?", "lint or dirt keeps the plug from touching" },
        [STEP_CLEAN_SOCKET] = { "Please unplug it, clean the socket with a dry cotton swab or a soft brush, never with metal, "
                                "and plug "
                                "it in again.",
                                "lint or dirt keeps the plug from touching" },
        [STEP_FIRMWARE] = { "Is its firmware current? Sony's app on a phone says so in the menu of the device.",
                            "Sony has mended charging by updates",
                            { "the app offers none", "the app offers an update" } },
        [STEP_SYSTEM_CURRENT] = { "Is the system of this computer up to date?", "USB and Type-C are mended by updates too" },
        [STEP_HOLD_POWER] = { "Please unplug it, hold its power button, plug it in, and let go after some seconds.",
                              "third-party guides say that it often helps; Sony does not mention it" },
        [STEP_RESET] = { "Please reset it (\"sonychargectl guide~\" says how for this model, or has the address of its Help "
                         "Guide). A "
                         "reset keeps the pairing. Then plug it in again.",
                         "Sony asks for it before a repair" },
        [STEP_INITIALISE] = { "Please initialise it (\"sonychargectl guide~\" says how, or has the address of its Help Guide). "
                              "This "
                              "deletes settings and pairing; afterwards leave it for ten minutes and plug it in again.",
                              "Sony asks for it before a repair" },
};

static const char *ask_of(const struct doctor_case *c, enum doctor_step s) {
        bool behind_hub = strcmp(plan_source(c), "hub") == 0 && c->answers[STEP_DIRECT].answer == 0;

        if (s == STEP_ANOTHER_PORT && behind_hub)
                return "Please plug it into another port of the same hub, with the same cable.";
        /* Without contact on CC a Type-C port gives nothing at all; a USB-A port always does (USB Type-C 4.5.2). */
        if (s == STEP_ANOTHER_CABLE && !c->start.on_usb)
                return "Please use another cable, on the same port or adapter as now; when both plugs of the old one are USB-C, "
                       "best "
                       "one with a USB-A plug, on a USB-A port.";
        if (s == STEP_CABLE && plan_is_earbuds(c))
                return "Is it the cable that came with the earbuds?";
        return texts[s].ask;
}

const char *doctor_sentence(const struct doctor_case *c, enum doctor_step s, char *buf, size_t size) {
        if (s == STEP_AS_TOLD && *c->start.told) {
                snprintf(buf, size, "Please do this: %s", c->start.told);
                return buf;
        }
        return plan_sentence(c, ask_of(c, s), buf, size);
}

const char *doctor_why(const struct doctor_case *c, enum doctor_step s, char *buf, size_t size) {
        return plan_sentence(c, texts[s].why, buf, size);
}

const char *doctor_meaning(enum doctor_step s, unsigned answer) {
        return answer >= 1 && answer <= ANSWERS_MAX && texts[s].meanings[answer - 1] ? texts[s].meanings[answer - 1] : "";
}

const char *doctor_did_it_help(const struct doctor_case *c, enum doctor_step s) {
        if (s == STEP_SEAT_ANEW || s == STEP_CLEAN_CONTACTS || s == STEP_CASE_FIRST)
                return "Do the earbuds charge now, by the light or by the app (y/n)?";
        if (s == STEP_RESET || s == STEP_INITIALISE)
                return "Does it charge now, by its light (y/n)?";
        return plan_is_earbuds(c) ? "Is the light of the case on now, without flashing (y/n)?"
                                  : "Is the charging light on now, without flashing (y/n)?";
}
