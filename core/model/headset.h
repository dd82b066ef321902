/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Headset: what a headset says of itself, by Bluetooth or through its receiver (dongle), and what a person said of it.
 *
 * USB tells the path of the power; only this side knows the battery. A headset that is plugged in and connected has both;
 * the registry joins them when exactly one fits (docs/api.md, "Ids").
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/address.h"
#include "model/facts.h"
#include "model/moment.h"

/* A person owns a few; a hostile bus may tell of any number. */
#define MODEL_HEADSETS_MAX 32
#define MODEL_ANSWERS_MAX 16

/* A paired headset whose link dropped so recently still counts as near (docs/api.md, "Model"). */
#define HEADSET_RECENT_USEC (12 * HOUR)

/* Both of one thing, as with plug and link, when they lie so near together. */
#define HEADSET_TOGETHER_USEC (15 * SECOND)

/* A battery that dies takes the radio with it without a word, and the link ends when nothing was heard for 20 s (Bluetooth
 * Core 5.4 Vol 4 Part E §6.21, default Link_Supervision_Timeout 0x7D00). */
#define HEADSET_DEATH_USEC (25 * SECOND)

/* What a person said holds so long, unless it was of a plug session that ended before. */
#define ANSWERS_USEC (12 * HOUR)
/* A plug that comes back within this was not pulled. */
#define ANSWERS_REPLUG_USEC (5 * SECOND)

enum headset_way {
        HEADSET_BLUETOOTH, /* BlueZ knows the device */
        HEADSET_DONGLE,    /* the USB receiver of a wireless headset tells */
};

enum battery_part { BATTERY_WHOLE, BATTERY_LEFT, BATTERY_RIGHT, BATTERY_CASE, _BATTERY_PART_MAX };
enum battery_source {
        BATTERY_BY_NOBODY,
        BATTERY_BY_BLUEZ,
        BATTERY_BY_UPOWER,
        BATTERY_BY_HID,       /* the USB receiver of a wireless headset */
        BATTERY_BY_FAST_PAIR, /* the headset over the message stream of Fast Pair */
        BATTERY_BY_MDR,       /* the headset over the protocol of Sony's app */
};
enum charging { CHARGING_UNKNOWN, CHARGING_NO, CHARGING_YES, CHARGING_FULL };

#define BATTERY_UNKNOWN 255

struct battery_state {
        uint8_t percent; /* 0..100, BATTERY_UNKNOWN */
        enum charging charging;
};

/* All that a source tells of one headset; told again whole when anything changes. */
struct headset_facts {
        enum headset_way way;
        char address[24]; /* Bluetooth address: private, as a serial number is; empty for a dongle */
        char mark[16];    /* stands for the address, or for the dongle's place: one headset, and nobody can turn it back */
        char name[64];    /* made safe */
        struct model_facts facts;
        char firmware[16]; /* decoded from the modalias, "2.5.0"; empty: not told */
        bool paired;
        bool connected;    /* a dongle: the headset answers it */
        bool found;        /* it was already so when the source began to look */
        bool ended_here;   /* not connected, and it was this computer that ended the link: no sign of the headset's */
        bool level_hidden; /* connected, and BlueZ takes no levels from the sound server (before 5.71, by its setting) */
        enum battery_source battery; /* who told the levels; the model keeps who told the last ones */
        uint8_t step;                /* the levels come in steps of so many per cent (HFP: 10); 0: not known */
        struct battery_state parts[_BATTERY_PART_MAX];
};

enum reading_outcome {
        READING_TOLD,    /* the headset told its battery */
        READING_SILENT,  /* the channel was open, and the headset told nothing of its battery */
        READING_TAKEN,   /* another program of this computer has the channel */
        READING_REFUSED, /* the channel could not be opened; a phone may have it */
        READING_LOST,    /* the channel was closed before the headset had told anything */
        _READING_OUTCOME_MAX,
};

struct headset_reading {
        char address[24]; /* which headset; private, as in struct headset_facts */
        char mark[16];
        enum battery_source source;
        enum reading_outcome outcome;
        struct battery_state parts[_BATTERY_PART_MAX];
        enum tristate care;   /* battery care is on */
        uint8_t care_percent; /* charging stops there; BATTERY_UNKNOWN: not told */
        enum tristate wet;    /* its charging socket is wet */
        char firmware[16];    /* made safe; empty: not told */
};

struct battery_point {
        struct moment when;
        uint8_t percent;
        enum charging charging;
};

/* Enough for a full charge in steps of 5 %; half an hour apart unless the level changed. */
#define BATTERY_POINTS_MAX 24

/* What is remembered of a headset; facts do not tell it. A recording carries it in its snapshot. */
struct headset_observed {
        enum headset_way way;
        char mark[16];
        struct moment since;          /* told of first */
        struct moment connected_at;   /* newest begin of the link; 0: none was seen */
        struct moment dropped_at;     /* newest end of the link; 0: none was seen */
        struct moment level_at;       /* when the newest level was told */
        struct moment charging_at;    /* when its own word about charging was another one last; 0: it never told */
        struct moment plugged_at;     /* newest plug near a drop of the link of a model that switches off then: power arrived */
        struct moment unplugged_at;   /* newest unplug of what it was joined with, while it was connected */
        bool before_start;            /* it was there before anything was watched */
        bool left;                    /* unplugged while not connected: somebody took it away */
        uint8_t deaths;               /* link lost within seconds of unplugging, so often */
        struct moment death_at;       /* newest of them */
        enum reading_outcome outcome; /* of the newest reading */
        enum battery_source tried;    /* over which protocol it was; BATTERY_BY_NOBODY: none was tried */
        struct moment tried_at;       /* when it was */
        struct moment read_at;        /* when a reading last told something */
        struct moment care_at;        /* when one last told of battery care or the socket */
        struct moment docked_at;      /* when a bud went into its case or came out of it */
        uint8_t n_points;
        struct battery_point points[BATTERY_POINTS_MAX]; /* of the whole, or the lowest part; oldest first */
};

struct headset {
        unsigned held; /* so many hold it besides the model, see headset_hold() */
        bool gone;     /* told of no more; kept until its place is needed */
        struct headset_facts facts;
        struct headset_observed observed;
        struct headset_reading reading; /* all that readings told, the newest word of each */
};

/* What a person told of a headset, or of a model that nothing sees. */
struct answers {
        char id[64]; /* of the headset object; a model's name in id form when nothing sees it */
        struct model_facts facts;
        uint8_t by_question[64]; /* by enum question of answer.h; 0: not answered */
        struct moment at;        /* newest answer */
        struct address where;    /* where it was plugged in as this was said, or came after; bus 0: not on USB */
        uint8_t typec;           /* the same of a Type-C connector: its number plus 1; 0: none */
        struct moment unplugged; /* the plug session may be over since; 0: it lasts */
        bool gone;               /* it holds no more; kept until its place is needed */
        unsigned held;           /* so many hold it besides the model, see answers_hold() */
};

/* In an event: the answer is taken back. */
#define ANSWER_TAKEN_BACK 255

struct model;
struct port;
struct typec_port;

/* Ports and connectors live as long as the model. Headsets and answers do not: who keeps one beyond the event at hand has to hold
 * it, and it stays what it was when the model let go of it. NULL is held by everybody. */
const struct headset *headset_hold(const struct headset *h);
void headset_release(const struct headset *h);
const struct answers *answers_hold(const struct answers *a);
void answers_release(const struct answers *a);

/* The level and the charging state of a set of parts: the whole, else the lowest or worst part that is known. */
uint8_t parts_level(const struct battery_state parts[static _BATTERY_PART_MAX]);
enum charging parts_charging(const struct battery_state parts[static _BATTERY_PART_MAX]);

/* Takes the levels' newest whole or lowest known part; BATTERY_UNKNOWN when none is known. */
uint8_t headset_level(const struct headset *h);

/* Does it charge, by its own word? The worst part counts for `full`. */
enum charging headset_charging(const struct headset *h);

/* The headset with this mark and way that is told of, or NULL. */
struct headset *model_headset(const struct model *m, enum headset_way way, const char *mark);

/* What was told of the object or model with this id and still holds, or NULL. */
struct answers *model_answers(const struct model *m, const char *id);

/* A headset that is plugged in: a USB device, or a Type-C partner that told its name and is no USB device. */
struct plugged {
        const struct port *port;
        const struct typec_port *typec; /* only where port is NULL */
        unsigned n;                     /* so many of the model are plugged in; port and typec are the last of them */
};

/* Finds what is plugged in of a model. */
void model_plugged(const struct model *m, const char *model, struct plugged *ret);

/* The USB device that a Type-C partner with a name is, when exactly one can be; or NULL. */
const struct port *typec_headset_device(const struct model *m, const struct typec_port *t);

/* The headset that a partner without a name probably is: power came to it when its link ended, as its model does it; NULL:
 * none, or nobody can tell. */
const struct headset *typec_probable_headset(const struct model *m, const struct typec_port *t);

/* Is it a headset that only the connector sees? */
bool typec_is_headset(const struct model *m, const struct typec_port *t);

/* How many headsets of the model the sources tell of, near or not; *ret: the last of them. */
unsigned model_headsets_of(const struct model *m, const char *model, const struct headset **ret);

/* Is this what is plugged in: the only one plugged in, and the only one told of, of its model (docs/api.md, "Ids")? Without
 * that, which is which cannot be told. */
bool headset_is_plugged(const struct model *m, const struct headset *h, struct plugged *ret);

/* Connected now, or dropped within HEADSET_RECENT_USEC while nothing showed that it left. */
bool headset_is_near(const struct model *m, const struct headset *h);
