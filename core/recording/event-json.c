/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Lines of a recording. */

#include "recording/event-json.h"

#include <errno.h>
#include <limits.h>
#include <string.h>

#include "common/cleanup.h"
#include "common/finding-json.h"
#include "recording/fields.h"
#include "common/text.h"

#define VERSION_KEY "sonycharge_recording"

static inline void json_tokener_freep(struct json_tokener **t) {
        if (*t)
                json_tokener_free(*t);
}

static char *to_line(struct json_object *o) {
        const char *text = json_object_to_json_string_ext(o, JSON_C_TO_STRING_PLAIN | JSON_C_TO_STRING_NOSLASHESCAPE);

        return text ? strdup(text) : NULL;
}

static struct json_object *from_line(const char *line, size_t len) {
        _cleanup_(json_tokener_freep) struct json_tokener *t = json_tokener_new();

        if (!t || len > INT_MAX)
                return NULL;
        struct json_object *o = json_tokener_parse_ex(t, line, (int) len);
        if (json_object_is_type(o, json_type_object))
                return o;
        json_object_put(o);
        return NULL;
}

char *recording_header_to_line(const char *created_by, const char *kernel) {
        _cleanup_(json_putp) struct json_object *o = json_object_new_object();

        json_object_object_add(o, VERSION_KEY, json_object_new_int(RECORDING_VERSION));
        json_object_object_add(o, "created_by", json_object_new_string(created_by));
        if (kernel[0] != '\0')
                json_object_object_add(o, "kernel", json_object_new_string(kernel));
        return to_line(o);
}

static void read_kernel(struct json_object *header, char *kernel) {
        struct json_object *value;
        bool known = json_object_object_get_ex(header, "kernel", &value) && json_object_is_type(value, json_type_string);

        text_make_safe(kernel, EVENT_TEXT_MAX, known ? json_object_get_string(value) : "",
                       known ? (size_t) json_object_get_string_len(value) : 0);
}

int recording_header_from_line(const char *line, size_t len, char *kernel) {
        _cleanup_(json_putp) struct json_object *o = from_line(line, len);
        struct json_object *version;

        if (!o || !json_object_object_get_ex(o, VERSION_KEY, &version) || !json_object_is_type(version, json_type_int))
                return -EBADMSG;
        if (kernel)
                read_kernel(o, kernel);
        return json_object_get_int(version) == RECORDING_VERSION ? RECORDING_VERSION : -EPROTONOSUPPORT;
}

static void add_number(struct json_object *o, const char *key, uint64_t n) {
        if (n != 0)
                json_object_object_add(o, key, json_object_new_uint64(n));
}

char *event_to_line(const struct event *e, bool with_serial) {
        _cleanup_(json_putp) struct json_object *o = json_object_new_object();
        const struct field *fields = event_fields(e->type);
        char name[ADDRESS_NAME_MAX];

        if (!o || !fields)
                return NULL;
        json_object_object_add(o, "event", json_object_new_string(event_type_name(e->type)));
        add_number(o, "at", e->time.at);
        add_number(o, "wall", e->time.wall);
        if (e->where.bus != 0)
                json_object_object_add(o, "where", json_object_new_string(address_device_name(&e->where, name)));
        fields_write(o, fields, &e->u, &e->where, with_serial);
        return to_line(o);
}

static bool read_time(struct json_object *o, const char *key, uint64_t *ret) {
        struct json_object *value;

        if (!json_object_object_get_ex(o, key, &value))
                return true;
        *ret = json_object_get_uint64(value);
        return json_object_is_type(value, json_type_int) && json_object_get_int64(value) >= 0;
}

static bool read_where(struct json_object *o, struct event *e) {
        struct json_object *value;

        if (!json_object_object_get_ex(o, "where", &value))
                return true;
        const char *text = json_object_is_type(value, json_type_string) ? json_object_get_string(value) : "";
        return address_parse(text, strlen(text), &e->where);
}

int event_from_line(const char *line, size_t len, struct event *ret) {
        _cleanup_(json_putp) struct json_object *o = from_line(line, len);
        struct event e = {};
        struct json_object *name;

        if (!o || !json_object_object_get_ex(o, "event", &name) || !json_object_is_type(name, json_type_string))
                return -EBADMSG;
        e.type = event_type_from_name(json_object_get_string(name));
        const struct field *fields = event_fields(e.type);
        if (!fields)
                return 0;
        if (!read_time(o, "at", &e.time.at) || !read_time(o, "wall", &e.time.wall) || !read_where(o, &e) ||
            !fields_read(o, fields, &e.u))
                return -EBADMSG;
        /* Nobody can be told whom answers without an id are about. */
        if (e.type == EVENT_ANSWERS && e.u.answers.id[0] == '\0')
                return -EBADMSG;
        if (e.type == EVENT_KERNEL)
                e.u.kernel.has_where = e.where.bus != 0;
        *ret = e;
        return 1;
}
