/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Declarations that the files of the registry share.
 */

#include "registry/registry.h"

/* What the noted events may affect. */
struct affected {
        bool all;
        size_t n;
        struct {
                const struct port *port;
                const struct port *hub; /* the hub of `port` if the sum of what is declared behind it has changed, else NULL */
        } items[REGISTRY_NOTED_MAX];
};

/* Creates an object that is not in the list yet and adds it. Returns NULL when out of memory. */
struct object *registry_add(struct registry *r, enum object_kind kind, const char *id, const struct model *m);

/* Replaces the diagnosis of the object (`d` is empty afterwards) and reports the differences. */
void object_update(struct registry *r, const struct model *m, struct object *o, struct diagnosis *d, bool added);

/* Reports the removal of the object, and frees it. */
void registry_remove(struct registry *r, struct object *o);

/* Updates the objects of a Type-C connector. Returns 0 or -ENOMEM. */
int update_typec(struct registry *r, const struct model *m, const struct typec_port *t);

/* Updates the headsets, in whichever way they are seen. Returns 0 or -ENOMEM. */
int update_headsets(struct registry *r, const struct model *m, const struct affected *a);

/* Returns true when one of the noted events may affect `p`. */
bool concerns(const struct affected *a, const struct port *p);
