/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Watch: the daemon's objects as they change. What changed is found by comparing, so signals that come twice or
 * together with a new state do no harm.
 */
#include "client/watch.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "client/connection.h"
#include "client/show/show.h"
#include "client/variant.h"

static void emit(struct watch *w, enum watch_kind kind, const struct watch_object *object, struct json_object *data,
                 struct json_object *old) {
        w->listener(w->userdata, &(struct watch_event){ kind, object, data, old });
}

static bool holds_finding(struct json_object *list, struct json_object *finding) {
        for (size_t i = 0; i < json_length(list); i++) {
                struct json_object *f = json_object_array_get_idx(list, i);

                if (strcmp(json_text(f, "code"), json_text(finding, "code")) == 0 &&
                    strcmp(json_text(f, "subject"), json_text(finding, "subject")) == 0)
                        return true;
        }
        return false;
}

/* Tells every finding of `list` that is not in `other`. */
static void emit_findings(struct watch *w, enum watch_kind kind, const struct watch_object *object, struct json_object *list,
                          struct json_object *other) {
        for (size_t i = 0; i < json_length(list); i++)
                if (!holds_finding(other, json_object_array_get_idx(list, i)))
                        emit(w, kind, object, json_object_array_get_idx(list, i), NULL);
}

static struct watch_object *find(struct watch *w, const char *path) {
        for (size_t i = 0; i < w->n; i++)
                if (strcmp(w->objects[i].path, path) == 0)
                        return &w->objects[i];
        return NULL;
}

/* Takes over the properties. NULL: out of memory. */
static struct watch_object *add(struct watch *w, const char *path, bool is_headset, struct json_object *properties) {
        struct watch_object *grown = reallocarray(w->objects, w->n + 1, sizeof *grown), *new;
        char *copy = strdup(path);

        if (grown)
                w->objects = grown;
        if (!grown || !copy) {
                free(copy);
                return NULL;
        }
        new = &grown[w->n++];
        *new = (struct watch_object){ .is_headset = is_headset, .since = now_usec(CLOCK_MONOTONIC), .marked = true };
        new->path = copy;
        new->properties = json_object_get(properties);
        return new;
}

static void drop(struct watch *w, struct watch_object *object, bool announce) {
        struct watch_object gone = *object;

        memmove(object, object + 1, (size_t) (w->objects + --w->n - object) * sizeof *object);
        if (announce)
                emit_findings(w, WATCH_CLEARED, &gone, json_list(gone.properties, "findings"), NULL);
        if (announce)
                emit(w, WATCH_REMOVED, &gone, NULL, NULL);
        json_object_put(gone.properties);
        free(gone.path);
}

/* Moves what differs in `to` from the object, findings apart, into changed and old; the object is brought up to date. */
static void take_changes(struct watch_object *object, struct json_object *to, struct json_object *changed,
                         struct json_object *old) {
        json_object_object_foreach(to, key, value) {
                struct json_object *before = NULL;
                bool known = json_object_object_get_ex(object->properties, key, &before);

                if (known && json_object_equal(before, value))
                        continue;
                if (strcmp(key, "verdict") == 0)
                        object->since = now_usec(CLOCK_MONOTONIC);
                if (strcmp(key, "findings") != 0) {
                        json_object_object_add(changed, key, json_object_get(value));
                        json_object_object_add(old, key, json_object_get(before));
                }
                json_object_object_add(object->properties, key, json_object_get(value));
        }
}

static void update(struct watch *w, struct watch_object *object, struct json_object *to) {
        _cleanup_json_ struct json_object *changed = json_object_new_object(), *old = json_object_new_object();
        _cleanup_json_ struct json_object *before = json_object_get(json_list(object->properties, "findings"));
        struct json_object *after;

        take_changes(object, to, changed, old);
        after = json_list(object->properties, "findings");
        emit_findings(w, WATCH_CLEARED, object, before, after);
        emit_findings(w, WATCH_FINDING, object, after, before);
        if (!json_object_equal(before, after))
                emit(w, WATCH_REWORDED, object, NULL, NULL);
        if (json_object_object_length(changed) > 0)
                emit(w, WATCH_CHANGED, object, changed, old);
}

static void upsert(struct watch *w, const char *path, bool is_headset, struct json_object *properties, bool announce) {
        struct watch_object *object = find(w, path);

        if (object) {
                object->marked = true;
                update(w, object, properties);
                return;
        }
        object = add(w, path, is_headset, properties);
        if (!object || !announce)
                return;
        emit(w, WATCH_ADDED, object, object->properties, NULL);
        emit_findings(w, WATCH_FINDING, object, json_list(object->properties, "findings"), NULL);
}

/* The Manager's properties; of them only the findings are of interest. `properties` NULL: it has none. */
static void take_host(struct watch *w, struct json_object *properties, bool announce) {
        _cleanup_json_ struct json_object *to = json_object_new_object();
        struct json_object *findings = json_list(properties, "findings");

        json_object_object_add(to, "findings", findings ? json_object_get(findings) : json_object_new_array());
        if (announce)
                update(w, &w->host, to);
        else
                json_object_object_add(w->host.properties, "findings", json_object_get(json_list(to, "findings")));
}

static bool is_ours(const char *interface) {
        return strcmp(interface, BUS_HEADSET) == 0 || strcmp(interface, BUS_PORT) == 0;
}

/* Reads the interfaces of one object, a{sa{sv}}. */
static int read_interfaces(struct watch *w, sd_bus_message *m, const char *path, bool announce) {
        const char *interface;
        int r;

        r = sd_bus_message_enter_container(m, 'a', "{sa{sv}}");
        while (r >= 0 && (r = sd_bus_message_enter_container(m, 'e', "sa{sv}")) > 0) {
                _cleanup_json_ struct json_object *properties = NULL;

                r = sd_bus_message_read(m, "s", &interface);
                if (r >= 0 && is_ours(interface))
                        r = variant_read_properties(m, &properties);
                else if (r >= 0)
                        r = sd_bus_message_skip(m, "a{sv}");
                if (r >= 0 && properties)
                        upsert(w, path, strcmp(interface, BUS_HEADSET) == 0, properties, announce);
                if (r >= 0)
                        r = sd_bus_message_exit_container(m);
        }
        return r < 0 ? r : sd_bus_message_exit_container(m);
}

/* Takes over the answer to GetManagedObjects; what is not in it is gone. */
static int take_over(struct watch *w, sd_bus_message *m, bool announce) {
        const char *path;
        int r;

        for (size_t i = 0; i < w->n; i++)
                w->objects[i].marked = false;
        r = sd_bus_message_enter_container(m, 'a', "{oa{sa{sv}}}");
        while (r >= 0 && (r = sd_bus_message_enter_container(m, 'e', "oa{sa{sv}}")) > 0) {
                r = sd_bus_message_read(m, "o", &path);
                if (r >= 0)
                        r = read_interfaces(w, m, path, announce);
                if (r >= 0)
                        r = sd_bus_message_exit_container(m);
        }
        for (size_t i = w->n; r >= 0 && i-- > 0;)
                if (!w->objects[i].marked)
                        drop(w, &w->objects[i], announce);
        return r;
}

static int new_get_managed_objects(sd_bus *bus, sd_bus_message **ret) {
        int r = sd_bus_message_new_method_call(bus, ret, BUS_NAME, BUS_PATH, "org.freedesktop.DBus.ObjectManager",
                                               "GetManagedObjects");

        return r < 0 ? r : sd_bus_message_set_auto_start(*ret, false);
}

static int new_get_host(sd_bus *bus, sd_bus_message **ret) {
        int r = sd_bus_message_new_method_call(bus, ret, BUS_NAME, BUS_PATH, "org.freedesktop.DBus.Properties", "GetAll");

        if (r >= 0)
                r = sd_bus_message_append(*ret, "s", BUS_MANAGER);
        return r < 0 ? r : sd_bus_message_set_auto_start(*ret, false);
}

static int on_host(sd_bus_message *m, void *userdata, sd_bus_error *error) {
        _cleanup_json_ struct json_object *properties = NULL;

        (void) error;
        if (sd_bus_message_is_method_error(m, NULL) || variant_read_properties(m, &properties) >= 0)
                take_host(userdata, properties, true);
        return 0;
}

static int on_state(sd_bus_message *m, void *userdata, sd_bus_error *error) {
        struct watch *w = userdata;

        (void) error;
        if (sd_bus_message_is_method_error(m, NULL))
                return 0;
        (void) take_over(w, m, true);
        emit(w, WATCH_SYNCED, NULL, NULL, NULL);
        return 0;
}

static void come_back(struct watch *w) {
        _cleanup_message_ sd_bus_message *call = NULL, *host = NULL;

        w->present = true;
        for (size_t i = 0; i < w->n; i++)
                w->objects[i].since = now_usec(CLOCK_MONOTONIC);
        emit(w, WATCH_BACK, NULL, NULL, NULL);
        if (new_get_host(w->bus, &host) >= 0)
                (void) sd_bus_call_async(w->bus, NULL, host, on_host, w, 0);
        if (new_get_managed_objects(w->bus, &call) >= 0)
                (void) sd_bus_call_async(w->bus, NULL, call, on_state, w, 0);
}

static void on_owner(void *userdata, const char *before, const char *owner) {
        struct watch *w = userdata;

        if (w->present && before && *before) {
                w->present = false;
                emit(w, WATCH_GONE, NULL, NULL, NULL);
        }
        if (!w->present && *owner)
                come_back(w);
}

static void on_interfaces_removed(struct watch *w, sd_bus_message *m) {
        const char *path, *interface;

        if (sd_bus_message_read(m, "o", &path) < 0 || sd_bus_message_enter_container(m, 'a', "s") < 0)
                return;
        while (sd_bus_message_read(m, "s", &interface) > 0) {
                struct watch_object *object = find(w, path);

                if (object && is_ours(interface))
                        drop(w, object, true);
        }
}

static void on_properties(struct watch *w, sd_bus_message *m) {
        _cleanup_json_ struct json_object *changed = NULL;
        struct watch_object *object = find(w, sd_bus_message_get_path(m));
        const char *interface;

        if (sd_bus_message_read(m, "s", &interface) < 0)
                return;
        if (object && is_ours(interface) && variant_read_properties(m, &changed) >= 0)
                update(w, object, changed);
        else if (!object && strcmp(interface, BUS_MANAGER) == 0 && variant_read_properties(m, &changed) >= 0 &&
                 json_list(changed, "findings"))
                take_host(w, changed, true);
}

/* Any signal of the daemon. One that is malformed, or is somebody else's, is passed over. */
static int on_change(sd_bus_message *m, void *userdata, sd_bus_error *error) {
        struct watch *w = userdata;
        const char *path;

        (void) error;
        if (!bus_name_sent(w->daemon, m))
                return 0;
        if (sd_bus_message_is_signal(m, "org.freedesktop.DBus.ObjectManager", "InterfacesAdded")) {
                if (sd_bus_message_read(m, "o", &path) >= 0)
                        (void) read_interfaces(w, m, path, true);
        } else if (sd_bus_message_is_signal(m, "org.freedesktop.DBus.ObjectManager", "InterfacesRemoved"))
                on_interfaces_removed(w, m);
        else if (sd_bus_message_is_signal(m, "org.freedesktop.DBus.Properties", "PropertiesChanged"))
                on_properties(w, m);
        return 0;
}

static int subscribe(struct watch *w) {
        int r = bus_name_follow(w->bus, BUS_NAME, on_owner, w, &w->daemon);

        return r < 0 ? r
                     : sd_bus_add_match(w->bus, NULL, "type='signal',sender='" BUS_NAME "',path_namespace='" BUS_PATH "'",
                                        on_change, w);
}

static bool is_absent(const sd_bus_error *error) {
        return sd_bus_error_has_name(error, SD_BUS_ERROR_SERVICE_UNKNOWN) ||
               sd_bus_error_has_name(error, SD_BUS_ERROR_NAME_HAS_NO_OWNER);
}

/* An earlier daemon tells nothing of the computer. */
static int take_over_host(struct watch *w) {
        _cleanup_message_ sd_bus_message *call = NULL, *reply = NULL;
        _cleanup_json_ struct json_object *properties = NULL;
        int r = new_get_host(w->bus, &call);

        if (r >= 0)
                r = sd_bus_call(w->bus, call, 0, NULL, &reply);
        if (r >= 0)
                r = variant_read_properties(reply, &properties);
        take_host(w, properties, false);
        return r;
}

static int start(struct watch *w, const struct options *o, int timed_out, bool patient) {
        _cleanup_message_ sd_bus_message *call = NULL, *reply = NULL;
        _cleanup_error_ sd_bus_error error = SD_BUS_ERROR_NULL;
        int r;

        w->host = (struct watch_object){ .is_host = true, .properties = json_object_new_object() };
        r = bus_connect(&w->bus);
        if (r != STATUS_OK)
                return r;
        r = loop_new(w->bus, o->timeout_usec, timed_out, &w->event);
        if (r >= 0)
                r = subscribe(w);
        if (r >= 0)
                r = new_get_managed_objects(w->bus, &call);
        if (r >= 0)
                r = sd_bus_call(w->bus, call, 0, &error, &reply);
        if (r < 0 && patient && is_absent(&error))
                return STATUS_OK;
        if (r >= 0)
                r = take_over(w, reply, false);
        if (r >= 0)
                (void) take_over_host(w);
        w->present = true;
        return r < 0 ? bus_complain(&error, r) : STATUS_OK;
}

int watch_start(struct watch *w, const struct options *o, int timed_out, watch_listener *listener, void *userdata) {
        *w = (struct watch){ .listener = listener, .userdata = userdata };
        return start(w, o, timed_out, false);
}

int watch_start_patiently(struct watch *w, const struct options *o, int timed_out, watch_listener *listener, void *userdata) {
        *w = (struct watch){ .listener = listener, .userdata = userdata };
        return start(w, o, timed_out, true);
}

int watch_run(struct watch *w) {
        int r = sd_event_loop(w->event);

        if (r >= 0)
                return r;
        complain("event loop: %s", strerror(-r));
        return STATUS_FAILED;
}

void watch_done(struct watch *w) {
        while (w->n > 0)
                drop(w, &w->objects[w->n - 1], false);
        free(w->objects);
        json_object_put(w->host.properties);
        bus_name_free(w->daemon);
        if (w->bus)
                sd_bus_detach_event(w->bus);
        sd_bus_flush_close_unref(w->bus);
        sd_event_unref(w->event);
}
