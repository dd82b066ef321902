/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * The doctor's knowledge: causes, questions, changes, and how likely each answer is for each cause.
 *
 * Most of the engine (engine.h) does not know single causes and steps. It reads the arrays that are declared here:
 *
 *   table-causes.c      possible causes, how common they are, and the sentences of their conclusions
 *   table-questions.c   questions and changes, when they are shown, what they cost, and which causes a change mends
 *   table-chances.c     the chance of each answer for each cause
 *   table-evidence.c    what the measurements of the computer mean, and what single answers mean by themselves
 *   table-older.c       answers in the words of older versions
 *   table-models.c      special features of single models
 *
 * These files name their sources: "A1 sony.ca 00275392" is a page of Sony's, "owners 13/28" counts reports of owners whose
 * earbuds (28 in total) or over-ear headsets (12) were repaired, and "estimate" is a number without a source. Weights and chances
 * without such a mark are estimates from the reports and from the order of Sony's own steps. In simulations the doctor still
 * works when each of them is wrong by a factor of two, so only their order of magnitude matters.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/answer.h"
#include "words/words.h"

enum doctor_family { FAMILY_UNKNOWN, FAMILY_OVER_EAR, FAMILY_NECKBAND, FAMILY_EARBUDS, _FAMILY_MAX };

enum doctor_cause {
        CAUSE_FULL,
        CAUSE_LIMITED,
        CAUSE_NORMAL,
        CAUSE_STALE,
        CAUSE_EARLY,
        CAUSE_DEEP,
        CAUSE_DANGER,
        CAUSE_WET,
        CAUSE_TEMPERATURE,
        CAUSE_OFF,
        CAUSE_PORT,
        CAUSE_WEAK,
        CAUSE_HUB,
        CAUSE_ADAPTER,
        CAUSE_UNFIT,
        CAUSE_PAD,
        CAUSE_CABLE,
        CAUSE_KIND,
        CAUSE_PLUG,
        CAUSE_DIRT,
        CAUSE_CONTACTS,
        CAUSE_SEAT,
        CAUSE_EMPTY,
        CAUSE_HUNG,
        CAUSE_FIRMWARE,
        CAUSE_WORN,
        CAUSE_CASE,
        CAUSE_FAULT,
        _CAUSE_MAX,
};

enum doctor_step {
        ASK_WHICH,
        ASK_THIS_ONE,
        ASK_MODEL,
        ASK_FAMILY,
        ASK_HEADSET,
        ASK_TESTER,
        ASK_DANGER,
        ASK_DANGER_SURE,
        ASK_COMPLAINT,
        ASK_LIGHT,
        ASK_COLOUR,
        ASK_SINCE,
        ASK_PLACE,
        ASK_SOURCE,
        ASK_AWAKE,
        ASK_CABLE,
        ASK_PHONE,
        ASK_SOCKET,
        ASK_CONTACTS,
        ASK_CASE,
        ASK_RUNS,
        ASK_LEVEL,
        ASK_SEATED,
        ASK_FIRMWARE,
        DO_PLUG_IN,
        DO_AS_TOLD,
        DO_WAIT,
        DO_REPLUG,
        DO_TRY_CABLE,
        DO_TRY_PORT,
        DO_TRY_SOURCE,
        DO_KEEP_ON,
        DO_RESEAT,
        DO_CHARGE_CASE,
        DO_ROOM,
        DO_RECONNECT,
        DO_RESET,
        DO_UPDATE,
        DO_INITIALISE,
        _STEP_MAX,
        STEP_NONE = _STEP_MAX,
};

/* Answers are numbered from 1 in the order of the step's options. The conditions of the tables use these names. */
enum { UNANSWERED = 0, SKIPPED = 255 };
enum { DANGER_NO = 1, DANGER_SWOLLEN, DANGER_HOT, DANGER_WET, DANGER_WAS_WET, DANGER_SMOKE };
enum {
        COMPLAINT_DEAD = 1,
        COMPLAINT_BUDS,
        COMPLAINT_ONE,
        COMPLAINT_SHORT,
        COMPLAINT_PARTIAL,
        COMPLAINT_SLOW,
        COMPLAINT_UNUSABLE,
        COMPLAINT_LEVEL,
        COMPLAINT_SOMETIMES
};
enum { LIGHT_DARK = 1, LIGHT_STEADY, LIGHT_DOUBLE, LIGHT_BLINKS, LIGHT_SECONDS, LIGHT_WENT_OFF, LIGHT_ALWAYS, LIGHT_DIM };
enum { COLOUR_RED = 1, COLOUR_ORANGE, COLOUR_OTHER };
enum { SINCE_MINUTES = 1, SINCE_STORED, SINCE_LONG };
enum { PLACE_COLD = 1, PLACE_NORMAL, PLACE_HOT };
enum { SOURCE_COMPUTER = 1, SOURCE_HUB, SOURCE_ADAPTER, SOURCE_FAST, SOURCE_BANK, SOURCE_CONSOLE, SOURCE_PAD, SOURCE_STAND };
enum { CABLE_SUPPLIED = 1, CABLE_OTHER_A, CABLE_OTHER_C };
enum { SOCKET_CLEAN = 1, SOCKET_DIRT, SOCKET_LOOSE };
enum { CONTACTS_CLEAN = 1, CONTACTS_DIRT, CONTACTS_CRUST };
enum { CASE_OK = 1, CASE_NO_LIGHT, CASE_DRAINS, CASE_ONLY_CABLE };
enum { RUNS_NORMAL = 1, RUNS_SHORT, RUNS_ONE, RUNS_DIES, RUNS_NOT };
enum { LEVEL_FULL = 1, LEVEL_EIGHTY, LEVEL_LOW, LEVEL_NONE, LEVEL_STUCK };
enum { TESTER_BETWEEN = 1, TESTER_ELSEWHERE };
enum { ANSWER_YES = 1, ANSWER_NO };
enum { APP_HAS_NONE = 1, APP_HAS_NEWER };
/* Every change may also be answered with "it is hot" or "it is wet". Then the change is not made and the check ends. */
enum { CHANGE_WORKS = 1, CHANGE_FAILS, CHANGE_HOT, CHANGE_WET, PLUG_SEEN, PLUG_UNSEEN };

#define OPTIONS_MAX 10

/* Special features of a model (table-models.c), as bits. */
enum {
        TRAIT_LIMITS = 1 << 0,       /* stops near 80 % by design */
        TRAIT_WEAK_CELLS = 1 << 1,   /* cells that are known to wear early */
        TRAIT_LEVEL_LIES = 1 << 2,   /* often shows a wrong level */
        TRAIT_BLINKS = 1 << 3,       /* blinks orange while it charges */
        TRAIT_RED_IS_WRONG = 1 << 4, /* a steady red light is no charging light */
        TRAIT_GOES_OFF = 1 << 5,     /* cannot be used while it charges */
        TRAIT_PAD = 1 << 6,          /* charges on a pad */
        TRAIT_NO_PAD = 1 << 7,       /* does not charge on a pad */
        TRAIT_NO_BATTERY = 1 << 8,   /* has no battery */
        TRAIT_OLD_FIRMWARE = 1 << 9, /* newer firmware is known than the headset reports */
};

/* Causes that lead to the same advice are in one group, because they need not be told apart. */
enum doctor_group {
        GROUP_ALONE, /* the cause is not in a group */
        GROUP_ADAPTER,
        GROUP_SOCKET,
        GROUP_TOUCH,
        GROUP_SERVICE,
        GROUP_LEVEL,
};

/* One condition on the answers so far. */
enum doctor_test {
        TEST_END,
        WHEN,   /* the step was answered with one of these; a skipped step was not */
        MAYBE,  /* as WHEN, but also true for a skipped step */
        UNLESS, /* the opposite of WHEN */
        AFTER,  /* the step was shown, whether it was answered or skipped */
        AS_FOR, /* the conditions of the given step hold */
        OR,     /* begins an alternative list; it is enough that all conditions of one list hold */
};

struct doctor_condition {
        uint8_t test; /* enum doctor_test */
        uint8_t step; /* enum doctor_step */
        uint16_t answers;
};

#define CONDITIONS_MAX 12
#define A(n) ((uint16_t) (1u << (n)))

/* --- table-causes.c --- */

struct doctor_cause_row {
        const char *id;      /* for tests and logs */
        const char *code;    /* finding code (docs/api.md, "Codes") */
        const char *segment; /* part of the power path */
        enum doctor_group group;
        float weight[_FAMILY_MAX];                    /* by family; need not sum to 100 */
        uint8_t change;                               /* the change that mends and so proves it; STEP_NONE: none */
        bool service;                                 /* only Sony's service can help further */
        bool warning;                                 /* the person can and should act: severity warning */
        enum sentence cause, action;                  /* with a place {headset} */
        struct doctor_condition when[CONDITIONS_MAX]; /* conditions for concluding the cause */
        bool two_facts;                               /* without a second fact it is not concluded at all */
        /* Conditions for the second fact. A cause that blames a part needs one besides the failure itself; without it, the
         * confidence is at most possible. */
        struct doctor_condition proof[CONDITIONS_MAX];
};

extern const struct doctor_cause_row doctor_causes[_CAUSE_MAX];

/* Something that a person saw and that has to be put right before anything else can be found out. Its cause is concluded when no
 * other cause is likely enough and the change was not made yet. */
struct doctor_seen_row {
        uint8_t step;
        uint16_t answers;
        uint8_t cause, change;
};
extern const struct doctor_seen_row doctor_seen[];
extern const size_t doctor_n_seen;

/* Factors on the weights of causes for models with a trait. */
struct doctor_trait_row {
        uint8_t cause;
        uint16_t trait;
        float factor;
};
extern const struct doctor_trait_row doctor_traits[];
extern const size_t doctor_n_traits;

/* --- table-questions.c --- */

struct doctor_option {
        const char *id, *text;
        uint16_t families; /* bits 1 << family; 0: all. The first option takes over the chance of those not shown */
};

/* Circumstances of the check that decide whether a step makes sense (doctor_check.context), as bits. */
enum {
        CONTEXT_CHOICES = 1 << 0,   /* several headsets are seen, and none is chosen */
        CONTEXT_NAMELESS = 1 << 1,  /* a device is seen that was not identified */
        CONTEXT_NO_MODEL = 1 << 2,  /* the computer does not know the model */
        CONTEXT_NO_FAMILY = 1 << 3, /* the family is not known from the computer or from the model's name */
        CONTEXT_WATCHING = 1 << 4,  /* the daemon is watching, and nothing is plugged in */
        CONTEXT_ADVICE = 1 << 5,    /* a finding has advice that is a step of its own */
        CONTEXT_CHARGES = 1 << 6,   /* the headset itself reports that it charges or is full */
        CONTEXT_CAN_ASK = 1 << 7,   /* it is not known whether it charges, and the headset itself can be asked */
        CONTEXT_TESTER = 1 << 8,    /* a USB meter is connected, and it is not known where */
        CONTEXT_NEVER = 1 << 9,     /* never true: another step finds out more, but a person may report it */
};

struct doctor_step_row {
        const char *id;
        bool change; /* the step is a change, which works or fails */
        float cost;  /* 1 is the cost of one quick question */
        uint16_t minutes;
        uint16_t families;   /* bits 1 << family; 0: all */
        uint16_t traits;     /* one of these is needed; 0: none */
        uint16_t context;    /* all of these are needed */
        uint16_t no_context; /* none of these may be */
        const char *text, *why;
        struct doctor_option options[OPTIONS_MAX];
        struct doctor_condition when[CONDITIONS_MAX]; /* empty: always */
};

extern const struct doctor_step_row doctor_steps[_STEP_MAX];

/* The chance that a change works for a cause. */
struct doctor_cure_row {
        uint8_t change, cause;
        float chance;
};
extern const struct doctor_cure_row doctor_cures[];
extern const size_t doctor_n_cures;

/* --- table-chances.c --- */

#define ANY_CAUSE _CAUSE_MAX

/* Chances in percent in the order of the answers. The first matching row is used. ANY_CAUSE matches every cause that has no row
 * of its own. */
struct doctor_chance_row {
        uint8_t step, cause;
        uint16_t families; /* 0: all */
        uint16_t trait;    /* 0: all */
        float percent[OPTIONS_MAX];
};
extern const struct doctor_chance_row doctor_chances[];
extern const size_t doctor_n_chances;

/* --- table-evidence.c --- */

/* What a measurement of the computer means for the causes. */
struct doctor_evidence_row {
        const char *what; /* the code of a finding, or another word that doctor_see() is called with */
        uint8_t names;    /* the cause that is concluded under the finding's own code; _CAUSE_MAX: none */
        struct {
                uint8_t cause;
                float factor; /* 0 ends the list */
        } factors[16];
};
extern const struct doctor_evidence_row doctor_evidence[];
extern const size_t doctor_n_evidence;

/* Findings that answers make or refute by themselves, whatever the cause is. */
struct doctor_plain_row {
        uint8_t step;
        uint16_t says, denies;       /* bits of the answers that make the finding, and of those that refute it */
        const char *code;            /* finding code */
        enum sentence cause, action; /* sentences of the finding */
};
extern const struct doctor_plain_row doctor_plain[];
extern const size_t doctor_n_plain;

/* --- table-older.c --- */

/* An answer in the words of Manager.Tell, and the same as an answer to a step. One word may answer several steps. A row has no
 * effect when its step is already answered, so the first one counts. */
struct doctor_older_row {
        enum question question;
        const char *word;
        uint8_t step;
        const char *answer;
};
extern const struct doctor_older_row doctor_older[];
extern const size_t doctor_n_older;

/* --- table-models.c --- */

struct doctor_model_row {
        const char *start; /* beginning of the model's name; the first matching row is used */
        enum doctor_family family;
        uint16_t traits;
        const char *reset, *initialise; /* NULL: the sequence of the family, or a reference to the Help Guide */
        bool by_sony;                   /* the sequences come from a page of Sony about this model */
};
extern const struct doctor_model_row doctor_models[];
extern const size_t doctor_n_models;
