/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Symptoms: which topics help with each symptom and each finding. The topics are in the order of Sony's own steps: the light, the
 * cable, the adapter, the computer, the temperature; then reset, initialising, repair.
 */
#include "client/guide/guide-sources.h"
#include "common/language.h"

#include <ctype.h>
#include <string.h>

#define N_TOPICS(...) (sizeof((enum guide_topic[]){ __VA_ARGS__ }) / sizeof(enum guide_topic))
#define TOPICS(...) { __VA_ARGS__ }, N_TOPICS(__VA_ARGS__)

/* Findings are symptoms as well. Titles and topics come from the table of findings; other texts are here. */
static const struct guide_symptom findings[_FINDING_CODE_MAX] = {
#define FINDING(code, name_, segment, kind, rank, severity, message_id, title_, after_name, ...) \
        [code].name = (name_), [code].title = (title_), [code].topics = { __VA_ARGS__ }, [code].n_topics = N_TOPICS(__VA_ARGS__),
#include "findings.def"

#define ABOUT(code, text_, source_) [code].text = (text_), [code].source = (source_)
        ABOUT(CONTROLLER_DEAD, N_("Nothing works on its ports until the computer starts anew."), &by_xhci),
        ABOUT(HOST_POWER_FAULT,
              N_("When all ports of a controller report over-current together, or the computer reports under-voltage, the fault "
                 "is "
                 "in its power supply and not in the headset."),
              &by_hub_driver),
        ABOUT(HOST_SUSPENDED,
              N_("A sleeping computer may switch its ports off. Keep it awake while charging, or use an adapter."),
              &by_usb_power),
        ABOUT(SLEEP_CHARGING_OFF,
              N_("Some computers have a switch for USB power in sleep, in their setup or their driver. Turn it on, or keep the "
                 "computer awake."),
              &by_program),
        ABOUT(DEVICE_AUTOSUSPENDED,
              N_("A suspended device may draw next to nothing. Its power control in sysfs has to be \"on\" instead of \"auto\"."),
              &by_usb_power),
        ABOUT(PORT_OVER_CURRENT,
              N_("Unplug everything on it. If it happens again with another cable, the cable was not the cause; if with another "
                 "device, the port is."),
              &by_usb2),
        ABOUT(PORT_OFF, N_("A port without power charges nothing: use another one."), &by_hub_driver),
        ABOUT(PORT_SUSPECT,
              N_("Two things speak against it: another device fails there too, or the same headset works on another port."),
              &by_program),
        ABOUT(NOT_AUTHORIZED,
              N_("A program such as USBGuard, or a setting, withholds it. Without a configuration it may draw only 100 mA (150 "
                 "mA "
                 "at USB 3)."),
              &by_authorization),
        ABOUT(PORT_LIMITS_CURRENT, N_("It charges, only slower. An adapter that gives what the model wants is faster."),
              &by_program),
        ABOUT(TYPEC_UNREADABLE, N_("This is about what can be seen, not about the headset or its cable."), &by_ucsi),
        ABOUT(POWER_BUDGET_EXCEEDED,
              N_("A hub without a power supply of its own gives 100 mA to each device. Plug it directly into the computer, or "
                 "give "
                 "the hub its supply."),
              &by_usb2),
        ABOUT(HUB_BUS_POWERED, N_("Such a hub gives 100 mA to each port (150 mA at USB 3)."), &by_usb2),
        ABOUT(HUB_IN_PATH, N_("Sony asks for a direct connection. A hub is a hint, no proof: some work."), &by_steps_hk),
        ABOUT(CABLE_SUSPECT, N_("It fails on two ports, or another cable works on the same one: replace it."), &by_program),
        ABOUT(CABLE_CHARGE_ONLY,
              N_("The cable may have no wires for data. For charging that is no harm; the computer sees less."), &by_program),
        ABOUT(CABLE_UNDERRATED, N_("What a cable's chip tells is what it was made for."), &by_typec),
        ABOUT(CABLE_NOT_SUPPLIED, N_("Another cable is not wrong by that. Try the supplied one."), &by_steps_hk),
        ABOUT(LINK_UNSTABLE, N_("A plug that is not all the way in, dirt, a worn socket or a broken wire can do that."),
              &by_hub_driver),
        ABOUT(ENUMERATION_FAILED, N_("The computer gave up on it. Power may still be there: look at the charging light."),
              &by_hub_driver),
        ABOUT(ENUMERATION_RETRIED, N_("It works, but something is weak: the plug, the cable or the port."), &by_hub_driver),
        ABOUT(NOT_CONFIGURED, N_("It may draw only 100 mA (150 mA at USB 3) until it is configured. Plug it in again."),
              &by_usb2),
        ABOUT(BATTERY_FULL, N_("The light goes out when charging is done: dark is right then."), &by_leds),
};

/* Symptoms that a person sees. */
static const struct guide_symptom symptoms[] = {
        { "no-charge", N_("It does not charge, and nothing tells why"), NULL, NULL,
          TOPICS(GUIDE_LIGHT, GUIDE_CABLE, GUIDE_SOURCE, GUIDE_COMPUTER, GUIDE_TEMPERATURE, GUIDE_STORAGE, GUIDE_CLEAN,
                 GUIDE_SEATING, GUIDE_CASE, GUIDE_FIRMWARE, GUIDE_RESET, GUIDE_HOLD_POWER, GUIDE_INITIALISE, GUIDE_BATTERY,
                 GUIDE_SERVICE) },
        { "dark-light", N_("The charging light stays dark"), NULL, NULL,
          TOPICS(GUIDE_LIGHT, GUIDE_STORAGE, GUIDE_CABLE, GUIDE_SOURCE, GUIDE_COMPUTER, GUIDE_CLEAN, GUIDE_CASE, GUIDE_RESET,
                 GUIDE_HOLD_POWER, GUIDE_INITIALISE, GUIDE_SERVICE) },
        { "flashing", N_("The charging light flashes"), NULL, NULL,
          TOPICS(GUIDE_LIGHT, GUIDE_TEMPERATURE, GUIDE_WIRELESS, GUIDE_FIRMWARE, GUIDE_RESET, GUIDE_INITIALISE, GUIDE_SERVICE) },
        { "slow", N_("It charges slowly"), NULL, NULL,
          TOPICS(GUIDE_POWER, GUIDE_SOURCE, GUIDE_COMPUTER, GUIDE_CABLE, GUIDE_TEMPERATURE, GUIDE_IN_USE) },
        { "hot", N_("It gets hot, or it is very warm or cold around it"), NULL, NULL,
          TOPICS(GUIDE_TEMPERATURE, GUIDE_LIGHT, GUIDE_WIRELESS, GUIDE_SERVICE) },
        { "dies-unplugged", N_("It runs only while it is plugged in"), NULL, NULL,
          TOPICS(GUIDE_BATTERY, GUIDE_FIRMWARE, GUIDE_RESET, GUIDE_INITIALISE, GUIDE_SERVICE) },
        { "one-bud", N_("One earbud does not charge"), NULL, NULL,
          TOPICS(GUIDE_SEATING, GUIDE_CLEAN, GUIDE_CASE, GUIDE_FIRMWARE, GUIDE_RESET, GUIDE_INITIALISE, GUIDE_SERVICE) },
        { "stuck-80", N_("It stops at about 80 %"), NULL, NULL, TOPICS(GUIDE_IN_USE, GUIDE_LEVEL) },
        { "low-level", N_("It shows a low level after charging"), NULL, NULL,
          TOPICS(GUIDE_LEVEL, GUIDE_LIGHT, GUIDE_IN_USE, GUIDE_BATTERY) },
        { "not-seen", N_("The computer does not see the headset"), NULL, NULL,
          TOPICS(GUIDE_VISIBLE, GUIDE_LIGHT, GUIDE_CABLE, GUIDE_COMPUTER) },
        { "asleep", N_("It did not charge while the computer slept"), NULL, NULL, TOPICS(GUIDE_COMPUTER, GUIDE_SOURCE) },
        { "long-unused", N_("It was not used for months"), NULL, NULL, TOPICS(GUIDE_STORAGE, GUIDE_LIGHT, GUIDE_BATTERY) },
        { "pad", N_("It does not charge on a pad"), NULL, NULL, TOPICS(GUIDE_WIRELESS, GUIDE_TEMPERATURE, GUIDE_CABLE) },
        { "off-while-charging", N_("It switches off, or cannot be used, while it charges"), NULL, NULL, TOPICS(GUIDE_IN_USE) },
        { "repair", N_("Nothing helped"), NULL, NULL, TOPICS(GUIDE_RESET, GUIDE_INITIALISE, GUIDE_BATTERY, GUIDE_SERVICE) },
};

const struct guide_symptom *guide_symptom_at(size_t i) {
        if (i < _FINDING_CODE_MAX)
                return &findings[i];
        i -= _FINDING_CODE_MAX;
        return i < sizeof symptoms / sizeof *symptoms ? &symptoms[i] : NULL;
}

const struct guide_symptom *guide_finding(enum finding_code code) {
        return &findings[code];
}

/* "Dark light" matches "dark-light". */
static bool same_words(const char *a, const char *b) {
        for (; *a && *b; a++, b++) {
                bool letters = isalnum((unsigned char) *a) || isalnum((unsigned char) *b);

                if (letters && tolower((unsigned char) *a) != tolower((unsigned char) *b))
                        return false;
        }
        return *a == *b;
}

/* Other words that people type for them. */
static const char *const phrases[][2] = {
        { "no light", "dark-light" },
        { "light stays dark", "dark-light" },
        { "does not light up", "dark-light" },
        { "not charging", "no-charge" },
        { "does not charge", "no-charge" },
        { "doesn't charge", "no-charge" },
        { "won't charge", "no-charge" },
        { "will not charge", "no-charge" },
        { "dead", "no-charge" },
        { "blinking", "flashing" },
        { "blinks", "flashing" },
        { "red light", "flashing" },
        { "blinking red", "flashing" },
        { "slow charging", "slow" },
        { "charges slowly", "slow" },
        { "too hot", "hot" },
        { "overheating", "hot" },
        { "gets hot", "hot" },
        { "one earbud", "one-bud" },
        { "left earbud", "one-bud" },
        { "right earbud", "one-bud" },
        { "one side", "one-bud" },
        { "drains", "dies-unplugged" },
        { "battery drains", "dies-unplugged" },
        { "stops at 80", "stuck-80" },
        { "80 percent", "stuck-80" },
        { "80%", "stuck-80" },
        { "wrong level", "low-level" },
        { "not recognised", "not-seen" },
        { "not recognized", "not-seen" },
        { "not detected", "not-seen" },
        { "sleep", "asleep" },
        { "overnight", "asleep" },
        { "wireless charging", "pad" },
        { "wireless pad", "pad" },
        { "turns off", "off-while-charging" },
        { "wet", "wet" },
        { "broken", "repair" },
};

static const char *name_of_phrase(const char *phrase) {
        for (size_t i = 0; i < sizeof phrases / sizeof *phrases; i++)
                if (same_words(phrases[i][0], phrase))
                        return phrases[i][1];
        return phrase;
}

const struct guide_symptom *guide_symptom_find(const char *name) {
        const struct guide_symptom *s;

        name = name_of_phrase(name);
        for (size_t i = 0; (s = guide_symptom_at(i)); i++)
                if (same_words(s->name, name))
                        return s;
        return NULL;
}
