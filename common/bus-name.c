/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "common/bus-name.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DBUS "org.freedesktop.DBus"
#define DBUS_PATH "/org/freedesktop/DBus"

/* Maximum length of a bus name in bytes (D-Bus specification, "Bus names"). */
#define NAME_MAX_BYTES 255

struct bus_name {
        const char *name;
        char owner[NAME_MAX_BYTES + 1];
        bool known;
        sd_bus_slot *changes, *asking;
        bus_name_listener *listener;
        void *userdata;
};

const char *bus_name_owner(const struct bus_name *n) {
        return n ? n->owner : "";
}

bool bus_name_sent(const struct bus_name *n, sd_bus_message *m) {
        const char *sender = sd_bus_message_get_sender(m);

        return n && sender && n->owner[0] != '\0' && strcmp(sender, n->owner) == 0;
}

/* Returns true when the message comes from the bus driver itself. */
static bool bus_itself_sent(sd_bus_message *m) {
        const char *sender = sd_bus_message_get_sender(m);

        return sender && strcmp(sender, DBUS) == 0;
}

static void note(struct bus_name *n, const char *owner) {
        char before[sizeof n->owner];
        bool first = !n->known;

        if (!first && strcmp(n->owner, owner) == 0)
                return;
        memcpy(before, n->owner, sizeof before);
        snprintf(n->owner, sizeof n->owner, "%s", owner);
        n->known = true;
        if (n->listener)
                n->listener(n->userdata, first ? NULL : before, n->owner);
}

static int on_changed(sd_bus_message *m, void *userdata, sd_bus_error *error) {
        const char *name, *before, *owner;
        struct bus_name *n = userdata;

        if (bus_itself_sent(m) && sd_bus_message_read(m, "sss", &name, &before, &owner) >= 0 && strcmp(name, n->name) == 0)
                note(n, owner);
        return 0;
}

/* An error means that the name has no owner, or that the bus connection was lost. */
static int on_owner(sd_bus_message *m, void *userdata, sd_bus_error *error) {
        struct bus_name *n = userdata;
        const char *owner = "";

        n->asking = sd_bus_slot_unref(n->asking);
        if (sd_bus_message_is_method_error(m, NULL) || !bus_itself_sent(m) || sd_bus_message_read(m, "s", &owner) < 0)
                owner = "";
        note(n, owner);
        return 0;
}

static int follow(struct bus_name *n, sd_bus *bus) {
        char match[NAME_MAX_BYTES + 160];

        snprintf(match, sizeof match,
                 "type='signal',sender='" DBUS "',path='" DBUS_PATH "',interface='" DBUS "',member='NameOwnerChanged',arg0='%s'",
                 n->name);
        int r = sd_bus_add_match_async(bus, &n->changes, match, on_changed, NULL, n);
        return r < 0 ? r
                     : sd_bus_call_method_async(bus, &n->asking, DBUS, DBUS_PATH, DBUS, "GetNameOwner", on_owner, n, "s",
                                                n->name);
}

int bus_name_follow(sd_bus *bus, const char *name, bus_name_listener *listener, void *userdata, struct bus_name **ret) {
        struct bus_name *n;

        if (strlen(name) > NAME_MAX_BYTES)
                return -EINVAL;
        n = calloc(1, sizeof *n);
        if (!n)
                return -ENOMEM;
        *n = (struct bus_name){ .name = name, .listener = listener, .userdata = userdata };
        int r = follow(n, bus);
        if (r < 0) {
                bus_name_free(n);
                return r;
        }
        *ret = n;
        return 0;
}

struct bus_name *bus_name_free(struct bus_name *n) {
        if (!n)
                return NULL;
        sd_bus_slot_unref(n->changes);
        sd_bus_slot_unref(n->asking);
        free(n);
        return NULL;
}
