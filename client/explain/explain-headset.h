/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Explain: what a recording contains about headsets in addition to USB: Bluetooth, a person's answers, Type-C connectors.
 */

#include <json.h>

#include "causes/diagnosis.h"

/* Like diagnose_port() for a log, with the headset's own state if it is known to be the one on the port. */
void explain_diagnose_port(const struct model *m, const struct port *p, struct diagnosis *d);

/* Adds the connectors that have findings. */
void explain_add_connectors(struct json_object *list, const struct model *m);

/* Adds the headsets that are near, or about which a person gave answers, and that are not a USB device. */
void explain_add_headsets(struct json_object *list, const struct model *m);

/* Adds a subject without a USB identity, if it has findings. */
void explain_add_nameless(struct json_object *list, const char *name, const struct diagnosis *d);
