/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Status: the registry and the model as the JSON objects of docs/api.md. D-Bus properties are made of the same objects,
 * so both say the same. No serial number is in any of them.
 */

#include <json.h>

#include "registry/registry.h"

/* Each returns a new object that the caller owns, or NULL when memory is out. */

/* Answers of the Manager: `status` and `ports`. */
struct json_object *status_to_json(const struct registry *r, const struct model *m);
struct json_object *ports_to_json(const struct registry *r, const struct model *m);

/* H of docs/api.md for any device on the bus, headset or not: `status 1-2.3`. */
struct json_object *device_to_json(const struct model *m, const struct port *p);

/* The same for a model that somebody asks for by name and that nothing sees. */
struct json_object *absent_to_json(const struct model *m, const struct model_facts *facts);

/* Findings about the machine itself and its controllers, those of the controllers first. */
struct json_object *host_findings_to_json(const struct registry *r);

/* Names of sources that cannot be read. */
struct json_object *degraded_to_json(const struct model *m);

/* The worst verdict of what is shown: headsets, unidentified ports and the computer; VERDICT_UNKNOWN when nothing is. */
enum verdict worst_verdict(const struct registry *r);

/* So many headsets and unidentified ports, and findings of each severity; one that several objects have counts once. */
struct json_object *counts_to_json(const struct registry *r);
