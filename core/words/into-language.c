/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Translates the daemon's English texts: findings are filled again from their params, names of ports and notes are recognised by
 * their sentence. A text that this version does not know stays as it is. */
#include <string.h>

#include "common/language.h"
#include "common/params.h"
#include "words/words.h"

/* Room for a sentence in any language; the daemon's own have less than 256 bytes. */
#define SENTENCE_MAX_ 1536

static struct json_object *member(struct json_object *o, const char *key) {
        struct json_object *value = NULL;

        return json_object_is_type(o, json_type_object) && json_object_object_get_ex(o, key, &value) ? value : NULL;
}

static void replace(struct json_object *o, const char *key, const char *text) {
        json_object_object_add(o, key, json_object_new_string(text));
}

static void fill(struct json_object *o, const char *key, struct json_object *from,
                 bool (*fill_in)(const struct params *, char *, size_t)) {
        char text[SENTENCE_MAX_];
        struct params params;

        if (!json_object_is_type(member(o, key), json_type_string) || !json_object_is_type(from, json_type_object))
                return;
        params_from_json(&params, from);
        if (fill_in(&params, text, sizeof text))
                replace(o, key, text);
}

/* An answer of the check has words of the interfaces in its places. */
static bool fill_answer(struct json_object *o, struct json_object *params) {
        const char *template = json_object_get_string(member(params, "template"));

        if (!template || strcmp(template, "ev-answer") != 0)
                return false;
        replace(o, "what", words_value(json_object_get_string(member(params, "question"))));
        replace(o, "value", words_value(json_object_get_string(member(params, "answer"))));
        return true;
}

static void fill_finding(struct json_object *o) {
        struct json_object *params = member(o, "params");
        const char *title = json_object_get_string(member(o, "title"));

        fill(o, "cause", member(params, "cause"), words_fill);
        fill(o, "action", member(params, "action"), words_fill);
        for (unsigned i = 0; title && member(o, "code") && i < _FINDING_CODE_MAX; i++)
                if (strcmp(finding_title((enum finding_code) i), title) == 0) {
                        replace(o, "title", _(finding_title((enum finding_code) i)));
                        break;
                }
}

/* A string of a list or of an object. */
static bool known_words(struct json_object *value, char *buf, size_t size) {
        return json_object_is_type(value, json_type_string) && words_from_english(json_object_get_string(value), buf, size);
}

static void fill_names(struct json_object *o) {
        static const char *const keys[] = { "name", "place", "child", "port_key" };
        char text[SENTENCE_MAX_];

        for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
                if (known_words(member(o, keys[i]), text, sizeof text))
                        replace(o, keys[i], text);
}

static void into_language(struct json_object *o) {
        char text[SENTENCE_MAX_];

        if (json_object_is_type(o, json_type_array))
                for (size_t i = 0; i < json_object_array_length(o); i++) {
                        struct json_object *item = json_object_array_get_idx(o, i);

                        if (known_words(item, text, sizeof text))
                                json_object_array_put_idx(o, i, json_object_new_string(text));
                        else
                                into_language(item);
                }
        if (!json_object_is_type(o, json_type_object))
                return;
        fill_finding(o);
        if (!fill_answer(o, member(o, "params"))) {
                fill(o, "what", member(o, "params"), words_fill_what);
                fill(o, "value", member(o, "params"), words_fill);
        }
        fill(o, "assumption", member(o, "params"), words_fill);
        fill_names(o);
        json_object_object_foreach(o, key, value) if (strcmp(key, "params") != 0) into_language(value);
}

void json_into_language(struct json_object *o) {
        if (language_is_translated())
                into_language(o);
}
