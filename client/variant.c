/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Variant: D-Bus values as JSON of the form in docs/api.md.
 */
#include "client/variant.h"

#include <ctype.h>
#include <errno.h>
#include <string.h>

#include "client/show/show.h"

#define KEY_MAX 64

const char *variant_key(const char *property, char *buf, size_t size) {
        size_t n = 0;

        for (const char *p = property; *p && n + 2 < size; p++) {
                if (isupper((unsigned char) *p) && p > property && p[-1] != '_')
                        buf[n++] = '_';
                buf[n++] = (char) tolower((unsigned char) *p);
        }
        buf[n] = '\0';
        return buf;
}

static int read_value(sd_bus_message *m, struct json_object **ret);

static bool ends_with(const char *text, const char *end) {
        size_t n = strlen(text), k = strlen(end);

        return n >= k && strcmp(text + n - k, end) == 0;
}

/* Does the value mean "not known" under this key? A sum of nothing is 0. */
static bool is_unknown(const char *key, struct json_object *value) {
        if (json_object_is_type(value, json_type_object))
                return json_object_object_length(value) == 0 && strcmp(key, "charging") != 0 && strcmp(key, "enumeration") != 0 &&
                       strcmp(key, "answers") != 0; /* these are always there, with what is not known in them */
        if (json_object_is_type(value, json_type_string))
                return json_object_get_string_len(value) == 0;
        if (!json_object_is_type(value, json_type_int) || json_object_get_int64(value) != 0)
                return false;
        if (strcmp(key, "declared_sum_ma") == 0)
                return false;
        return ends_with(key, "_ma") || strcmp(key, "at") == 0 || strcmp(key, "usec") == 0 || strcmp(key, "since") == 0;
}

static int read_entry(sd_bus_message *m, struct json_object *object) {
        struct json_object *value = NULL;
        char key[KEY_MAX];
        const char *name;
        int r;

        r = sd_bus_message_read_basic(m, 's', &name);
        if (r < 0)
                return r;
        variant_key(name, key, sizeof key);
        r = read_value(m, &value);
        if (r < 0) {
                json_object_put(value);
                return r;
        }
        if (is_unknown(key, value)) {
                json_object_put(value);
                value = NULL;
        }
        json_object_object_add(object, key, value);
        return 0;
}

/* The entries of a dictionary that was entered. */
static int read_entries(sd_bus_message *m, const char *contents, struct json_object *object) {
        char entry[256];
        size_t len = strlen(contents);
        int r;

        if (len < 4 || len - 2 >= sizeof entry || contents[1] != 's')
                return -EBADMSG;
        memcpy(entry, contents + 1, len - 2);
        entry[len - 2] = '\0';
        while ((r = sd_bus_message_enter_container(m, SD_BUS_TYPE_DICT_ENTRY, entry)) > 0) {
                r = read_entry(m, object);
                if (r >= 0)
                        r = sd_bus_message_exit_container(m);
                if (r < 0)
                        return r;
        }
        return r;
}

static int read_items(sd_bus_message *m, struct json_object *array) {
        int r;

        while ((r = sd_bus_message_at_end(m, false)) == 0) {
                struct json_object *value = NULL;

                r = read_value(m, &value);
                if (r < 0) {
                        json_object_put(value);
                        return r;
                }
                json_object_array_add(array, value);
        }
        return r;
}

static int read_container(sd_bus_message *m, char type, const char *contents, struct json_object **ret) {
        bool dictionary = type == SD_BUS_TYPE_ARRAY && *contents == '{';
        int r;

        r = sd_bus_message_enter_container(m, type, contents);
        if (r < 0)
                return r;
        if (type == SD_BUS_TYPE_VARIANT)
                r = read_value(m, ret);
        else {
                *ret = dictionary ? json_object_new_object() : json_object_new_array();
                r = dictionary ? read_entries(m, contents, *ret) : read_items(m, *ret);
        }
        return r < 0 ? r : sd_bus_message_exit_container(m);
}

static int read_number(sd_bus_message *m, char type, struct json_object **ret) {
        union {
                uint8_t y;
                int16_t n;
                uint16_t q;
                int32_t i;
                uint32_t u;
                int64_t x;
                uint64_t t;
                double d;
                int b;
        } v = {};
        int r = sd_bus_message_read_basic(m, type, &v);

        if (r < 0)
                return r;
        *ret = type == 'b'   ? json_object_new_boolean(v.b)
               : type == 'd' ? json_object_new_double(v.d)
               : type == 't' ? json_object_new_uint64(v.t)
                             : json_object_new_int64(type == 'y'   ? v.y
                                                     : type == 'n' ? v.n
                                                     : type == 'q' ? v.q
                                                     : type == 'i' ? v.i
                                                     : type == 'u' ? v.u
                                                                   : v.x);
        return 0;
}

/* One value of any type at the message's place. On failure *ret may still be set and belongs to the caller. */
static int read_value(sd_bus_message *m, struct json_object **ret) {
        const char *contents, *text;
        char type;
        int r;

        r = sd_bus_message_peek_type(m, &type, &contents);
        if (r < 0)
                return r;
        if (r == 0)
                return -EBADMSG;
        switch (type) {
        case 's':
        case 'o':
        case 'g':
                r = sd_bus_message_read_basic(m, type, &text);
                if (r >= 0)
                        *ret = json_object_new_string(text);
                return r < 0 ? r : 0;
        case 'a':
        case 'v':
        case 'r':
                return read_container(m, type, contents, ret);
        case 'h':
                return sd_bus_message_skip(m, "h");
        default:
                return read_number(m, type, ret);
        }
}

/* A dictionary of D-Bus leaves out what is not known; in JSON it is null. */
static void add_missing(struct json_object *o, const char *const *keys) {
        for (; json_object_is_type(o, json_type_object) && *keys; keys++)
                if (!json_object_object_get_ex(o, *keys, NULL))
                        json_object_object_add(o, *keys, NULL);
}

static void complete_findings(struct json_object *findings) {
        static const char *const finding_keys[] = { "fix", NULL }, *const evidence_keys[] = { "at", NULL };

        for (size_t i = 0; i < json_length(findings); i++) {
                struct json_object *f = json_object_array_get_idx(findings, i), *evidence = json_list(f, "evidence");

                add_missing(f, finding_keys);
                for (size_t k = 0; k < json_length(evidence); k++)
                        add_missing(json_object_array_get_idx(evidence, k), evidence_keys);
        }
}

/* The keys of each dictionary of a headset, as in the status object. */
static const struct {
        const char *name;
        const char *const keys[14];
} dictionaries[] = {
        { "charging", { "state", "source", "level", "at", "time_to_full" } },
        { "last_seen", { "by", "at" } },
        { "enumeration", { "usec", "attempts", "errors" } },
        { "battery", { "level", "parts", "source", "step", "at", "stale" } },
        { "bluetooth", { "connected", "paired", "since", "dropped_at", "power_at" } },
        { "firmware", { "version", "newest", "newest_date", "source" } },
        { "told", { "answers", "at" } },
        { "facts",
          { "model", "family", "connector", "needed_ma", "least_ma", "full_minutes", "enumerates", "powers_down", "wireless",
            "limit_percent", "firmware", "firmware_date", "help" } },
};

static void complete_list(struct json_object *list, const char *const *keys) {
        for (size_t i = 0; i < json_length(list); i++)
                add_missing(json_object_array_get_idx(list, i), keys);
}

static void complete(struct json_object *o) {
        static const char *const node[] = { "name", "sysname", NULL }, *const part[] = { "part", "level", "charging", NULL };

        for (size_t i = 0; i < sizeof dictionaries / sizeof *dictionaries; i++)
                add_missing(json_child(o, dictionaries[i].name), dictionaries[i].keys);
        complete_list(json_list(o, "path"), node);
        complete_list(json_list(json_child(o, "battery"), "parts"), part);
        complete_findings(json_list(o, "findings"));
}

int variant_read_properties(sd_bus_message *m, struct json_object **ret) {
        struct json_object *o = NULL;
        int r;

        r = sd_bus_message_enter_container(m, 'a', "{sv}");
        if (r < 0)
                return r;
        o = json_object_new_object();
        r = read_entries(m, "{sv}", o);
        if (r >= 0)
                r = sd_bus_message_exit_container(m);
        if (r < 0) {
                json_object_put(o);
                return r;
        }
        complete(o);
        json_make_safe(o);
        *ret = o;
        return 0;
}
