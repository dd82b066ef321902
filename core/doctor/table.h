/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * The doctor's knowledge: causes, questions, changes, and how likely each answer is under each cause.
 *
 * Most of the engine (engine.h) does not know single causes and steps. It reads the arrays that are declared here:
 *
 *   table-causes.c      what can be wrong, how common it is, and what is said when it is concluded
 *   table-questions.c   what is asked, and when
 *   table-changes.c     what the person is asked to do, what that cures and what it costs
 *   table-chances.c     the chance of each answer under each cause
 *   table-evidence.c    what the computer measured, and what that speaks for; what an answer says by itself
 *   table-older.c       the words in which a person told it before there was a doctor
 *   table-models.c      what single models do differently
 *
 * Sources are named as in these files: "A1 sony.ca 00275392" is a page of Sony's, "owners 13/28" counts reports of owners who
 * got their earbuds (28) or over-ear headsets (12) mended, "estimate" is a number set by hand. Weights and chances without
 * another mark are estimates: they were set from the reports and from the order of Sony's own steps. Simulations show that the
 * doctor still works when each of them is wrong by a factor of two, so only their order of magnitude matters.
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

/* Answers are numbered from 1 in the order of a step's options; 0 is "not asked". The names are those that the conditions use. */
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
/* Every change can be answered with "it is hot" or "it is wet" as well: then it is not made, and the check ends. */
enum { CHANGE_WORKS = 1, CHANGE_FAILS, CHANGE_HOT, CHANGE_WET, PLUG_SEEN, PLUG_UNSEEN };

#define OPTIONS_MAX 10

/* What a model does differently (table-models.c), as bits. */
enum {
        TRAIT_LIMITS = 1 << 0,       /* stops near 80 % by design */
        TRAIT_WEAK_CELLS = 1 << 1,   /* cells that are known to wear early */
        TRAIT_LEVEL_LIES = 1 << 2,   /* known to show a wrong level */
        TRAIT_BLINKS = 1 << 3,       /* blinks orange while it charges */
        TRAIT_RED_IS_WRONG = 1 << 4, /* a steady red light is no charging light */
        TRAIT_GOES_OFF = 1 << 5,     /* cannot be used while it charges */
        TRAIT_PAD = 1 << 6,          /* charges on a pad */
        TRAIT_NO_PAD = 1 << 7,       /* does not */
        TRAIT_NO_BATTERY = 1 << 8,   /* nothing to charge */
        TRAIT_OLD_FIRMWARE = 1 << 9, /* newer firmware is known than the headset reports */
};

/* Causes that lead to the same advice need not be told apart. */
enum doctor_group {
        GROUP_ALONE, /* a group of its own */
        GROUP_ADAPTER,
        GROUP_SOCKET,
        GROUP_TOUCH,
        GROUP_SERVICE,
        GROUP_LEVEL,
};

/* One condition on the answers so far. */
enum doctor_test {
        TEST_END,
        WHEN,   /* answered with one of these; a skipped question counts as not */
        MAYBE,  /* as WHEN, but a question that was skipped stands for any of its answers */
        UNLESS, /* not answered with one of these; skipped and unasked count as not */
        AFTER,  /* asked, whatever came of it */
        AS_FOR, /* the conditions of that step hold */
        OR,     /* begins another list: one list of which all conditions hold is enough */
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
        const char *segment; /* where in the chain */
        enum doctor_group group;
        float weight[_FAMILY_MAX];                    /* by family; need not sum to 100 */
        uint8_t change;                               /* the change that mends and proves it; STEP_NONE: none */
        bool service;                                 /* what is left is Sony's service */
        bool warning;                                 /* the person can and should act: severity warning */
        enum sentence cause, action;                  /* with a place {headset} */
        struct doctor_condition when[CONDITIONS_MAX]; /* it may be concluded only then */
        bool two_facts;                               /* without a proof it is not concluded at all */
        /* An accusation needs a second fact beside the failure itself. Without one of these it is no more than possible. */
        struct doctor_condition proof[CONDITIONS_MAX];
};

extern const struct doctor_cause_row doctor_causes[_CAUSE_MAX];

/* What a person saw that has to be put right anyway, before anything else can be told: named when no cause stands out and the
 * change was not made yet. */
struct doctor_seen_row {
        uint8_t step;
        uint16_t answers;
        uint8_t cause, change;
};
extern const struct doctor_seen_row doctor_seen[];
extern const size_t doctor_n_seen;

/* Factors on the weights by trait. */
struct doctor_trait_row {
        uint8_t cause;
        uint16_t trait;
        float factor;
};
extern const struct doctor_trait_row doctor_traits[];
extern const size_t doctor_n_traits;

/* --- table-questions.c and table-changes.c --- */

struct doctor_option {
        const char *id, *text;
        uint16_t families; /* bits 1 << family; 0: offered to all. The first option has the chance of those not offered */
};

/* What must be true of the check itself for a step to make sense (doctor_check.context), as bits. */
enum {
        CONTEXT_CHOICES = 1 << 0,   /* several headsets are seen, and none is chosen */
        CONTEXT_NAMELESS = 1 << 1,  /* a device is seen that never told what it is */
        CONTEXT_NO_MODEL = 1 << 2,  /* the computer does not know the model */
        CONTEXT_NO_FAMILY = 1 << 3, /* neither the computer nor the model's name tells the family */
        CONTEXT_WATCHING = 1 << 4,  /* the computer would see it if something were plugged in, and sees nothing */
        CONTEXT_ADVICE = 1 << 5,    /* the computer found something that has advice of its own */
        CONTEXT_CHARGES = 1 << 6,   /* the headset itself says that it charges, or is full */
        CONTEXT_CAN_ASK = 1 << 7,   /* nobody has told yet whether it charges, and the headset itself can be asked */
        CONTEXT_TESTER = 1 << 8,    /* a USB meter measures, and it is not known where it is */
        CONTEXT_NEVER = 1 << 9,     /* never true: a person may tell it, but another step asks for it better */
};

struct doctor_step_row {
        const char *id;
        bool change; /* "do": works or fails */
        float cost;  /* in units of one quick question */
        uint16_t minutes;
        uint16_t families;   /* bits 1 << family; 0: all */
        uint16_t traits;     /* one of these is needed; 0: none */
        uint16_t context;    /* all of these are needed */
        uint16_t no_context; /* none of these may be */
        const char *text, *why;
        struct doctor_option options[OPTIONS_MAX];
        struct doctor_condition when[CONDITIONS_MAX]; /* 0 conditions: always */
};

extern const struct doctor_step_row doctor_steps[_STEP_MAX];

/* What a change does: the chance that it works under a cause. */
struct doctor_cure_row {
        uint8_t change, cause;
        float chance;
};
extern const struct doctor_cure_row doctor_cures[];
extern const size_t doctor_n_cures;

/* --- table-chances.c --- */

#define ANY_CAUSE _CAUSE_MAX

/* Chances in percent in the order of the answers. The first row that fits counts; a cause without one has that of ANY_CAUSE. */
struct doctor_chance_row {
        uint8_t step, cause;
        uint16_t families; /* 0: all */
        uint16_t trait;    /* 0: all */
        float percent[OPTIONS_MAX];
};
extern const struct doctor_chance_row doctor_chances[];
extern const size_t doctor_n_chances;

/* --- table-evidence.c --- */

/* What the computer can see, beside the finding codes. */
struct doctor_evidence_row {
        const char *what; /* finding code, or a word of doctor_see() */
        uint8_t names;    /* the cause whose name it takes: the finding's own code is kept then; _CAUSE_MAX: none */
        struct {
                uint8_t cause;
                float factor; /* 0 ends the list */
        } factors[16];
};
extern const struct doctor_evidence_row doctor_evidence[];
extern const size_t doctor_n_evidence;

/* What an answer says by itself, whatever causes the fault: the finding that it makes, or that it refutes. */
struct doctor_plain_row {
        uint8_t step;
        uint16_t says, denies;       /* answers */
        const char *code;            /* finding code */
        enum sentence cause, action; /* of a finding that is made */
};
extern const struct doctor_plain_row doctor_plain[];
extern const size_t doctor_n_plain;

/* --- table-older.c --- */

/* A word of Manager.Tell as an answer to a step. A word may be several answers. Where a step was answered already, the row has no
 * effect, so the first one counts. */
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
        const char *start; /* start of the model's name; the first row that fits counts */
        enum doctor_family family;
        uint16_t traits;
        const char *reset, *initialise; /* NULL: that of the family, or the Help Guide */
        bool by_sony;                   /* the sequences are from a page of Sony about this model */
};
extern const struct doctor_model_row doctor_models[];
extern const size_t doctor_n_models;
