/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * sonychargectl guide: advice for a model or a symptom. It works without the daemon.
 */
#include "client/guide/guide.h"

#include <string.h>

#include "client/connection.h"
#include "client/show/show.h"
#include "client/show/terminal.h"
#include "common/language.h"

/* Returns the daemon's status, or NULL if it does not run. That is not reported, because the guide works without it. */
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

/* More would not be read. */
#define SEEN_MAX 4

/* Collects the models of the headsets that are seen, each once. Returns how many there are. */
static size_t find_seen(const struct options *o, struct model_facts ret[static SEEN_MAX]) {
        _cleanup_json_ struct json_object *status = fetch_status(o);
        struct json_object *headsets = json_list(status, "headsets");
        size_t n = 0;

        for (size_t i = 0; i < json_length(headsets) && n < SEEN_MAX; i++) {
                bool known = guide_find_model(json_text(json_object_array_get_idx(headsets, i), "model"), &ret[n]);

                for (size_t k = 0; k < n; k++)
                        known &= strcmp(ret[k].model, ret[n].model) != 0;
                n += known;
        }
        return n;
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

static int show_answer(const struct options *o, const struct model_facts *model, const struct guide_symptom *symptom) {
        _cleanup_json_ struct json_object *answer = guide_answer(model, symptom);
        FILE *out;

        if (o->json)
                return show_json(answer);
        out = output_begin(o);
        guide_show(out, o, answer);
        if (model && !symptom && !model->from_hwdb)
                fprintf(out, "\n%s\n%s\n", _("This model is not known here; that is what holds for its family."),
                        _("More: sonychargectl guide MODEL SYMPTOM"));
        return output_finish(o, out);
}

/* Prints one page after another. */
static int show_models(const struct options *o, const struct model_facts *models, size_t n) {
        FILE *out = output_begin(o);

        for (size_t i = 0; i < n; i++) {
                _cleanup_json_ struct json_object *answer = guide_answer(&models[i], NULL);

                if (i > 0)
                        fputs("\n\n", out);
                guide_show(out, o, answer);
        }
        return output_finish(o, out);
}

/* Without arguments the guide shows the headsets that are seen, or else an overview. --json prints one object, for one model. */
static int show_seen(const struct options *o) {
        struct model_facts models[SEEN_MAX];
        size_t n = find_seen(o, models);

        if (n == 1)
                return show_answer(o, &models[0], NULL);
        return n == 0 || o->json ? overview(o) : show_models(o, models, n);
}

int verb_guide(const struct options *o, int argc, char **argv) {
        struct guide_asked asked = { .model = MODEL_FACTS_UNKNOWN };
        int r;

        if (argc == 2 && strcmp(argv[1], "list") == 0)
                return overview(o);
        r = guide_read_arguments(argc - 1, argv + 1, &asked);
        if (r != STATUS_OK)
                return r;
        if (!asked.symptom.name && !asked.model.model[0])
                return show_seen(o);
        return show_answer(o, asked.model.model[0] ? &asked.model : NULL, asked.symptom.name ? &asked.symptom : NULL);
}
