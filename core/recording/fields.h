/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Fields: tables that say which member of a struct stands under which key.
 */

#include <json.h>
#include <stdbool.h>
#include <stddef.h>

#include "model/event.h"

enum field_kind {
        FIELD_END,
        FIELD_NUMBER,   /* unsigned integer of `size` bytes; 0 is left out */
        FIELD_SIGNED,   /* int32_t; 0 is left out */
        FIELD_HEX,      /* uint16_t as "054c"; 0 is left out */
        FIELD_BOOL,     /* false is left out */
        FIELD_TRISTATE, /* unknown is left out */
        FIELD_NAME,     /* an enum by its name; the first one is left out */
        FIELD_TEXT,     /* char array of `size` bytes; "" is left out */
        FIELD_SERIAL,   /* the same, masked */
        FIELD_PRIVATE,  /* the same, left out where serial numbers are masked */
        FIELD_ADDRESS,  /* struct address as a device name; none is left out */
        FIELD_MOMENT,   /* struct moment as [at, wall]; 0 0 is left out */
        FIELD_MOMENTS,  /* struct moments as {"total", "last": [[at, wall]]} */
        FIELD_CONFIGURATIONS,
        FIELD_CONFIGURATION, /* int16_t: left out when not known (-1) */
        FIELD_PERCENT,       /* uint8_t: left out when not known (BATTERY_UNKNOWN) */
        FIELD_ANSWERS,       /* uint8_t for each question as {"led": "dark"} */
        FIELD_OBJECT,        /* a struct with a table of its own */
        FIELD_LIST,          /* an array of such; `size` is that of one, their number a uint8_t at `count`; none is left out */
};

struct field {
        const char *key;
        enum field_kind kind;
        size_t offset, size;
        const char *const *names;   /* FIELD_NAME: ends with NULL */
        const struct field *fields; /* FIELD_OBJECT, FIELD_LIST */
        size_t count, max;          /* FIELD_LIST */
};

/* What a kind of event carries in `u`; an empty table when it carries nothing, NULL for an unknown kind. */
const struct field *event_fields(enum event_type type);

const char *event_type_name(enum event_type type);
enum event_type event_type_from_name(const char *name); /* _EVENT_MAX: none */

/* `where` distinguishes masked serials. */
void fields_write(struct json_object *o, const struct field *list, const void *from, const struct address *where,
                  bool with_serial);

/* Members that have no key get their "not known". Returns false when a value has the wrong type or does not fit. */
bool fields_read(struct json_object *o, const struct field *list, void *to);
