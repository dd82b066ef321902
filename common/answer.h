/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Answers: observations that only a person in front of the computer can report, such as the charging light, the cable or the
 * case.
 *
 * The names of questions and answers are part of the API (Manager.Tell). The daemon, the client and recordings all use the
 * names that are defined here.
 */

#include <stdbool.h>

enum question {
        ASKED_LED,             /* the charging light: dark, steady, flashing, went-off (it was lit and is dark now) */
        ASKED_LED_COLOUR,      /* red, orange, green, white, blue */
        ASKED_PLUGGED_FOR,     /* moments (under five minutes), minutes (under half an hour), longer */
        ASKED_POWER_FROM,      /* computer, hub, adapter, pad */
        ASKED_CABLE,           /* supplied, other */
        ASKED_OTHER_CABLE,     /* tried on the same port: works, fails */
        ASKED_CABLE_ELSEWHERE, /* the same cable with another device: works, fails */
        ASKED_OTHER_PORT,      /* tried with the same cable: works, fails */
        ASKED_WITHOUT_HUB,     /* works, fails */
        ASKED_ADAPTER,         /* a wall adapter, where one was tried: works, fails */
        ASKED_STORED,          /* unused for months: yes, no */
        ASKED_TEMPERATURE,     /* of the place or the headset: cold, normal, hot (5 to 35 °C is normal) */
        ASKED_WET,             /* liquid at the socket: yes, no */
        ASKED_SOCKET,          /* of the headset or case: clean, dirty */
        ASKED_CONTACTS,        /* of earbuds and case: clean, dirty */
        ASKED_SEATED,          /* the earbuds sit correctly in the case: yes, no */
        ASKED_SEATED_HELPED,   /* earbuds reseated in the case: works, fails */
        ASKED_CASE_CHARGED,    /* the case itself has charge: yes, no */
        ASKED_CASE_HELPED,     /* after half an hour of charging the case: works, fails */
        ASKED_ONLY_PLUGGED,    /* it runs only while plugged in: yes, no */
        ASKED_LEVEL,           /* what the headset or the app says: full, low, unknown */
        ASKED_FIRMWARE,        /* according to Sony's app: current, old */
        ASKED_SYSTEM_CURRENT,  /* the operating system is up to date: yes, no */
        ASKED_RESET,           /* helped, failed */
        ASKED_INITIALISED,     /* helped, failed */
        ASKED_TESTER,          /* where the USB meter is: between (port and headset), elsewhere */

        /* The doctor has its own questions and changes, with names such as "doctor-light" and "doctor-try-cable". Only the
         * doctor's table draws conclusions from them. */
        ASKED_OF_DOCTOR,
        ASKED_DOCTOR_FAMILY = ASKED_OF_DOCTOR,
        ASKED_DOCTOR_DANGER,
        ASKED_DOCTOR_COMPLAINT,
        ASKED_DOCTOR_LIGHT,
        ASKED_DOCTOR_COLOUR,
        ASKED_DOCTOR_SINCE,
        ASKED_DOCTOR_PLACE,
        ASKED_DOCTOR_SOURCE,
        ASKED_DOCTOR_AWAKE,
        ASKED_DOCTOR_CABLE,
        ASKED_DOCTOR_PHONE,
        ASKED_DOCTOR_SOCKET,
        ASKED_DOCTOR_CONTACTS,
        ASKED_DOCTOR_CASE,
        ASKED_DOCTOR_RUNS,
        ASKED_DOCTOR_LEVEL,
        ASKED_DOCTOR_WAIT,
        ASKED_DOCTOR_REPLUG,
        ASKED_DOCTOR_TRY_CABLE,
        ASKED_DOCTOR_TRY_PORT,
        ASKED_DOCTOR_TRY_SOURCE,
        ASKED_DOCTOR_KEEP_ON,
        ASKED_DOCTOR_RESEAT,
        ASKED_DOCTOR_CHARGE_CASE,
        ASKED_DOCTOR_ROOM,
        ASKED_DOCTOR_RECONNECT,
        ASKED_DOCTOR_RESET,
        ASKED_DOCTOR_UPDATE,
        ASKED_DOCTOR_INITIALISE,
        _QUESTION_MAX,
};

/* Maximum number of answers to one question. */
#define ANSWERS_MAX 9

/* Returns the name of the question, such as "led" or "plugged-for", as a static string. */
const char *question_name(enum question q);

/* Returns the question with this name, or _QUESTION_MAX when there is none. */
enum question question_from_name(const char *name);

/* The answers to a question are numbered from 1 on, without a gap. 0 means that the question was not answered. */
unsigned answer_from_word(enum question q, const char *word);       /* 0: no such answer */
const char *answer_word(enum question q, unsigned answer);          /* static; NULL: not answered, or no such answer */
bool answer_is(enum question q, unsigned answer, const char *word); /* word: one of the answers */
