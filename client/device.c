/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Device: what the daemon knows about a USB device that is no Sony headset.
 */
#include "device.h"

#include <string.h>

#include "address.h"
#include "bus.h"
#include "show.h"
#include "variant.h"

/* Properties of the port object. STATUS_NOTHING when the daemon knows no such port. */
static int get_port(const struct options *o, sd_bus *bus, const char *id, struct json_object **ret) {
        _cleanup_message_ sd_bus_message *call = NULL, *reply = NULL;
        _cleanup_error_ sd_bus_error error = SD_BUS_ERROR_NULL;
        char path[ADDRESS_NAME_MAX + sizeof BUS_PATH "/port/"];
        int r;

        snprintf(path, sizeof path, BUS_PATH "/port/%s", id);
        r = sd_bus_message_new_method_call(bus, &call, BUS_NAME, path, "org.freedesktop.DBus.Properties", "GetAll");
        if (r >= 0)
                r = sd_bus_message_append(call, "s", BUS_PORT);
        if (r >= 0)
                r = sd_bus_call(bus, call, bus_timeout(o), &error, &reply);
        if (sd_bus_error_has_name(&error, SD_BUS_ERROR_UNKNOWN_OBJECT) || sd_bus_error_has_name(&error, SD_BUS_ERROR_UNKNOWN_INTERFACE))
                return STATUS_NOTHING;
        if (r >= 0)
                r = variant_read_properties(reply, ret);
        return r < 0 ? bus_complain(&error, r) : STATUS_OK;
}

static struct json_object *find_by_sysname(struct json_object *list, const char *sysname) {
        for (size_t i = 0; i < json_length(list); i++) {
                struct json_object *item = json_object_array_get_idx(list, i);

                if (strcmp(json_text(item, "sysname"), sysname) == 0)
                        return item;
        }
        return NULL;
}

/* The port at the address in the power map, NULL when it is not there. */
static struct json_object *map_port(struct json_object *hubs, const struct address *where) {
        char name[ADDRESS_NAME_MAX];
        struct address parent;
        struct json_object *hub;

        if (!address_parent(where, &parent))
                return NULL;
        hub = find_by_sysname(hubs, address_device_name(&parent, name));
        return find_by_sysname(json_list(hub, "ports"), address_port_name(where, name));
}

static struct json_object *path_node(const char *kind, struct json_object *from) {
        static const char *const keys[] = { "name", "sysname", "self_powered", "budget_ma" };
        struct json_object *node = json_object_new_object(), *value;

        json_object_object_add(node, "kind", json_object_new_string(kind));
        for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
                if (json_object_object_get_ex(from, keys[i], &value))
                        json_object_object_add(node, keys[i], json_object_get(value));
        return node;
}

/* From the computer to the device, as far as the power map shows it. */
static struct json_object *path_to(struct json_object *hubs, const struct address *where) {
        struct json_object *path = json_object_new_array(), *port, *hub;
        struct address step = *where;
        char name[ADDRESS_NAME_MAX];

        json_object_array_add(path, path_node("host", NULL));
        for (uint8_t depth = 1; depth <= where->depth; depth++) {
                memset(step.port, 0, sizeof step.port);
                memcpy(step.port, where->port, depth);
                step.depth = depth;
                port = map_port(hubs, &step);
                hub = find_by_sysname(hubs, address_device_name(&step, name));
                if (port)
                        json_object_array_add(path, path_node("port", port));
                if (hub || json_child(port, "device"))
                        json_object_array_add(path, path_node(depth < where->depth ? "hub" : "device", hub ? hub : json_child(port, "device")));
        }
        return path;
}

static void copy_key(struct json_object *to, const char *key, struct json_object *from, const char *from_key) {
        struct json_object *value = NULL;

        json_object_object_get_ex(from, from_key, &value);
        json_object_object_add(to, key, json_object_get(value));
}

/* In the form of H; what belongs to headsets alone is null. */
static struct json_object *as_headset(struct json_object *port, struct json_object *hubs, const struct address *where) {
        struct json_object *h = json_object_new_object(), *seen_by = json_object_new_array(), *charging = json_object_new_object();
        struct json_object *device = json_child(map_port(hubs, where), "device");

        json_object_array_add(seen_by, json_object_new_string("usb"));
        json_object_object_add(charging, "state", json_object_new_string("unknown"));
        copy_key(charging, "source", NULL, "");
        copy_key(charging, "level", NULL, "");
        copy_key(charging, "at", NULL, "");
        copy_key(h, "id", port, "id");
        copy_key(h, "model", device, "name");
        copy_key(h, "family", NULL, "");
        json_object_object_add(h, "seen_by", seen_by);
        copy_key(h, "last_seen", NULL, "");
        copy_key(h, "verdict", port, "verdict");
        json_object_object_add(h, "charging", charging);
        json_object_object_add(h, "path", path_to(hubs, where));
        copy_key(h, "declared_ma", device, "declared_ma");
        copy_key(h, "negotiated_ma", device, "negotiated_ma");
        copy_key(h, "available_ma", port, "budget_ma");
        copy_key(h, "needed_ma", NULL, "");
        copy_key(h, "enumeration", NULL, "");
        copy_key(h, "findings", port, "findings");
        return h;
}

int device_into_status(const struct options *o, sd_bus *bus, const char *name, struct json_object *status) {
        _cleanup_json_ struct json_object *port = NULL, *map = NULL;
        char id[ADDRESS_NAME_MAX];
        struct address where;
        int r;

        if (!address_parse(name, strlen(name), &where) || where.depth == 0 || !json_list(status, "headsets"))
                return STATUS_NOTHING;
        r = get_port(o, bus, address_port_id(&where, id), &port);
        if (r != STATUS_OK)
                return r;
        r = bus_get_json(o, bus, "GetPorts", &map);
        if (r != STATUS_OK)
                return r;
        if (!json_child(map_port(json_list(map, "hubs"), &where), "device") && json_length(json_list(port, "findings")) == 0)
                return STATUS_NOTHING;
        json_object_array_add(json_list(status, "headsets"), as_headset(port, json_list(map, "hubs"), &where));
        return STATUS_OK;
}
