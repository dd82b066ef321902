/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Doctor's steps: the table of them.
 */
#include "client/doctor/doctor-step.h"

#include <string.h>

static const char *const works_fails[] = { "works", "fails", NULL };
static const char *const seen_unseen[] = { "seen", "unseen", NULL };
static const char *const yes_no[] = { "yes", "no", NULL };
static const char *const families[] = { "over-ear", "neckband", "earbuds", NULL };
static const char *const none[] = { NULL };

static const struct row {
        const char *name;
        enum step_kind kind;
        enum step_change change;
        enum question question;
        const char *const *words; /* when no question of the API has them */
} rows[_STEP_MAX] = {
        [STEP_WHICH] = { "which", STEP_TAKES_TEXT, CHANGES_NOTHING, _QUESTION_MAX, none },
        [STEP_MODEL] = { "model", STEP_TAKES_TEXT, CHANGES_NOTHING, _QUESTION_MAX, none },
        [STEP_FAMILY] = { "family", STEP_ASKS, CHANGES_NOTHING, _QUESTION_MAX, families },
        [STEP_THIS_ONE] = { "this-one", STEP_ASKS, CHANGES_NOTHING, _QUESTION_MAX, yes_no },
        [STEP_POWER_FROM] = { "power-from", STEP_ASKS, CHANGES_NOTHING, ASKED_POWER_FROM, NULL },
        [STEP_INSTEAD_OF_PAD] = { "do:instead-of-pad", STEP_DOES, CHANGES_SOURCE, _QUESTION_MAX, works_fails },
        [STEP_PLUG_IN] = { "do:plug-in", STEP_DOES, CHANGES_NOTHING, _QUESTION_MAX, seen_unseen },
        [STEP_AS_TOLD] = { "do:as-told", STEP_DOES, CHANGES_NOTHING, _QUESTION_MAX, works_fails },
        [STEP_LED] = { "led", STEP_ASKS, CHANGES_NOTHING, ASKED_LED, NULL },
        [STEP_LED_COLOUR] = { "led-colour", STEP_ASKS, CHANGES_NOTHING, ASKED_LED_COLOUR, NULL },
        [STEP_PLUGGED_FOR] = { "plugged-for", STEP_ASKS, CHANGES_NOTHING, ASKED_PLUGGED_FOR, NULL },
        [STEP_LEVEL] = { "level", STEP_ASKS, CHANGES_NOTHING, ASKED_LEVEL, NULL },
        [STEP_WET] = { "wet", STEP_ASKS, CHANGES_NOTHING, ASKED_WET, NULL },
        [STEP_TEMPERATURE] = { "temperature", STEP_ASKS, CHANGES_NOTHING, ASKED_TEMPERATURE, NULL },
        [STEP_STORED] = { "stored", STEP_ASKS, CHANGES_NOTHING, ASKED_STORED, NULL },
        [STEP_WAIT] = { "do:wait", STEP_DOES, CHANGES_NOTHING, _QUESTION_MAX, works_fails },
        [STEP_SEATED] = { "seated", STEP_ASKS, CHANGES_NOTHING, ASKED_SEATED, NULL },
        [STEP_SEAT_ANEW] = { "do:seat-anew", STEP_DOES, CHANGES_HEADSET, ASKED_SEATED_HELPED, NULL },
        [STEP_CONTACTS] = { "contacts", STEP_ASKS, CHANGES_NOTHING, ASKED_CONTACTS, NULL },
        [STEP_CLEAN_CONTACTS] = { "do:clean-contacts", STEP_DOES, CHANGES_HEADSET, _QUESTION_MAX, works_fails },
        [STEP_CASE_CHARGED] = { "case-charged", STEP_ASKS, CHANGES_NOTHING, ASKED_CASE_CHARGED, NULL },
        [STEP_CASE_FIRST] = { "do:case-first", STEP_DOES, CHANGES_HEADSET, ASKED_CASE_HELPED, NULL },
        [STEP_CABLE] = { "cable", STEP_ASKS, CHANGES_NOTHING, ASKED_CABLE, NULL },
        [STEP_SUPPLIED_CABLE] = { "do:supplied-cable", STEP_DOES, CHANGES_CABLE, ASKED_OTHER_CABLE, NULL },
        [STEP_REPLUG] = { "do:replug", STEP_DOES, CHANGES_NOTHING, _QUESTION_MAX, works_fails },
        [STEP_DIRECT] = { "do:direct", STEP_DOES, CHANGES_HUB, ASKED_WITHOUT_HUB, NULL },
        [STEP_ANOTHER_PORT] = { "do:another-port", STEP_DOES, CHANGES_PORT, ASKED_OTHER_PORT, NULL },
        [STEP_ANOTHER_ADAPTER] = { "do:another-adapter", STEP_DOES, CHANGES_SOURCE, _QUESTION_MAX, works_fails },
        [STEP_COMPUTER] = { "do:computer", STEP_DOES, CHANGES_SOURCE, _QUESTION_MAX, works_fails },
        [STEP_ANOTHER_CABLE] = { "do:another-cable", STEP_DOES, CHANGES_CABLE, ASKED_OTHER_CABLE, NULL },
        [STEP_ADAPTER] = { "do:adapter", STEP_DOES, CHANGES_SOURCE, ASKED_ADAPTER, NULL },
        [STEP_ADAPTER_OTHERS] = { "adapter-elsewhere", STEP_ASKS, CHANGES_NOTHING, _QUESTION_MAX, works_fails },
        [STEP_CABLE_ELSEWHERE] = { "cable-elsewhere", STEP_ASKS, CHANGES_NOTHING, ASKED_CABLE_ELSEWHERE, NULL },
        [STEP_ONLY_PLUGGED] = { "only-plugged", STEP_ASKS, CHANGES_NOTHING, ASKED_ONLY_PLUGGED, NULL },
        [STEP_SOCKET] = { "socket", STEP_ASKS, CHANGES_NOTHING, ASKED_SOCKET, NULL },
        [STEP_CLEAN_SOCKET] = { "do:clean-socket", STEP_DOES, CHANGES_HEADSET, _QUESTION_MAX, works_fails },
        [STEP_FIRMWARE] = { "firmware", STEP_ASKS, CHANGES_NOTHING, ASKED_FIRMWARE, NULL },
        [STEP_SYSTEM_CURRENT] = { "system-current", STEP_ASKS, CHANGES_NOTHING, ASKED_SYSTEM_CURRENT, NULL },
        [STEP_HOLD_POWER] = { "do:hold-power", STEP_DOES, CHANGES_HEADSET, _QUESTION_MAX, works_fails },
        [STEP_RESET] = { "do:reset", STEP_DOES, CHANGES_HEADSET, ASKED_RESET, NULL },
        [STEP_INITIALISE] = { "do:initialise", STEP_DOES, CHANGES_HEADSET, ASKED_INITIALISED, NULL },
};

const char *step_name(enum doctor_step s) {
        return rows[s].name;
}

enum doctor_step step_from_name(const char *name) {
        unsigned s = 0;

        while (s < _STEP_MAX && strcmp(rows[s].name, name) != 0)
                s++;
        return (enum doctor_step) s;
}

enum step_kind step_kind(enum doctor_step s) {
        return rows[s].kind;
}

enum step_change step_change(enum doctor_step s) {
        return rows[s].change;
}

enum question step_question(enum doctor_step s) {
        return rows[s].question;
}

const char *const *step_words(enum doctor_step s) {
        return rows[s].words ? rows[s].words : question_answers(rows[s].question);
}

unsigned step_answer(enum doctor_step s, const char *word) {
        const char *const *words = step_words(s);

        for (unsigned i = 0; words[i]; i++)
                if (strcmp(words[i], word) == 0)
                        return i + 1;
        return 0;
}

const char *step_word(enum doctor_step s, unsigned answer) {
        const char *const *words = step_words(s);
        unsigned n = 0;

        while (words[n])
                n++;
        return answer >= 1 && answer <= n ? words[answer - 1] : NULL;
}
