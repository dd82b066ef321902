/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Headset: what a headset reports about itself by Bluetooth or through its receiver (dongle), and what a person answered about
 * it.
 *
 * USB shows the power path, but only the headset knows its battery. A headset that is plugged in and connected appears in both
 * ways. The registry joins the two when exactly one match exists (docs/api.md, "Ids").
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/address.h"
#include "model/facts.h"
#include "model/moment.h"

/* A person owns a few headsets, but a hostile program may report any number of them. */
#define MODEL_HEADSETS_MAX 32
#define MODEL_ANSWERS_MAX 16

/* A paired headset counts as near for this long after its link dropped (docs/api.md, "Model"). */
#define HEADSET_RECENT_USEC (12 * HOUR)

/* Two events, such as a plug and the end of a link, have the same cause when they happen within this time. */
#define HEADSET_TOGETHER_USEC (15 * SECOND)

/* A headset whose battery runs empty disappears without closing its link. The link ends 20 s after the last packet (Bluetooth
 * Core 5.4 Vol 4 Part E §6.21, default Link_Supervision_Timeout 0x7D00); this adds a margin. */
#define HEADSET_DEATH_USEC (25 * SECOND)

/* Answers expire after this time, and earlier when they were given about a plug session that has ended. */
#define ANSWERS_USEC (12 * HOUR)
/* An unplug that is followed by a plug within this time does not end the plug session. */
#define ANSWERS_REPLUG_USEC (5 * SECOND)

enum headset_way {
        HEADSET_BLUETOOTH, /* BlueZ knows the headset */
        HEADSET_DONGLE,    /* the USB receiver of a wireless headset reports it */
};

enum battery_part { BATTERY_WHOLE, BATTERY_LEFT, BATTERY_RIGHT, BATTERY_CASE, _BATTERY_PART_MAX };
enum battery_source {
        BATTERY_BY_NOBODY,
        BATTERY_BY_BLUEZ,
        BATTERY_BY_UPOWER,
        BATTERY_BY_HID,       /* the USB receiver of a wireless headset */
        BATTERY_BY_FAST_PAIR, /* the headset, over the message stream of Fast Pair */
        BATTERY_BY_MDR,       /* the headset, over the protocol of Sony's app */
};
enum charging { CHARGING_UNKNOWN, CHARGING_NO, CHARGING_YES, CHARGING_FULL };

#define BATTERY_UNKNOWN 255

struct battery_state {
        uint8_t percent; /* 0 to 100, or BATTERY_UNKNOWN */
        enum charging charging;
};

/* Everything that a source reports of one headset. A source reports the whole structure again when anything in it changes. */
struct headset_facts {
        enum headset_way way;
        char address[24]; /* private: Bluetooth address; empty for a dongle */
        char mark[16];    /* represents the address, or the place of the dongle: distinguishes headsets, but cannot be reversed */
        char name[64];    /* sanitised */
        struct model_facts facts;
        char firmware[16]; /* decoded from the modalias, "2.5.0"; empty: not reported */
        bool paired;
        bool connected;    /* for a dongle: the headset responds to it */
        bool found;        /* it was already connected when the source started */
        bool ended_here;   /* not connected, and this computer ended the link, so that this says nothing about the headset */
        bool own_protocol; /* connected, and the headset and the configuration allow to ask over the protocol of Sony's app */
        bool level_hidden; /* connected, but BlueZ does not accept levels from the sound server (before 5.71, or by configuration)
                            */
        enum battery_source battery; /* source of the levels; the model keeps the source of the last known ones */
        uint8_t step;                /* granularity of the levels in per cent (HFP: 10); 0: not known */
        struct battery_state parts[_BATTERY_PART_MAX];
};

enum reading_outcome {
        READING_TOLD,    /* the headset reported its battery */
        READING_SILENT,  /* the channel was open, but the headset did not report its battery */
        READING_TAKEN,   /* another program on this computer uses the channel */
        READING_REFUSED, /* the channel could not be opened; a phone may be using it */
        READING_LOST,    /* the channel was closed before the headset had reported anything */
        _READING_OUTCOME_MAX,
};

struct headset_reading {
        char address[24]; /* private: the headset's address, as in struct headset_facts */
        char mark[16];
        enum battery_source source;
        enum reading_outcome outcome;
        struct battery_state parts[_BATTERY_PART_MAX];
        enum tristate care;   /* battery care is enabled */
        uint8_t care_percent; /* level at which charging stops; BATTERY_UNKNOWN: not reported */
        enum tristate wet;    /* the headset detects moisture in its charging socket */
        char firmware[16];    /* sanitised; empty: not reported */
};

struct battery_point {
        struct moment when;
        uint8_t percent;
        enum charging charging;
};

/* Enough points for a full charge in steps of 5 %. Points with the same level are recorded half an hour apart. */
#define BATTERY_POINTS_MAX 24

/* What was observed of a headset over time, in addition to its current facts. A recording stores it in its snapshot. */
struct headset_observed {
        enum headset_way way;
        char mark[16];
        struct moment since;        /* when it was first reported */
        struct moment connected_at; /* when the link last began; 0: never observed */
        struct moment dropped_at;   /* when the link last ended; 0: never observed */
        struct moment level_at;     /* when the newest level was reported */
        struct moment charging_at;  /* when its own charging state last changed; 0: never reported */
        struct moment plugged_at; /* newest plug close to the end of the link, for a model that powers down while charging: power
                                     arrived */
        struct moment unplugged_at;   /* newest unplug of the device that it was joined with, while it was connected */
        bool before_start;            /* it was already present at the start */
        bool left;                    /* unplugged while not connected: a person took it away */
        uint8_t deaths;               /* number of times that the link was lost within seconds of an unplug */
        struct moment death_at;       /* the newest of these */
        enum reading_outcome outcome; /* result of the newest reading */
        enum battery_source tried;    /* protocol of that reading; BATTERY_BY_NOBODY: none was tried */
        struct moment tried_at;       /* time of that reading */
        struct moment read_at;        /* when a reading last reported something */
        struct moment care_at;        /* when a reading last reported battery care or the socket */
        struct moment docked_at;      /* when an earbud was last put into or taken out of the case */
        uint8_t n_points;
        struct battery_point points[BATTERY_POINTS_MAX]; /* level of the whole or of the lowest part, oldest first */
};

struct headset {
        unsigned held; /* number of references besides the model's, see headset_hold() */
        bool gone;     /* no longer reported; kept until the entry is needed */
        struct headset_facts facts;
        struct headset_observed observed;
        struct headset_reading reading; /* the newest known value of every member */
};

/* What a person answered about a headset, or about a model that no source sees. */
struct answers {
        char id[64]; /* id of the headset object; the model's name in the form of an id when no source sees it */
        struct model_facts facts;
        uint8_t by_question[64]; /* indexed by enum question (common/answer.h); 0: not answered */
        struct moment at;        /* time of the newest answer */
        struct address where;    /* where the headset was plugged in at that time or afterwards; bus 0: not on USB */
        uint8_t typec;           /* the same for a Type-C connector: its number plus 1; 0: none */
        struct moment unplugged; /* when the plug session ended, if it ended; 0: it lasts */
        bool gone;               /* no longer valid; kept until the entry is needed */
        unsigned held;           /* number of references besides the model's, see answers_hold() */
};

/* In an event: the answer is withdrawn. */
#define ANSWER_TAKEN_BACK 255

struct model;
struct port;
struct typec_port;

/* Ports and connectors live as long as the model, but headsets and answers do not. A caller that keeps a pointer beyond the
 * current event must hold a reference. The object then keeps its contents after the model has released it. NULL is accepted. */
const struct headset *headset_hold(const struct headset *h);
void headset_release(const struct headset *h);
const struct answers *answers_hold(const struct answers *a);
void answers_release(const struct answers *a);

/* Level and charging state of a set of parts: of the whole when it is known, else of the lowest or worst known part. */
uint8_t parts_level(const struct battery_state parts[static _BATTERY_PART_MAX]);
enum charging parts_charging(const struct battery_state parts[static _BATTERY_PART_MAX]);

/* Returns the newest level in per cent, of the whole or of the lowest known part, or BATTERY_UNKNOWN. */
uint8_t headset_level(const struct headset *h);

/* Returns the charging state that the headset itself reports. It is full only when its worst part is. */
enum charging headset_charging(const struct headset *h);

/* Returns the headset with this mark that is reported in this way, or NULL. */
struct headset *model_headset(const struct model *m, enum headset_way way, const char *mark);

/* Returns the answers about the object or model with this id that are still valid, or NULL. */
struct answers *model_answers(const struct model *m, const char *id);

/* A headset that is plugged in: a USB device, or a Type-C partner that identified itself and is not a USB device. */
struct plugged {
        const struct port *port;
        const struct typec_port *typec; /* set only when port is NULL */
        unsigned n;                     /* number of plugged-in headsets of the model; port and typec describe the last one */
};

/* Finds the plugged-in headsets of a model. */
void model_plugged(const struct model *m, const char *model, struct plugged *ret);

/* Returns the USB device that an identified Type-C partner is when exactly one device matches, else NULL. */
const struct port *typec_headset_device(const struct model *m, const struct typec_port *t);

/* Returns the headset that an unidentified partner probably is: its link ended when power arrived, as is usual for its model.
 * Returns NULL when there is none or several match. */
const struct headset *typec_probable_headset(const struct model *m, const struct typec_port *t);

/* Returns true when the partner is a headset that only the connector sees. */
bool typec_is_headset(const struct model *m, const struct typec_port *t);

/* Returns the number of reported headsets of the model, near or not. *ret becomes the last one. */
unsigned model_headsets_of(const struct model *m, const char *model, const struct headset **ret);

/* Returns true when the headset is the one that is plugged in. This is known only when one headset of its model is plugged in and
 * only one is reported (docs/api.md, "Ids"). */
bool headset_is_plugged(const struct model *m, const struct headset *h, struct plugged *ret);

/* Returns true when it is connected, or was disconnected within HEADSET_RECENT_USEC and there is no sign that it left. */
bool headset_is_near(const struct model *m, const struct headset *h);
