/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Converts structs to JSON and back by table. */

#include "recording/fields.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/answer.h"
#include "common/text.h"

static_assert(sizeof(((struct answers *) NULL)->by_question) >= _QUESTION_MAX, "every question has its place");

static uint64_t number_get(const void *p, size_t size) {
        uint64_t n = 0;

        memcpy(&n, p, size); /* little endian, as on all machines that this program supports */
        return n;
}

static struct json_object *moment_write(const struct moment *m) {
        struct json_object *pair = json_object_new_array_ext(2);

        json_object_array_add(pair, json_object_new_uint64(m->at));
        json_object_array_add(pair, json_object_new_uint64(m->wall));
        return pair;
}

static struct json_object *moments_write(const struct moments *m) {
        struct json_object *o = json_object_new_object(), *last = json_object_new_array();

        for (uint8_t i = 0; i < m->n; i++)
                json_object_array_add(last, moment_write(&m->last[i]));
        json_object_object_add(o, "total", json_object_new_int64(m->total));
        json_object_object_add(o, "last", last);
        return o;
}

static struct json_object *configurations_write(const struct device_facts *d) {
        struct json_object *list = json_object_new_array();

        for (uint8_t i = 0; i < d->n_configurations; i++) {
                struct json_object *o = json_object_new_object();

                json_object_object_add(o, "value", json_object_new_int(d->configurations[i].value));
                json_object_object_add(o, "self_powered", json_object_new_boolean(d->configurations[i].self_powered));
                json_object_object_add(o, "max_ma", json_object_new_int(d->configurations[i].max_ma));
                json_object_array_add(list, o);
        }
        return list;
}

static struct json_object *serial_write(const char *serial, const struct address *where, bool with_serial) {
        char masked[ADDRESS_NAME_MAX + 16], name[ADDRESS_NAME_MAX];

        if (with_serial || serial[0] == '\0')
                return serial[0] ? json_object_new_string(serial) : NULL;
        if (where->bus == 0)
                return json_object_new_string("masked");
        snprintf(masked, sizeof(masked), "masked-%s", address_device_name(where, name));
        return json_object_new_string(masked);
}

static struct json_object *hex_write(uint16_t n) {
        char text[8];

        snprintf(text, sizeof(text), "%04x", n);
        return json_object_new_string(text);
}

static struct json_object *address_write(const struct address *a) {
        char name[ADDRESS_NAME_MAX];

        return a->bus == 0 ? NULL : json_object_new_string(address_device_name(a, name));
}

static struct json_object *name_write(const struct field *f, const void *p) {
        const char *const *names = f->of;
        uint64_t n = number_get(p, f->size);

        /* The first name of `source` is a valid value. For other keys it is the one that is omitted. */
        return n == 0 && strcmp(f->key, "source") != 0 ? NULL : json_object_new_string(names[n]);
}

static struct json_object *list_write(const struct field *f, const void *p, const void *whole, const struct address *where,
                                      bool with_serial) {
        uint8_t n = *((const uint8_t *) whole + f->count);
        struct json_object *list = n > 0 ? json_object_new_array() : NULL;

        for (uint8_t i = 0; i < n && i < f->max; i++) {
                struct json_object *o = json_object_new_object();

                fields_write(o, f->of, (const char *) p + i * f->size, where, with_serial);
                json_object_array_add(list, o);
        }
        return list;
}

/* A withdrawn answer is the empty word, as in the API. */
static struct json_object *answers_write(const uint8_t *answers) {
        struct json_object *o = json_object_new_object();

        for (enum question q = 0; q < _QUESTION_MAX; q++) {
                const char *word = answers[q] == ANSWER_TAKEN_BACK ? "" : answer_word(q, answers[q]);

                if (word)
                        json_object_object_add(o, question_name(q), json_object_new_string(word));
        }
        return o;
}

static struct json_object *value_write(const struct field *f, const void *p, const void *whole, const struct address *where,
                                       bool with_serial) {
        struct json_object *o;

        switch (f->kind) {
        case FIELD_NUMBER:
                return number_get(p, f->size) ? json_object_new_uint64(number_get(p, f->size)) : NULL;
        case FIELD_SIGNED:
                return *(const int32_t *) p ? json_object_new_int(*(const int32_t *) p) : NULL;
        case FIELD_HEX:
                return number_get(p, f->size) ? hex_write((uint16_t) number_get(p, f->size)) : NULL;
        case FIELD_BOOL:
                return *(const bool *) p ? json_object_new_boolean(true) : NULL;
        case FIELD_TRISTATE:
                return *(const enum tristate *) p == UNKNOWN ? NULL : json_object_new_boolean(*(const enum tristate *) p == YES);
        case FIELD_NAME:
                return name_write(f, p);
        case FIELD_TEXT:
                return *(const char *) p ? json_object_new_string(p) : NULL;
        case FIELD_PRIVATE:
                return with_serial && *(const char *) p ? json_object_new_string(p) : NULL;
        case FIELD_SERIAL:
                return serial_write(p, where, with_serial);
        case FIELD_ADDRESS:
                return address_write(p);
        case FIELD_MOMENT:
                return ((const struct moment *) p)->at || ((const struct moment *) p)->wall ? moment_write(p) : NULL;
        case FIELD_MOMENTS:
                return ((const struct moments *) p)->total ? moments_write(p) : NULL;
        case FIELD_CONFIGURATIONS:
                return configurations_write(whole);
        case FIELD_CONFIGURATION:
                return *(const int16_t *) p < 0 ? NULL : json_object_new_int(*(const int16_t *) p);
        case FIELD_PERCENT:
                return *(const uint8_t *) p == BATTERY_UNKNOWN ? NULL : json_object_new_int(*(const uint8_t *) p);
        case FIELD_ANSWERS:
                return answers_write(p);
        case FIELD_OBJECT:
                o = json_object_new_object();
                fields_write(o, f->of, p, where, with_serial);
                return o;
        case FIELD_LIST:
                return list_write(f, p, whole, where, with_serial);
        default:
                return NULL;
        }
}

void fields_write(struct json_object *o, const struct field *list, const void *from, const struct address *where,
                  bool with_serial) {
        for (; list->kind != FIELD_END; list++) {
                struct json_object *value = value_write(list, (const char *) from + list->offset, from, where, with_serial);

                if (value)
                        json_object_object_add(o, list->key, value);
        }
}

static bool number_set(void *p, size_t size, struct json_object *value) {
        if (!json_object_is_type(value, json_type_int))
                return false;
        uint64_t n = json_object_get_uint64(value);
        if (json_object_get_int64(value) < 0 || (size < sizeof(n) && n >> (8 * size) != 0))
                return false;
        memcpy(p, &n, size);
        return true;
}

static bool moment_read(struct moment *m, struct json_object *value) {
        if (!json_object_is_type(value, json_type_array) || json_object_array_length(value) != 2)
                return false;
        return number_set(&m->at, sizeof(m->at), json_object_array_get_idx(value, 0)) &&
               number_set(&m->wall, sizeof(m->wall), json_object_array_get_idx(value, 1));
}

static bool moments_read(struct moments *m, struct json_object *value) {
        struct json_object *last = json_object_object_get(value, "last");

        if (!json_object_is_type(value, json_type_object) || !json_object_is_type(last, json_type_array) ||
            json_object_array_length(last) > sizeof(m->last) / sizeof(m->last[0]))
                return false;
        for (m->n = 0; m->n < json_object_array_length(last); m->n++)
                if (!moment_read(&m->last[m->n], json_object_array_get_idx(last, m->n)))
                        return false;
        return number_set(&m->total, sizeof(m->total), json_object_object_get(value, "total"));
}

static bool configurations_read(struct device_facts *d, struct json_object *value) {
        if (!json_object_is_type(value, json_type_array) || json_object_array_length(value) > EVENT_CONFIGS_MAX)
                return false;
        for (size_t i = 0; i < json_object_array_length(value); i++) {
                struct json_object *o = json_object_array_get_idx(value, i);
                struct usb_configuration *c = &d->configurations[i];

                if (!json_object_is_type(o, json_type_object) ||
                    !number_set(&c->value, sizeof(c->value), json_object_object_get(o, "value")) ||
                    !number_set(&c->max_ma, sizeof(c->max_ma), json_object_object_get(o, "max_ma")))
                        return false;
                c->self_powered = json_object_get_boolean(json_object_object_get(o, "self_powered"));
                d->n_configurations = (uint8_t) (i + 1);
        }
        return true;
}

static bool text_read(char *to, size_t size, struct json_object *value) {
        if (!json_object_is_type(value, json_type_string))
                return false;
        text_make_safe(to, size, json_object_get_string(value), (size_t) json_object_get_string_len(value));
        return true;
}

static bool hex_read(uint16_t *to, struct json_object *value) {
        const char *text = json_object_is_type(value, json_type_string) ? json_object_get_string(value) : "";
        char *end;

        unsigned long n = strtoul(text, &end, 16);
        if (end == text || *end != '\0' || n > UINT16_MAX)
                return false;
        *to = (uint16_t) n;
        return true;
}

static bool name_read(const struct field *f, void *to, struct json_object *value) {
        const char *text = json_object_is_type(value, json_type_string) ? json_object_get_string(value) : "";
        const char *const *names = f->of;

        for (unsigned i = 0; names[i]; i++)
                if (strcmp(names[i], text) == 0) {
                        memcpy(to, &i, f->size);
                        return true;
                }
        return false;
}

static bool address_read(struct address *to, struct json_object *value) {
        const char *text = json_object_is_type(value, json_type_string) ? json_object_get_string(value) : "";

        return address_parse(text, strlen(text), to);
}

static bool configuration_read(int16_t *to, struct json_object *value) {
        uint8_t n;

        if (!number_set(&n, sizeof(n), value))
                return false;
        *to = n;
        return true;
}

static bool percent_read(uint8_t *to, struct json_object *value) {
        return number_set(to, sizeof(*to), value) && *to <= 100;
}

/* Questions and answers of a newer version are ignored, as unknown keys are. */
static bool answers_read(uint8_t *to, struct json_object *value) {
        if (!json_object_is_type(value, json_type_object))
                return false;
        for (enum question q = 0; q < _QUESTION_MAX; q++) {
                const char *word = json_object_get_string(json_object_object_get(value, question_name(q)));

                to[q] = word ? (uint8_t) answer_from_word(q, word) : 0;
                if (word && *word == '\0')
                        to[q] = ANSWER_TAKEN_BACK;
        }
        return true;
}

static bool list_read(const struct field *f, void *p, void *whole, struct json_object *value) {
        size_t n = json_object_is_type(value, json_type_array) ? json_object_array_length(value) : SIZE_MAX;

        if (n > f->max)
                return false;
        for (size_t i = 0; i < n; i++) {
                struct json_object *o = json_object_array_get_idx(value, i);

                if (!json_object_is_type(o, json_type_object) || !fields_read(o, f->of, (char *) p + i * f->size))
                        return false;
        }
        *((uint8_t *) whole + f->count) = (uint8_t) n;
        return true;
}

static bool value_read(const struct field *f, void *p, void *whole, struct json_object *value) {
        switch (f->kind) {
        case FIELD_NUMBER:
                return number_set(p, f->size, value);
        case FIELD_SIGNED:
                *(int32_t *) p = json_object_get_int(value);
                return json_object_is_type(value, json_type_int) && json_object_get_int64(value) == *(int32_t *) p;
        case FIELD_HEX:
                return hex_read(p, value);
        case FIELD_BOOL:
                *(bool *) p = json_object_get_boolean(value);
                return json_object_is_type(value, json_type_boolean);
        case FIELD_TRISTATE:
                *(enum tristate *) p = json_object_get_boolean(value) ? YES : NO;
                return json_object_is_type(value, json_type_boolean);
        case FIELD_NAME:
                return name_read(f, p, value);
        case FIELD_TEXT:
        case FIELD_SERIAL:
        case FIELD_PRIVATE:
                return text_read(p, f->size, value);
        case FIELD_ADDRESS:
                return address_read(p, value);
        case FIELD_MOMENT:
                return moment_read(p, value);
        case FIELD_MOMENTS:
                return moments_read(p, value);
        case FIELD_CONFIGURATIONS:
                return configurations_read(whole, value);
        case FIELD_CONFIGURATION:
                return configuration_read(p, value);
        case FIELD_PERCENT:
                return percent_read(p, value);
        case FIELD_ANSWERS:
                return answers_read(p, value);
        case FIELD_OBJECT:
                return json_object_is_type(value, json_type_object) && fields_read(value, f->of, p);
        case FIELD_LIST:
                return list_read(f, p, whole, value);
        default:
                return false;
        }
}

static void set_unknown(const struct field *f, void *p) {
        if (f->kind == FIELD_TRISTATE)
                *(enum tristate *) p = UNKNOWN;
        else if (f->kind == FIELD_CONFIGURATION)
                *(int16_t *) p = -1;
        else if (f->kind == FIELD_PERCENT)
                *(uint8_t *) p = BATTERY_UNKNOWN;
        else if (f->kind == FIELD_OBJECT)
                for (const struct field *g = f->of; g->kind != FIELD_END; g++)
                        set_unknown(g, (char *) p + g->offset);
}

bool fields_read(struct json_object *o, const struct field *list, void *to) {
        for (; list->kind != FIELD_END; list++) {
                void *p = (char *) to + list->offset;
                struct json_object *value;

                set_unknown(list, p);
                if (json_object_object_get_ex(o, list->key, &value) && value && !value_read(list, p, to, value))
                        return false;
        }
        return true;
}
