/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * sonychargectl guide: what to do, for a model or a symptom, without the daemon.
 */
#include "guide.h"

#include "bus.h"
#include "show.h"
#include "terminal.h"

static int show_answer(const struct options *o, struct json_object *answer) {
        FILE *out;

        if (o->json)
                return show_json(answer);
        out = output_begin(o);
        guide_show(out, o, answer);
        return output_finish(o, out);
}

/* What the daemon sees, if it runs; NULL else. Nothing is said of that: the guide needs it not. */
static struct json_object *fetch_status(const struct options *given) {
        _cleanup_message_ sd_bus_message *call = NULL, *reply = NULL;
        _cleanup_error_ sd_bus_error error = SD_BUS_ERROR_NULL;
        _cleanup_bus_ sd_bus *bus = NULL;
        struct options o = *given;
        const char *text;

        o.no_start = true;
        if (bus_open(&bus) < 0 || sd_bus_message_new_method_call(bus, &call, BUS_NAME, BUS_PATH, BUS_MANAGER, "GetStatus") < 0)
                return NULL;
        if (bus_call(&o, bus, call, &error, &reply) < 0 || sd_bus_message_read(reply, "s", &text) < 0)
                return NULL;
        return parse_json_object(text);
}

/* The model of the only headset that is seen. */
static bool find_seen(const struct options *o, struct model_facts *ret) {
        _cleanup_json_ struct json_object *status = fetch_status(o);
        struct json_object *headsets = json_list(status, "headsets");

        return json_length(headsets) == 1 && guide_find_model(json_text(json_object_array_get_idx(headsets, 0), "model"), ret);
}

static int overview(const struct options *o) {
        _cleanup_json_ struct json_object *answer = guide_overview();
        FILE *out;

        if (o->json)
                return show_json(answer);
        out = output_begin(o);
        guide_show_overview(out, o, answer);
        return output_finish(o, out);
}

int verb_guide(const struct options *o, int argc, char **argv) {
        struct guide_asked asked = { .model = MODEL_FACTS_UNKNOWN };
        _cleanup_json_ struct json_object *answer = NULL;
        int r = guide_read_arguments(argc - 1, argv + 1, &asked);

        if (r != STATUS_OK)
                return r;
        if (!asked.symptom.name && !asked.model.model[0] && !find_seen(o, &asked.model))
                return overview(o);
        answer = guide_answer(asked.model.model[0] ? &asked.model : NULL, asked.symptom.name ? &asked.symptom : NULL);
        return show_answer(o, answer);
}
