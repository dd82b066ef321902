/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Doctor's facts: what the status of the daemon says about one headset, and whether a change has helped as far as the computer
 * can see.
 */

#include "client/client.h"
#include "doctor/engine.h"
#include "model/facts.h"

/* The severity of the visible trouble. A higher value is worse. */
enum trouble {
        TROUBLE_NONE,
        TROUBLE_SLOW,    /* less current than the model needs, and a finding that asks for action */
        TROUBLE_AT_RISK, /* the connection is not reliable */
        TROUBLE_BLOCKED, /* it cannot charge, or is not identified */
};

/* What the daemon knows about one headset at one time. */
struct doctor_facts {
        char id[64];    /* empty: no headset is seen */
        char model[64]; /* empty: not known */
        char family[16];
        bool known;             /* the model and its facts are known */
        char port[64];          /* id of the port of the headset or of the device without a name; empty: none */
        char place[160];        /* the same for people: "USB port 3 (usb1-port3)" */
        char partner[160];      /* name of a Type-C port whose partner gives no identity; empty: none */
        uint64_t partner_since; /* µs since 1970 */
        char hub[64];           /* name of the nearest external hub in the path; empty: none */
        bool on_cable;          /* seen by USB or by a Type-C port */
        bool on_usb;
        bool nameless;    /* no headset on a cable, but an unidentified device */
        bool firmware;    /* the daemon knows its firmware */
        unsigned choices; /* number of visible headsets while none is chosen */
        enum trouble trouble;
        bool can_ask; /* it may be asked over the protocol of Sony's app */
        bool tester;  /* it is on a cable, and it is not known whether a connected USB meter is between port and headset */
        enum charging_claim { CHARGES_UNKNOWN, CHARGES_NO, CHARGES_YES, CHARGES_FULL } charging;
        int level; /* 0..100, -1: not known */
        enum tristate enumerates, wireless, powers_down;
        uint64_t codes;                  /* bit n: finding code n */
        uint8_t sure[_FINDING_CODE_MAX]; /* how sure each of them is, enum confidence */
        enum finding_code first;         /* primary one; _FINDING_CODE_MAX: none */
        uint64_t failures;               /* failures of the port, as counted by the daemon */
        uint64_t since;                  /* of the nameless device, µs since 1970 */
        uint64_t dropped_at;             /* newest end of its Bluetooth link, µs since 1970; 0: none */
        bool off_bluetooth;              /* it was connected, and is not now */
        unsigned went_off;               /* times that its link was lost within seconds of an unplug */
        bool case_has_level;             /* it tells the level of its case */
        bool earbud_left_out;            /* an earbud that is not full tells that it does not charge */
        char help[80];                   /* address of the Help Guide, or empty */
        char cause[256], action[256];    /* sentences of the primary finding */
        unsigned limit_percent;          /* charging stops at about this level; 0: not known */
};

/* Nothing is known. */
#define DOCTOR_FACTS_UNKNOWN                                                                                                \
        (struct doctor_facts) {                                                                                             \
                .level = -1, .enumerates = UNKNOWN, .wireless = UNKNOWN, .powers_down = UNKNOWN, .first = _FINDING_CODE_MAX \
        }

/* Identifies the headset of the check. Ids can change when a headset without a serial number moves to another port. */
struct doctor_subject {
        char id[64];    /* empty: not known */
        char model[64]; /* empty: any */
        unsigned n_others;
        char others[16][64]; /* ids of headsets that are known to be different ones */
};

/* Returns the headset of the check, or NULL: by its id, otherwise the only headset of its model that is not known to be a
 * different one. Borrowed. */
struct json_object *doctor_headset(const struct doctor_subject *subject, struct json_object *status);

/* Returns the number of headsets that may be the subject. */
unsigned doctor_choices(const struct doctor_subject *subject, struct json_object *status);

/* Records that all headsets except the one with `id` are different ones. */
void doctor_note_others(struct doctor_subject *subject, struct json_object *status, const char *id);

/* Reads the facts of the headset of the check, or of the newest device without a name when no headset is on a cable. */
void doctor_read_facts(const struct doctor_subject *subject, struct json_object *status, struct doctor_facts *ret);

/* Adds the facts of the model (GetModel, Headset.Facts). */
void doctor_read_model(struct json_object *model, struct doctor_facts *f);

/* The visible effect of a change. */
enum effect {
        EFFECT_NOTHING,     /* nothing new */
        EFFECT_HELPED,      /* the trouble is less severe, or the battery charges */
        EFFECT_SAME,        /* it is there again and no better */
        EFFECT_SAME_PLACE,  /* another port was asked for, and the headset is on the same one */
        EFFECT_OTHER_PLACE, /* the same port was asked for, and the headset is on another one */
        EFFECT_STILL_HUB,   /* still behind a hub */
        EFFECT_ARRIVED,     /* it is present, and there was no trouble before: only the light can tell */
        EFFECT_PARTNER,     /* a Type-C port has a partner without an identity, which is likely the headset */
        EFFECT_DROPPED,     /* a model that switches off when charging starts has left Bluetooth, likely for this reason */
        EFFECT_GONE,        /* unplugged: keep waiting */
};

/* Compares a stable state with the state before the change. `moved`: it was unplugged in between; `began`: when the step began,
 * µs since 1970. */
enum effect doctor_judge(enum doctor_step s, const struct doctor_facts *before, const struct doctor_facts *after, bool moved,
                         uint64_t began);
