/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Headset and Port objects: their properties come from the JSON of docs/api.md, key by key. */

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "daemon/bus/bus-internal.h"
#include "daemon/bus/bus-value.h"
#include "common/cleanup.h"
#include "common/keyed-hash.h"
#include "status/status.h"

#define IDENTIFY_ACTION "org.sonycharge1.identify"

struct property {
        const char *name, *type, *key;
};

static const struct property headset_properties[] = {
        { "Id", "s", "id" },
        { "Model", "s", "model" },
        { "Family", "s", "family" },
        { "Verdict", "s", "verdict" },
        { "SeenBy", "as", "seen_by" },
        { "LastSeen", "a{sv}", "last_seen" },
        { "Charging", "a{sv}", "charging" },
        { "Battery", "a{sv}", "battery" },
        { "Bluetooth", "a{sv}", "bluetooth" },
        { "Reading", "a{sv}", "reading" },
        { "Firmware", "a{sv}", "firmware" },
        { "Facts", "a{sv}", "facts" },
        { "Told", "a{sv}", "told" },
        { "Path", "aa{sv}", "path" },
        { "DeclaredMa", "u", "declared_ma" },
        { "NegotiatedMa", "u", "negotiated_ma" },
        { "AvailableMa", "u", "available_ma" },
        { "NeededMa", "u", "needed_ma" },
        { "Enumeration", "a{sv}", "enumeration" },
        { "Findings", "aa{sv}", "findings" },
        {},
};

static const struct property port_properties[] = {
        { "Id", "s", "id" },
        { "Name", "s", "sysname" },
        { "State", "s", "state" },
        { "Verdict", "s", "verdict" },
        { "Peer", "s", "peer" },
        { "BudgetMa", "u", "budget_ma" },
        { "DeclaredSumMa", "u", "declared_sum_ma" },
        { "OverCurrents", "u", "over_currents" },
        { "Failures", "u", "failures" },
        { "Child", "s", "child" },
        { "Findings", "aa{sv}", "findings" },
        {},
};

static inline void json_putp(struct json_object **o) {
        json_object_put(*o);
}

static const struct property *properties_of(const struct object *o) {
        return o->kind == OBJECT_HEADSET ? headset_properties : port_properties;
}

static const char *interface_of(const struct object *o) {
        return o->kind == OBJECT_HEADSET ? BUS_HEADSET_INTERFACE : BUS_PORT_INTERFACE;
}

static const char *prefix_of(enum object_kind kind) {
        return kind == OBJECT_HEADSET ? BUS_HEADSET_PREFIX : BUS_PORT_PREFIX;
}

static struct json_object *object_to_json(const struct bus *b, const struct object *o) {
        return o->kind == OBJECT_HEADSET ? headset_to_json(b->backend.model, o) : port_object_to_json(b->backend.model, o);
}

static void object_path(const struct object *o, char buf[static 128]) {
        snprintf(buf, 128, "%s/%s", prefix_of(o->kind), o->id);
}

struct published *published_find(const struct bus *b, const struct object *o) {
        struct published *p = b->published;

        while (p && p->object != o)
                p = p->next;
        return p;
}

static uint64_t hash_value(struct json_object *value) {
        static const uint8_t key[16]; /* tells changes apart, keeps no secret */
        const char *text = json_object_to_json_string_ext(value, JSON_C_TO_STRING_PLAIN);

        return text ? keyed_hash(key, text, strlen(text)) : 0;
}

/* Notes what the properties are now; the names of those that differ from what was noted before go into `changed`. */
static size_t note_properties(struct published *p, const char *changed[static BUS_PROPERTIES_MAX + 1]) {
        _cleanup_(json_putp) struct json_object *j = object_to_json(p->bus, p->object);
        const struct property *list = properties_of(p->object);
        size_t n = 0;

        for (size_t i = 0; list[i].name; i++) {
                uint64_t hash = hash_value(json_object_object_get(j, list[i].key));

                if (hash != p->hash[i])
                        changed[n++] = list[i].name;
                p->hash[i] = hash;
        }
        changed[n] = NULL;
        return n;
}

struct published *published_add(struct bus *b, const struct object *o) {
        const char *changed[BUS_PROPERTIES_MAX + 1];
        struct published *p = calloc(1, sizeof(*p));

        if (!p)
                return NULL;
        *p = (struct published){ .next = b->published, .bus = b, .object = o };
        b->published = p;
        note_properties(p, changed);
        return p;
}

void published_remove(struct bus *b, const struct object *o) {
        for (struct published **p = &b->published; *p; p = &(*p)->next)
                if ((*p)->object == o) {
                        struct published *gone = *p;

                        *p = gone->next;
                        free(gone);
                        return;
                }
}

static int get_property(sd_bus *bus, const char *path, const char *interface, const char *name, sd_bus_message *reply,
                        void *userdata, sd_bus_error *error) {
        const struct published *p = userdata;
        const struct property *list = properties_of(p->object);
        _cleanup_(json_putp) struct json_object *j = object_to_json(p->bus, p->object);

        (void) bus;
        (void) path;
        (void) interface;
        (void) error;
        for (size_t i = 0; list[i].name; i++)
                if (strcmp(list[i].name, name) == 0)
                        return bus_append_json(reply, list[i].type, json_object_object_get(j, list[i].key));
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

/* The headset may have left while polkit asked the user. */
static void identifiers_granted(struct bus *b, sd_bus_message *message, uint32_t uid, const char *id) {
        (void) uid;
        const struct object *o = registry_find(b->backend.registry, OBJECT_HEADSET, id);
        int r = o ? reply_identifiers(message, o)
                  : sd_bus_reply_method_errorf(message, ERROR_NO_SUCH_HEADSET, "The headset is no longer there.");

        if (r < 0)
                (void) sd_bus_reply_method_errno(message, r, NULL);
}

static int method_get_identifiers(sd_bus_message *message, void *userdata, sd_bus_error *error) {
        struct published *p = userdata;

        (void) error;
        return bus_ask_permission(p->bus, message, IDENTIFY_ACTION, identifiers_granted, p->object->id);
}

#define CHANGING(name, type) SD_BUS_PROPERTY(name, type, get_property, 0, SD_BUS_VTABLE_PROPERTY_EMITS_CHANGE)

static const sd_bus_vtable headset_vtable[] = {
        SD_BUS_VTABLE_START(0),
        SD_BUS_PROPERTY("Id", "s", get_property, 0, SD_BUS_VTABLE_PROPERTY_CONST),
        CHANGING("Model", "s"),
        CHANGING("Family", "s"),
        CHANGING("Verdict", "s"),
        CHANGING("SeenBy", "as"),
        CHANGING("LastSeen", "a{sv}"),
        CHANGING("Charging", "a{sv}"),
        CHANGING("Battery", "a{sv}"),
        CHANGING("Bluetooth", "a{sv}"),
        CHANGING("Reading", "a{sv}"),
        CHANGING("Firmware", "a{sv}"),
        CHANGING("Facts", "a{sv}"),
        CHANGING("Told", "a{sv}"),
        CHANGING("Path", "aa{sv}"),
        CHANGING("DeclaredMa", "u"),
        CHANGING("NegotiatedMa", "u"),
        CHANGING("AvailableMa", "u"),
        CHANGING("NeededMa", "u"),
        CHANGING("Enumeration", "a{sv}"),
        CHANGING("Findings", "aa{sv}"),
        SD_BUS_METHOD_WITH_ARGS("GetIdentifiers", SD_BUS_NO_ARGS, SD_BUS_RESULT("a{sv}", identifiers), method_get_identifiers,
                                SD_BUS_VTABLE_UNPRIVILEGED),
        SD_BUS_VTABLE_END,
};

static const sd_bus_vtable port_vtable[] = {
        SD_BUS_VTABLE_START(0),
        SD_BUS_PROPERTY("Id", "s", get_property, 0, SD_BUS_VTABLE_PROPERTY_CONST),
        SD_BUS_PROPERTY("Name", "s", get_property, 0, SD_BUS_VTABLE_PROPERTY_CONST),
        CHANGING("State", "s"),
        CHANGING("Verdict", "s"),
        CHANGING("Peer", "s"),
        CHANGING("BudgetMa", "u"),
        CHANGING("DeclaredSumMa", "u"),
        CHANGING("OverCurrents", "u"),
        CHANGING("Failures", "u"),
        CHANGING("Child", "s"),
        CHANGING("Findings", "aa{sv}"),
        SD_BUS_VTABLE_END,
};

/* An id stands in the path as it is, without the escapes of sd_bus_path_encode(). */
static int find_object(struct bus *b, enum object_kind kind, const char *path, void **ret) {
        const char *prefix = prefix_of(kind);
        size_t len = strlen(prefix);

        if (strncmp(path, prefix, len) != 0 || path[len] != '/')
                return 0;
        for (struct published *p = b->published; p; p = p->next)
                if (p->object->kind == kind && strcmp(p->object->id, path + len + 1) == 0) {
                        *ret = p;
                        return 1;
                }
        return 0;
}

static int find_headset(sd_bus *bus, const char *path, const char *interface, void *userdata, void **ret, sd_bus_error *error) {
        (void) bus;
        (void) interface;
        (void) error;
        return find_object(userdata, OBJECT_HEADSET, path, ret);
}

static int find_port(sd_bus *bus, const char *path, const char *interface, void *userdata, void **ret, sd_bus_error *error) {
        (void) bus;
        (void) interface;
        (void) error;
        return find_object(userdata, OBJECT_PORT, path, ret);
}

static void free_nodes(char **nodes) {
        for (size_t i = 0; nodes && nodes[i]; i++)
                free(nodes[i]);
        free(nodes);
}

static int enumerate(sd_bus *bus, const char *prefix, void *userdata, char ***ret_nodes, sd_bus_error *error) {
        struct bus *b = userdata;
        size_t n = 0, i = 0;

        (void) bus;
        (void) prefix;
        (void) error;
        for (struct published *p = b->published; p; p = p->next)
                n++;
        char **nodes = calloc(n + 1, sizeof(char *));
        for (struct published *p = b->published; nodes && p; p = p->next) {
                char path[128];

                object_path(p->object, path);
                nodes[i] = strdup(path);
                if (!nodes[i++]) {
                        free_nodes(nodes);
                        nodes = NULL;
                }
        }
        *ret_nodes = nodes;
        return nodes ? 0 : -ENOMEM;
}

int bus_add_objects(struct bus *b, sd_bus *connection) {
        int r = sd_bus_add_object_manager(connection, NULL, BUS_ROOT);

        if (r >= 0)
                r = sd_bus_add_object_vtable(connection, NULL, BUS_ROOT, BUS_MANAGER_INTERFACE, bus_manager_vtable, b);
        if (r >= 0)
                r = sd_bus_add_fallback_vtable(connection, NULL, BUS_HEADSET_PREFIX, BUS_HEADSET_INTERFACE, headset_vtable,
                                               find_headset, b);
        if (r >= 0)
                r = sd_bus_add_fallback_vtable(connection, NULL, BUS_PORT_PREFIX, BUS_PORT_INTERFACE, port_vtable, find_port, b);
        if (r >= 0)
                r = sd_bus_add_node_enumerator(connection, NULL, BUS_ROOT, enumerate, b);
        return r;
}

static void signal_changes(struct bus *b, struct published *p) {
        const char *changed[BUS_PROPERTIES_MAX + 1];
        char path[128];

        if (note_properties(p, changed) == 0 || !b->live)
                return;
        object_path(p->object, path);
        (void) sd_bus_emit_properties_changed_strv(b->bus, path, interface_of(p->object), (char **) (uintptr_t) changed);
}

void bus_tell(struct bus *b, const struct change *change) {
        const struct object *o = change->object;
        struct published *p = published_find(b, o);
        char path[128];

        if (o->kind == OBJECT_HOST) {
                b->host_changed = true;
                return;
        }
        object_path(o, path);
        switch (change->kind) {
        case CHANGE_ADDED:
                if (published_add(b, o) && b->live)
                        (void) sd_bus_emit_object_added(b->bus, path);
                break;
        case CHANGE_UPDATED:
                if (p)
                        signal_changes(b, p);
                break;
        case CHANGE_REMOVED:
                if (p && b->live)
                        (void) sd_bus_emit_object_removed(b->bus, path);
                published_remove(b, o);
                break;
        default:
                /* Findings are a property; the update that follows tells it. */
                break;
        }
}
