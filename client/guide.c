/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * sonychargectl guide: what to do, for a model or a symptom, without the daemon.
 */
#include "guide.h"

#include <ctype.h>
#include <string.h>

#include "bus.h"
#include "hwdb.h"
#include "show.h"
#include "terminal.h"
#include "text.h"

#define VENDOR_SONY 0x054c

typedef char model_name[sizeof(((struct model_facts *) 0)->model)];

static void copy_upper(char *to, size_t size, const char *from) {
        size_t n = 0;

        for (; *from && n + 1 < size; from++)
                to[n++] = (char) toupper((unsigned char) *from);
        to[n] = '\0';
}

/* An id without its end, "_3f2a1c", is the model (contract, "Ids"). */
static bool by_id(const char *name, struct model_facts *ret) {
        size_t len = strlen(name);
        char model[64];

        if (len < 8 || len >= sizeof model || name[len - 7] != '_' || strspn(name + len - 6, "0123456789abcdef") != 6)
                return false;
        memcpy(model, name, len - 7);
        model[len - 7] = '\0';
        return hwdb_lookup_model(model, ret);
}

bool guide_find_model(const char *name, struct model_facts *ret) {
        char upper[64];

        if (hwdb_lookup_model(name, ret) || by_id(name, ret))
                return true;
        /* A model that is not in the database, or no database: the name alone tells the shape. */
        hwdb_lookup(VENDOR_SONY, 0, 0, name, ret);
        if (ret->model[0] != '\0')
                return true;
        copy_upper(upper, sizeof upper, name);
        hwdb_lookup(VENDOR_SONY, 0, 0, upper, ret);
        return ret->model[0] != '\0';
}

/* Letters and digits only, in lower case. */
static void copy_letters(char *to, size_t size, const char *from) {
        size_t n = 0;

        for (; *from && n + 1 < size; from++)
                if (isalnum((unsigned char) *from))
                        to[n++] = (char) tolower((unsigned char) *from);
        to[n] = '\0';
}

/* The models that have `part` in their name ("xm5"). Returns how many; their names, as far as they fit, in `list`; with one,
 * its name is `list`. */
static size_t models_with(const char *part, char *list, size_t size) {
        model_name models[HWDB_MODELS_MAX];
        char wanted[32], letters[32];
        size_t n = hwdb_models(models, HWDB_MODELS_MAX), found = 0, used = 0;

        copy_letters(wanted, sizeof wanted, part);
        *list = '\0';
        for (size_t i = 0; i < n && strlen(wanted) >= 2; i++) {
                copy_letters(letters, sizeof letters, models[i]);
                if (!strstr(letters, wanted) || size - used < sizeof(model_name) + 2)
                        continue;
                used += (size_t) sprintf(list + used, "%s%.31s", found++ ? ", " : "", models[i]);
        }
        return found;
}

/* What was asked for; without a name: nothing. */
struct asked {
        struct model_facts model;
        struct guide_symptom symptom;
};

/* No model of that name, but perhaps a part of one. Returns STATUS_OK, or STATUS_FAILED after complaining. */
static int read_part(const char *argument, struct asked *asked) {
        char list[512], safe[80];

        text_make_safe(safe, sizeof safe, argument, strlen(argument));
        switch (models_with(argument, list, sizeof list)) {
        case 0:
                complain("\"%s\" is neither a model nor a symptom that the guide knows; see: sonychargectl guide", safe);
                return STATUS_FAILED;
        case 1:
                return hwdb_lookup_model(list, &asked->model) ? STATUS_OK : STATUS_FAILED;
        default:
                complain("\"%s\" can be %s", safe, list);
                return STATUS_FAILED;
        }
}

static int read_argument(const char *argument, struct asked *asked) {
        const struct guide_symptom *s = guide_symptom_find(argument);

        if (s)
                asked->symptom = *s;
        if (s || guide_symptom_of_topic(argument, &asked->symptom) || guide_find_model(argument, &asked->model))
                return STATUS_OK;
        return read_part(argument, asked);
}

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
        struct asked asked = { .model = MODEL_FACTS_UNKNOWN };
        _cleanup_json_ struct json_object *answer = NULL;

        for (int i = 1; i < argc; i++) {
                int r = read_argument(argv[i], &asked);

                if (r != STATUS_OK)
                        return r;
        }
        if (argc == 1 && !find_seen(o, &asked.model))
                return overview(o);
        answer = guide_answer(asked.model.model[0] ? &asked.model : NULL, asked.symptom.name ? &asked.symptom : NULL);
        return show_answer(o, answer);
}
