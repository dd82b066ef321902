/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Type-C connectors as JSON.
 */

#include <json.h>

#include "model/model.h"

/* Returns roles, mode, cable and offers as the firmware reports them, with null for what it does not report. The caller owns the
 * result. */
struct json_object *typec_to_json(const struct typec_port *t);

/* Returns the path from the computer to the partner: host, port. */
struct json_object *typec_path_to_json(const struct typec_port *t);
