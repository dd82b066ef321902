/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "common/answer.h"

#include <stddef.h>
#include <string.h>

static const struct {
        const char *name;
        const char *answers[ANSWERS_MAX + 1];
} questions[_QUESTION_MAX] = {
        [ASKED_LED] = { "led", { "dark", "steady", "flashing", "went-off" } },
        [ASKED_LED_COLOUR] = { "led-colour", { "red", "orange", "green", "white", "blue" } },
        [ASKED_PLUGGED_FOR] = { "plugged-for", { "moments", "minutes", "longer" } },
        [ASKED_POWER_FROM] = { "power-from", { "computer", "hub", "adapter", "pad" } },
        [ASKED_CABLE] = { "cable", { "supplied", "other" } },
        [ASKED_OTHER_CABLE] = { "other-cable", { "works", "fails" } },
        [ASKED_CABLE_ELSEWHERE] = { "cable-elsewhere", { "works", "fails" } },
        [ASKED_OTHER_PORT] = { "other-port", { "works", "fails" } },
        [ASKED_WITHOUT_HUB] = { "without-hub", { "works", "fails" } },
        [ASKED_ADAPTER] = { "adapter", { "works", "fails" } },
        [ASKED_STORED] = { "stored", { "yes", "no" } },
        [ASKED_TEMPERATURE] = { "temperature", { "cold", "normal", "hot" } },
        [ASKED_WET] = { "wet", { "yes", "no" } },
        [ASKED_SOCKET] = { "socket", { "clean", "dirty" } },
        [ASKED_CONTACTS] = { "contacts", { "clean", "dirty" } },
        [ASKED_SEATED] = { "seated", { "yes", "no" } },
        [ASKED_SEATED_HELPED] = { "seated-anew", { "works", "fails" } },
        [ASKED_CASE_CHARGED] = { "case-charged", { "yes", "no" } },
        [ASKED_CASE_HELPED] = { "case-first", { "works", "fails" } },
        [ASKED_ONLY_PLUGGED] = { "only-plugged", { "yes", "no" } },
        [ASKED_LEVEL] = { "level", { "full", "low", "unknown" } },
        [ASKED_FIRMWARE] = { "firmware", { "current", "old" } },
        [ASKED_SYSTEM_CURRENT] = { "system-current", { "yes", "no" } },
        [ASKED_RESET] = { "reset", { "helped", "failed" } },
        [ASKED_INITIALISED] = { "initialised", { "helped", "failed" } },
        [ASKED_TESTER] = { "tester", { "between", "elsewhere" } },
        [ASKED_DOCTOR_FAMILY] = { "doctor-family", { "over-ear", "neckband", "earbuds" } },
        [ASKED_DOCTOR_DANGER] = { "doctor-danger", { "no", "swollen", "hot", "wet", "was-wet", "smoke" } },
        [ASKED_DOCTOR_COMPLAINT] = { "doctor-complaint",
                                     { "dead", "buds", "one", "short", "partial", "slow", "unusable", "level", "sometimes" } },
        [ASKED_DOCTOR_LIGHT] = { "doctor-light",
                                 { "dark", "steady", "double", "blinks", "seconds", "went-off", "always", "dim" } },
        [ASKED_DOCTOR_COLOUR] = { "doctor-colour", { "red", "orange", "other" } },
        [ASKED_DOCTOR_SINCE] = { "doctor-since", { "minutes", "stored", "long" } },
        [ASKED_DOCTOR_PLACE] = { "doctor-place", { "cold", "normal", "hot" } },
        [ASKED_DOCTOR_SOURCE] = { "doctor-source", { "computer", "hub", "adapter", "fast", "bank", "console", "pad", "stand" } },
        [ASKED_DOCTOR_AWAKE] = { "doctor-awake", { "yes", "no" } },
        [ASKED_DOCTOR_CABLE] = { "doctor-cable", { "supplied", "other-a", "other-c" } },
        [ASKED_DOCTOR_PHONE] = { "doctor-phone", { "yes", "no" } },
        [ASKED_DOCTOR_SOCKET] = { "doctor-socket", { "clean", "dirt", "loose" } },
        [ASKED_DOCTOR_CONTACTS] = { "doctor-contacts", { "clean", "dirty", "crust" } },
        [ASKED_DOCTOR_CASE] = { "doctor-case", { "ok", "no-light", "drains", "only-cable" } },
        [ASKED_DOCTOR_RUNS] = { "doctor-runs", { "normal", "short", "one", "dies", "not" } },
        [ASKED_DOCTOR_LEVEL] = { "doctor-level", { "full", "eighty", "low", "none", "stuck" } },
        [ASKED_DOCTOR_WAIT] = { "doctor-wait", { "works", "fails" } },
        [ASKED_DOCTOR_REPLUG] = { "doctor-replug", { "works", "fails" } },
        [ASKED_DOCTOR_TRY_CABLE] = { "doctor-try-cable", { "works", "fails" } },
        [ASKED_DOCTOR_TRY_PORT] = { "doctor-try-port", { "works", "fails" } },
        [ASKED_DOCTOR_TRY_SOURCE] = { "doctor-try-source", { "works", "fails" } },
        [ASKED_DOCTOR_KEEP_ON] = { "doctor-keep-on", { "works", "fails" } },
        [ASKED_DOCTOR_RESEAT] = { "doctor-reseat", { "works", "fails" } },
        [ASKED_DOCTOR_CHARGE_CASE] = { "doctor-charge-case", { "works", "fails" } },
        [ASKED_DOCTOR_ROOM] = { "doctor-room", { "works", "fails" } },
        [ASKED_DOCTOR_RECONNECT] = { "doctor-reconnect", { "works", "fails" } },
        [ASKED_DOCTOR_RESET] = { "doctor-reset", { "works", "fails" } },
        [ASKED_DOCTOR_UPDATE] = { "doctor-update", { "works", "fails" } },
        [ASKED_DOCTOR_INITIALISE] = { "doctor-initialise", { "works", "fails" } },
};

const char *question_name(enum question q) {
        return questions[q].name;
}

enum question question_from_name(const char *name) {
        unsigned q = 0;

        while (q < _QUESTION_MAX && strcmp(questions[q].name, name) != 0)
                q++;
        return (enum question) q;
}

unsigned answer_from_word(enum question q, const char *word) {
        for (unsigned i = 0; questions[q].answers[i]; i++)
                if (strcmp(questions[q].answers[i], word) == 0)
                        return i + 1;
        return 0;
}

const char *answer_word(enum question q, unsigned answer) {
        return answer >= 1 && answer <= ANSWERS_MAX ? questions[q].answers[answer - 1] : NULL;
}

bool answer_is(enum question q, unsigned answer, const char *word) {
        return answer != 0 && answer == answer_from_word(q, word);
}
