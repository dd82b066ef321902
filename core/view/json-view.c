/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * JSON view: reads JSON that is not trusted, and makes its strings safe to show.
 */
#include "view/view.h"

#include "common/text.h"

/* Maximum length of a string that is shown; the daemon's own sentences have less than 256 bytes. */
#define SHOWN_TEXT_MAX 1024

static struct json_object *get(struct json_object *o, const char *key, enum json_type type) {
        struct json_object *value = NULL;

        if (!json_object_is_type(o, json_type_object) || !json_object_object_get_ex(o, key, &value))
                return NULL;
        return json_object_is_type(value, type) ? value : NULL;
}

const char *json_text(struct json_object *o, const char *key) {
        struct json_object *value = get(o, key, json_type_string);

        return value ? json_object_get_string(value) : "";
}

uint64_t json_number(struct json_object *o, const char *key) {
        struct json_object *value = get(o, key, json_type_int);
        int64_t n = value ? json_object_get_int64(value) : 0;

        return n > 0 ? (uint64_t) n : 0;
}

bool json_truth(struct json_object *o, const char *key) {
        struct json_object *value = get(o, key, json_type_boolean);

        return value && json_object_get_boolean(value);
}

struct json_object *json_list(struct json_object *o, const char *key) {
        return get(o, key, json_type_array);
}

struct json_object *json_child(struct json_object *o, const char *key) {
        return get(o, key, json_type_object);
}

size_t json_length(struct json_object *list) {
        return list ? json_object_array_length(list) : 0;
}

/* Checks for printable ASCII, the usual case. */
static bool is_safe(const char *text, size_t len) {
        if (len > SHOWN_TEXT_MAX || (len > 0 && (*text == ' ' || text[len - 1] == ' ')))
                return false;
        for (size_t i = 0; i < len; i++)
                if ((unsigned char) text[i] < 0x20 || (unsigned char) text[i] >= 0x7f)
                        return false;
        return true;
}

static void make_text_safe(struct json_object *o) {
        const char *text = json_object_get_string(o);
        size_t len = (size_t) json_object_get_string_len(o);
        char buf[SHOWN_TEXT_MAX + 1];

        if (is_safe(text, len))
                return;
        text_make_safe(buf, sizeof buf, text, len);
        json_object_set_string(o, buf);
}

void json_make_safe(struct json_object *o) {
        switch (json_object_get_type(o)) {
        case json_type_string:
                make_text_safe(o);
                break;
        case json_type_array:
                for (size_t i = 0; i < json_object_array_length(o); i++)
                        json_make_safe(json_object_array_get_idx(o, i));
                break;
        case json_type_object: {
                json_object_object_foreach(o, key, value) {
                        (void) key;
                        json_make_safe(value);
                }
                break;
        }
        default:
                break;
        }
}
