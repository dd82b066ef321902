/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Properties: what outlets show of a headset or a port. A table for each kind of object defines for each property the D-Bus
 * and JSON names, the D-Bus type and the function that reads it. The objects in the status, the properties on the bus and the
 * change signals are all made from these tables, so they always agree.
 */

#include <json.h>

#include "registry/registry.h"

/* The source of the properties: an object of the registry, any device on the bus, or a model that no source reports. */
struct shown {
        const struct model *model;
        const struct object *object; /* NULL: not in the registry */
        const char *id;
        const struct model_facts *facts; /* model empty: not a headset */
        struct sightings seen;           /* all NULL: not seen */
        bool by_typec;
        const struct diagnosis *diagnosis;
};

struct property {
        const char *name; /* D-Bus; NULL: in JSON only */
        const char *type; /* D-Bus signature */
        const char *key;  /* JSON */
        /* Returns a new object that the caller owns, or NULL when the value is not known. */
        struct json_object *(*read)(const struct shown *s);
        bool constant; /* never changes while the object exists */
        bool live;     /* changes with time and without an event, so it is read again for every request */
        bool optional; /* omitted from JSON instead of null when not known */
};

/* Each table ends with a row without a key. */
extern const struct property headset_properties[], port_properties[];

static inline const struct property *properties_of(enum object_kind kind) {
        return kind == OBJECT_HEADSET ? headset_properties : port_properties;
}

/* Returns all properties as one JSON object, in the order of the table. The caller owns it. */
struct json_object *properties_to_json(const struct property *list, const struct shown *s);

/* The same for an object of the registry, which keeps the result. Returns NULL for a host, which has findings only. */
struct json_object *object_to_json(const struct model *m, const struct object *o);

/* Returns the current value of one property of an object: the stored value, or for a live property a new one. The caller does not
 * own it. */
struct json_object *object_value(const struct model *m, const struct object *o, const struct property *p);

/* Returns the stored values of an object with the live properties read again. The caller owns the reference. */
struct json_object *object_values(const struct model *m, const struct object *o);
