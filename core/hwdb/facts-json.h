/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Model facts as a JSON object of the API.
 */

#include <json.h>

#include "model/facts.h"

/* Returns {"model","family","connector","needed_ma",...}, with null for a fact that is not known. The caller owns the new
 * object. */
struct json_object *model_facts_to_json(const struct model_facts *f);
