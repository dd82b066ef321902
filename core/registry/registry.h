/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Registry: the objects that others see (headsets, ports, controllers, the host), each with its diagnosis, and what has
 * changed in them. It is the layer between the model with its causes and the outlets, and does no I/O.
 */

#include <json.h>

#include "causes/diagnosis.h"
#include "common/keyed-hash.h"

enum object_kind {
        OBJECT_HEADSET, /* a Sony headset that is seen now, or left Bluetooth in the last hours */
        OBJECT_PORT,    /* a port of a hub; `unidentified` selects those that the status lists as unidentified */
        OBJECT_HOST,    /* a controller or the machine: has findings only, and no D-Bus object */
};

struct object {
        enum object_kind kind;
        char id[EVENT_NAME_MAX]; /* as in the API: "wh_1000xm4_3f2a1c", "usb1_port2"; a controller's name; "host" */
        const struct port *port; /* the port of the device; for a connector the USB half that has findings; NULL for hosts */
        const struct typec_port *typec; /* a connector, or a headset that only a connector sees (port is NULL then); else NULL */
        const struct headset *headset;  /* OBJECT_HEADSET: what it reports itself, when near or plugged in; else NULL */
        const struct answers *answers;  /* OBJECT_HEADSET: what a person answered about it; NULL: nothing */
        struct model_facts facts; /* OBJECT_HEADSET: of its model, as reported last; another device may be at `port` by now */
        unsigned same_model;      /* number of other headsets of the model that may be this one, so that they are not joined */
        struct diagnosis diagnosis;
        bool unidentified;        /* OBJECT_PORT: an unidentified device is or was here */
        struct moment since;      /* first sighting; for an unidentified port the time since which it is one */
        bool before_start;        /* it was already present when the daemon started */
        const struct port *place; /* OBJECT_PORT: the port that the object represents; `port` may be its other half */
        struct moment attached;   /* OBJECT_HEADSET: when the device at `port` arrived; detects a replacement by another device */
        enum origin {
                ORIGIN_PORT,
                ORIGIN_TYPEC,
                ORIGIN_HEADSET,
                ORIGIN_ANSWERS,
        } origin;                     /* OBJECT_HEADSET: the sighting from which its id was made */
        struct json_object *values;   /* what outlets show, made at the last update; NULL for hosts */
        struct json_object *reported; /* the values at the last change that was reported */
        uint64_t level_at;            /* OBJECT_HEADSET: when the newest level was reported */
        uint32_t declared_sum;        /* OBJECT_PORT with a hub: what the devices behind it declared at the last update */
        size_t view;                  /* OBJECT_HEADSET: where the last update found its sightings; a hint for the next one */
        bool claimed;                 /* OBJECT_HEADSET: the update has found its sightings */
};

enum change_kind {
        CHANGE_ADDED,   /* a headset appeared, or a port became an object */
        CHANGE_UPDATED, /* a value other than times and evidence changed; `before` has the values reported last */
        CHANGE_REMOVED, /* the object is about to be removed; it is valid during the call */
        CHANGE_RAISED,  /* `finding` is new for the object */
        CHANGE_CLEARED, /* `finding` no longer holds; it is valid during the call */
};

struct change {
        enum change_kind kind;
        const struct object *object;
        const struct finding *finding; /* RAISED and CLEARED only */
        struct json_object *before;    /* UPDATED only */
        bool backlog; /* the change comes from before the start of the daemon (cold plug, old log records): the objects are
                         served, but what an earlier run in this boot has reported is not logged or reported again */
};

typedef void registry_listener(void *userdata, const struct change *change);

/* Returns what outlets show of an object as JSON, which the caller owns; NULL for a host. */
typedef struct json_object *registry_show(const struct model *m, const struct object *o);

/* Returns true when a headset with this id was reported before a restart in the same boot. */
typedef bool registry_known(void *userdata, const char *id);

/* More changed ports than this are not told apart. */
#define REGISTRY_NOTED_MAX 16

struct registry {
        size_t n, allocated;
        struct object **objects; /* headsets, then ports, then hosts; each sorted by id */
        struct mark_key key;     /* for marks in the ids of headsets */
        bool backlog;            /* set by the owner while old events are processed */
        bool noted_all;          /* objects at any port may have changed since the last update */
        size_t n_noted;
        const struct port *noted[REGISTRY_NOTED_MAX]; /* objects that an event here affects may have changed */
        uint64_t revision; /* rises with every reported change, and with every update of a host's findings */
        registry_listener *listener;
        registry_show *show;   /* set by the owner; NULL: there are no values, and never a CHANGE_UPDATED */
        registry_known *known; /* set by the owner; NULL: nothing was reported before */
        void *userdata;
};

/* `listener` is called only by registry_update(). */
void registry_init(struct registry *r, const struct mark_key *key, registry_listener *listener, void *userdata);
void registry_done(struct registry *r);

/* Notes that an event at `port` has changed the model; NULL: an event that may affect all objects. */
void registry_note(struct registry *r, const struct port *port);

/* Returns true when something was noted since the last update. */
bool registry_has_news(const struct registry *r);

/* Compares the model with what was reported last and calls the listener for every change. The order for each object is ADDED,
 * CLEARED, RAISED, UPDATED; REMOVED comes after CLEARED. Only objects that a noted event may affect are examined. Returns 0 or
 * -ENOMEM. */
int registry_update(struct registry *r, const struct model *m);

const struct object *registry_find(const struct registry *r, enum object_kind kind, const char *id);

/* Writes the model's name in the form of an id: in lower case, with "_" for everything except letters and digits. */
void model_slug(const char *model, char *ret, size_t size);

/* Returns the facts of the headset's model; never NULL. */
const struct model_facts *object_facts(const struct object *o);

/* Returns true when the headset is plugged in as a USB device or a Type-C partner. */
bool object_is_plugged(const struct object *o);

/* Returns true when a Type-C connector sees this headset, too: the connector of its USB port, or the only connector whose partner
 * reports the same model while no other headset of that model is present. */
bool typec_sees(const struct model *m, const struct object *o);

/* Writes the id of a headset that only USB sees: the model in lower case and the mark of the serial number or, without one, of
 * model and port. */
void headset_id(const struct mark_key *key, const struct port *p, char ret[static EVENT_NAME_MAX]);
