/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Status: the registry and the model as JSON objects (docs/api.md). The D-Bus properties are made from the same objects, so
 * both always agree. They never contain a serial number.
 */

#include <json.h>

#include "registry/registry.h"

/* Each function returns a new object that the caller owns, or NULL when out of memory. */

/* The replies of the Manager for `status` and `ports`. */
struct json_object *status_to_json(const struct registry *r, const struct model *m);
struct json_object *ports_to_json(const struct registry *r, const struct model *m);

/* Object H of docs/api.md for any device on the bus, whether headset or not: `status 1-2.3`. */
struct json_object *device_to_json(const struct model *m, const struct port *p);

/* The same for a model that was asked for by name and that no source reports. */
struct json_object *absent_to_json(const struct model *m, const struct model_facts *facts);

/* Findings about the machine and its controllers, the controllers first. */
struct json_object *host_findings_to_json(const struct registry *r);

/* The names of the sources that cannot be read. */
struct json_object *degraded_to_json(const struct model *m);

/* Returns the worst verdict of all headsets, unidentified ports and the computer, or VERDICT_UNKNOWN when there are none. */
enum verdict worst_verdict(const struct registry *r);

/* The numbers of headsets, of unidentified ports and of findings by severity. A finding that several objects share counts
 * once. */
struct json_object *counts_to_json(const struct registry *r);
