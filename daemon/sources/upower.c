/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Headset batteries of org.freedesktop.UPower. The computer's own battery is not monitored, because it changes all the time. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "daemon/sources/bluetooth-internal.h"
#include "daemon/sources/upower-read.h"

#define UPOWER "org.freedesktop.UPower"
#define UPOWER_PATH "/org/freedesktop/UPower"
#define DEVICE UPOWER ".Device"
#define PROPERTIES "org.freedesktop.DBus.Properties"

/* Types of a device (UPower libupower-glib/up-types.h): headset and headphones. */
#define TYPE_HEADSET 17
#define TYPE_HEADPHONES 19

static struct upower_device **find_battery(struct bluetooth_source *s, const char *path) {
        for (size_t i = 0; i < s->n_batteries; i++)
                if (strcmp(s->batteries[i]->path, path) == 0)
                        return &s->batteries[i];
        return NULL;
}

static void drop_battery(struct bluetooth_source *s, struct upower_device **place) {
        sd_bus_slot_unref((*place)->slot);
        free(*place);
        *place = s->batteries[--s->n_batteries];
}

static bool is_headset(const struct upower_device *u) {
        return u->address[0] != '\0' && (u->type == TYPE_HEADSET || u->type == TYPE_HEADPHONES);
}

static int on_changed(sd_bus_message *m, void *userdata, sd_bus_error *error) {
        struct bluetooth_source *s = userdata;
        const char *path = sd_bus_message_get_path(m), *interface;
        struct upower_device **place = path ? find_battery(s, path) : NULL;

        if (!place || !service_sent(&s->upower, m) || sd_bus_message_read(m, "s", &interface) < 0 ||
            strcmp(interface, DEVICE) != 0 || upower_read(*place, m) < 0)
                return 0;
        bluetooth_tell(s, (*place)->address);
        return 0;
}

static int listen_to(struct bluetooth_source *s, struct upower_device *u) {
        char match[384];

        snprintf(match, sizeof(match),
                 "type='signal',sender='" UPOWER "',path='%s',interface='" PROPERTIES "',member='PropertiesChanged'", u->path);
        return sd_bus_add_match_async(s->bus, &u->slot, match, on_changed, NULL, s);
}

static void keep_battery(struct bluetooth_source *s, const struct upower_device *u) {
        struct upower_device **place = find_battery(s, u->path);
        struct upower_device *new;

        if (place || !is_headset(u) || s->n_batteries == BLUETOOTH_DEVICES_MAX)
                return;
        new = malloc(sizeof(*new));
        if (!new)
                return;
        *new = *u;
        if (listen_to(s, new) < 0) {
                free(new);
                return;
        }
        s->batteries[s->n_batteries++] = new;
        bluetooth_tell(s, new->address);
}

static int on_properties(sd_bus_message *m, void *userdata, sd_bus_error *error) {
        const struct object_question *q = userdata;
        struct upower_device u = { .percentage = -1 };

        if (sd_bus_message_is_method_error(m, NULL) || !service_sent(q->service, m))
                return 0;
        memcpy(u.path, q->path, sizeof(u.path));
        if (upower_read(&u, m) >= 0)
                keep_battery(q->service->source, &u);
        return 0;
}

static int ask_device(struct bluetooth_source *s, const char *path) {
        return strlen(path) < BLUETOOTH_PATH_MAX ? service_get_all(&s->upower, path, DEVICE, on_properties) : 0;
}

static int on_devices(sd_bus_message *m, void *userdata, sd_bus_error *error) {
        struct bluetooth_source *s = userdata;
        const char *path;
        int r = sd_bus_message_is_method_error(m, NULL) ? -sd_bus_message_get_errno(m) : 0;

        if (!s->upower.asked || (r >= 0 && !service_sent(&s->upower, m)))
                return 0;
        if (r >= 0)
                r = sd_bus_message_enter_container(m, 'a', "o");
        for (unsigned n = 0; r >= 0 && n < BLUETOOTH_DEVICES_MAX && (r = sd_bus_message_read(m, "o", &path)) > 0; n++)
                r = ask_device(s, path);
        service_answered(&s->upower, r);
        return 0;
}

void upower_ask(struct service *u) {
        int r = service_call(u, UPOWER_PATH, UPOWER, "EnumerateDevices", on_devices);

        if (r < 0)
                service_answered(u, r);
}

void upower_lost(struct service *u) {
        struct bluetooth_source *s = u->source;

        while (s->n_batteries > 0)
                drop_battery(s, &s->batteries[0]);
        bluetooth_tell_all(s);
}

static int on_added(sd_bus_message *m, void *userdata, sd_bus_error *error) {
        struct bluetooth_source *s = userdata;
        const char *path;

        if (service_sent(&s->upower, m) && service_listens(&s->upower) && sd_bus_message_read(m, "o", &path) >= 0)
                (void) ask_device(s, path);
        return 0;
}

static int on_removed(sd_bus_message *m, void *userdata, sd_bus_error *error) {
        struct bluetooth_source *s = userdata;
        struct upower_device **place;
        char address[BLUETOOTH_ADDRESS_MAX];
        const char *path;

        if (!service_sent(&s->upower, m) || sd_bus_message_read(m, "o", &path) < 0)
                return 0;
        place = find_battery(s, path);
        if (!place)
                return 0;
        memcpy(address, (*place)->address, sizeof(address));
        drop_battery(s, place);
        bluetooth_tell(s, address);
        return 0;
}

int upower_listen(struct bluetooth_source *s) {
        int r = sd_bus_match_signal_async(s->bus, NULL, UPOWER, UPOWER_PATH, UPOWER, "DeviceAdded", on_added, NULL, s);

        return r < 0 ? r
                     : sd_bus_match_signal_async(s->bus, NULL, UPOWER, UPOWER_PATH, UPOWER, "DeviceRemoved", on_removed, NULL, s);
}

void upower_free(struct bluetooth_source *s) {
        while (s->n_batteries > 0)
                drop_battery(s, &s->batteries[0]);
}
