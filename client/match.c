/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Match: finds the headset, port or device that a HEADSET argument names.
 */
#include "client/match.h"

#include <ctype.h>
#include <errno.h>
#include <string.h>
#include <strings.h>

#include "model/address.h"
#include "client/show/show.h"
#include "common/language.h"

/* Compares without case and everything that is not a letter or digit: "wh1000xm4" is "WH-1000XM4". */
static bool same_model(const char *a, const char *b) {
        if (!*a || !*b)
                return false;
        for (;; a++, b++) {
                while (*a && !isalnum((unsigned char) *a))
                        a++;
                while (*b && !isalnum((unsigned char) *b))
                        b++;
                if (!*a || !*b)
                        return *a == *b;
                if (tolower((unsigned char) *a) != tolower((unsigned char) *b))
                        return false;
        }
}

static bool is_at(const char *device, const struct address *where) {
        struct address own;

        return address_parse(device, strlen(device), &own) && address_equal(&own, where);
}

const char *headset_device(struct json_object *headset) {
        struct json_object *path = json_list(headset, "path");
        struct json_object *last = json_length(path) > 0 ? json_object_array_get_idx(path, json_length(path) - 1) : NULL;

        return strcmp(json_text(last, "kind"), "device") == 0 ? json_text(last, "sysname") : "";
}

bool match_headset(struct json_object *headset, const char *name, bool *start) {
        const char *id = json_text(headset, "id");
        struct address where;

        *start = false;
        if (strcmp(id, name) == 0 || same_model(json_text(headset, "model"), name))
                return true;
        if (address_parse_any(name, &where) && is_at(headset_device(headset), &where))
                return true;
        *start = *name && strncasecmp(id, name, strlen(name)) == 0;
        return *start;
}

bool match_port(struct json_object *port, const char *name) {
        const char *of_unidentified = json_text(port, "port"), *own = *of_unidentified ? of_unidentified : json_text(port, "id");
        char id[ADDRESS_NAME_MAX];
        struct address where;

        if (strcmp(own, name) == 0)
                return true;
        return address_parse_any(name, &where) && strcmp(own, address_port_id(&where, id)) == 0;
}

/* Returns whether the name matches any headset exactly; then prefix matches do not count. *ret_starts is their number. */
static bool any_exact(struct json_object *headsets, const char *name, size_t *ret_starts) {
        bool start, exact = false;

        *ret_starts = 0;
        for (size_t i = 0; i < json_length(headsets); i++) {
                bool fits = match_headset(json_object_array_get_idx(headsets, i), name, &start);

                exact = exact || (fits && !start);
                *ret_starts += fits && start;
        }
        return exact;
}

/* Returns how many are left, or -ENOTUNIQ. */
static int keep_headsets(struct json_object *headsets, const char *name) {
        size_t starts;
        bool exact = any_exact(headsets, name, &starts), start;

        if (!exact && starts > 1)
                complain(_("%zu headsets begin with \"%s\"; see: sonychargectl list"), starts, name);
        for (size_t i = json_length(headsets); i-- > 0;) {
                bool fits = match_headset(json_object_array_get_idx(headsets, i), name, &start);

                if (!fits || (start && (exact || starts > 1)))
                        json_object_array_del_idx(headsets, i, 1);
        }
        return exact || starts <= 1 ? (int) json_length(headsets) : -ENOTUNIQ;
}

int match_status(struct json_object *status, const char *name) {
        struct json_object *ports = json_list(status, "unidentified");
        int kept;

        for (size_t i = json_length(ports); i-- > 0;)
                if (!match_port(json_object_array_get_idx(ports, i), name))
                        json_object_array_del_idx(ports, i, 1);
        kept = keep_headsets(json_list(status, "headsets"), name);
        return kept < 0 ? kept : kept + (int) json_length(ports);
}
