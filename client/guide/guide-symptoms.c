/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Symptoms of the guide, and what to read about each finding. The order of topics is that of Sony's own steps: the light,
 * the cable, the adapter, the computer, the temperature; then reset, initialising, repair.
 */
#include "client/guide/guide-sources.h"

#include <ctype.h>
#include <string.h>

#define TOPICS(...) { __VA_ARGS__ }, sizeof((enum guide_topic[]){ __VA_ARGS__ }) / sizeof(enum guide_topic)

/* The findings come first, in the order of their codes. */
static const struct guide_symptom symptoms[] = {
        { "controller-dead", "A USB controller of the computer has stopped",
          "Nothing works on its ports until the computer starts anew.", &by_xhci, TOPICS(GUIDE_COMPUTER) },
        { "host-power-fault", "The computer has too little power for its USB ports",
          "When all ports of a controller report over-current together, or the computer reports under-voltage, the fault is in "
          "its "
          "power supply and not in the headset.",
          &by_hub_driver, TOPICS(GUIDE_COMPUTER, GUIDE_SOURCE) },
        { "host-suspended", "The computer slept while the headset was plugged in",
          "A sleeping computer may switch its ports off. Keep it awake while charging, or use an adapter.", &by_usb_power,
          TOPICS(GUIDE_COMPUTER, GUIDE_SOURCE) },
        { "sleep-charging-off", "Power at USB ports in sleep is switched off",
          "Some computers have a switch for USB power in sleep, in their setup or their driver. Turn it on, or keep the computer "
          "awake.",
          &by_program, TOPICS(GUIDE_COMPUTER) },
        { "device-autosuspended", "The computer has put the USB device to sleep",
          "A suspended device may draw next to nothing. Its power control in sysfs has to be \"on\" instead of \"auto\".",
          &by_usb_power, TOPICS(GUIDE_COMPUTER) },
        { "port-over-current", "A port has switched off because too much current flowed",
          "Unplug everything on it. If it happens again with another cable, the cable was not the cause; if with another device, "
          "the port "
          "is.",
          &by_usb2, TOPICS(GUIDE_CABLE, GUIDE_WET, GUIDE_CLEAN, GUIDE_COMPUTER) },
        { "port-off", "The port is switched off", "A port without power charges nothing: use another one.", &by_hub_driver,
          TOPICS(GUIDE_COMPUTER) },
        { "port-suspect", "This port fails, others work",
          "Two things speak against it: another device fails there too, or the same headset works on another port.", &by_program,
          TOPICS(GUIDE_COMPUTER, GUIDE_CLEAN) },
        { "not-authorized", "The computer does not let this USB device in",
          "A program such as USBGuard, or a setting, withholds it. Without a configuration it may draw only 100 mA (150 mA at "
          "USB 3).",
          &by_authorization, TOPICS(GUIDE_COMPUTER) },
        { "port-limits-current", "The port gives less current than the model wants",
          "It charges, only slower. An adapter that gives what the model wants is faster.", &by_program,
          TOPICS(GUIDE_POWER, GUIDE_SOURCE) },
        { "typec-unreadable", "The USB-C port does not tell what it gives",
          "This is about what can be seen, not about the headset or its cable.", &by_ucsi, TOPICS(GUIDE_VISIBLE) },
        { "power-budget-exceeded", "The device asks for more than the port may give",
          "A hub without a power supply of its own gives 100 mA to each device. Plug it directly into the computer, or give the "
          "hub "
          "its supply.",
          &by_usb2, TOPICS(GUIDE_COMPUTER, GUIDE_POWER) },
        { "hub-bus-powered", "A hub without its own power supply is in the way",
          "Such a hub gives 100 mA to each port (150 mA at USB 3).", &by_usb2, TOPICS(GUIDE_COMPUTER, GUIDE_POWER) },
        { "hub-in-path", "A hub or dock is in the way",
          "Sony asks for a direct connection. A hub is a hint, no proof: some work.", &by_steps_hk,
          TOPICS(GUIDE_COMPUTER, GUIDE_CABLE) },
        { "cable-suspect", "The cable is the likely cause",
          "It fails on two ports, or another cable works on the same one: replace it.", &by_program, TOPICS(GUIDE_CABLE) },
        { "cable-charge-only", "Power is there, but no data",
          "The cable may have no wires for data. For charging that is no harm; the computer sees less.", &by_program,
          TOPICS(GUIDE_CABLE, GUIDE_VISIBLE) },
        { "cable-underrated", "The cable is marked for less current than is wanted",
          "What a cable's chip tells is what it was made for.", &by_typec, TOPICS(GUIDE_CABLE, GUIDE_POWER) },
        { "cable-not-supplied", "The cable seems not to be the supplied one",
          "Another cable is not wrong by that. Try the supplied one.", &by_steps_hk, TOPICS(GUIDE_CABLE) },
        { "link-unstable", "The connection comes and goes",
          "A plug that is not all the way in, dirt, a worn socket or a broken wire can do that.", &by_hub_driver,
          TOPICS(GUIDE_CABLE, GUIDE_CLEAN, GUIDE_COMPUTER) },
        { "enumeration-failed", "A USB device never told what it is",
          "The computer gave up on it. Power may still be there: look at the charging light.", &by_hub_driver,
          TOPICS(GUIDE_LIGHT, GUIDE_CABLE, GUIDE_COMPUTER, GUIDE_CLEAN, GUIDE_RESET) },
        { "enumeration-retried", "The USB device was recognised only after several tries",
          "It works, but something is weak: the plug, the cable or the port.", &by_hub_driver,
          TOPICS(GUIDE_CABLE, GUIDE_CLEAN, GUIDE_COMPUTER) },
        { "not-configured", "The computer has not taken the USB device into use",
          "It may draw only 100 mA (150 mA at USB 3) until it is configured. Plug it in again.", &by_usb2,
          TOPICS(GUIDE_COMPUTER, GUIDE_CABLE, GUIDE_RESET) },
        { "battery-dies-unplugged", "It runs only while it is plugged in", NULL, NULL,
          TOPICS(GUIDE_BATTERY, GUIDE_FIRMWARE, GUIDE_RESET, GUIDE_INITIALISE, GUIDE_SERVICE) },
        { "battery-not-rising", "Plugged in, but the level does not rise", NULL, NULL,
          TOPICS(GUIDE_LEVEL, GUIDE_LIGHT, GUIDE_IN_USE, GUIDE_POWER, GUIDE_CABLE, GUIDE_SOURCE, GUIDE_TEMPERATURE, GUIDE_RESET,
                 GUIDE_INITIALISE, GUIDE_BATTERY, GUIDE_SERVICE) },
        { "battery-full", "The battery is full", "The light goes out when charging is done: dark is right then.", &by_leds,
          TOPICS(GUIDE_LIGHT, GUIDE_LEVEL) },
        { "charge-limited", "Charging stops at about 80 %", NULL, NULL, TOPICS(GUIDE_IN_USE, GUIDE_LEVEL) },
        { "firmware-old", "There is a newer firmware", NULL, NULL, TOPICS(GUIDE_FIRMWARE) },
        { "too-early", "It is too early to tell", NULL, NULL, TOPICS(GUIDE_LIGHT, GUIDE_STORAGE) },
        { "not-visible", "The computer does not see the headset", NULL, NULL,
          TOPICS(GUIDE_VISIBLE, GUIDE_LIGHT, GUIDE_CABLE, GUIDE_COMPUTER) },
        { "temperature", "It is too warm or too cold", NULL, NULL, TOPICS(GUIDE_TEMPERATURE, GUIDE_LIGHT, GUIDE_WIRELESS) },
        { "contacts-dirty", "Socket or contacts are dirty", NULL, NULL, TOPICS(GUIDE_CLEAN, GUIDE_WET) },
        { "earbud-seating", "An earbud does not sit in the case", NULL, NULL, TOPICS(GUIDE_SEATING, GUIDE_CLEAN, GUIDE_CASE) },
        { "case-empty", "The case itself is empty", NULL, NULL, TOPICS(GUIDE_CASE, GUIDE_LIGHT, GUIDE_SOURCE, GUIDE_CABLE) },
        { "deep-discharge", "It was left empty for months", NULL, NULL,
          TOPICS(GUIDE_STORAGE, GUIDE_LIGHT, GUIDE_SOURCE, GUIDE_BATTERY, GUIDE_SERVICE) },

        /* What a person sees. */
        { "no-charge", "It does not charge, and nothing tells why", NULL, NULL,
          TOPICS(GUIDE_LIGHT, GUIDE_CABLE, GUIDE_SOURCE, GUIDE_COMPUTER, GUIDE_TEMPERATURE, GUIDE_STORAGE, GUIDE_CLEAN,
                 GUIDE_SEATING, GUIDE_CASE, GUIDE_FIRMWARE, GUIDE_RESET, GUIDE_HOLD_POWER, GUIDE_INITIALISE, GUIDE_BATTERY,
                 GUIDE_SERVICE) },
        { "dark-light", "The charging light stays dark", NULL, NULL,
          TOPICS(GUIDE_LIGHT, GUIDE_STORAGE, GUIDE_CABLE, GUIDE_SOURCE, GUIDE_COMPUTER, GUIDE_CLEAN, GUIDE_CASE, GUIDE_RESET,
                 GUIDE_HOLD_POWER, GUIDE_INITIALISE, GUIDE_SERVICE) },
        { "flashing", "The charging light flashes", NULL, NULL,
          TOPICS(GUIDE_LIGHT, GUIDE_TEMPERATURE, GUIDE_WIRELESS, GUIDE_FIRMWARE, GUIDE_RESET, GUIDE_INITIALISE, GUIDE_SERVICE) },
        { "slow", "It charges slowly", NULL, NULL,
          TOPICS(GUIDE_POWER, GUIDE_SOURCE, GUIDE_COMPUTER, GUIDE_CABLE, GUIDE_TEMPERATURE, GUIDE_IN_USE) },
        { "hot", "It gets hot, or it is very warm or cold around it", NULL, NULL,
          TOPICS(GUIDE_TEMPERATURE, GUIDE_LIGHT, GUIDE_WIRELESS, GUIDE_SERVICE) },
        { "dies-unplugged", "It runs only while it is plugged in", NULL, NULL,
          TOPICS(GUIDE_BATTERY, GUIDE_FIRMWARE, GUIDE_RESET, GUIDE_INITIALISE, GUIDE_SERVICE) },
        { "one-bud", "One earbud does not charge", NULL, NULL,
          TOPICS(GUIDE_SEATING, GUIDE_CLEAN, GUIDE_CASE, GUIDE_FIRMWARE, GUIDE_RESET, GUIDE_INITIALISE, GUIDE_SERVICE) },
        { "stuck-80", "It stops at about 80 %", NULL, NULL, TOPICS(GUIDE_IN_USE, GUIDE_LEVEL) },
        { "low-level", "It shows a low level after charging", NULL, NULL,
          TOPICS(GUIDE_LEVEL, GUIDE_LIGHT, GUIDE_IN_USE, GUIDE_BATTERY) },
        { "not-seen", "The computer does not see the headset", NULL, NULL,
          TOPICS(GUIDE_VISIBLE, GUIDE_LIGHT, GUIDE_CABLE, GUIDE_COMPUTER) },
        { "asleep", "It did not charge while the computer slept", NULL, NULL, TOPICS(GUIDE_COMPUTER, GUIDE_SOURCE) },
        { "long-unused", "It was not used for months", NULL, NULL, TOPICS(GUIDE_STORAGE, GUIDE_LIGHT, GUIDE_BATTERY) },
        { "pad", "It does not charge on a pad", NULL, NULL, TOPICS(GUIDE_WIRELESS, GUIDE_TEMPERATURE, GUIDE_CABLE) },
        { "wet", "It got wet", NULL, NULL, TOPICS(GUIDE_WET, GUIDE_CLEAN, GUIDE_SERVICE) },
        { "off-while-charging", "It switches off, or cannot be used, while it charges", NULL, NULL, TOPICS(GUIDE_IN_USE) },
        { "repair", "Nothing helped", NULL, NULL, TOPICS(GUIDE_RESET, GUIDE_INITIALISE, GUIDE_BATTERY, GUIDE_SERVICE) },
};

const struct guide_symptom *guide_symptom_at(size_t i) {
        return i < sizeof symptoms / sizeof *symptoms ? &symptoms[i] : NULL;
}

const struct guide_symptom *guide_finding(enum finding_code code) {
        return &symptoms[code];
}

/* "Dark light" is "dark-light". */
static bool same_words(const char *a, const char *b) {
        for (; *a && *b; a++, b++) {
                bool letters = isalnum((unsigned char) *a) || isalnum((unsigned char) *b);

                if (letters && tolower((unsigned char) *a) != tolower((unsigned char) *b))
                        return false;
        }
        return *a == *b;
}

const struct guide_symptom *guide_symptom_find(const char *name) {
        for (size_t i = 0; i < sizeof symptoms / sizeof *symptoms; i++)
                if (same_words(symptoms[i].name, name))
                        return &symptoms[i];
        return NULL;
}
