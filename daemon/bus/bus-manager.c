/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* The Manager object: the state as a whole, and recordings. */

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "daemon/bus/bus-internal.h"
#include "daemon/bus/bus-value.h"
#include "common/bus-name.h"
#include "common/cleanup.h"
#include "common/finding-json.h"
#include "status/status.h"

#define RECORD_ACTION "org.sonycharge1.record"

static struct json_object *read_version(const struct bus *b) {
        return json_object_new_string(VERSION);
}

static struct json_object *read_api_version(const struct bus *b) {
        return json_object_new_string(API_VERSION);
}

static struct json_object *read_degraded(const struct bus *b) {
        return degraded_to_json(b->backend.model);
}

/* Findings about the computer as a whole and its controllers. */
static struct json_object *read_findings(const struct bus *b) {
        return host_findings_to_json(b->backend.registry);
}

static struct json_object *read_worst_verdict(const struct bus *b) {
        return json_object_new_string(verdict_name(worst_verdict(b->backend.registry)));
}

static struct json_object *read_counts(const struct bus *b) {
        return counts_to_json(b->backend.registry);
}

static const struct manager_property {
        const char *name, *type;
        struct json_object *(*read)(const struct bus *b);
        bool constant;
} properties[] = {
        { "Version", "s", read_version, .constant = true },
        { "ApiVersion", "s", read_api_version, .constant = true },
        { "Degraded", "as", read_degraded },
        { "Findings", "aa{sv}", read_findings },
        { "WorstVerdict", "s", read_worst_verdict },
        { "Counts", "a{su}", read_counts },
};

#define N_PROPERTIES (sizeof(properties) / sizeof(properties[0]))

static int get_property(sd_bus *bus, const char *path, const char *interface, const char *name, sd_bus_message *reply,
                        void *userdata, sd_bus_error *error) {
        const struct bus *b = userdata;

        for (size_t i = 0; i < N_PROPERTIES; i++)
                if (strcmp(properties[i].name, name) == 0)
                        return bus_append_json(reply, properties[i].type, json_object_object_get(b->manager, name));
        return -ENOENT;
}

/* Reads all properties again and stores the names of those that differ in `changed`. */
static size_t note_properties(struct bus *b, const char *changed[static N_PROPERTIES + 1]) {
        size_t n = 0;

        for (size_t i = 0; i < N_PROPERTIES; i++) {
                struct json_object *now = properties[i].read(b);

                if (json_object_equal(json_object_object_get(b->manager, properties[i].name), now)) {
                        json_object_put(now);
                        continue;
                }
                json_object_object_add(b->manager, properties[i].name, now);
                changed[n++] = properties[i].name;
        }
        changed[n] = NULL;
        return n;
}

void bus_tell_manager(struct bus *b) {
        const char *changed[N_PROPERTIES + 1];

        if (note_properties(b, changed) > 0 && b->live)
                (void) sd_bus_emit_properties_changed_strv(b->bus, BUS_ROOT, BUS_MANAGER_INTERFACE,
                                                           (char **) (uintptr_t) changed);
}

static int reply_json(sd_bus_message *message, struct json_object *o) {
        const char *text = o ? json_object_to_json_string_ext(o, JSON_C_TO_STRING_PLAIN) : NULL;

        return text ? sd_bus_reply_method_return(message, "s", text) : -ENOMEM;
}

static int method_get_status(sd_bus_message *message, void *userdata, sd_bus_error *error) {
        struct bus *b = userdata;

        b->backend.refresh(b->backend.userdata, NULL);
        _cleanup_(json_putp) struct json_object *o = status_to_json(b->backend.registry, b->backend.model);
        return reply_json(message, o);
}

static int method_get_ports(sd_bus_message *message, void *userdata, sd_bus_error *error) {
        struct bus *b = userdata;
        _cleanup_(json_putp) struct json_object *o = ports_to_json(b->backend.registry, b->backend.model);

        return reply_json(message, o);
}

/* Finds the device by the kernel's name or by the id of a port. */
static const struct port *find_device(const struct bus *b, const char *name) {
        const struct object *o = registry_find(b->backend.registry, OBJECT_PORT, name);
        struct address where;

        if (o)
                return o->port;
        return address_parse(name, strlen(name), &where) ? model_find(b->backend.model, &where) : NULL;
}

static int method_get_device(sd_bus_message *message, void *userdata, sd_bus_error *error) {
        struct bus *b = userdata;
        const char *name;

        int r = sd_bus_message_read(message, "s", &name);
        if (r < 0)
                return r;
        const struct port *p = find_device(b, name);
        b->backend.refresh(b->backend.userdata, p ? &p->address : NULL);
        struct model_facts facts;
        struct json_object *found = NULL;
        if (p && p->address.depth > 0 && (p->present || port_is_unidentified(b->backend.model, p)))
                found = device_to_json(b->backend.model, p);
        else if (!p && b->backend.find_model(b->backend.userdata, name, &facts))
                found = absent_to_json(b->backend.model, &facts);
        if (!found)
                return sd_bus_error_set(error, ERROR_NO_SUCH_HEADSET, "There is no such device on the USB bus.");
        _cleanup_(json_putp) struct json_object *o = found;
        return reply_json(message, o);
}

struct record_client {
        struct record_client *next;
        struct bus *bus;
        char *sender;
        struct bus_name *name; /* tells whether the client is still there; a descriptor that the client closes does not */
        void *recording;
};

static void client_free(struct record_client *c) {
        for (struct record_client **p = &c->bus->record_clients; *p; p = &(*p)->next)
                if (*p == c) {
                        *p = c->next;
                        break;
                }
        if (c->recording)
                c->bus->backend.record_stop(c->bus->backend.userdata, c->recording);
        bus_name_free(c->name);
        free(c->sender);
        free(c);
}

void bus_stop_recordings(struct bus *b) {
        while (b->record_clients)
                client_free(b->record_clients);
}

static int tell_failed(const struct record_client *c, int error) {
        _cleanup_(sd_bus_message_unrefp) sd_bus_message *m = NULL;

        int r = sd_bus_message_new_signal(c->bus->bus, &m, BUS_ROOT, BUS_MANAGER_INTERFACE, "RecordingFailed");
        if (r >= 0)
                r = sd_bus_message_append(m, "s", strerror(-error));
        return r < 0 ? r : sd_bus_send_to(c->bus->bus, m, c->sender, NULL);
}

void bus_recording_failed(struct bus *b, const void *recording, int error) {
        for (struct record_client *c = b->record_clients; c; c = c->next)
                if (c->recording == recording) {
                        (void) tell_failed(c, error);
                        client_free(c);
                        return;
                }
}

static void on_client(void *userdata, const char *before, const char *owner) {
        if (owner[0] == '\0')
                client_free(userdata);
}

/* "with-serial" is the only option. */
static int read_option(sd_bus_message *message, const char *key, void *userdata) {
        int *with_serial = userdata;

        if (strcmp(key, "with-serial") != 0 && strcmp(key, "with_serial") != 0)
                return -ENOENT;
        return sd_bus_message_read(message, "v", "b", with_serial);
}

static int read_options(sd_bus_message *message, bool *ret_with_serial) {
        int with_serial = 0;
        int r = bus_read_dictionary(message, read_option, &with_serial);

        *ret_with_serial = with_serial;
        return r;
}

static int read_record(sd_bus_message *message, int *ret_fd, bool *ret_with_serial) {
        int r = sd_bus_message_read(message, "h", ret_fd);

        return r < 0 ? r : read_options(message, ret_with_serial);
}

static int start_recording(struct bus *b, sd_bus_message *message, uint32_t uid) {
        bool with_serial;
        int fd;

        int r = sd_bus_message_rewind(message, true);
        if (r >= 0)
                r = read_record(message, &fd, &with_serial);
        if (r < 0)
                return r;
        struct record_client *c = calloc(1, sizeof(*c));
        if (!c)
                return -ENOMEM;
        *c = (struct record_client){ .next = b->record_clients, .bus = b };
        b->record_clients = c;
        c->sender = strdup(sd_bus_message_get_sender(message));
        r = c->sender ? bus_name_follow(b->bus, c->sender, on_client, c, &c->name) : -ENOMEM;
        _cleanup_close_ int copy = r >= 0 ? fcntl(fd, F_DUPFD_CLOEXEC, 3) : -EBADF;
        if (r >= 0)
                r = copy < 0 ? -errno : b->backend.record(b->backend.userdata, TAKE_FD(copy), with_serial, uid, &c->recording);
        if (r < 0) {
                client_free(c);
                return r;
        }
        return sd_bus_reply_method_return(message, NULL);
}

static void record_granted(struct bus *b, sd_bus_message *message, uint32_t uid, const char *id) {
        int r = start_recording(b, message, uid);
        if (r < 0)
                (void) sd_bus_reply_method_errorf(message, ERROR_UNAVAILABLE, "The recording cannot be written: %s",
                                                  strerror(-r));
}

static int method_record(sd_bus_message *message, void *userdata, sd_bus_error *error) {
        bool with_serial;
        int fd;

        if (read_record(message, &fd, &with_serial) < 0)
                return bus_refuse_options(-EINVAL, error);
        return bus_ask_permission(userdata, message, RECORD_ACTION, record_granted, NULL);
}

static const sd_bus_vtable methods[] = {
        SD_BUS_METHOD_WITH_ARGS("GetStatus", SD_BUS_NO_ARGS, SD_BUS_RESULT("s", status), method_get_status,
                                SD_BUS_VTABLE_UNPRIVILEGED),
        SD_BUS_METHOD_WITH_ARGS("GetPorts", SD_BUS_NO_ARGS, SD_BUS_RESULT("s", ports), method_get_ports,
                                SD_BUS_VTABLE_UNPRIVILEGED),
        SD_BUS_METHOD_WITH_ARGS("GetDevice", SD_BUS_ARGS("s", name), SD_BUS_RESULT("s", device), method_get_device,
                                SD_BUS_VTABLE_UNPRIVILEGED),
        SD_BUS_METHOD_WITH_ARGS("GetHistory", SD_BUS_ARGS("a{sv}", filter), SD_BUS_RESULT("s", history), bus_get_history,
                                SD_BUS_VTABLE_UNPRIVILEGED),
        SD_BUS_METHOD_WITH_ARGS("GetLast", SD_BUS_ARGS("s", headset), SD_BUS_RESULT("s", sessions), bus_get_last,
                                SD_BUS_VTABLE_UNPRIVILEGED),
        SD_BUS_METHOD_WITH_ARGS("SetCable", SD_BUS_ARGS("s", name), SD_BUS_NO_RESULT, bus_set_cable, SD_BUS_VTABLE_UNPRIVILEGED),
        SD_BUS_METHOD_WITH_ARGS("GetModel", SD_BUS_ARGS("s", name), SD_BUS_RESULT("s", model), bus_get_model,
                                SD_BUS_VTABLE_UNPRIVILEGED),
        SD_BUS_METHOD_WITH_ARGS("Tell", SD_BUS_ARGS("s", headset, "a{ss}", answers), SD_BUS_NO_RESULT, bus_tell_answers,
                                SD_BUS_VTABLE_UNPRIVILEGED),
        SD_BUS_METHOD_WITH_ARGS("ReadHeadsets", SD_BUS_ARGS("a{sv}", options), SD_BUS_NO_RESULT, bus_read_headsets,
                                SD_BUS_VTABLE_UNPRIVILEGED),
        SD_BUS_METHOD_WITH_ARGS("Record", SD_BUS_ARGS("h", fd, "a{sv}", options), SD_BUS_NO_RESULT, method_record,
                                SD_BUS_VTABLE_UNPRIVILEGED),
        SD_BUS_SIGNAL_WITH_ARGS("RecordingFailed", SD_BUS_ARGS("s", reason), 0),
        SD_BUS_VTABLE_END,
};

int bus_add_manager(struct bus *b, sd_bus *connection) {
        static sd_bus_vtable vtable[1 + N_PROPERTIES + sizeof(methods) / sizeof(methods[0])];
        const char *changed[N_PROPERTIES + 1];
        sd_bus_vtable *v = vtable;

        b->manager = json_object_new_object();
        if (!b->manager)
                return -ENOMEM;
        note_properties(b, changed);
        *v++ = (sd_bus_vtable) SD_BUS_VTABLE_START(0);
        for (size_t i = 0; i < N_PROPERTIES; i++)
                *v++ = (sd_bus_vtable) SD_BUS_PROPERTY(properties[i].name, properties[i].type, get_property, 0,
                                                       properties[i].constant ? SD_BUS_VTABLE_PROPERTY_CONST
                                                                              : SD_BUS_VTABLE_PROPERTY_EMITS_CHANGE);
        memcpy(v, methods, sizeof(methods));
        return sd_bus_add_object_vtable(connection, NULL, BUS_ROOT, BUS_MANAGER_INTERFACE, vtable, b);
}
