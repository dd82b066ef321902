/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Headset and Port objects. Their properties come from the tables in core/status/properties.c. */

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "daemon/bus/bus-internal.h"
#include "daemon/bus/bus-value.h"
#include "common/cleanup.h"
#include "status/properties.h"

#define IDENTIFY_ACTION "org.sonycharge1.identify"

static const char *interface_of(const struct object *o) {
        return o->kind == OBJECT_HEADSET ? BUS_HEADSET_INTERFACE : BUS_PORT_INTERFACE;
}

static const char *prefix_of(enum object_kind kind) {
        return kind == OBJECT_HEADSET ? BUS_HEADSET_PREFIX : BUS_PORT_PREFIX;
}

static void object_path(const struct object *o, char buf[static 128]) {
        snprintf(buf, 128, "%s/%s", prefix_of(o->kind), o->id);
}

/* The path contains the id as it is, without the escapes of sd_bus_path_encode(). */
static const struct object *object_at(const struct bus *b, enum object_kind kind, const char *path) {
        const char *prefix = prefix_of(kind);
        size_t len = strlen(prefix);

        return strncmp(path, prefix, len) == 0 && path[len] == '/' ? registry_find(b->backend.registry, kind, path + len + 1)
                                                                   : NULL;
}

static int get_property(sd_bus *bus, const char *path, const char *interface, const char *name, sd_bus_message *reply,
                        void *userdata, sd_bus_error *error) {
        enum object_kind kind = strcmp(interface, BUS_HEADSET_INTERFACE) == 0 ? OBJECT_HEADSET : OBJECT_PORT;
        const struct bus *b = userdata;
        const struct object *o = object_at(b, kind, path);

        for (const struct property *p = properties_of(kind); o && p->key; p++)
                if (p->name && strcmp(p->name, name) == 0)
                        return bus_append_json(reply, p->type, object_value(b->backend.model, o, p));
        return -ENOENT;
}

static int append_text(sd_bus_message *m, const char *key, const char *value) {
        return value[0] ? sd_bus_message_append(m, "{sv}", key, "s", value) : 0;
}

static int reply_identifiers(sd_bus_message *message, const struct object *o) {
        static const struct port nothing;
        const struct port *p = o->port ? o->port : &nothing;
        _cleanup_(sd_bus_message_unrefp) sd_bus_message *reply = NULL;
        char name[ADDRESS_NAME_MAX];

        int r = sd_bus_message_new_method_return(message, &reply);
        if (r >= 0)
                r = sd_bus_message_open_container(reply, 'a', "{sv}");
        if (r >= 0)
                r = append_text(reply, "sysname", p->address.bus != 0 ? address_device_name(&p->address, name) : "");
        if (r >= 0)
                r = append_text(reply, "serial", p->device.serial);
        if (r >= 0)
                r = append_text(reply, "id_path", p->device.id_path);
        if (r >= 0)
                r = append_text(reply, "address", o->headset ? o->headset->facts.address : "");
        if (r >= 0)
                r = sd_bus_message_close_container(reply);
        return r < 0 ? r : sd_bus_send(NULL, reply, NULL);
}

/* The headset may have left while polkit asked the user, so it is looked up again. */
static void identifiers_granted(struct bus *b, sd_bus_message *message, uint32_t uid, const char *id) {
        const struct object *o = registry_find(b->backend.registry, OBJECT_HEADSET, id);
        int r = o ? reply_identifiers(message, o)
                  : sd_bus_reply_method_errorf(message, ERROR_NO_SUCH_HEADSET, "The headset is no longer there.");

        if (r < 0)
                (void) sd_bus_reply_method_errno(message, r, NULL);
}

static int method_get_identifiers(sd_bus_message *message, void *userdata, sd_bus_error *error) {
        const struct object *o = object_at(userdata, OBJECT_HEADSET, sd_bus_message_get_path(message));

        return o ? bus_ask_permission(userdata, message, IDENTIFY_ACTION, identifiers_granted, o->id) : -ENOENT;
}

/* The extra entries are the start, the method and the end. */
static sd_bus_vtable headset_vtable[BUS_PROPERTIES_MAX + 3], port_vtable[BUS_PROPERTIES_MAX + 3];

/* Fills a vtable with the properties of the table. Returns where more entries can be added. */
static sd_bus_vtable *begin_vtable(sd_bus_vtable *v, const struct property *list) {
        const sd_bus_vtable *end = v + 1 + BUS_PROPERTIES_MAX;

        *v++ = (sd_bus_vtable) SD_BUS_VTABLE_START(0);
        for (; list->key && v < end; list++)
                if (list->name)
                        *v++ = (sd_bus_vtable) SD_BUS_PROPERTY(list->name, list->type, get_property, 0,
                                                               list->constant ? SD_BUS_VTABLE_PROPERTY_CONST
                                                                              : SD_BUS_VTABLE_PROPERTY_EMITS_CHANGE);
        return v;
}

static void make_vtables(void) {
        sd_bus_vtable *v = begin_vtable(headset_vtable, headset_properties);

        *v++ = (sd_bus_vtable) SD_BUS_METHOD_WITH_ARGS("GetIdentifiers", SD_BUS_NO_ARGS, SD_BUS_RESULT("a{sv}", identifiers),
                                                       method_get_identifiers, SD_BUS_VTABLE_UNPRIVILEGED);
        *v = (sd_bus_vtable) SD_BUS_VTABLE_END;
        v = begin_vtable(port_vtable, port_properties);
        *v = (sd_bus_vtable) SD_BUS_VTABLE_END;
}

static int find_headset(sd_bus *bus, const char *path, const char *interface, void *userdata, void **ret, sd_bus_error *error) {
        *ret = userdata;
        return object_at(userdata, OBJECT_HEADSET, path) != NULL;
}

static int find_port(sd_bus *bus, const char *path, const char *interface, void *userdata, void **ret, sd_bus_error *error) {
        *ret = userdata;
        return object_at(userdata, OBJECT_PORT, path) != NULL;
}

static void free_nodes(char **nodes) {
        for (size_t i = 0; nodes && nodes[i]; i++)
                free(nodes[i]);
        free(nodes);
}

static int enumerate(sd_bus *bus, const char *prefix, void *userdata, char ***ret_nodes, sd_bus_error *error) {
        const struct bus *b = userdata;
        const struct registry *r = b->backend.registry;
        char **nodes = calloc(r->n + 1, sizeof(char *));
        size_t n = 0;

        for (size_t i = 0; nodes && i < r->n; i++) {
                char path[128];

                if (r->objects[i]->kind == OBJECT_HOST)
                        continue;
                object_path(r->objects[i], path);
                nodes[n] = strdup(path);
                if (!nodes[n++]) {
                        free_nodes(nodes);
                        nodes = NULL;
                }
        }
        *ret_nodes = nodes;
        return nodes ? 0 : -ENOMEM;
}

int bus_add_objects(struct bus *b, sd_bus *connection) {
        make_vtables();
        int r = sd_bus_add_object_manager(connection, NULL, BUS_ROOT);

        if (r >= 0)
                r = bus_add_manager(b, connection);
        if (r >= 0)
                r = sd_bus_add_fallback_vtable(connection, NULL, BUS_HEADSET_PREFIX, BUS_HEADSET_INTERFACE, headset_vtable,
                                               find_headset, b);
        if (r >= 0)
                r = sd_bus_add_fallback_vtable(connection, NULL, BUS_PORT_PREFIX, BUS_PORT_INTERFACE, port_vtable, find_port, b);
        if (r >= 0)
                r = sd_bus_add_node_enumerator(connection, NULL, BUS_ROOT, enumerate, b);
        return r;
}

static void signal_changes(struct bus *b, const struct object *o, struct json_object *before, const char *path) {
        const char *changed[BUS_PROPERTIES_MAX + 1];
        size_t n = 0;

        for (const struct property *p = properties_of(o->kind); p->key && n < BUS_PROPERTIES_MAX; p++)
                if (p->name &&
                    !json_object_equal(json_object_object_get(before, p->key), json_object_object_get(o->values, p->key)))
                        changed[n++] = p->name;
        changed[n] = NULL;
        if (n > 0)
                (void) sd_bus_emit_properties_changed_strv(b->bus, path, interface_of(o), (char **) (uintptr_t) changed);
}

void bus_tell(struct bus *b, const struct change *change) {
        const struct object *o = change->object;
        char path[128];

        if (o->kind == OBJECT_HOST || !b->live)
                return;
        object_path(o, path);
        switch (change->kind) {
        case CHANGE_ADDED:
                (void) sd_bus_emit_object_added(b->bus, path);
                break;
        case CHANGE_UPDATED:
                signal_changes(b, o, change->before, path);
                break;
        case CHANGE_REMOVED:
                (void) sd_bus_emit_object_removed(b->bus, path);
                break;
        default:
                /* Findings are a property; the update that follows signals them. */
                break;
        }
}
