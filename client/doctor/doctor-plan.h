/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Doctor's plan: from what the daemon knows and what was answered to the next step, and to the conclusion. No I/O.
 *
 * Two factors isolate a cause: the same headset and cable work on another port; the same port works with another cable. What
 * was tried and failed makes the others innocent. Every step is taken at most once, so every check ends.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "client/doctor/doctor-step.h"
#include "model/facts.h"
#include "common/finding.h"

/* How much is in the way, as far as it can be seen; more is worse. */
enum trouble {
        TROUBLE_NONE,
        TROUBLE_SLOW,    /* less current than the model needs, and a finding that asks for action */
        TROUBLE_AT_RISK, /* the connection is not reliable */
        TROUBLE_BLOCKED, /* it cannot charge, or never told what it is */
};

/* What the daemon knows of one headset at one time. */
struct doctor_facts {
        char id[64];    /* empty: no headset is seen */
        char model[64]; /* empty: not known */
        char family[16];
        bool known;             /* the model is, with its facts */
        char port[64];          /* where it, or the nameless device, is: the port's id; empty: nowhere */
        char partner[64];       /* a Type-C port with a partner that does not say what it is; empty: none */
        uint64_t partner_since; /* µs since 1970 */
        char hub[64];           /* name of the nearest external hub in its way; empty: none */
        bool on_cable;          /* seen by USB or by a Type-C port */
        bool on_usb;
        bool nameless;    /* no headset on a cable, but something that never told what it is */
        bool firmware;    /* the daemon knows its firmware */
        unsigned choices; /* headsets that are seen, of which none was named yet */
        enum trouble trouble;
        enum charging_claim { CHARGES_UNKNOWN, CHARGES_NO, CHARGES_YES, CHARGES_FULL } charging;
        int level; /* 0..100, -1: not known */
        enum tristate enumerates, wireless, powers_down;
        uint64_t codes;             /* bit n: finding code n */
        enum finding_code first;    /* primary one; _FINDING_CODE_MAX: none */
        uint64_t failures;          /* of the port, as the daemon counts them */
        uint64_t since;             /* of the nameless device, µs since 1970 */
        uint64_t dropped_at;        /* newest end of its Bluetooth link, µs since 1970; 0: none */
        bool off_bluetooth;         /* it was connected, and is not now */
        char help[80];              /* address of the Help Guide, or empty */
        char cause[256], told[256]; /* sentences of the primary finding: cause, and what to do */
};

/* Nothing is known. */
#define DOCTOR_FACTS_UNKNOWN                                                                                                \
        (struct doctor_facts) {                                                                                             \
                .level = -1, .enumerates = UNKNOWN, .wireless = UNKNOWN, .powers_down = UNKNOWN, .first = _FINDING_CODE_MAX \
        }

enum outcome {
        OUTCOME_NONE,     /* not taken */
        OUTCOME_ANSWERED, /* by the person */
        OUTCOME_SEEN,     /* by the daemon's eyes */
        OUTCOME_SKIPPED,  /* or not known */
};

struct doctor_answer {
        enum outcome outcome;
        unsigned answer; /* 0: skipped, or a text */
        char text[64];
        uint64_t at; /* µs since 1970 */
};

struct doctor_case {
        struct doctor_facts start, now;
        struct doctor_answer answers[_STEP_MAX];
        unsigned n; /* steps in the trail */
        uint8_t trail[_STEP_MAX];
};

/* What a check comes to. */
struct conclusion {
        enum finding_code code; /* _FINDING_CODE_MAX: none of the codes says it */
        enum segment segment;
        enum severity severity;
        enum confidence confidence;
        bool isolated;    /* no further step could make it surer */
        bool service;     /* what is left is the service */
        const char *name; /* of the rule, for the tests and for programs; static */
        char cause[400], action[500];
};

/* The step to take now; STEP_END when the cause is isolated or nothing is left to try. */
enum doctor_step plan_next(const struct doctor_case *c);

/* Notes how a step ended; it must not have been taken. `text` NULL: none. */
void plan_take(struct doctor_case *c, enum doctor_step s, enum outcome outcome, unsigned answer, const char *text, uint64_t at);

/* Forgets the newest step. Returns it, or STEP_END when there is none. */
enum doctor_step plan_undo(struct doctor_case *c);

/* What follows from all this; always says something. */
void plan_conclude(const struct doctor_case *c, struct conclusion *ret);

/* Does what was answered isolate the cause? */
bool plan_isolated(const struct doctor_case *c);

/* What is to be told to the daemon about a question: the answer's number, 0 for nothing. What was true only before a change
 * that helped is not told. */
unsigned plan_told(const struct doctor_case *c, enum question q);

/* Was the step taken and answered with this word? */
bool said(const struct doctor_case *c, enum doctor_step s, const char *word);

/* The model as far as it is known, "headset" else. */
const char *plan_headset(const struct doctor_case *c);

/* Copies a sentence with the headset's name for "@", and for "~" the same after a space, or nothing when nobody knows the model.
 * Returns buf. */
const char *plan_sentence(const struct doctor_case *c, const char *sentence, char *buf, size_t size);

/* "earbuds" and so on, "" when not known; by the daemon, by the person, or by the first letters of the model's name. */
const char *plan_family(const struct doctor_case *c);
bool plan_is_earbuds(const struct doctor_case *c);

/* Where the power came from at first: "computer", "hub", "adapter", "pad", or "" when not known. */
const char *plan_source(const struct doctor_case *c);

/* The finding's code is among those at the start. */
bool found_at_start(const struct doctor_case *c, enum finding_code code);

/* How a change went, as far as it can be seen. */
enum sight {
        SIGHT_NOTHING,     /* nothing new */
        SIGHT_HELPED,      /* less is in the way, or the battery charges */
        SIGHT_SAME,        /* it is there again and no better */
        SIGHT_SAME_PLACE,  /* another port was asked for, and it is on the one it was on */
        SIGHT_OTHER_PLACE, /* the same port was asked for, and it is on another one */
        SIGHT_STILL_HUB,   /* still behind a hub */
        SIGHT_ARRIVED,     /* it is there, where nothing was wrong before: only the light can tell */
        SIGHT_PARTNER,     /* a Type-C port has a partner that does not say what it is: likely this one */
        SIGHT_DROPPED,     /* a model that switches off when charging starts left Bluetooth: likely that */
        SIGHT_GONE,        /* unplugged: goes on */
};

/* Judges what is seen at rest against what was there before the change. `moved`: it was unplugged in between; `began`: when the
 * step did, µs since 1970. */
enum sight plan_judge(enum doctor_step s, const struct doctor_facts *before, const struct doctor_facts *after, bool moved,
                      uint64_t began);
