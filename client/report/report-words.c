/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What a report says beside what was measured.
 */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "common/answer.h"
#include "client/report/report.h"

/* Sony's own procedure ends here (sony.ca article 00275392, steps 5 and 6); what service asks for: the general guides. */
const char *const report_service_words[] = {
        "The exact model: it is printed on the headset or in its case, and stands in this report where it is known.",
        "The serial number: it stands on the headset, and under the bar code at the bottom of the box.",
        "Whether a reset and an initialisation were tried, and what they did; \"sonychargectl guide\" tells how. Initialising "
        "deletes pairings and settings.",
        "Date and place of purchase, for the warranty. Opening the headset ends it; ask for a repair or a replacement first.",
        "Whether the headset charges from a wall adapter with the cable that came with it, and whether that cable charges "
        "anything else.",
        "If neither another port, nor another cable, nor an adapter, nor reset and initialisation helped, the headset itself is "
        "the likely cause: that is the case for Sony's service.",
        NULL,
};

const char *const report_limit_words[] = {
        "How much current flows: a plain port does not tell; a USB tester in the line does. Declared current is a claim of the "
        "device.",
        "Whether a cable is the one that Sony supplies: no software can prove that.",
        "What happens at wall sockets, adapters and charging pads.",
        "A headset that takes power without talking to the computer; many Sony headsets and all known earbud cases do just that.",
        NULL,
};

const char *report_time(uint64_t at_usec, char *buf, size_t size) {
        time_t at = (time_t) (at_usec / 1000000);
        struct tm tm = {};

        *buf = '\0';
        if (at_usec > 0 && localtime_r(&at, &tm))
                strftime(buf, size, "%Y-%m-%d %H:%M:%S", &tm);
        return buf;
}

const char *report_question_words(const char *question) {
        static const char *const words[_QUESTION_MAX] = {
                [ASKED_LED] = "Charging light",
                [ASKED_LED_COLOUR] = "Its colour",
                [ASKED_PLUGGED_FOR] = "Plugged in for",
                [ASKED_POWER_FROM] = "Power comes from",
                [ASKED_CABLE] = "Cable",
                [ASKED_OTHER_CABLE] = "Another cable",
                [ASKED_CABLE_ELSEWHERE] = "The cable with another device",
                [ASKED_OTHER_PORT] = "Another port",
                [ASKED_WITHOUT_HUB] = "Without the hub",
                [ASKED_ADAPTER] = "A wall adapter",
                [ASKED_STORED] = "Unused for months",
                [ASKED_TEMPERATURE] = "Temperature",
                [ASKED_WET] = "The socket was wet",
                [ASKED_SOCKET] = "Charging socket",
                [ASKED_CONTACTS] = "Contacts",
                [ASKED_SEATED] = "The earbuds sit right",
                [ASKED_SEATED_HELPED] = "Placed anew",
                [ASKED_CASE_CHARGED] = "The case has charge",
                [ASKED_CASE_HELPED] = "After charging the case",
                [ASKED_ONLY_PLUGGED] = "Runs only while plugged in",
                [ASKED_LEVEL] = "The headset says its level is",
                [ASKED_FIRMWARE] = "Firmware, by Sony's app",
                [ASKED_SYSTEM_CURRENT] = "The computer's system is up to date",
                [ASKED_RESET] = "Reset",
                [ASKED_INITIALISED] = "Initialised",
                [ASKED_TESTER] = "USB tester",
                [ASKED_DOCTOR_FAMILY] = "Kind of headset",
                [ASKED_DOCTOR_DANGER] = "Swollen, hot, wet or smoking",
                [ASKED_DOCTOR_COMPLAINT] = "What is wrong",
                [ASKED_DOCTOR_LIGHT] = "The light, in detail",
                [ASKED_DOCTOR_COLOUR] = "Colour of the light",
                [ASKED_DOCTOR_SINCE] = "Plugged in for, and before",
                [ASKED_DOCTOR_PLACE] = "Where it charges it is",
                [ASKED_DOCTOR_SOURCE] = "What feeds it",
                [ASKED_DOCTOR_AWAKE] = "That was awake all the time",
                [ASKED_DOCTOR_CABLE] = "Kind of cable",
                [ASKED_DOCTOR_PHONE] = "A phone on the same cable",
                [ASKED_DOCTOR_SOCKET] = "Socket and plug",
                [ASKED_DOCTOR_CONTACTS] = "Metal contacts",
                [ASKED_DOCTOR_CASE] = "The case without its cable",
                [ASKED_DOCTOR_RUNS] = "Unplugged it runs",
                [ASKED_DOCTOR_LEVEL] = "The level shown",
                [ASKED_DOCTOR_WAIT] = "Waiting",
                [ASKED_DOCTOR_REPLUG] = "Plugged in anew",
                [ASKED_DOCTOR_TRY_CABLE] = "With another cable",
                [ASKED_DOCTOR_TRY_PORT] = "On another port",
                [ASKED_DOCTOR_TRY_SOURCE] = "From another supply",
                [ASKED_DOCTOR_KEEP_ON] = "With the supply kept on",
                [ASKED_DOCTOR_RESEAT] = "Contacts wiped, put in anew",
                [ASKED_DOCTOR_CHARGE_CASE] = "Case charged for half an hour",
                [ASKED_DOCTOR_ROOM] = "An hour at room temperature",
                [ASKED_DOCTOR_RECONNECT] = "Connected anew",
                [ASKED_DOCTOR_RESET] = "After a reset",
                [ASKED_DOCTOR_UPDATE] = "After a firmware update",
                [ASKED_DOCTOR_INITIALISE] = "After initialising",
        };
        enum question q = question_from_name(question);

        return q < _QUESTION_MAX && words[q] ? words[q] : question;
}
