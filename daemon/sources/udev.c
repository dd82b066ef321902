/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* libudev's monitor and enumeration. */

#include "udev.h"

#include <errno.h>
#include <libudev.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>

#include "cleanup.h"
#include "device.h"
#include "devices.h"
#include "log.h"

/* Room for some thousand uevents; it is used only when many come at once. */
#define MONITOR_BUFFER (2 * 1024 * 1024)

struct udev_source {
        struct udev *udev;
        struct udev_monitor *monitor;
        sd_event_source *io;
        struct devices *devices;
};

static inline void udev_device_unrefp(struct udev_device **d) {
        udev_device_unref(*d);
}

static inline void udev_enumerate_unrefp(struct udev_enumerate **e) {
        udev_enumerate_unref(*e);
}

static unsigned property_number(struct udev_device *d, const char *property) {
        const char *value = udev_device_get_property_value(d, property);
        char *end;

        if (!value)
                return 0;
        unsigned long n = strtoul(value, &end, 10);
        return *end != '\0' || n > UINT_MAX ? 0 : (unsigned) n;
}

/* OVER_CURRENT_PORT=/devices/.../usb1-port2, sent for the hub's interface (kernel hub.c port_over_current_notify()). */
static void handle_over_current(struct udev_source *s, struct udev_device *d, const struct address *hub) {
        const char *path = udev_device_get_property_value(d, "OVER_CURRENT_PORT");
        struct address port;

        const char *name = path ? strrchr(path, '/') : NULL;
        if (!name || !udev_device_get_property_value(d, "OVER_CURRENT_COUNT"))
                return;
        if (!address_parse(name + 1, strlen(name + 1), &port) || port.depth != hub->depth + 1 || !address_is_below(&port, hub))
                return;
        devices_over_current(s->devices, &port, property_number(d, "OVER_CURRENT_COUNT"));
}

static void handle_interface(struct udev_source *s, struct udev_device *d, const char *action) {
        struct address hub;
        unsigned configuration;

        if (!device_name_parse(udev_device_get_sysname(d), &hub, &configuration))
                return;
        /* The parent of an interface that went may have gone too: then its own event follows. */
        struct udev_device *parent = udev_device_get_parent(d);
        if (strcmp(action, "remove") == 0) {
                if (parent)
                        devices_lose_configuration(s->devices, parent, configuration);
                devices_remove_ports(s->devices, &hub);
                return;
        }
        if (parent && strcmp(action, "unbind") != 0)
                devices_update(s->devices, parent, CHOICE_OPEN);
        devices_update_ports(s->devices, d);
        if (strcmp(action, "change") == 0)
                handle_over_current(s, d, &hub);
}

static void handle_device(struct udev_source *s, struct udev_device *d, const char *action) {
        const char *name = udev_device_get_sysname(d);
        struct address where;

        if (!address_parse(name, strlen(name), &where))
                return;
        if (strcmp(action, "remove") != 0) {
                devices_update(s->devices, d, strcmp(action, "bind") == 0 ? CHOICE_MADE : CHOICE_OPEN);
                return;
        }
        devices_remove_ports(s->devices, &where);
        devices_remove(s->devices, &where, property_number(d, "DEVNUM"));
}

static void handle(struct udev_source *s, struct udev_device *d, const char *action) {
        const char *devtype = udev_device_get_devtype(d);

        if (!devtype || !udev_device_get_sysname(d))
                return;
        if (strcmp(devtype, "usb_device") == 0)
                handle_device(s, d, action);
        else if (strcmp(devtype, "usb_interface") == 0)
                handle_interface(s, d, action);
}

static int on_monitor(sd_event_source *source, int fd, uint32_t revents, void *userdata) {
        struct udev_source *s = userdata;

        (void) source;
        (void) fd;
        (void) revents;
        errno = 0;
        _cleanup_(udev_device_unrefp) struct udev_device *d = udev_monitor_receive_device(s->monitor);
        if (d) {
                const char *action = udev_device_get_action(d);

                handle(s, d, action ? action : "change");
                return 0;
        }
        if (errno != ENOBUFS)
                return 0;
        log_warning("Uevents were lost, looking at all USB devices again.");
        return udev_source_cold_plug(s);
}

static int monitor_start(struct udev_source *s, sd_event *event) {
        s->monitor = udev_monitor_new_from_netlink(s->udev, "udev");
        if (!s->monitor)
                return errno ? -errno : -ENOMEM;
        int r = udev_monitor_filter_add_match_subsystem_devtype(s->monitor, "usb", NULL);
        if (r < 0)
                return r;
        (void) udev_monitor_set_receive_buffer_size(s->monitor, MONITOR_BUFFER);
        r = udev_monitor_enable_receiving(s->monitor);
        if (r < 0)
                return r;
        return sd_event_add_io(event, &s->io, udev_monitor_get_fd(s->monitor), EPOLLIN, on_monitor, s);
}

int udev_source_new(sd_event *event, source_emit *emit, void *userdata, struct udev_source **ret) {
        struct udev_source *s = calloc(1, sizeof(*s));

        if (!s)
                return -ENOMEM;
        int r = devices_new(event, emit, userdata, &s->devices);
        if (r >= 0)
                r = (s->udev = udev_new()) ? monitor_start(s, event) : -ENOMEM;
        if (r < 0) {
                udev_source_free(s);
                return r;
        }
        *ret = s;
        return 0;
}

struct udev_source *udev_source_free(struct udev_source *s) {
        if (!s)
                return NULL;
        sd_event_source_disable_unref(s->io);
        udev_monitor_unref(s->monitor);
        devices_free(s->devices);
        udev_unref(s->udev);
        free(s);
        return NULL;
}

/* sysfs paths come sorted, so a hub comes before what hangs on it. */
int udev_source_cold_plug(struct udev_source *s) {
        _cleanup_(udev_enumerate_unrefp) struct udev_enumerate *e = udev_enumerate_new(s->udev);
        struct udev_list_entry *entry;

        if (!e)
                return -ENOMEM;
        int r = udev_enumerate_add_match_subsystem(e, "usb");
        if (r >= 0)
                r = udev_enumerate_scan_devices(e);
        if (r < 0)
                return r;
        devices_begin_sweep(s->devices);
        udev_list_entry_foreach(entry, udev_enumerate_get_list_entry(e)) {
                _cleanup_(udev_device_unrefp) struct udev_device *d =
                        udev_device_new_from_syspath(s->udev, udev_list_entry_get_name(entry));

                if (d)
                        handle(s, d, "add");
        }
        devices_end_sweep(s->devices);
        return 0;
}

void udev_source_refresh(struct udev_source *s) {
        devices_refresh_power(s->devices);
}

void udev_source_set_power_look(struct udev_source *s, uint64_t usec) {
        devices_set_power_look(s->devices, usec);
}

void udev_source_witness(struct udev_source *s, const struct witness *w) {
        char name[ADDRESS_NAME_MAX];
        bool known = devices_knows(s->devices, &w->where, w->devnum);

        if (w->arrived == known) {
                if (known)
                        devices_add_configurations(s->devices, &w->where, w->configurations, w->n_configurations);
                return;
        }
        if (!w->arrived) {
                devices_remove_ports(s->devices, &w->where);
                devices_remove(s->devices, &w->where, w->devnum);
                return;
        }
        _cleanup_(udev_device_unrefp) struct udev_device *d =
                udev_device_new_from_subsystem_sysname(s->udev, "usb", address_device_name(&w->where, name));
        if (d) {
                devices_update(s->devices, d, CHOICE_OPEN);
                devices_add_configurations(s->devices, &w->where, w->configurations, w->n_configurations);
        }
}
