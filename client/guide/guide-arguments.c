/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Arguments: finds the model and the symptom that the words on the command line name.
 */
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "client/guide/guide.h"
#include "hwdb/hwdb.h"
#include "common/language.h"
#include "common/text.h"

#define VENDOR_SONY 0x054c

typedef char model_name[sizeof(((struct model_facts *) 0)->model)];

static void copy_upper(char *to, size_t size, const char *from) {
        size_t n = 0;

        for (; *from && n + 1 < size; from++)
                to[n++] = (char) toupper((unsigned char) *from);
        to[n] = '\0';
}

/* The id of a headset is its model and a suffix such as "_3f2a1c" (docs/api.md, "Ids"). */
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
        /* If the database is missing or does not have the model, the shape is taken from the name. */
        hwdb_lookup(VENDOR_SONY, 0, 0, name, ret);
        if (ret->model[0] != '\0')
                return true;
        copy_upper(upper, sizeof upper, name);
        hwdb_lookup(VENDOR_SONY, 0, 0, upper, ret);
        return ret->model[0] != '\0';
}

/* Copies letters and digits only, in lower case. */
static void copy_letters(char *to, size_t size, const char *from) {
        size_t n = 0;

        for (; *from && n + 1 < size; from++)
                if (isalnum((unsigned char) *from))
                        to[n++] = (char) tolower((unsigned char) *from);
        to[n] = '\0';
}

/* Finds the models whose names contain `part` ("xm5"). Returns how many there are and stores their names, as many as fit, in
 * `list`. */
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

/* There is no model with this name, but it may be a part of one. Returns STATUS_OK, or STATUS_FAILED after complaining. */
static int read_part(const char *argument, struct guide_asked *asked) {
        char list[512], safe[80];

        text_make_safe(safe, sizeof safe, argument, strlen(argument));
        switch (models_with(argument, list, sizeof list)) {
        case 0:
                complain(_("\"%s\" is neither a model nor a symptom that the guide knows; see: sonychargectl guide"), safe);
                return STATUS_FAILED;
        case 1:
                return hwdb_lookup_model(list, &asked->model) ? STATUS_OK : STATUS_FAILED;
        default:
                complain(_("\"%s\" can be %s"), safe, list);
                return STATUS_FAILED;
        }
}

/* Joins as many arguments as possible to a known name ("ULT" "WEAR"). Returns how many were joined, 0 if there is no such name.
 */
static int read_joined(int argc, char **argv, struct guide_asked *asked) {
        char name[128];

        for (int n = argc; n > 0; n--) {
                const struct guide_symptom *s;

                *name = '\0';
                for (int i = 0; i < n; i++)
                        snprintf(name + strlen(name), sizeof name - strlen(name), "%s%s", i ? " " : "", argv[i]);
                s = guide_symptom_find(name);
                if (s)
                        asked->symptom = *s;
                if (s || guide_symptom_of_topic(name, &asked->symptom) || hwdb_lookup_model(name, &asked->model))
                        return n;
        }
        return 0;
}

int guide_read_arguments(int argc, char **argv, struct guide_asked *asked) {
        for (int i = 0, n; i < argc; i += n) {
                struct guide_asked found = { .model = MODEL_FACTS_UNKNOWN };

                n = read_joined(argc - i, argv + i, &found);
                if (n == 0) {
                        n = 1;
                        /* The name that the doctor uses for a headset without a name. */
                        if (strcasecmp(argv[i], "headset") == 0)
                                continue;
                        if (!guide_find_model(argv[i], &found.model) && read_part(argv[i], &found) != STATUS_OK)
                                return STATUS_FAILED;
                }
                if ((found.symptom.name && asked->symptom.name) || (found.model.model[0] && asked->model.model[0])) {
                        complain(_("only one model and one symptom at a time"));
                        return STATUS_USAGE;
                }
                if (found.symptom.name)
                        asked->symptom = found.symptom;
                else
                        asked->model = found.model;
        }
        return STATUS_OK;
}
