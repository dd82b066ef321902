/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Explain: what a recording tells of headsets beside USB: their own side, what a person said, Type-C connectors.
 */

#include <json.h>

#include "causes/diagnosis.h"

/* As diagnose_port() of a log, with the headset's own side where it is known that this is the one. */
void explain_diagnose_port(const struct model *m, const struct port *p, struct diagnosis *d);

/* Adds the connectors that have findings. */
void explain_add_connectors(struct json_object *list, const struct model *m);

/* Adds the headsets that are near, or that a person told of, and that are no USB device. */
void explain_add_headsets(struct json_object *list, const struct model *m);

/* Adds a subject without a USB identity, if it has findings. */
void explain_add_nameless(struct json_object *list, const char *name, const struct diagnosis *d);
