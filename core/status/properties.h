/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Properties: what outlets show of a headset or a port. One table for each kind of object says what D-Bus and JSON call a
 * property, of what D-Bus type it is and how it is read. The objects of the status, the properties on the bus and its change
 * signals are all made from these tables, so they cannot disagree.
 */

#include <json.h>

#include "registry/registry.h"

/* What properties are read from: an object of the registry, any device on the bus, or a model that nothing sees. */
struct shown {
        const struct model *model;
        const struct object *object; /* NULL: none of the registry */
        const char *id;
        const struct model_facts *facts; /* model empty: no headset */
        struct sightings seen;           /* all NULL: nothing sees it */
        bool by_typec;
        const struct diagnosis *diagnosis;
};

struct property {
        const char *name; /* D-Bus; NULL: in JSON only */
        const char *type; /* D-Bus signature */
        const char *key;  /* JSON */
        /* A new object that the caller owns; NULL: not known. */
        struct json_object *(*read)(const struct shown *s);
        bool constant; /* stays as it is while the object exists */
        bool live;     /* changes as time passes, without any event: read again whenever somebody asks */
        bool optional; /* left out of JSON, not null, when it is not known */
};

/* Each ends with a row without a key. */
extern const struct property headset_properties[], port_properties[];

static inline const struct property *properties_of(enum object_kind kind) {
        return kind == OBJECT_HEADSET ? headset_properties : port_properties;
}

/* All properties as one JSON object, in the order of the table. The caller owns it. */
struct json_object *properties_to_json(const struct property *list, const struct shown *s);

/* The same for an object of the registry; for a host, which has findings only, NULL. This is what the registry keeps. */
struct json_object *object_to_json(const struct model *m, const struct object *o);

/* One property of an object of the registry as it is now: the kept value, or read again. Borrowed. */
struct json_object *object_value(const struct model *m, const struct object *o, const struct property *p);

/* The kept values of an object, with what changes as time passes read again. The caller owns the reference. */
struct json_object *object_values(const struct model *m, const struct object *o);

/* "connected", "empty", "off" or as in `unidentified`. */
const char *port_state(const struct object *o);
