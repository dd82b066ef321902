/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Type-C data for programs that need more than the findings. */

#include "status/typec-json.h"

#include <stdio.h>

#include "common/finding-json.h"
#include "model/path.h"
#include "status/path-json.h"

static const char *power_role_name(enum typec_power_role role) {
        return role == TYPEC_SOURCE ? "source" : role == TYPEC_SINK ? "sink" : NULL;
}

static const char *data_role_name(enum typec_data_role role) {
        return role == TYPEC_HOST ? "host" : role == TYPEC_DEVICE ? "device" : NULL;
}

static struct json_object *offers_to_json(const struct typec_pdo *list, uint8_t n) {
        struct json_object *all = json_object_new_array();

        for (uint8_t i = 0; i < n; i++) {
                struct json_object *o = json_object_new_object();

                json_put(o, "min_mv", json_number_or_null(list[i].min_mv));
                json_put(o, "max_mv", json_number_or_null(list[i].max_mv));
                json_put(o, "max_ma", json_number_or_null(list[i].max_ma));
                json_object_array_add(all, o);
        }
        return all;
}

static struct json_object *cable_to_json(const struct typec_facts *f) {
        const char *type = f->cable_type == TYPEC_CABLE_ACTIVE    ? "active"
                           : f->cable_type == TYPEC_CABLE_PASSIVE ? "passive"
                                                                  : NULL;
        char vendor[8];

        if (!f->cable)
                return NULL;
        struct json_object *o = json_object_new_object();
        snprintf(vendor, sizeof(vendor), "%04x", f->cable_identity.id_header & 0xffff);
        json_put(o, "type", json_text_or_null(type));
        json_put(o, "e_marker_vid",
                 typec_has_e_marker(f) && (f->cable_identity.id_header & 0xffff) != 0 ? json_string(vendor) : NULL);
        json_put(o, "rating_ma", json_number_or_null(typec_cable_rating_ma(f)));
        return o;
}

struct json_object *typec_to_json(const struct typec_port *t) {
        const struct typec_facts *f = &t->facts;
        struct json_object *o = json_object_new_object();

        json_put(o, "partner", json_object_new_boolean(f->partner));
        json_put(o, "power_role", json_text_or_null(power_role_name(f->power_role)));
        json_put(o, "data_role", json_text_or_null(data_role_name(f->data_role)));
        json_put(o, "mode", f->mode == TYPEC_MODE_UNKNOWN ? NULL : json_string(typec_mode_name(f->mode)));
        json_put(o, "counts", json_object_new_boolean(typec_is_source(t)));
        json_put(o, "offers", offers_to_json(f->source, f->n_source));
        json_put(o, "cable", cable_to_json(f));
        return o;
}

struct json_object *typec_path_to_json(const struct typec_port *t) {
        struct json_object *path = json_object_new_array(), *host = json_object_new_object(), *port = json_object_new_object();
        char name[TYPEC_NAME_MAX], title[PORT_TITLE_MAX];

        json_put(host, "kind", json_string("host"));
        json_put(host, "name", NULL);
        json_put(host, "sysname", NULL);
        json_object_array_add(path, host);
        json_put(port, "kind", json_string("port"));
        json_put(port, "name", json_string(typec_title(t, title)));
        json_put(port, "sysname", json_string(typec_name(t, name)));
        json_put(port, "id", json_string(typec_id(t, name)));
        json_put(port, "budget_ma", json_number_or_null(typec_available_ma(t)));
        json_object_array_add(path, port);
        return path;
}
