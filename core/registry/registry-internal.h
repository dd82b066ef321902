/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Declarations that the files of the registry share.
 */

#include "registry/registry.h"

/* Creates an object that is not in the list yet and adds it. Returns NULL when out of memory. */
struct object *registry_add(struct registry *r, enum object_kind kind, const char *id, const struct model *m);

/* Replaces the diagnosis of the object (`d` is empty afterwards) and reports the differences. */
void object_update(struct registry *r, const struct model *m, struct object *o, struct diagnosis *d, bool added);

/* Reports the removal of the object, and frees it. */
void registry_remove(struct registry *r, struct object *o);

/* Updates the objects of a Type-C connector. Returns 0 or -ENOMEM. */
int update_typec(struct registry *r, const struct model *m, const struct typec_port *t);

/* Updates the headsets, in whichever way they are seen. `changed` as in registry_update(). Returns 0 or -ENOMEM. */
int update_headsets(struct registry *r, const struct model *m, const struct port *changed);

/* Returns true when an event at `changed` (NULL: anywhere) may affect `p`. */
bool concerns(const struct port *p, const struct port *changed);
