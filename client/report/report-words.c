/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Words: texts of a report that do not depend on measurements.
 */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "common/answer.h"
#include "client/report/report.h"
#include "view/view.h"
#include "common/clock.h"
#include "common/language.h"

const char *report_identity_words(struct json_object *report) {
        return json_truth(report, "with_serial") ? _("It holds serial numbers and addresses, as asked for.")
                                                 : _("Serial numbers and Bluetooth addresses are left out.");
}

/* The last steps of Sony's procedure (sony.ca article 00275392, steps 5 and 6). The general guides say what the service asks
 * for. */
const char *const report_service_words[] = {
        N_("The exact model: it is printed on the headset or in its case, and stands in this report where it is known."),
        N_("The serial number: it stands on the headset, and under the bar code at the bottom of the box."),
        N_("Whether a reset and an initialisation were tried, and what they did; \"sonychargectl guide\" tells how. Initialising "
           "deletes pairings and settings."),
        N_("Date and place of purchase, for the warranty. Opening the headset ends it; ask for a repair or a replacement first."),
        N_("Whether the headset charges from a wall adapter with the cable that came with it, and whether that cable charges "
           "anything else."),
        N_("If neither another port, nor another cable, nor an adapter, nor reset and initialisation helped, the headset itself "
           "is "
           "the likely cause: that is the case for Sony's service."),
        NULL,
};

const char *const report_limit_words[] = {
        N_("How much current flows: a plain port does not tell; a USB tester in the line does. Declared current is a claim of "
           "the "
           "device."),
        N_("Whether a cable is the one that Sony supplies: no software can prove that."),
        N_("What happens at wall sockets, adapters and charging pads."),
        N_("A headset that takes power without talking to the computer; many Sony headsets and all known earbud cases do just "
           "that."),
        NULL,
};

const char *report_time(uint64_t at_usec, char *buf, size_t size) {
        time_t at = clock_second(at_usec);
        struct tm tm = {};

        *buf = '\0';
        if (at_usec > 0 && localtime_r(&at, &tm))
                strftime(buf, size, _("%Y-%m-%d %H:%M:%S"), &tm);
        return buf;
}

static const char *const question_words[_QUESTION_MAX] = {
        [ASKED_LED] = N_("Charging light"),
        [ASKED_LED_COLOUR] = N_("Its colour"),
        [ASKED_PLUGGED_FOR] = N_("Plugged in for"),
        [ASKED_POWER_FROM] = N_("Power comes from"),
        [ASKED_CABLE] = N_("Cable"),
        [ASKED_OTHER_CABLE] = N_("Another cable"),
        [ASKED_CABLE_ELSEWHERE] = N_("The cable with another device"),
        [ASKED_OTHER_PORT] = N_("Another port"),
        [ASKED_WITHOUT_HUB] = N_("Without the hub"),
        [ASKED_ADAPTER] = N_("A wall adapter"),
        [ASKED_STORED] = N_("Unused for months"),
        [ASKED_TEMPERATURE] = N_("Temperature"),
        [ASKED_WET] = N_("The socket was wet"),
        [ASKED_SOCKET] = N_("Charging socket"),
        [ASKED_CONTACTS] = N_("Contacts"),
        [ASKED_SEATED] = N_("The earbuds sit right"),
        [ASKED_SEATED_HELPED] = N_("Placed anew"),
        [ASKED_CASE_CHARGED] = N_("The case has charge"),
        [ASKED_CASE_HELPED] = N_("After charging the case"),
        [ASKED_ONLY_PLUGGED] = N_("Runs only while plugged in"),
        [ASKED_LEVEL] = N_("The headset says its level is"),
        [ASKED_FIRMWARE] = N_("Firmware, by Sony's app"),
        [ASKED_SYSTEM_CURRENT] = N_("The computer's system is up to date"),
        [ASKED_RESET] = N_("Reset"),
        [ASKED_INITIALISED] = N_("Initialised"),
        [ASKED_TESTER] = N_("USB tester"),
        [ASKED_DOCTOR_FAMILY] = N_("Kind of headset"),
        [ASKED_DOCTOR_DANGER] = N_("Swollen, hot, wet or smoking"),
        [ASKED_DOCTOR_COMPLAINT] = N_("What is wrong"),
        [ASKED_DOCTOR_LIGHT] = N_("The light, in detail"),
        [ASKED_DOCTOR_COLOUR] = N_("Colour of the light"),
        [ASKED_DOCTOR_SINCE] = N_("Plugged in for, and before"),
        [ASKED_DOCTOR_PLACE] = N_("Where it charges it is"),
        [ASKED_DOCTOR_SOURCE] = N_("What feeds it"),
        [ASKED_DOCTOR_AWAKE] = N_("That was awake all the time"),
        [ASKED_DOCTOR_CABLE] = N_("Kind of cable"),
        [ASKED_DOCTOR_PHONE] = N_("A phone on the same cable"),
        [ASKED_DOCTOR_SOCKET] = N_("Socket and plug"),
        [ASKED_DOCTOR_CONTACTS] = N_("Metal contacts"),
        [ASKED_DOCTOR_CASE] = N_("The case without its cable"),
        [ASKED_DOCTOR_RUNS] = N_("Unplugged it runs"),
        [ASKED_DOCTOR_LEVEL] = N_("The level shown"),
        [ASKED_DOCTOR_WAIT] = N_("Waiting"),
        [ASKED_DOCTOR_REPLUG] = N_("Plugged in anew"),
        [ASKED_DOCTOR_TRY_CABLE] = N_("With another cable"),
        [ASKED_DOCTOR_TRY_PORT] = N_("On another port"),
        [ASKED_DOCTOR_TRY_SOURCE] = N_("From another supply"),
        [ASKED_DOCTOR_KEEP_ON] = N_("With the supply kept on"),
        [ASKED_DOCTOR_RESEAT] = N_("Contacts wiped, put in anew"),
        [ASKED_DOCTOR_CHARGE_CASE] = N_("Case charged for half an hour"),
        [ASKED_DOCTOR_ROOM] = N_("An hour at room temperature"),
        [ASKED_DOCTOR_RECONNECT] = N_("Connected anew"),
        [ASKED_DOCTOR_RESET] = N_("After a reset"),
        [ASKED_DOCTOR_UPDATE] = N_("After a firmware update"),
        [ASKED_DOCTOR_INITIALISE] = N_("After initialising"),
};

const char *report_question_words(const char *question) {
        enum question q = question_from_name(question);

        return q < _QUESTION_MAX && question_words[q] ? _(question_words[q]) : question;
}
