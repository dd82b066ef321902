/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Type-C connectors as JSON.
 */

#include <json.h>

#include "model/model.h"

/* Roles, mode, cable and offers as the firmware tells them; null where it does not. The caller owns what is returned. */
struct json_object *typec_to_json(const struct typec_port *t);

/* The way from the computer to the partner: host, port. */
struct json_object *typec_path_to_json(const struct typec_port *t);
