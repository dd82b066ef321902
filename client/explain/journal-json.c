/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Journal JSON: one line of `journalctl -o json`.
 */
#include "client/explain/journal-json.h"

#include <errno.h>
#include <json.h>
#include <stdlib.h>
#include <string.h>

/* A field that was given twice is a list; the first one counts. */
static struct json_object *field(struct json_object *o, const char *name) {
        struct json_object *value = NULL;

        if (!json_object_object_get_ex(o, name, &value))
                return NULL;
        if (json_object_is_type(value, json_type_array) && json_object_array_length(value) > 0 &&
            !json_object_is_type(json_object_array_get_idx(value, 0), json_type_int))
                return json_object_array_get_idx(value, 0);
        return value;
}

static const char *text_of(struct json_object *o, const char *name) {
        struct json_object *value = field(o, name);

        return json_object_is_type(value, json_type_string) ? json_object_get_string(value) : NULL;
}

static bool number_of(struct json_object *o, const char *name, uint64_t *ret) {
        const char *text = text_of(o, name);
        char *end;

        if (!text || *text < '0' || *text > '9')
                return false;
        errno = 0;
        *ret = strtoull(text, &end, 10);
        return errno == 0 && *end == '\0';
}

/* Text that is no UTF-8 comes as a list of bytes. */
static size_t copy_message(struct json_object *value, char *to, size_t size) {
        size_t n = 0;

        if (json_object_is_type(value, json_type_string)) {
                n = (size_t) json_object_get_string_len(value);
                if (n > size)
                        n = size;
                memcpy(to, json_object_get_string(value), n);
        } else if (json_object_is_type(value, json_type_array))
                for (; n < json_object_array_length(value) && n < size; n++)
                        to[n] = (char) json_object_get_int(json_object_array_get_idx(value, n));
        return n;
}

static bool is_from_kernel(struct json_object *o) {
        const char *transport = text_of(o, "_TRANSPORT"), *identifier = text_of(o, "SYSLOG_IDENTIFIER");

        if (transport && strcmp(transport, "kernel") != 0)
                return false;
        /* What a program writes to /dev/kmsg comes by the same way, under the program's name. */
        return identifier ? strcmp(identifier, "kernel") == 0 : transport != NULL;
}

static void read_record(struct json_object *o, struct journal_record *ret) {
        const char *boot_id = text_of(o, "_BOOT_ID");
        uint64_t usec;

        *ret = (struct journal_record){ .from_kernel = is_from_kernel(o) };
        if (boot_id)
                strncpy(ret->boot_id, boot_id, sizeof ret->boot_id - 1);
        if (number_of(o, "_SOURCE_REALTIME_TIMESTAMP", &usec) || number_of(o, "__REALTIME_TIMESTAMP", &usec))
                ret->real = (struct stamp){ .kind = STAMP_DATE, .usec = usec, .zoned = true };
        if (number_of(o, "_SOURCE_MONOTONIC_TIMESTAMP", &usec))
                ret->uptime = (struct stamp){ .kind = STAMP_UPTIME, .usec = usec > 0 ? usec : 1 };
        ret->message_len = copy_message(field(o, "MESSAGE"), ret->message, sizeof ret->message);
}

bool journal_json_parse(const char *line, size_t len, struct journal_record *ret) {
        struct json_tokener *tokener = len <= INT32_MAX ? json_tokener_new_ex(8) : NULL;
        struct json_object *o = tokener ? json_tokener_parse_ex(tokener, line, (int) len) : NULL;
        bool ok = json_object_is_type(o, json_type_object) && json_object_object_get_ex(o, "MESSAGE", NULL);

        if (ok)
                read_record(o, ret);
        json_object_put(o);
        json_tokener_free(tokener);
        return ok;
}
