/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Fields: tables that map the members of a struct to JSON keys.
 */

#include <json.h>
#include <stdbool.h>
#include <stddef.h>

#include "model/event.h"

enum field_kind {
        FIELD_END,
        FIELD_NUMBER,   /* unsigned integer of `size` bytes; 0 is omitted */
        FIELD_SIGNED,   /* int32_t; 0 is omitted */
        FIELD_HEX,      /* uint16_t as "054c"; 0 is omitted */
        FIELD_BOOL,     /* false is omitted */
        FIELD_TRISTATE, /* unknown is omitted */
        FIELD_NAME,     /* an enum by name; the first value is omitted */
        FIELD_TEXT,     /* char array of `size` bytes; "" is omitted */
        FIELD_SERIAL,   /* the same, masked */
        FIELD_PRIVATE,  /* the same; omitted where serial numbers are masked */
        FIELD_ADDRESS,  /* struct address as a device name; no address is omitted */
        FIELD_MOMENT,   /* struct moment as [at, wall]; 0 0 is omitted */
        FIELD_MOMENTS,  /* struct moments as {"total", "last": [[at, wall]]} */
        FIELD_CONFIGURATIONS,
        FIELD_CONFIGURATION, /* int16_t; not known (-1) is omitted */
        FIELD_PERCENT,       /* uint8_t; not known (BATTERY_UNKNOWN) is omitted */
        FIELD_ANSWERS,       /* uint8_t for each question as {"led": "dark"} */
        FIELD_OBJECT,        /* a struct with its own table */
        FIELD_LIST, /* an array of such structs; `size` is that of one, and their number is a uint8_t at `count`; an empty array
                       is omitted */
};

struct field {
        const char *key;
        enum field_kind kind : 8;
        uint16_t offset, size;
        const void *of;      /* FIELD_NAME: names, with NULL at the end; FIELD_OBJECT, FIELD_LIST: struct field */
        uint16_t count, max; /* FIELD_LIST */
};

/* Returns the table for `u` of this kind of event. The table is empty when the event has no data. Returns NULL for an unknown
 * kind. */
const struct field *event_fields(enum event_type type);

const char *event_type_name(enum event_type type);
enum event_type event_type_from_name(const char *name); /* _EVENT_MAX: none */

/* `where` makes masked serial numbers of different devices differ. */
void fields_write(struct json_object *o, const struct field *list, const void *from, const struct address *where,
                  bool with_serial);

/* Members without a key are set to "not known". Returns false when a value has the wrong type or does not fit. */
bool fields_read(struct json_object *o, const struct field *list, void *to);
