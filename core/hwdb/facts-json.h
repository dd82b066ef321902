/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Model facts as a JSON object, as the API gives them.
 */

#include <json.h>

#include "model/facts.h"

/* {"model","family","connector","needed_ma",...}, null where a fact is not known. A new object; the caller owns it. */
struct json_object *model_facts_to_json(const struct model_facts *f);
