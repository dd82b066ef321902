/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Devices, adapters and batteries of org.bluez. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "daemon/sources/bluez-read.h"
#include "daemon/sources/headset-reader.h"
#include "hwdb/hwdb.h"

#define PROPERTIES "org.freedesktop.DBus.Properties"
#define OBJECT_MANAGER "org.freedesktop.DBus.ObjectManager"

/* An adapter that is switched off first ends its links and then reports that it is off. */
#define ENDED_TOGETHER_USEC (5 * SECOND)

static struct bluez_device **find_device(struct bluetooth_source *s, const char *path) {
        for (size_t i = 0; i < s->n_devices; i++)
                if (strcmp(s->devices[i]->path, path) == 0)
                        return &s->devices[i];
        return NULL;
}

static struct bluez_adapter *find_adapter(struct bluetooth_source *s, const char *path) {
        for (size_t i = 0; i < s->n_adapters; i++)
                if (strcmp(s->adapters[i].path, path) == 0)
                        return &s->adapters[i];
        return NULL;
}

static void drop_device(struct bluetooth_source *s, struct bluez_device **place) {
        (*place)->plan = (struct reading_plan){};
        headset_reader_lost(s->reader, (*place)->path);
        free(*place);
        *place = s->devices[--s->n_devices];
}

/* The look-up opens the hwdb, so it is done only if the modalias has changed. */
static void look_up(struct bluez_device *d, const struct bluez_device *before) {
        if (before && strcmp(before->modalias, d->modalias) == 0 && strcmp(before->name, d->name) == 0)
                return;
        hwdb_lookup_bluetooth(d->modalias[0] ? d->modalias : NULL, d->name, &d->facts, d->firmware, sizeof(d->firmware));
}

/* Starts with the known state of the object. */
static void begin_object(struct bluetooth_source *s, const char *path, struct object_changed *o) {
        struct bluez_device **device = find_device(s, path);
        struct bluez_adapter *adapter = find_adapter(s, path);

        memset(o, 0, sizeof(*o));
        o->device.percent = BATTERY_UNKNOWN;
        o->device.step = 10;
        if (device)
                o->device = **device;
        if (adapter)
                o->adapter = *adapter;
        snprintf(o->device.path, sizeof(o->device.path), "%s", path);
        snprintf(o->adapter.path, sizeof(o->adapter.path), "%s", path);
}

static void keep_device(struct bluetooth_source *s, struct bluez_device *d, const char *address) {
        struct bluez_device **place = find_device(s, d->path);
        bool was_connected = place && (*place)->connected;

        look_up(d, place ? *place : NULL);
        if (d->facts.model[0] == '\0' || d->address[0] == '\0' || (!d->paired && !d->connected)) {
                if (place)
                        drop_device(s, place);
        } else if (place)
                **place = *d;
        else if (s->n_devices < BLUETOOTH_DEVICES_MAX && (s->devices[s->n_devices] = malloc(sizeof(*d))))
                *s->devices[s->n_devices++] = *d;
        if (address && address[0] != '\0')
                bluetooth_tell(s, address);
        place = find_device(s, d->path);
        if (place)
                headset_reader_look(s->reader, *place, was_connected);
}

/* The links end because the adapter is gone, which says nothing about any headset. */
static void end_links(struct bluetooth_source *s, const char *adapter) {
        uint64_t now = moment_now().at;
        size_t len = strlen(adapter);

        for (size_t i = 0; i < s->n_devices; i++) {
                struct bluez_device *d = s->devices[i];

                if (strncmp(d->path, adapter, len) != 0 || d->path[len] != '/')
                        continue;
                if (d->connected)
                        bluez_set_connected(d, false, true);
                else if (d->link_ended != 0 && now - d->link_ended <= ENDED_TOGETHER_USEC)
                        d->ended_here = true;
                headset_reader_look(s->reader, d, true);
                bluetooth_tell(s, d->address);
        }
}

static void keep_adapter(struct bluetooth_source *s, const struct bluez_adapter *a) {
        struct bluez_adapter *known = find_adapter(s, a->path);
        bool was_powered = known && known->powered;

        if (!known && s->n_adapters == BLUETOOTH_ADAPTERS_MAX)
                return;
        if (!known)
                known = &s->adapters[s->n_adapters++];
        *known = *a;
        if (was_powered && !a->powered)
                end_links(s, a->path);
}

static void keep_object(struct bluetooth_source *s, struct object_changed *o, bool tell) {
        if (o->is_adapter || o->adapter.takes_levels)
                keep_adapter(s, &o->adapter);
        if (o->is_device || find_device(s, o->device.path))
                keep_device(s, &o->device, tell ? o->device.address : NULL);
}

/* BlueZ has no longer paths. */
static bool path_fits(const char *path) {
        return strlen(path) < BLUETOOTH_PATH_MAX;
}

static int read_object(struct bluetooth_source *s, sd_bus_message *m, bool tell) {
        struct object_changed o;
        const char *path;
        int r = sd_bus_message_read(m, "o", &path);

        if (r < 0)
                return r;
        if (!path_fits(path))
                return sd_bus_message_skip(m, "a{sa{sv}}");
        begin_object(s, path, &o);
        r = bluez_read_interfaces(&o, m);
        if (r >= 0)
                keep_object(s, &o, tell);
        return r;
}

static int read_objects(struct bluetooth_source *s, sd_bus_message *m) {
        int r = sd_bus_message_enter_container(m, 'a', "{oa{sa{sv}}}");

        while (r >= 0 && (r = sd_bus_message_enter_container(m, 'e', "oa{sa{sv}}")) > 0) {
                r = read_object(s, m, false);
                if (r >= 0)
                        r = sd_bus_message_exit_container(m);
        }
        return r;
}

static void forget_all(struct bluetooth_source *s) {
        headset_reader_lost(s->reader, NULL);
        while (s->n_devices > 0)
                free(s->devices[--s->n_devices]);
        s->n_adapters = 0;
}

static int on_objects(sd_bus_message *m, void *userdata, sd_bus_error *error) {
        struct bluetooth_source *s = userdata;
        int r = sd_bus_message_is_method_error(m, NULL) ? -sd_bus_message_get_errno(m) : 0;

        if (!s->bluez.asked || (r >= 0 && !service_sent(&s->bluez, m)))
                return 0;
        if (r >= 0) {
                forget_all(s);
                r = read_objects(s, m);
        }
        service_answered(&s->bluez, r);
        s->finding = true;
        if (r >= 0)
                bluetooth_tell_all(s);
        s->finding = false;
        return 0;
}

void bluez_ask(struct service *b) {
        int r = service_call(b, "/", OBJECT_MANAGER, "GetManagedObjects", on_objects);

        if (r < 0)
                service_answered(b, r);
}

/* Without BlueZ it is not known whether the headsets are still connected. */
void bluez_lost(struct service *b) {
        struct bluetooth_source *s = b->source;

        for (size_t i = 0; i < s->n_devices; i++) {
                bluez_set_connected(s->devices[i], false, true);
                headset_reader_look(s->reader, s->devices[i], true);
        }
        bluetooth_tell_all(s);
}

static int on_properties(sd_bus_message *m, void *userdata, sd_bus_error *error) {
        const struct object_question *q = userdata;
        struct bluetooth_source *s = q->service->source;
        struct object_changed o;

        if (sd_bus_message_is_method_error(m, NULL) || !s->bluez.ready || !service_sent(&s->bluez, m))
                return 0;
        begin_object(s, q->path, &o);
        if (bluez_read_interface(&o, q->interface, m) >= 0)
                keep_object(s, &o, true);
        return 0;
}

static int on_changed(sd_bus_message *m, void *userdata, sd_bus_error *error) {
        struct bluetooth_source *s = userdata;
        const char *path = sd_bus_message_get_path(m), *interface;
        struct object_changed o;

        if (!service_sent(&s->bluez, m) || !service_listens(&s->bluez) || !path || !path_fits(path) ||
            sd_bus_message_read(m, "s", &interface) < 0)
                return 0;
        begin_object(s, path, &o);
        if (bluez_read_interface(&o, interface, m) < 0)
                return 0;
        if (o.is_adapter || find_device(s, path)) {
                keep_object(s, &o, true);
                return 0;
        }
        if (o.relevant && service_get_all(&s->bluez, path, BLUEZ_DEVICE, on_properties) >= 0)
                (void) service_get_all(&s->bluez, path, BLUEZ_BATTERY, on_properties);
        return 0;
}

static int on_added(sd_bus_message *m, void *userdata, sd_bus_error *error) {
        struct bluetooth_source *s = userdata;

        if (service_sent(&s->bluez, m) && service_listens(&s->bluez))
                (void) read_object(s, m, true);
        return 0;
}

static void remove_device(struct bluetooth_source *s, const char *path) {
        struct bluez_device **place = find_device(s, path);
        char address[BLUETOOTH_ADDRESS_MAX];

        if (!place)
                return;
        memcpy(address, (*place)->address, sizeof(address));
        drop_device(s, place);
        bluetooth_tell(s, address);
}

static void remove_battery(struct bluetooth_source *s, const char *path) {
        struct bluez_device **place = find_device(s, path);

        if (!place)
                return;
        (*place)->has_battery = false;
        (*place)->percent = BATTERY_UNKNOWN;
        bluetooth_tell(s, (*place)->address);
}

static void remove_adapter(struct bluetooth_source *s, const char *path) {
        struct bluez_adapter *a = find_adapter(s, path);

        if (!a)
                return;
        end_links(s, path);
        *a = s->adapters[--s->n_adapters];
}

static void remove_interface(struct bluetooth_source *s, const char *path, const char *interface) {
        if (strcmp(interface, BLUEZ_DEVICE) == 0)
                remove_device(s, path);
        else if (strcmp(interface, BLUEZ_BATTERY) == 0)
                remove_battery(s, path);
        else if (strcmp(interface, BLUEZ_ADAPTER) == 0)
                remove_adapter(s, path);
}

static int on_removed(sd_bus_message *m, void *userdata, sd_bus_error *error) {
        struct bluetooth_source *s = userdata;
        const char *path, *interface;

        if (!service_sent(&s->bluez, m) || !service_listens(&s->bluez) || sd_bus_message_read(m, "o", &path) < 0 ||
            sd_bus_message_enter_container(m, 'a', "s") < 0)
                return 0;
        while (sd_bus_message_read(m, "s", &interface) > 0)
                remove_interface(s, path, interface);
        return 0;
}

/* BlueZ 5.82 and later report who ended the link (doc/org.bluez.Device.rst). */
static int on_disconnected(sd_bus_message *m, void *userdata, sd_bus_error *error) {
        struct bluetooth_source *s = userdata;
        const char *path = sd_bus_message_get_path(m), *reason;
        struct bluez_device **place = path ? find_device(s, path) : NULL;

        if (!service_sent(&s->bluez, m) || !place || sd_bus_message_read(m, "s", &reason) < 0)
                return 0;
        if (strcmp(reason, "org.bluez.Reason.Local") != 0 && strcmp(reason, "org.bluez.Reason.Suspend") != 0)
                return 0;
        if ((*place)->connected)
                bluez_set_connected(*place, false, true);
        headset_reader_look(s->reader, *place, true);
        (*place)->ended_here = true;
        bluetooth_tell(s, (*place)->address);
        return 0;
}

static int listen_to(struct bluetooth_source *s, const char *interface) {
        char match[256];

        snprintf(match, sizeof(match),
                 "type='signal',sender='org.bluez',path_namespace='/org/bluez',interface='" PROPERTIES
                 "',member='PropertiesChanged',arg0='%s'",
                 interface);
        return sd_bus_add_match_async(s->bus, NULL, match, on_changed, NULL, s);
}

int bluez_listen(struct bluetooth_source *s) {
        int r = listen_to(s, BLUEZ_DEVICE);

        if (r >= 0)
                r = listen_to(s, BLUEZ_BATTERY);
        if (r >= 0)
                r = listen_to(s, BLUEZ_ADAPTER);
        if (r >= 0)
                r = sd_bus_match_signal_async(s->bus, NULL, "org.bluez", "/", OBJECT_MANAGER, "InterfacesAdded", on_added, NULL,
                                              s);
        if (r >= 0)
                r = sd_bus_match_signal_async(s->bus, NULL, "org.bluez", "/", OBJECT_MANAGER, "InterfacesRemoved", on_removed,
                                              NULL, s);
        return r < 0 ? r
                     : sd_bus_match_signal_async(s->bus, NULL, "org.bluez", NULL, BLUEZ_DEVICE, "Disconnected", on_disconnected,
                                                 NULL, s);
}

void bluez_free(struct bluetooth_source *s) {
        forget_all(s);
}
