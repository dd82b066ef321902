/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* The connection: on which bus the API is served, and what happens if it is lost. */

#include "daemon/bus/bus.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "daemon/bus/bus-internal.h"
#include "common/cleanup.h"
#include "common/log.h"

static int open_bus(const char *choice, sd_bus **ret) {
        _cleanup_(sd_bus_unrefp) sd_bus *bus = NULL;

        int r = sd_bus_new(&bus);
        if (r < 0)
                return r;
        if (strcmp(choice, "system") == 0)
                return sd_bus_open_system(ret);
        if (strcmp(choice, "session") == 0)
                return sd_bus_open_user(ret);
        r = sd_bus_set_address(bus, choice);
        if (r >= 0)
                r = sd_bus_set_bus_client(bus, true);
        if (r >= 0)
                r = sd_bus_negotiate_fds(bus, true);
        if (r >= 0)
                r = sd_bus_start(bus);
        if (r >= 0)
                *ret = TAKE_PTR(bus);
        return r;
}

static int on_disconnected(sd_bus_message *message, void *userdata, sd_bus_error *error) {
        struct bus *b = userdata;

        log_error("The connection to the bus is lost, nobody can be served any more.");
        b->backend.lost(b->backend.userdata);
        return 0;
}

static int own_name(struct bus *b) {
        int r = sd_bus_request_name(b->bus, BUS_NAME, 0);

        if (r == -EEXIST)
                log_error("Another sonycharged owns %s on this bus already.", BUS_NAME);
        else if (r < 0)
                log_error("Cannot own the name %s on the bus: %s", BUS_NAME, strerror(-r));
        return r;
}

static int start(struct bus *b, const char *choice) {
        int r = open_bus(choice, &b->bus);

        if (r < 0) {
                log_error("Cannot connect to the bus (%s): %s", choice, strerror(-r));
                return r;
        }
        b->is_system = strcmp(choice, "system") == 0;
        r = bus_add_objects(b, b->bus);
        if (r >= 0)
                r = bus_share_start(b);
        if (r >= 0)
                r = sd_bus_match_signal(b->bus, NULL, "org.freedesktop.DBus.Local", "/org/freedesktop/DBus/Local",
                                        "org.freedesktop.DBus.Local", "Disconnected", on_disconnected, b);
        if (r >= 0)
                r = sd_bus_attach_event(b->bus, b->event, SD_EVENT_PRIORITY_NORMAL);
        if (r < 0) {
                log_error("Cannot serve the bus: %s", strerror(-r));
                return r;
        }
        return own_name(b);
}

int bus_new(sd_event *event, const struct bus_backend *backend, const char *otherwise, struct bus **ret) {
        const char *choice = getenv("SONYCHARGE_BUS");
        struct bus *b = calloc(1, sizeof(*b));

        if (!b)
                return -ENOMEM;
        *b = (struct bus){ .backend = *backend, .event = event };
        int r = start(b, choice && *choice ? choice : otherwise);
        if (r < 0) {
                bus_free(b);
                return r;
        }
        *ret = b;
        return 0;
}

struct bus *bus_free(struct bus *b) {
        if (!b)
                return NULL;
        bus_stop_recordings(b);
        json_object_put(b->manager);
        bus_drop_requests(b);
        bus_share_stop(b);
        b->system = sd_bus_close_unref(b->system);
        b->bus = sd_bus_flush_close_unref(b->bus);
        free(b);
        return NULL;
}

void bus_go_live(struct bus *b) {
        b->live = true;
}
