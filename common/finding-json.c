/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "common/finding-json.h"

struct json_object *json_number_or_null(uint64_t n) {
        return n == 0 ? NULL : json_object_new_uint64(n);
}

struct json_object *json_text_or_null(const char *text) {
        return text && *text ? json_object_new_string(text) : NULL;
}

struct json_object *json_api_object(void) {
        struct json_object *o = json_object_new_object();

        json_object_object_add(o, "api_version", json_object_new_string(API_VERSION));
        return o;
}

static struct json_object *evidence_to_json(const struct evidence *e) {
        struct json_object *o = json_object_new_object();

        json_object_object_add(o, "what", json_object_new_string(e->what));
        json_object_object_add(o, "value", json_object_new_string(e->value));
        json_object_object_add(o, "source", json_object_new_string(e->source));
        json_object_object_add(o, "at", json_number_or_null(e->at));
        json_object_object_add(o, "params", params_to_json(&e->params));
        return o;
}

struct json_object *finding_to_json(const struct finding *f) {
        struct json_object *o = json_object_new_object(), *evidence = json_object_new_array();
        struct json_object *params = json_object_new_object();

        for (size_t i = 0; i < f->n_evidence; i++)
                json_object_array_add(evidence, evidence_to_json(&f->evidence[i]));
        json_object_object_add(o, "code", json_object_new_string(finding_code_name(f->code)));
        json_object_object_add(o, "segment", json_object_new_string(segment_name(finding_segment(f->code))));
        json_object_object_add(o, "severity", json_object_new_string(severity_name(f->severity)));
        json_object_object_add(o, "confidence", json_object_new_string(confidence_name(f->confidence)));
        json_object_object_add(o, "title", json_object_new_string(finding_title(f->code)));
        json_object_object_add(o, "cause", json_object_new_string(f->cause));
        json_object_object_add(o, "action", json_object_new_string(f->action));
        json_object_object_add(params, "cause", params_to_json(&f->cause_params));
        json_object_object_add(params, "action", params_to_json(&f->action_params));
        json_object_object_add(o, "params", params);
        json_object_object_add(o, "subject", json_object_new_string(f->subject));
        json_object_object_add(o, "fix", NULL);
        json_object_object_add(o, "evidence", evidence);
        return o;
}

struct json_object *findings_to_json(const struct findings *list) {
        struct json_object *array = json_object_new_array();

        for (size_t i = 0; i < list->n; i++)
                json_object_array_add(array, finding_to_json(&list->items[i]));
        return array;
}
