/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "common/params.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void put(struct params *p, const char *name, char kind, const char *value) {
        size_t name_size = strlen(name) + 1, length = strlen(value), room = sizeof p->list - p->used;

        if (room < name_size + 3)
                return;
        room -= name_size + 2;
        if (length > room) {
                length = room;
                /* Do not cut within a character. */
                while (length > 0 && ((unsigned char) value[length] & 0xc0) == 0x80)
                        length--;
        }
        memcpy(p->list + p->used, name, name_size);
        p->list[p->used + name_size] = kind;
        memcpy(p->list + p->used + name_size + 1, value, length);
        p->list[p->used + name_size + 1 + length] = '\0';
        p->used += name_size + 2 + length;
}

void params_number(struct params *p, const char *name, uint64_t number) {
        char text[24];

        snprintf(text, sizeof text, "%" PRIu64, number);
        put(p, name, 'n', text);
}

void params_text(struct params *p, const char *name, const char *text) {
        if (*text)
                put(p, name, 't', text);
}

/* Iterates over the values. `at` starts at 0. */
static bool next(const struct params *p, size_t *at, const char **ret_name, const char **ret_value) {
        if (*at >= p->used)
                return false;
        *ret_name = p->list + *at;
        *ret_value = *ret_name + strlen(*ret_name) + 1;
        *at += strlen(*ret_name) + strlen(*ret_value) + 2;
        return true;
}

const char *params_find(const struct params *p, const char *name, bool *ret_number) {
        const char *own, *value;

        for (size_t at = 0; next(p, &at, &own, &value);)
                if (strcmp(own, name) == 0) {
                        *ret_number = value[0] == 'n';
                        return value + 1;
                }
        return NULL;
}

struct json_object *params_to_json(const struct params *p) {
        struct json_object *o = p->used > 0 ? json_object_new_object() : NULL;
        const char *name, *value;

        for (size_t at = 0; next(p, &at, &name, &value);)
                json_object_object_add(o, name,
                                       value[0] == 'n' ? json_object_new_uint64(strtoull(value + 1, NULL, 10))
                                                       : json_object_new_string(value + 1));
        return o;
}

void params_from_json(struct params *p, struct json_object *o) {
        *p = (struct params){};
        if (!json_object_is_type(o, json_type_object))
                return;
        json_object_object_foreach(o, name, value) {
                if (json_object_is_type(value, json_type_int))
                        params_number(p, name, json_object_get_uint64(value));
                else if (json_object_is_type(value, json_type_string))
                        params_text(p, name, json_object_get_string(value));
        }
}
