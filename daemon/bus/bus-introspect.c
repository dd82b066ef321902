/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Introspection without a bus: the daemon's own objects are queried over a socket pair. */

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "daemon/bus/bus-internal.h"
#include "common/cleanup.h"

struct answer {
        bool done;
        int result;
};

/* Returns the id of the object below `prefix` at `path`; "id" if no object can be at that path. */
static const char *id_at(const char *path, const char *prefix) {
        static const char characters[] = "abcdefghijklmnopqrstuvwxyz0123456789_";
        size_t len = strlen(prefix), n;

        if (strncmp(path, prefix, len) != 0 || path[len] != '/')
                return "id";
        path += len + 1;
        n = strspn(path, characters);
        return n > 0 && path[n] == '\0' && n < sizeof(((struct object *) NULL)->id) ? path : "id";
}

static void make_example(struct object *o, enum object_kind kind, const char *id) {
        static const struct port nowhere = { .address = { .bus = 1, .depth = 1, .port = { 1 } } };

        *o = (struct object){ .kind = kind, .port = &nowhere, .place = &nowhere };
        snprintf(o->id, sizeof(o->id), "%s", id);
}

static int on_introspected(sd_bus_message *message, void *userdata, sd_bus_error *error) {
        struct answer *a = userdata;
        const char *xml;

        a->done = true;
        a->result = sd_bus_message_is_method_error(message, NULL) ? -sd_bus_message_get_errno(message)
                                                                  : sd_bus_message_read(message, "s", &xml);
        if (a->result >= 0 && fputs(xml, stdout) < 0)
                a->result = -EIO;
        return 0;
}

static int open_pair(sd_bus *server, sd_bus *client) {
        int fds[2];

        if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, fds) < 0)
                return -errno;
        int r = sd_bus_set_fd(server, fds[0], fds[0]);
        if (r < 0) {
                close(fds[0]);
                close(fds[1]);
                return r;
        }
        r = sd_bus_set_fd(client, fds[1], fds[1]);
        if (r < 0)
                close(fds[1]);
        if (r >= 0)
                r = sd_bus_set_server(server, true, (sd_id128_t){ .bytes = { 1 } });
        if (r >= 0)
                r = sd_bus_start(server);
        return r < 0 ? r : sd_bus_start(client);
}

static int introspect(struct bus *b, sd_bus *server, sd_bus *client, const char *path) {
        struct answer answer = {};

        int r = open_pair(server, client);
        if (r >= 0)
                r = bus_add_objects(b, server);
        if (r >= 0)
                r = sd_bus_call_method_async(client, NULL, NULL, path, "org.freedesktop.DBus.Introspectable", "Introspect",
                                             on_introspected, &answer, NULL);
        while (r >= 0 && !answer.done) {
                r = sd_bus_process(server, NULL);
                if (r >= 0)
                        r = sd_bus_process(client, NULL);
        }
        return r < 0 ? r : answer.result;
}

static inline void model_freep(struct model **m) {
        model_free(*m);
}

int bus_introspect(const char *path) {
        _cleanup_(sd_bus_close_unrefp) sd_bus *server = NULL, *client = NULL;
        _cleanup_(model_freep) struct model *model = model_new();
        /* One object of each kind is made up, so that every interface can be shown for any path. */
        struct object headset, port, *objects[] = { &headset, &port };
        const struct registry registry = { .n = 2, .objects = objects };
        struct bus b = { .backend.model = model, .backend.registry = &registry };

        if (!model || sd_bus_new(&server) < 0 || sd_bus_new(&client) < 0)
                return -ENOMEM;
        make_example(&headset, OBJECT_HEADSET, id_at(path, BUS_HEADSET_PREFIX));
        make_example(&port, OBJECT_PORT, id_at(path, BUS_PORT_PREFIX));
        int r = introspect(&b, server, client, path);
        json_object_put(b.manager);
        return r;
}
