/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The questions and changes: their texts and the conditions under which they are shown.
 *
 * 1 is the cost of one quick question; a question for which the person has to get up costs more. All costs are estimates. Waiting
 * times: five minutes before a light can be judged (A1); half an hour after long storage (WF-C500 Help Guide p. 21, a public
 * guide); one to two hours for the temperature (A1, A4); half an hour for an empty case (a public guide).
 */
#include "common/language.h"
#include "table.h"

#define WHY_FIRMWARE N_("Some old firmware drains the battery or shows wrong levels.")

#define EARBUDS (1 << FAMILY_EARBUDS)
#define EARBUDS_OR_UNKNOWN (1 << FAMILY_EARBUDS | 1 << FAMILY_UNKNOWN)
#define ELSE \
        { OR, 0, 0 }

/* Complaints that do not question the power path. */
#define WAY_IS_FINE (A(COMPLAINT_SHORT) | A(COMPLAINT_ONE) | A(COMPLAINT_BUDS) | A(COMPLAINT_UNUSABLE) | A(COMPLAINT_LEVEL))
#define WAY_IN_DOUBT \
        { AS_FOR, ASK_LIGHT, 0 }
#define CAN_SLEEP (A(SOURCE_COMPUTER) | A(SOURCE_HUB) | A(SOURCE_BANK) | A(SOURCE_CONSOLE))
#define WITHOUT_CABLE (A(SOURCE_PAD) | A(SOURCE_STAND))
#define AFTER_DANGER \
        { AFTER, ASK_DANGER, 0 }

#define YES_OR_NO                                           \
        {                                                   \
                { "yes", N_("Yes"), 0 }, {                  \
                        "no", N_("No, or I am not sure"), 0 \
                }                                           \
        }
#define HOT_OR_WET                                                         \
        { "hot", N_("It is hot, bulges, smells or smokes: I stop"), 0 }, { \
                "wet", N_("It is wet: I stop"), 0                          \
        }
/* One answer per line is easier to read. */
/* clang-format off */
#define WORKS_OR_FAILS                                                                                    \
        {                                                                                                 \
                { "works", N_("It charges now"), 0 }, { "fails", N_("No change"), 0 }, HOT_OR_WET         \
        }

#define DANGERS                                                                        \
        {                                                                              \
                { "no", N_("No, none of these"), 0 },                                  \
                { "swollen", N_("It is swollen, split, leaking, or it smells"), 0 },   \
                { "hot", N_("It is hot to hold, though no sun or heater is on it"), 0 }, \
                { "wet", N_("It is wet, or got wet in the last days"), 0 },            \
                { "was-wet", N_("It got wet long ago, and is dry since"), 0 },         \
                { "smoke", N_("There was smoke, sparks or a burnt smell"), 0 }         \
        }
/* clang-format on */

const struct doctor_step_row doctor_steps[_STEP_MAX] = {
        [ASK_WHICH] = {
                .id = "which", .cost = 1, .context = CONTEXT_CHOICES,
                .text = N_("Which headset is it about?"),
                .why = N_("Several are seen, and what was measured belongs to one of them."),
        },
        [ASK_THIS_ONE] = {
                .id = "this-one", .cost = 1, .context = CONTEXT_NAMELESS,
                .text = N_("A USB device is plugged in that does not say what it is. Is that the headset?"),
                .why = N_("If it is, the computer sees the fault itself."),
                .options = YES_OR_NO,
        },
        [ASK_MODEL] = {
                .id = "model", .cost = 1, .context = CONTEXT_NO_MODEL,
                .text = N_("Which model is it? The name stands on the headset, inside its band, or in the lid or on the bottom of its case."),
                .why = N_("Models show charging in different ways, and some things that look wrong are normal for one model."),
        },
        [ASK_FAMILY] = {
                .id = "family", .cost = 1, .context = CONTEXT_NO_FAMILY,
                .text = N_("What kind of headset is it?"),
                .why = N_("Earbuds charge in a case, which adds causes that other headsets do not have."),
                .options = { { "over-ear", N_("One with a band over the head"), 0 },
                             { "neckband", N_("One with a cord or band around the neck"), 0 },
                             { "earbuds", N_("Earbuds with a case"), 0 } },
        },
        [ASK_DANGER] = {
                .id = "danger", .cost = 1,
                .text = N_("Safety first: is one of these true of any part, the headset, the case, the cable or the charger?"),
                .why = N_("A damaged or wet battery can catch fire while it charges, so this comes before everything else."),
                .options = DANGERS,
        },
        /* Asked because a wrong key must not end the check with the advice never to charge the headset again. It has no chances,
         * because its answer replaces the first one. */
        [ASK_DANGER_SURE] = {
                .id = "danger-sure", .cost = 1,
                .when = { { WHEN, ASK_DANGER, A(DANGER_SWOLLEN) | A(DANGER_HOT) | A(DANGER_WET) | A(DANGER_SMOKE) } },
                .text = N_("Stop charging now, and unplug it if you can do so safely. Then look once more: what is true?"),
                .why = N_("What you said ends the check, because nothing may be tried with such a battery. It must not be a slip."),
                .options = DANGERS,
        },
        /* The next two have no chances. What they find out comes back as a measurement of the computer. */
        [ASK_HEADSET] = {
                .id = "ask-headset", .cost = 1, .context = CONTEXT_CAN_ASK, .when = { AFTER_DANGER },
                .text = N_("May I ask the headset itself? It takes five seconds; Sony's app on a phone may lose its connection meanwhile."),
                .why = N_("The headset knows whether it charges. Its own word is worth more than any light."),
                .options = { { "yes", N_("Yes"), 0 }, { "no", N_("No"), 0 } },
        },
        [ASK_TESTER] = {
                .id = "tester", .cost = 1, .context = CONTEXT_TESTER, .when = { AFTER_DANGER },
                .text = N_("A USB meter is plugged in. Where is it?"),
                .why = N_("What it measures tells something about this headset only when the power for the headset flows through it."),
                .options = { { "between", N_("Between the port and the headset"), 0 },
                             { "elsewhere", N_("Elsewhere, or I am not sure"), 0 } },
        },
        [ASK_COMPLAINT] = {
                .id = "complaint", .cost = 1,
                .text = N_("What is wrong?"),
                .why = N_("It decides what is worth looking at."),
                .options = { { "dead", N_("It does not charge"), 0 },
                             { "buds", N_("The case charges, but the earbuds in it do not"), EARBUDS_OR_UNKNOWN },
                             { "one", N_("One earbud does not charge, or is empty long before the other"), EARBUDS_OR_UNKNOWN },
                             { "short", N_("It charges, but it is empty far too soon"), 0 },
                             { "partial", N_("It stops charging before it is full"), 0 },
                             { "slow", N_("It charges very slowly"), 0 },
                             { "unusable", N_("It goes off, or cannot be used, while it charges"), 0 },
                             { "level", N_("The level that is shown seems wrong"), 0 },
                             { "sometimes", N_("It charges only now and then, or starts and stops"), 0 } },
        },
        [ASK_LIGHT] = {
                .id = "light", .cost = 1,
                /* A case that stays dark after half an hour on its cable does not charge either, whatever the complaint is. The
                 * same is possible for one that is "empty far too soon" and does not switch on at all. */
                .when = { { UNLESS, ASK_COMPLAINT, WAY_IS_FINE },
                          ELSE,
                          { WHEN, ASK_CASE, A(CASE_NO_LIGHT) },
                          { WHEN, DO_CHARGE_CASE, A(CHANGE_FAILS) },
                          ELSE,
                          { WHEN, ASK_COMPLAINT, A(COMPLAINT_SHORT) | A(COMPLAINT_UNUSABLE) },
                          { MAYBE, ASK_RUNS, A(RUNS_NOT) } },
                .text = N_("Look at the charging light while the cable is in (earbuds: the light of the case). What does it do?"),
                .why = N_("The light is the only thing that tells whether power arrives inside."),
                .options = { { "dark", N_("It stays dark"), 0 },
                             { "steady", N_("It is on all the time"), 0 },
                             { "double", N_("It blinks twice, pauses, blinks twice, again and again"), 0 },
                             { "blinks", N_("It blinks in another way"), 0 },
                             { "seconds", N_("It comes on and goes off within a minute or so"), 0 },
                             { "went-off", N_("It was on for long, and is off now"), 0 },
                             { "always", N_("It never goes off, not even after a day"), 0 },
                             { "dim", N_("It is weak, or it flickers"), 0 } },
        },
        [ASK_COLOUR] = {
                .id = "colour", .cost = 1, .traits = TRAIT_BLINKS | TRAIT_RED_IS_WRONG,
                .when = { { WHEN, ASK_LIGHT, A(LIGHT_STEADY) | A(LIGHT_BLINKS) | A(LIGHT_ALWAYS) } },
                .text = N_("Which colour is the light?"),
                .why = N_("On this model one colour means charging and another one trouble."),
                .options = { { "red", N_("Red"), 0 }, { "orange", N_("Orange"), 0 }, { "other", N_("Another colour"), 0 } },
        },
        [ASK_SINCE] = {
                .id = "since", .cost = 1,
                .when = { WAY_IN_DOUBT,
                          { MAYBE, ASK_LIGHT, A(LIGHT_DARK) | A(LIGHT_SECONDS) | A(LIGHT_BLINKS) | A(LIGHT_DIM) } },
                .text = N_("How long has it been plugged in now, and what was before?"),
                .why = N_("The light can take minutes to come on, and far longer when the battery was empty for months."),
                .options = { { "minutes", N_("Less than five minutes"), 0 },
                             { "stored", N_("Longer; before that it lay unused for months"), 0 },
                             { "long", N_("Longer; before that it was in use"), 0 } },
        },
        [ASK_PLACE] = {
                .id = "place", .cost = 1,
                .when = { { WHEN, ASK_COMPLAINT, A(COMPLAINT_SLOW) | A(COMPLAINT_PARTIAL) | A(COMPLAINT_SOMETIMES) },
                          ELSE,
                          WAY_IN_DOUBT,
                          { MAYBE, ASK_LIGHT,
                            A(LIGHT_DOUBLE) | A(LIGHT_BLINKS) | A(LIGHT_SECONDS) | A(LIGHT_DARK) | A(LIGHT_DIM) } },
                .text = N_("How warm is the place where it charges?"),
                .why = N_("Below 5 and above 35 °C charging stops to protect the battery."),
                .options = { { "cold", N_("Cold, below 5 °C"), 0 },
                             { "normal", N_("Like a room"), 0 },
                             { "hot", N_("Hot, above 35 °C: in the sun, in a car, on a heater"), 0 } },
        },
        [ASK_SOURCE] = {
                .id = "source", .cost = 1,
                .when = { WAY_IN_DOUBT },
                .text = N_("Where does the power come from?"),
                .why = N_("Each kind of supply fails in its own way."),
                .options = { { "computer", N_("A USB port of a computer"), 0 },
                             { "hub", N_("A hub, dock, monitor or keyboard"), 0 },
                             { "adapter", N_("A plain wall charger"), 0 },
                             { "fast", N_("A fast charger, for a phone or laptop"), 0 },
                             { "bank", N_("A power bank"), 0 },
                             { "console", N_("A game console, television or car"), 0 },
                             { "pad", N_("A wireless pad"), 0 },
                             { "stand", N_("A charging stand or a magnetic clip with metal pins"), 0 } },
        },
        [ASK_AWAKE] = {
                .id = "awake", .cost = .7f,
                .when = { { WHEN, ASK_SOURCE, CAN_SLEEP } },
                .text = N_("Was that computer, console or television switched on and awake all the time, or does the power bank stay on?"),
                .why = N_("Many give no power while they sleep, and power banks cut off when little is drawn."),
                .options = { { "yes", N_("Yes"), 0 }, { "no", N_("No, or I am not sure that it was"), 0 } },
        },
        [ASK_CABLE] = {
                .id = "cable", .cost = 1,
                .when = { WAY_IN_DOUBT, { UNLESS, ASK_SOURCE, WITHOUT_CABLE } },
                .text = N_("Which cable is it?"),
                .why = N_("Some headsets do not charge on a cable with small plugs at both ends."),
                .options = { { "supplied", N_("The one that came with it"), 0 },
                             { "other-a", N_("Another one, with a big flat plug at the other end"), 0 },
                             { "other-c", N_("Another one, with small plugs at both ends"), 0 } },
        },
        [ASK_PHONE] = {
                .id = "phone", .cost = 1.9f,
                .when = { WAY_IN_DOUBT, { UNLESS, ASK_SOURCE, WITHOUT_CABLE } },
                .text = N_("Does a phone, or another device, charge on this same cable, in this same place?"),
                .why = N_("It tells whether cable and supply are sound."),
                .options = { { "yes", N_("Yes"), 0 }, { "no", N_("No"), 0 } },
        },
        [ASK_SOCKET] = {
                .id = "socket", .cost = 1.5f,
                .when = { WAY_IN_DOUBT, { UNLESS, ASK_SOURCE, WITHOUT_CABLE } },
                .text = N_("Look into the charging socket (before you clean it), and feel whether the plug sits firmly. How is it?"),
                .why = N_("Lint in the socket keeps a plug from going in all the way."),
                .options = { { "clean", N_("Clean, and the plug is firm"), 0 },
                             { "dirt", N_("There is lint or dirt in it"), 0 },
                             { "loose", N_("The plug wobbles, or the light flickers when it moves"), 0 } },
        },
        [ASK_CONTACTS] = {
                .id = "contacts", .cost = 1.5f,
                .when = { { UNLESS, ASK_COMPLAINT, A(COMPLAINT_SLOW) | A(COMPLAINT_UNUSABLE) } },
                .text = N_("Look at the metal contacts, of the earbuds and in the case, or of the headset and its stand. How are (or were) they?"),
                .why = N_("A thin film of skin grease or a leftover film of the packing is enough to stop the current."),
                .options = { { "clean", N_("Clean"), 0 },
                             { "dirty", N_("Dirty, or a film is on them"), 0 },
                             { "crust", N_("A green, blue or white crust is on them"), 0 } },
        },
        [ASK_CASE] = {
                .id = "case", .cost = 1, .families = EARBUDS,
                .text = N_("How does the case behave without its cable?"),
                .why = N_("The case has a battery of its own, which can be empty or worn."),
                .options = { { "ok", N_("Its light comes on, and it charges the earbuds"), 0 },
                             { "no-light", N_("It shows no light at all"), 0 },
                             { "drains", N_("It is empty after some days by itself"), 0 },
                             { "only-cable", N_("It charges the earbuds only while the cable is in"), 0 } },
        },
        [ASK_RUNS] = {
                .id = "runs", .cost = 1,
                .text = N_("Unplugged, how does it run?"),
                .why = N_("It tells a battery that is worn from one that is not charged."),
                .options = { { "normal", N_("It plays about as long as when it was new"), 0 },
                             { "short", N_("It is empty far too soon"), 0 },
                             { "one", N_("One earbud is empty far sooner than the other"), EARBUDS_OR_UNKNOWN },
                             { "dies", N_("It goes off at once, and works only plugged in"), 0 },
                             { "not", N_("It does not switch on at all"), 0 } },
        },
        [ASK_LEVEL] = {
                .id = "level", .cost = 1.2f,
                .when = { { WHEN, ASK_COMPLAINT, A(COMPLAINT_PARTIAL) | A(COMPLAINT_LEVEL) | A(COMPLAINT_SLOW) },
                          ELSE,
                          { MAYBE, ASK_LIGHT,
                            A(LIGHT_DARK) | A(LIGHT_STEADY) | A(LIGHT_SECONDS) | A(LIGHT_WENT_OFF) | A(LIGHT_ALWAYS) | A(LIGHT_DIM) } },
                .text = N_("What does the headset, or Sony's app, say of its battery?"),
                .why = N_("It tells what is full from what is empty."),
                .options = { { "full", N_("Full, or nearly so"), 0 },
                             { "eighty", N_("About 80 %"), 0 },
                             { "low", N_("Low, or it does not rise"), 0 },
                             { "none", N_("Nothing: it cannot be read"), 0 },
                             { "stuck", N_("It stops somewhere else, such as 40 or 60 %"), 0 } },
        },
        /* The next two are never shown, because "reseat" and "update" find out more. A person may still report them. */
        [ASK_SEATED] = {
                .id = "seated", .cost = 1, .families = EARBUDS, .context = CONTEXT_NEVER,
                .text = N_("Does each earbud sit flat in the case, and does the lid close over them?"),
                .why = N_("An earbud that does not sit on its contacts is not charged."),
                .options = { { "yes", N_("Yes"), 0 }, { "no", N_("No"), 0 } },
        },
        [ASK_FIRMWARE] = {
                .id = "firmware", .cost = 2, .context = CONTEXT_NEVER,
                .text = N_("Does Sony's app offer a newer firmware?"),
                .why = WHY_FIRMWARE,
                .options = { { "current", N_("No"), 0 }, { "old", N_("Yes"), 0 } },
        },

        [DO_PLUG_IN] = {
                .id = "plug-in", .change = true, .cost = 1, .minutes = 1, .context = CONTEXT_WATCHING,
                .when = { AFTER_DANGER, WAY_IN_DOUBT, { WHEN, ASK_SOURCE, A(SOURCE_COMPUTER) | A(SOURCE_HUB) } },
                .text = N_("Plug it into this computer as it was when it failed; the computer watches."),
                .why = N_("What the computer sees of it is worth more than any answer."),
                .options = { { "works", N_("It charges now"), 0 },
                             { "fails", N_("No change"), 0 },
                             HOT_OR_WET,
                             { "seen", N_("The computer sees it"), 0 },
                             { "unseen", N_("The computer sees nothing"), 0 } },
        },
        [DO_AS_TOLD] = {
                .id = "as-told", .change = true, .cost = 2, .minutes = 5, .context = CONTEXT_ADVICE,
                .when = { AFTER_DANGER },
                .text = "{advice}",
                .why = N_("The computer itself has found this."),
                .options = WORKS_OR_FAILS,
        },
        [DO_WAIT] = {
                .id = "wait", .change = true, .cost = 2.2f, .minutes = 5,
                .when = { AFTER_DANGER, { MAYBE, ASK_SINCE, A(SINCE_MINUTES) | A(SINCE_STORED) } },
                .text = N_("Leave it plugged in for five minutes and touch nothing."),
                .why = N_("The light may come on late; nothing else should be changed meanwhile."),
                .options = WORKS_OR_FAILS,
        },
        [DO_REPLUG] = {
                .id = "replug", .change = true, .cost = 2, .minutes = 5,
                .when = { AFTER_DANGER, WAY_IN_DOUBT, { UNLESS, ASK_SOURCE, WITHOUT_CABLE } },
                .text = N_("Unplug both ends, take lint out of the socket with a dry soft brush, never with metal, push both ends in firmly, "
                        "and wait five minutes."),
                .why = N_("A plug that is not all the way in looks like a broken cable."),
                .options = WORKS_OR_FAILS,
        },
        [DO_TRY_CABLE] = {
                .id = "try-cable", .change = true, .cost = 2.3f, .minutes = 5,
                .when = { AFTER_DANGER, WAY_IN_DOUBT, { UNLESS, ASK_SOURCE, WITHOUT_CABLE } },
                .text = N_("Use another cable in the same place, best the one that came with it or one with a big flat USB-A plug, and wait "
                        "five minutes."),
                .why = N_("Cables break inside, where nobody sees it."),
                .options = WORKS_OR_FAILS,
        },
        [DO_TRY_PORT] = {
                .id = "try-port", .change = true, .cost = 1.8f, .minutes = 5,
                .when = { AFTER_DANGER, WAY_IN_DOUBT, { MAYBE, ASK_SOURCE, A(SOURCE_COMPUTER) | A(SOURCE_HUB) } },
                .text = N_("Use another USB port of the computer itself, without a hub, with the same cable, and wait five minutes."),
                .why = N_("One port can be at fault while the others are not."),
                .options = WORKS_OR_FAILS,
        },
        [DO_TRY_SOURCE] = {
                .id = "try-source", .change = true, .cost = 2.1f, .minutes = 5,
                .when = { AFTER_DANGER, WAY_IN_DOUBT, { AFTER, ASK_SOURCE, 0 } },
                .text = N_("Keep the cable and change what feeds it: a plain wall charger instead of a computer; a computer's port instead of a "
                        "charger, power bank, pad or stand. Wait five minutes."),
                .why = N_("It tells whether the supply is at fault."),
                .options = WORKS_OR_FAILS,
        },
        [DO_KEEP_ON] = {
                .id = "keep-on", .change = true, .cost = 2.2f, .minutes = 5,
                .when = { AFTER_DANGER, { WHEN, ASK_SOURCE, CAN_SLEEP } },
                .text = N_("Keep the computer or console awake, or switch the power bank to its mode for small devices, and wait five minutes."),
                .why = N_("A supply that sleeps gives no power."),
                .options = WORKS_OR_FAILS,
        },
        [DO_RESEAT] = {
                .id = "reseat", .change = true, .cost = 2, .minutes = 5,
                .when = { AFTER_DANGER, { UNLESS, ASK_COMPLAINT, A(COMPLAINT_SLOW) | A(COMPLAINT_UNUSABLE) } },
                .text = N_("Look at the metal contacts of both sides, wipe them with a dry cotton swab, peel off any film, put it in so that the "
                        "magnets pull it onto the pins, close the lid, and wait five minutes."),
                .why = N_("Most earbuds that do not charge have no contact to their case."),
                .options = WORKS_OR_FAILS,
        },
        [DO_CHARGE_CASE] = {
                .id = "charge-case", .change = true, .cost = 4, .minutes = 30, .families = EARBUDS,
                .when = { AFTER_DANGER, { UNLESS, ASK_COMPLAINT, A(COMPLAINT_SLOW) | A(COMPLAINT_UNUSABLE) } },
                .text = N_("Put both earbuds in and charge the case by its cable for half an hour. Stop if anything gets hot, bulges or smells."),
                .why = N_("A case that is empty has nothing to give to the earbuds."),
                .options = WORKS_OR_FAILS,
        },
        [DO_ROOM] = {
                .id = "room", .change = true, .cost = 7, .minutes = 60,
                .when = { AFTER_DANGER,
                          { WHEN, ASK_LIGHT, A(LIGHT_DOUBLE) | A(LIGHT_BLINKS) | A(LIGHT_SECONDS) },
                          ELSE,
                          AFTER_DANGER,
                          { WHEN, ASK_PLACE, A(PLACE_COLD) | A(PLACE_HOT) } },
                .text = N_("Unplug it, leave it at room temperature for one to two hours, then charge it again."),
                .why = N_("It charges only between 5 and 35 °C, and takes time to get there."),
                .options = WORKS_OR_FAILS,
        },
        [DO_RECONNECT] = {
                .id = "reconnect", .change = true, .cost = 1.7f, .minutes = 3,
                .when = { AFTER_DANGER, { WHEN, ASK_COMPLAINT, A(COMPLAINT_LEVEL) | A(COMPLAINT_PARTIAL) } },
                .text = N_("Switch Bluetooth off and on, connect it again, and read the level again."),
                .why = N_("The level that is shown can be an old one."),
                .options = { { "works", N_("The level is right now"), 0 }, { "fails", N_("No change"), 0 }, HOT_OR_WET },
        },
        [DO_RESET] = {
                .id = "reset", .change = true, .cost = 2.6f, .minutes = 5, .no_context = CONTEXT_CHARGES,
                .when = { AFTER_DANGER,
                          { UNLESS, ASK_COMPLAINT, A(COMPLAINT_UNUSABLE) },
                          { UNLESS, ASK_LEVEL, A(LEVEL_FULL) },
                          { WHEN, ASK_PHONE, A(ANSWER_YES) },
                          ELSE,
                          AFTER_DANGER,
                          { UNLESS, ASK_COMPLAINT, A(COMPLAINT_UNUSABLE) },
                          { WHEN, DO_TRY_CABLE, A(CHANGE_FAILS) },
                          { WHEN, DO_TRY_SOURCE, A(CHANGE_FAILS) },
                          ELSE,
                          AFTER_DANGER,
                          { WHEN, ASK_COMPLAINT, A(COMPLAINT_BUDS) | A(COMPLAINT_ONE) | A(COMPLAINT_SHORT) | A(COMPLAINT_LEVEL) | A(COMPLAINT_PARTIAL) } },
                .text = N_("Reset it; pairing is kept. {reset} Then wait five minutes."),
                .why = N_("The software inside can hang, like that of a computer."),
                .options = WORKS_OR_FAILS,
        },
        [DO_UPDATE] = {
                .id = "update", .change = true, .cost = 4.5f, .minutes = 30,
                .when = { AFTER_DANGER,
                          { WHEN, ASK_COMPLAINT,
                            A(COMPLAINT_SHORT) | A(COMPLAINT_ONE) | A(COMPLAINT_BUDS) | A(COMPLAINT_LEVEL) | A(COMPLAINT_PARTIAL) } },
                .text = N_("Update its firmware with Sony's app, if the app offers one. It takes half an hour to an hour and must not be broken off."),
                .why = WHY_FIRMWARE,
                .options = WORKS_OR_FAILS,
        },
        [DO_INITIALISE] = {
                .id = "initialise", .change = true, .cost = 7, .minutes = 15, .no_context = CONTEXT_CHARGES,
                .when = { AFTER_DANGER,
                          { WHEN, DO_RESET, A(CHANGE_FAILS) },
                          { UNLESS, ASK_COMPLAINT, A(COMPLAINT_UNUSABLE) },
                          { UNLESS, ASK_RUNS, A(RUNS_NORMAL) },
                          { UNLESS, ASK_LEVEL, A(LEVEL_FULL) | A(LEVEL_EIGHTY) },
                          { UNLESS, ASK_LIGHT, A(LIGHT_STEADY) | A(LIGHT_ALWAYS) | A(LIGHT_WENT_OFF) } },
                .text = N_("Unplug it and initialise it. Its settings and its pairings are lost. {initialise} Then wait ten minutes and charge it "
                        "again."),
                .why = N_("It brings back the state in which it left the factory; Sony's service asks whether it was done."),
                .options = WORKS_OR_FAILS,
        },
};

/* The chance that a change works for a cause. All of them are estimates. A change works by accident for 2 % of the other causes
 * (BY_ACCIDENT). */
const struct doctor_cure_row doctor_cures[] = {
        { DO_WAIT, CAUSE_EARLY, .95f },       { DO_WAIT, CAUSE_DEEP, .75f },          { DO_WAIT, CAUSE_TEMPERATURE, .08f },
        { DO_REPLUG, CAUSE_PLUG, .8f },       { DO_REPLUG, CAUSE_DIRT, .85f },        { DO_REPLUG, CAUSE_CABLE, .12f },
        { DO_REPLUG, CAUSE_PORT, .1f },       { DO_REPLUG, CAUSE_HUNG, .08f },        { DO_REPLUG, CAUSE_OFF, .05f },
        { DO_REPLUG, CAUSE_ADAPTER, .03f },   { DO_TRY_CABLE, CAUSE_CABLE, .97f },    { DO_TRY_CABLE, CAUSE_KIND, .92f },
        { DO_TRY_CABLE, CAUSE_PLUG, .15f },   { DO_TRY_CABLE, CAUSE_DIRT, .08f },     { DO_TRY_PORT, CAUSE_PORT, .95f },
        { DO_TRY_PORT, CAUSE_HUB, .95f },     { DO_TRY_PORT, CAUSE_WEAK, .35f },      { DO_TRY_PORT, CAUSE_PLUG, .1f },
        { DO_TRY_PORT, CAUSE_OFF, .08f },     { DO_TRY_SOURCE, CAUSE_ADAPTER, .96f }, { DO_TRY_SOURCE, CAUSE_UNFIT, .95f },
        { DO_TRY_SOURCE, CAUSE_PAD, .95f },   { DO_TRY_SOURCE, CAUSE_OFF, .92f },     { DO_TRY_SOURCE, CAUSE_PORT, .95f },
        { DO_TRY_SOURCE, CAUSE_WEAK, .95f },  { DO_TRY_SOURCE, CAUSE_HUB, .95f },     { DO_KEEP_ON, CAUSE_OFF, .9f },
        { DO_RESEAT, CAUSE_CONTACTS, .82f },  { DO_RESEAT, CAUSE_SEAT, .93f },        { DO_CHARGE_CASE, CAUSE_EMPTY, .97f },
        { DO_CHARGE_CASE, CAUSE_CASE, .12f }, { DO_CHARGE_CASE, CAUSE_DEEP, .35f },   { DO_CHARGE_CASE, CAUSE_EARLY, .4f },
        { DO_CHARGE_CASE, CAUSE_PAD, .8f },   { DO_ROOM, CAUSE_TEMPERATURE, .85f },   { DO_RECONNECT, CAUSE_STALE, .8f },
        { DO_RESET, CAUSE_HUNG, .78f },       { DO_RESET, CAUSE_FIRMWARE, .1f },      { DO_RESET, CAUSE_STALE, .25f },
        { DO_RESET, CAUSE_FAULT, .02f },      { DO_UPDATE, CAUSE_FIRMWARE, .65f },    { DO_UPDATE, CAUSE_HUNG, .2f },
        { DO_UPDATE, CAUSE_STALE, .15f },     { DO_INITIALISE, CAUSE_HUNG, .88f },    { DO_INITIALISE, CAUSE_FIRMWARE, .12f },
        { DO_INITIALISE, CAUSE_STALE, .2f },  { DO_INITIALISE, CAUSE_FAULT, .01f },
};
const size_t doctor_n_cures = sizeof doctor_cures / sizeof *doctor_cures;
