/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Verbs: the table of verbs, and the help that is made from it.
 */

#include "client/client.h"

/* Returns the verb with this name, NULL if there is none. */
const struct verb *verb_find(const char *name);

/* Complains that there is no such verb and suggests one with similar spelling. Returns STATUS_USAGE. */
int verb_unknown(const char *name);

/* The verbs in the order of the help; NULL after the last one. */
const struct verb *verb_at(size_t i);

/* Prints the help of one verb, or of the whole program when `name` is NULL. Returns an exit status. */
int verbs_help(const struct options *o, const char *name);
