/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "daemon/sources/bluez-profile.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/cleanup.h"

#define PROFILE_PATH "/org/sonycharge1/channel"
#define PROFILE_INTERFACE "org.bluez.Profile1"
#define MANAGER_PATH "/org/bluez"
#define MANAGER_INTERFACE "org.bluez.ProfileManager1"

/* Right after a link has begun, BlueZ is still busy with its audio (br-connection-busy). */
#define AGAIN_USEC (SECOND / 2)

struct profile {
        struct service *bluez;
        struct profile_listener listener;
        char device[BLUETOOTH_PATH_MAX];
        char uuid[40];
        sd_bus_slot *object, *call;
        sd_event_source *again;
        bool opened;
};

static void fail(struct profile *p, enum reading_outcome outcome) {
        p->listener.failed(p->listener.userdata, outcome);
}

static int send_call(struct profile *p, sd_bus_message *call, sd_bus_message_handler_t on_reply) {
        p->call = sd_bus_slot_unref(p->call);
        return sd_bus_call_async(p->bluez->source->bus, &p->call, call, on_reply, p, 0);
}

static void connect_profile(struct profile *p);

static int on_again(sd_event_source *source, uint64_t usec, void *userdata) {
        connect_profile(userdata);
        return 0;
}

static int try_again(struct profile *p) {
        if (p->again)
                return sd_event_source_set_time_relative(p->again, AGAIN_USEC) < 0
                               ? -EIO
                               : sd_event_source_set_enabled(p->again, SD_EVENT_ONESHOT);
        return sd_event_add_time_relative(sd_bus_get_event(p->bluez->source->bus), &p->again, CLOCK_MONOTONIC, AGAIN_USEC,
                                          AGAIN_USEC / 10, on_again, p);
}

/* Returns whether the error is temporary: the link was just made, or another profile is being connected. */
static bool passes(const sd_bus_error *error) {
        return sd_bus_error_has_name(error, "org.bluez.Error.InProgress") ||
               sd_bus_error_has_name(error, "org.bluez.Error.NotReady") ||
               (error->message && strstr(error->message, "busy") != NULL);
}

static int on_connected(sd_bus_message *m, void *userdata, sd_bus_error *error) {
        struct profile *p = userdata;
        const sd_bus_error *e = sd_bus_message_get_error(m);

        if (!e || p->opened)
                return 0;
        if (!passes(e) || try_again(p) < 0)
                fail(p, READING_REFUSED);
        return 0;
}

static void connect_profile(struct profile *p) {
        _cleanup_(sd_bus_message_unrefp) sd_bus_message *call = NULL;
        int r = service_new_call(p->bluez, p->device, "org.bluez.Device1", "ConnectProfile", &call);

        if (r >= 0)
                r = sd_bus_message_append(call, "s", p->uuid);
        if (r >= 0)
                r = send_call(p, call, on_connected);
        if (r < 0)
                fail(p, READING_REFUSED);
}

static int on_registered(sd_bus_message *m, void *userdata, sd_bus_error *error) {
        struct profile *p = userdata;
        const sd_bus_error *e = sd_bus_message_get_error(m);

        /* "UUID already registered" (BlueZ src/profile.c, register_profile()). */
        if (e)
                fail(p, sd_bus_error_has_name(e, "org.bluez.Error.NotPermitted") ? READING_TAKEN : READING_REFUSED);
        else
                connect_profile(p);
        return 0;
}

static int take_socket(struct profile *p, sd_bus_message *m, int *ret) {
        const char *device;
        int fd, flags;
        int r = sd_bus_message_read(m, "oh", &device, &fd);

        if (r < 0)
                return r;
        if (p->opened || strcmp(device, p->device) != 0)
                return -EPERM;
        _cleanup_close_ int copy = fcntl(fd, F_DUPFD_CLOEXEC, 3);
        flags = copy < 0 ? -1 : fcntl(copy, F_GETFL);
        if (flags < 0 || fcntl(copy, F_SETFL, flags | O_NONBLOCK) < 0)
                return -errno;
        *ret = TAKE_FD(copy);
        return 0;
}

static int method_new_connection(sd_bus_message *m, void *userdata, sd_bus_error *error) {
        struct profile *p = userdata;
        int fd = -1, r;

        if (!service_sent(p->bluez, m))
                return sd_bus_error_set(error, SD_BUS_ERROR_ACCESS_DENIED, "Only BlueZ may connect.");
        r = take_socket(p, m, &fd);
        if (r < 0)
                return sd_bus_error_set(error, "org.bluez.Error.Rejected", "Nobody waits for this connection.");
        r = sd_bus_reply_method_return(m, NULL);
        p->opened = true;
        p->listener.opened(p->listener.userdata, fd);
        return r < 0 ? r : 1;
}

static int method_end(sd_bus_message *m, void *userdata, sd_bus_error *error) {
        struct profile *p = userdata;
        int r;

        if (!service_sent(p->bluez, m))
                return sd_bus_error_set(error, SD_BUS_ERROR_ACCESS_DENIED, "Only BlueZ may disconnect.");
        r = sd_bus_reply_method_return(m, NULL);
        p->listener.ended(p->listener.userdata);
        return r < 0 ? r : 1;
}

static const sd_bus_vtable vtable[] = {
        SD_BUS_VTABLE_START(0),
        SD_BUS_METHOD("NewConnection", "oha{sv}", "", method_new_connection, SD_BUS_VTABLE_UNPRIVILEGED),
        SD_BUS_METHOD("RequestDisconnection", "o", "", method_end, SD_BUS_VTABLE_UNPRIVILEGED),
        SD_BUS_METHOD("Release", "", "", method_end, SD_BUS_VTABLE_UNPRIVILEGED),
        SD_BUS_VTABLE_END,
};

/* AutoConnect is set to false, because BlueZ would otherwise open the channel at every connection. */
static int register_profile(struct profile *p) {
        _cleanup_(sd_bus_message_unrefp) sd_bus_message *call = NULL;
        int r = service_new_call(p->bluez, MANAGER_PATH, MANAGER_INTERFACE, "RegisterProfile", &call);

        if (r >= 0)
                r = sd_bus_message_append(call, "osa{sv}", PROFILE_PATH, p->uuid, 4, "Name", "s", "sonycharge", "Role", "s",
                                          "client", "AutoConnect", "b", 0, "RequireAuthentication", "b", 1);
        return r < 0 ? r : send_call(p, call, on_registered);
}

int profile_open(struct service *bluez, const char *device, const char *uuid, const struct profile_listener *listener,
                 struct profile **ret) {
        struct profile *p = calloc(1, sizeof(*p));
        int r;

        if (!p)
                return -ENOMEM;
        *p = (struct profile){ .bluez = bluez, .listener = *listener };
        snprintf(p->device, sizeof(p->device), "%s", device);
        snprintf(p->uuid, sizeof(p->uuid), "%s", uuid);
        r = sd_bus_add_object_vtable(bluez->source->bus, &p->object, PROFILE_PATH, PROFILE_INTERFACE, vtable, p);
        if (r >= 0)
                r = register_profile(p);
        if (r < 0) {
                profile_close(p);
                return r;
        }
        *ret = p;
        return 0;
}

/* BlueZ then also gives up a connection that is being made. */
static void unregister_profile(struct profile *p) {
        _cleanup_(sd_bus_message_unrefp) sd_bus_message *call = NULL;
        int r = !p->bluez->there ? -ENOTCONN
                                 : service_new_call(p->bluez, MANAGER_PATH, MANAGER_INTERFACE, "UnregisterProfile", &call);

        if (r >= 0)
                r = sd_bus_message_append(call, "o", PROFILE_PATH);
        if (r >= 0)
                r = sd_bus_message_set_expect_reply(call, false);
        if (r >= 0)
                (void) sd_bus_send(p->bluez->source->bus, call, NULL);
}

struct profile *profile_close(struct profile *p) {
        if (!p)
                return NULL;
        sd_bus_slot_unref(p->call);
        unregister_profile(p);
        sd_bus_slot_unref(p->object);
        sd_event_source_disable_unref(p->again);
        free(p);
        return NULL;
}
