/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Registry: what the daemon talks about (headsets, ports, controllers, the host), each with its diagnosis, and what changed since
 * the last look. It stands between the model with its causes and the outlets, and does no I/O.
 */

#include <json.h>

#include "causes/diagnosis.h"
#include "common/keyed-hash.h"

enum object_kind {
        OBJECT_HEADSET, /* a Sony headset that is seen now, or dropped off Bluetooth in the last hours */
        OBJECT_PORT,    /* a port of a hub; `unidentified` says that it belongs into `unidentified` of the status */
        OBJECT_HOST,    /* a controller or the machine: findings only, no D-Bus object of its own */
};

struct object {
        enum object_kind kind;
        char id[EVENT_NAME_MAX];        /* as in the API: "wh_1000xm4_3f2a1c", "usb1_port2"; a controller's name; "host" */
        const struct port *port;        /* where the device is: of a connector the half with something to tell; NULL for hosts */
        const struct typec_port *typec; /* a Type-C connector, or a headset that only that sees (then port is NULL); else NULL */
        const struct headset *headset;  /* OBJECT_HEADSET: its own side, near or joined with what is plugged in; else NULL */
        const struct answers *answers;  /* the same: what a person said of it; NULL: nothing */
        unsigned same_model;            /* so many others of its model may be it as well, so they are not joined */
        struct diagnosis diagnosis;
        bool unidentified;        /* OBJECT_PORT: something that never told who it is, is or was here */
        struct moment since;      /* first sighting; of an unidentified port: since when */
        bool before_start;        /* it was there before the daemon began to watch */
        const struct port *place; /* OBJECT_PORT: the port that the object stands for; `port` may be its other half */
        struct moment attached;   /* OBJECT_HEADSET: when what is at `port` came: another one may be there in an instant */
        enum origin {
                ORIGIN_PORT,
                ORIGIN_TYPEC,
                ORIGIN_HEADSET,
                ORIGIN_ANSWERS,
        } origin;                   /* OBJECT_HEADSET: the sighting that its id comes from */
        struct json_object *values; /* what outlets show of it, made when it was looked at last; NULL for hosts */
        struct json_object *told;   /* the same as of the last change that was told */
        uint64_t level_at;          /* OBJECT_HEADSET: when the newest level was told */
};

enum change_kind {
        CHANGE_ADDED,   /* a headset came; a port became an object */
        CHANGE_UPDATED, /* a value changed, other than times and evidence; `before` has the values that were told last */
        CHANGE_REMOVED, /* the object is about to go; still valid during the call */
        CHANGE_RAISED,  /* `finding` is new for the object */
        CHANGE_CLEARED, /* `finding` no longer holds (still valid during the call) */
};

struct change {
        enum change_kind kind;
        const struct object *object;
        const struct finding *finding; /* RAISED and CLEARED only */
        struct json_object *before;    /* UPDATED only */
        bool backlog; /* comes from before the daemon looked (cold plug, old log records): objects are served, but
                       * nothing is logged or told again that an earlier run of this boot already told */
};

typedef void registry_listener(void *userdata, const struct change *change);

/* What outlets show of an object, as JSON that the caller owns; NULL for a host. */
typedef struct json_object *registry_show(const struct model *m, const struct object *o);

/* Was the headset told of under this id before a restart in the same boot? */
typedef bool registry_known(void *userdata, const char *id);

struct registry {
        size_t n, allocated;
        struct object **objects; /* headsets, then ports, then hosts; each sorted by id */
        struct mark_key key;     /* for the marks in headset ids */
        bool backlog;            /* set by the owner while old events are taken in */
        registry_listener *listener;
        registry_show *show;   /* set by the owner; NULL: nothing is shown, so nothing is ever UPDATED */
        registry_known *known; /* set by the owner; NULL: nothing was told before */
        void *userdata;
};

/* `listener` is called from registry_update() alone. */
void registry_init(struct registry *r, const struct mark_key *key, registry_listener *listener, void *userdata);
void registry_done(struct registry *r);

/* Compares the model with what was told last and tells the listener every change, in this order for each object:
 * ADDED, CLEARED, RAISED, UPDATED; REMOVED after CLEARED. Only what can have changed since the event at `port` is
 * looked at again; NULL: everything. Returns 0 or -ENOMEM. */
int registry_update(struct registry *r, const struct model *m, const struct port *port);

const struct object *registry_find(const struct registry *r, enum object_kind kind, const char *id);

/* Writes a model's name as ids have it: lower case, "_" for all but letters and digits. */
void model_slug(const char *model, char *ret, size_t size);

/* What is known of a headset's model; never NULL. */
const struct model_facts *object_facts(const struct object *o);

/* Is it plugged in: a USB device or a Type-C partner? */
bool object_is_plugged(const struct object *o);

/* Does the Type-C connector see this headset too: the one that its USB port is in, or the only one with a partner that told
 * the same model while no other headset of it is there? */
bool typec_sees(const struct model *m, const struct object *o);

/* Writes the id of a headset that only USB sees: model in lower case and the mark of its serial number, else of model and place.
 */
void headset_id(const struct mark_key *key, const struct port *p, char ret[static EVENT_NAME_MAX]);
