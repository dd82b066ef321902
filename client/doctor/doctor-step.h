/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Doctor's steps: what may be asked of the person, and what the person may be asked to do; names and words of both.
 *
 * A step is taken at most once. Most are a question of the API (answer.h), whose words they use; what the daemon cannot use
 * is the doctor's own.
 */

#include <stdbool.h>
#include <stddef.h>

#include "common/answer.h"

/* In the order in which they are thought of: Sony's own procedure (look at the light for five minutes; the supplied cable,
 * firmly at both ends; another adapter or port; a computer that is awake, without a hub; reset; initialise; repair), with the
 * quick looks at earbuds and case before it. */
enum doctor_step {
        STEP_WHICH,           /* of several headsets */
        STEP_MODEL,           /* when none is to be seen */
        STEP_FAMILY,          /* when the model does not tell */
        STEP_THIS_ONE,        /* is the device without a name the headset? */
        STEP_POWER_FROM,      /* where nothing shows it */
        STEP_INSTEAD_OF_PAD,  /* do: the cable instead of the wireless pad */
        STEP_PLUG_IN,         /* do: plug it in as it was when it failed */
        STEP_AS_TOLD,         /* do: what the daemon's finding says */
        STEP_LED,             /* the charging light */
        STEP_LED_COLOUR,      /* of a light that is lit or flashes */
        STEP_PLUGGED_FOR,     /* how long */
        STEP_LEVEL,           /* what the headset says of its battery */
        STEP_WET,             /* liquid at the socket */
        STEP_TEMPERATURE,     /* of the place */
        STEP_STORED,          /* unused for months */
        STEP_WAIT,            /* do: leave it plugged in */
        STEP_SEATED,          /* do the earbuds sit */
        STEP_SEAT_ANEW,       /* do */
        STEP_CONTACTS,        /* of earbuds and case */
        STEP_CLEAN_CONTACTS,  /* do */
        STEP_CASE_CHARGED,    /* has the case charge */
        STEP_CASE_FIRST,      /* do: charge the case for half an hour */
        STEP_CABLE,           /* the supplied one? */
        STEP_SUPPLIED_CABLE,  /* do: use the supplied one */
        STEP_REPLUG,          /* do: firmly, at both ends */
        STEP_DIRECT,          /* do: without the hub */
        STEP_ANOTHER_PORT,    /* do */
        STEP_ANOTHER_ADAPTER, /* do */
        STEP_COMPUTER,        /* do: a port of a computer instead of the adapter */
        STEP_ANOTHER_CABLE,   /* do */
        STEP_ADAPTER,         /* do: a wall adapter instead of the computer */
        STEP_ADAPTER_OTHERS,  /* does the adapter charge another device? */
        STEP_CABLE_ELSEWHERE, /* does the cable charge another device? */
        STEP_ONLY_PLUGGED,    /* it runs only while plugged in */
        STEP_SOCKET,          /* clean or dirty */
        STEP_CLEAN_SOCKET,    /* do */
        STEP_FIRMWARE,        /* of the headset, by Sony's app */
        STEP_SYSTEM_CURRENT,  /* the computer's system */
        STEP_HOLD_POWER,      /* do: hold POWER while plugging in */
        STEP_RESET,           /* do */
        STEP_INITIALISE,      /* do */
        _STEP_MAX,
        STEP_END = _STEP_MAX, /* nothing more to ask */
};

enum step_kind {
        STEP_ASKS, /* one of its words answers it */
        STEP_TAKES_TEXT,
        STEP_DOES, /* a change to make; the first word says that it helped, the second that it did not */
};

/* What a change changes: one thing at a time. */
enum step_change {
        CHANGES_NOTHING = 0,
        CHANGES_PORT = 1 << 0,
        CHANGES_CABLE = 1 << 1,
        CHANGES_HUB = 1 << 2,
        CHANGES_SOURCE = 1 << 3, /* the kind of supply: computer, adapter, pad */
        CHANGES_HEADSET = 1 << 4 /* something at the headset or its case */
};

/* "led", "do:another-port"; static. */
const char *step_name(enum doctor_step s);

/* The step of this name, or _STEP_MAX. */
enum doctor_step step_from_name(const char *name);

enum step_kind step_kind(enum doctor_step s);
enum step_change step_change(enum doctor_step s);

/* The question of the API that it answers, or _QUESTION_MAX: the daemon cannot use it. */
enum question step_question(enum doctor_step s);

/* Its words, NULL at the end; static. None for a text. */
const char *const *step_words(enum doctor_step s);

/* From 1 in the order of the words; 0: no such word. */
unsigned step_answer(enum doctor_step s, const char *word);

/* NULL: not answered, or a text. */
const char *step_word(enum doctor_step s, unsigned answer);
