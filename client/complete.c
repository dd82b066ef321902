/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * sonychargectl _complete: the words that can follow on the command line, for the completions of the shells. Prints one word
 * per line, a tab and its description. Never starts the daemon, waits at most three seconds, and prints no errors.
 */
#include <string.h>

#include "client/connection.h"
#include "common/finding.h"
#include "client/guide/guide.h"
#include "client/options.h"
#include "client/show/show.h"
#include "client/verbs.h"
#include "common/language.h"
#include "words/words.h"

static void put(const char *word, const char *what) {
        if (*word)
                printf("%s\t%s\n", word, what);
}

static void put_verbs(void) {
        const struct verb *verb;

        for (size_t i = 0; (verb = verb_at(i)); i++)
                if (!verb->hidden)
                        put(verb->name, _(verb->summary));
}

static void put_codes(void) {
        for (unsigned i = 0; i < _FINDING_CODE_MAX; i++)
                put(finding_code_name((enum finding_code) i), _(finding_title((enum finding_code) i)));
}

static struct json_object *ask(const struct options *o, const char *method) {
        struct options quick = *o;
        struct json_object *answer = NULL;
        char message[256];

        quick.quiet = quick.no_start = true;
        quick.timeout_usec = UINT64_C(3000000);
        complain_into(message, sizeof message);
        (void) bus_fetch_json(&quick, method, &answer);
        complain_into(NULL, 0);
        return answer;
}

static void put_headsets(const struct options *o) {
        _cleanup_json_ struct json_object *status = ask(o, "GetStatus");
        struct json_object *headsets = json_list(status, "headsets");
        char what[2100];

        for (size_t i = 0; i < json_length(headsets); i++) {
                struct json_object *h = json_object_array_get_idx(headsets, i);

                snprintf(what, sizeof what, "%s, %s", json_text(h, "model"), words_value(json_text(h, "verdict")));
                put(json_text(h, "id"), what);
        }
}

static void put_ports(const struct options *o) {
        _cleanup_json_ struct json_object *map = ask(o, "GetPorts");
        struct json_object *hubs = json_list(map, "hubs");

        for (size_t i = 0; i < json_length(hubs); i++) {
                struct json_object *ports = json_list(json_object_array_get_idx(hubs, i), "ports");

                for (size_t k = 0; k < json_length(ports); k++) {
                        struct json_object *port = json_object_array_get_idx(ports, k);
                        const char *name = json_text(json_child(port, "device"), "name");

                        put(json_text(port, "id"), *name ? name : json_text(port, "state"));
                }
        }
}

/* Prints models without spaces in their names, as the guide accepts them, and symptoms. */
static void put_guide(void) {
        _cleanup_json_ struct json_object *overview = guide_overview();
        struct json_object *models = json_list(overview, "models"), *symptoms = json_list(overview, "symptoms");
        char name[64];

        for (size_t i = 0; i < json_length(models); i++) {
                snprintf(name, sizeof name, "%s", json_object_get_string(json_object_array_get_idx(models, i)));
                for (char *c = name; *c; c++)
                        if (*c == ' ')
                                *c = '-';
                put(name, "model");
        }
        for (size_t i = 0; i < json_length(symptoms); i++) {
                struct json_object *s = json_object_array_get_idx(symptoms, i);

                put(json_text(s, "name"), json_text(s, "title"));
        }
}

int verb_complete(const struct options *o, int argc, char **argv) {
        const char *what = argv[1];

        if (strcmp(what, "verbs") == 0)
                put_verbs();
        else if (strcmp(what, "options") == 0)
                options_list(argc > 2 ? verb_find(argv[2]) : NULL);
        else if (strcmp(what, "codes") == 0)
                put_codes();
        else if (strcmp(what, "headsets") == 0)
                put_headsets(o);
        else if (strcmp(what, "ports") == 0)
                put_ports(o);
        else if (strcmp(what, "guide") == 0)
                put_guide();
        else
                return STATUS_USAGE;
        return STATUS_OK;
}
