/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Conversion from JSON to D-Bus. */

#include "daemon/bus/bus-value.h"

#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

static int append_dictionary(sd_bus_message *m, struct json_object *o);

static int append_strings(sd_bus_message *m, struct json_object *list) {
        int r = sd_bus_message_open_container(m, 'a', "s");

        for (size_t i = 0; r >= 0 && list && i < json_object_array_length(list); i++) {
                const char *text = json_object_get_string(json_object_array_get_idx(list, i));

                r = sd_bus_message_append(m, "s", text ? text : "");
        }
        return r < 0 ? r : sd_bus_message_close_container(m);
}

static int append_dictionaries(sd_bus_message *m, struct json_object *list) {
        int r = sd_bus_message_open_container(m, 'a', "a{sv}");

        for (size_t i = 0; r >= 0 && list && i < json_object_array_length(list); i++)
                r = append_dictionary(m, json_object_array_get_idx(list, i));
        return r < 0 ? r : sd_bus_message_close_container(m);
}

/* Currents have the same type everywhere, as properties and in dictionaries. */
static bool is_current(const char *key) {
        size_t len = strlen(key);

        return len > 3 && strcmp(key + len - 3, "_ma") == 0;
}

/* An empty JSON list has no element type. Inside a dictionary only lists of objects can be empty. */
static const char *variant_type(const char *key, struct json_object *value) {
        switch (json_object_get_type(value)) {
        case json_type_boolean:
                return "b";
        case json_type_int:
                return is_current(key) ? "u" : "t";
        case json_type_object:
                return "a{sv}";
        case json_type_array:
                return json_object_array_length(value) > 0 &&
                                       json_object_is_type(json_object_array_get_idx(value, 0), json_type_string)
                               ? "as"
                               : "aa{sv}";
        default:
                return "s";
        }
}

static int append_entry(sd_bus_message *m, const char *key, struct json_object *value) {
        const char *type = variant_type(key, value);

        int r = sd_bus_message_open_container(m, 'e', "sv");
        if (r >= 0)
                r = sd_bus_message_append(m, "s", key);
        if (r >= 0)
                r = sd_bus_message_open_container(m, 'v', type);
        if (r >= 0)
                r = bus_append_json(m, type, value);
        if (r >= 0)
                r = sd_bus_message_close_container(m);
        return r < 0 ? r : sd_bus_message_close_container(m);
}

static int append_dictionary(sd_bus_message *m, struct json_object *o) {
        int r = sd_bus_message_open_container(m, 'a', "{sv}");

        if (r >= 0 && o) {
                json_object_object_foreach(o, key, value) {
                        if (r >= 0 && value)
                                r = append_entry(m, key, value);
                }
        }
        return r < 0 ? r : sd_bus_message_close_container(m);
}

static int append_counts(sd_bus_message *m, struct json_object *o) {
        int r = sd_bus_message_open_container(m, 'a', "{su}");

        if (r < 0)
                return r;
        if (o) {
                json_object_object_foreach(o, key, value) {
                        if (r >= 0)
                                r = sd_bus_message_append(m, "{su}", key, (uint32_t) json_object_get_int64(value));
                }
        }
        return r < 0 ? r : sd_bus_message_close_container(m);
}

int bus_append_json(sd_bus_message *m, const char *type, struct json_object *value) {
        if (strcmp(type, "s") == 0)
                return sd_bus_message_append(m, "s", value ? json_object_get_string(value) : "");
        if (strcmp(type, "b") == 0)
                return sd_bus_message_append(m, "b", json_object_get_boolean(value));
        if (strcmp(type, "u") == 0)
                return sd_bus_message_append(m, "u", value ? (uint32_t) json_object_get_int64(value) : 0);
        if (strcmp(type, "t") == 0)
                return sd_bus_message_append(m, "t", value ? json_object_get_uint64(value) : 0);
        if (strcmp(type, "as") == 0)
                return append_strings(m, value);
        if (strcmp(type, "a{su}") == 0)
                return append_counts(m, value);
        if (strcmp(type, "a{sv}") == 0)
                return append_dictionary(m, value);
        if (strcmp(type, "aa{sv}") == 0)
                return append_dictionaries(m, value);
        return -EINVAL;
}
