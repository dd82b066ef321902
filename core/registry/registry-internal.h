/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * What the files of the registry share among themselves.
 */

#include "registry/registry.h"

/* Makes an object that is not in the list yet and puts it there; NULL: out of memory. */
struct object *registry_add(struct registry *r, enum object_kind kind, const char *id, const struct model *m);

/* Takes the new diagnosis over (`d` is empty afterwards) and tells what differs. */
void object_update(struct registry *r, const struct model *m, struct object *o, struct diagnosis *d, bool added);

/* Tells that the object goes, and frees it. */
void registry_remove(struct registry *r, struct object *o);

/* Type-C connectors. Returns 0 or -ENOMEM. */
int update_typec(struct registry *r, const struct model *m, const struct typec_port *t);

/* Headsets, however they are seen; `changed` as in registry_update(). Returns 0 or -ENOMEM. */
int update_headsets(struct registry *r, const struct model *m, const struct port *changed);

/* Can what happened at `changed` (NULL: anywhere) matter for what is at `p`? */
bool concerns(const struct port *p, const struct port *changed);
