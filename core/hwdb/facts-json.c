/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Model facts as a JSON object. */

#include "hwdb/facts-json.h"

#include "common/finding-json.h"

static struct json_object *truth(enum tristate t) {
        return t == UNKNOWN ? NULL : json_object_new_boolean(t == YES);
}

struct json_object *model_facts_to_json(const struct model_facts *f) {
        struct json_object *o = json_object_new_object();

        json_object_object_add(o, "model", json_text_or_null(f->model));
        json_object_object_add(o, "family", json_text_or_null(f->family));
        json_object_object_add(o, "connector", json_text_or_null(f->connector));
        json_object_object_add(o, "needed_ma", json_number_or_null(f->needed_ma));
        json_object_object_add(o, "least_ma", json_number_or_null(f->least_ma));
        json_object_object_add(o, "full_minutes", json_number_or_null(f->full_minutes));
        json_object_object_add(o, "enumerates", truth(f->enumerates));
        json_object_object_add(o, "powers_down", truth(f->powers_down));
        json_object_object_add(o, "wireless", truth(f->wireless));
        json_object_object_add(o, "limit_percent", json_number_or_null(f->limit_percent));
        json_object_object_add(o, "firmware", json_text_or_null(f->firmware));
        json_object_object_add(o, "firmware_date", json_text_or_null(f->firmware_date));
        json_object_object_add(o, "help", json_text_or_null(f->help));
        return o;
}
