/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* libudev's monitor and enumeration. */

#include "daemon/sources/udev.h"

#include <dirent.h>
#include <errno.h>
#include <libudev.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>

#include "common/cleanup.h"
#include "daemon/sources/udev-cleanup.h"
#include "daemon/sources/device.h"
#include "daemon/sources/devices.h"
#include "daemon/sources/sysfs.h"
#include "common/log.h"
#include "daemon/sources/sysfs.h"

/* Room for some thousand uevents. It takes memory only if many come at once. */
#define MONITOR_BUFFER (2 * 1024 * 1024)

/* udev reports a plug within some tenths of a second. */
#define LATE_USEC (2 * SECOND)
#define EXPECTED_MAX 16

/* When too many files are open, everything is read again after this time. */
#define AGAIN_USEC (2 * SECOND)

struct udev_source {
        sd_event *event; /* borrowed */
        struct udev *udev;
        struct udev_monitor *monitor;
        sd_event_source *io;
        struct devices *devices;
        sd_event_source *late;
        size_t n_expected;
        struct address expected[EXPECTED_MAX]; /* reported by the kernel log, and not yet by udev */
        bool silent;                           /* udev has missed a device since it last reported one */
        sd_event_source *again;
        bool starved;       /* too many files are open; this was emitted */
        uint64_t warned_at; /* CLOCK_MONOTONIC µs; 0: never */
        source_emit *emit;
        source_before *before;
        void *userdata;
};

static unsigned property_number(struct udev_device *d, const char *property) {
        const char *value = udev_device_get_property_value(d, property);
        char *end;

        if (!value)
                return 0;
        unsigned long long n = strtoull(value, &end, 10);
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

static void update_parent(struct udev_source *s, const char *interface) {
        char parent[SYSFS_PATH_MAX];
        const char *slash = strrchr(interface, '/');

        if (slash && snprintf(parent, sizeof(parent), "%.*s", (int) (slash - interface), interface) < (int) sizeof(parent))
                devices_update(s->devices, parent, NULL, CHOICE_OPEN);
}

static void handle_interface(struct udev_source *s, struct udev_device *d, const char *action) {
        const char *syspath = udev_device_get_syspath(d);
        struct address hub;
        unsigned configuration;

        if (!device_name_parse(udev_device_get_sysname(d), &hub, &configuration))
                return;
        /* The device of a removed interface may be gone too; then its own event follows. */
        if (strcmp(action, "remove") == 0) {
                devices_lose_configuration(s->devices, &hub, configuration);
                devices_remove_ports(s->devices, &hub);
                return;
        }
        if (strcmp(action, "unbind") != 0)
                update_parent(s, syspath);
        devices_update_ports(s->devices, syspath, &hub);
        if (strcmp(action, "change") == 0)
                handle_over_current(s, d, &hub);
}

static int on_late(sd_event_source *source, uint64_t usec, void *userdata) {
        struct udev_source *s = userdata;

        s->n_expected = 0;
        if (!s->silent)
                log_notice_hourly("udev does not tell of devices that came or left, looking in sysfs instead.");
        s->silent = true;
        return udev_source_cold_plug(s);
}

void udev_source_expect(struct udev_source *s, const struct address *where) {
        /* Further ones are found by the same sweep. */
        if (s->n_expected < EXPECTED_MAX)
                s->expected[s->n_expected++] = *where;
        if (s->n_expected > 1)
                return;
        if (!s->late) {
                (void) sd_event_add_time_relative(s->event, &s->late, CLOCK_MONOTONIC, LATE_USEC, 0, on_late, s);
                return;
        }
        (void) sd_event_source_set_time_relative(s->late, LATE_USEC);
        (void) sd_event_source_set_enabled(s->late, SD_EVENT_ONESHOT);
}

/* udev reported the device, so it is no longer expected. */
static void strike_off(struct udev_source *s, const struct address *where) {
        size_t n = s->n_expected;

        s->silent = false;
        for (size_t i = s->n_expected; i-- > 0;)
                if (address_equal(&s->expected[i], where))
                        s->expected[i] = s->expected[--s->n_expected];
        if (n > 0 && s->n_expected == 0)
                (void) sd_event_source_set_enabled(s->late, SD_EVENT_OFF);
}

static void handle_device(struct udev_source *s, struct udev_device *d, const char *action) {
        const char *name = udev_device_get_sysname(d);
        struct address where;

        if (!address_parse(name, strlen(name), &where))
                return;
        strike_off(s, &where);
        if (strcmp(action, "remove") != 0) {
                bool binds = strcmp(action, "bind") == 0 || strcmp(action, "unbind") == 0;
                bool same = binds && devices_knows(s->devices, &where, property_number(d, "DEVNUM"));

                devices_update(s->devices, udev_device_get_syspath(d), same ? NULL : d,
                               strcmp(action, "bind") == 0 ? CHOICE_MADE : CHOICE_OPEN);
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

        errno = 0;
        _cleanup_(udev_device_unrefp) struct udev_device *d = udev_monitor_receive_device(s->monitor);
        if (d) {
                const char *action = udev_device_get_action(d);

                s->before(s->userdata);
                handle(s, d, action ? action : "change");
                return 0;
        }
        if (errno != ENOBUFS)
                return 0;
        log_warning_hourly("Uevents were lost, looking at all USB devices again.");
        return udev_source_cold_plug(s);
}

static void arm_again(void *userdata) {
        struct udev_source *s = userdata;

        (void) sd_event_source_set_time_relative(s->again, AGAIN_USEC);
        (void) sd_event_source_set_enabled(s->again, SD_EVENT_ONESHOT);
}

static void tell_starved(struct udev_source *s, bool starved) {
        const struct event e = {
                .type = EVENT_SOURCE,
                .time = moment_now(),
                .u.source = { .source = SOURCE_USB, .degraded = starved },
        };

        if (starved && !s->starved && (s->warned_at == 0 || e.time.at - s->warned_at >= HOUR)) {
                s->warned_at = e.time.at;
                log_warning("Too many files are open, USB devices cannot be read. They are read again later.");
        }
        s->starved = starved;
        s->emit(s->userdata, &e);
}

static int on_again(sd_event_source *source, uint64_t usec, void *userdata) {
        struct udev_source *s = userdata;

        int r = udev_source_cold_plug(s);
        /* Other sources may have missed something too; the event makes them look. */
        if (r >= 0 && !sysfs_starved())
                tell_starved(s, false);
        return r;
}

static int add_again(struct udev_source *s) {
        int r = sd_event_add_time(s->event, &s->again, CLOCK_MONOTONIC, 0, 0, on_again, s);

        if (r >= 0)
                r = sd_event_source_set_enabled(s->again, SD_EVENT_OFF);
        if (r >= 0)
                sysfs_set_on_starved(arm_again, s);
        return r;
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

int udev_source_new(sd_event *event, source_emit *emit, source_before *before, void *userdata, struct udev_source **ret) {
        struct udev_source *s = calloc(1, sizeof(*s));

        if (!s)
                return -ENOMEM;
        *s = (struct udev_source){ .event = event, .emit = emit, .before = before, .userdata = userdata };
        int r = devices_new(event, emit, userdata, &s->devices);
        if (r >= 0)
                r = add_again(s);
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
        sd_event_source_disable_unref(s->late);
        sd_event_source_disable_unref(s->again);
        sysfs_set_on_starved(NULL, NULL);
        udev_monitor_unref(s->monitor);
        devices_free(s->devices);
        udev_unref(s->udev);
        free(s);
        return NULL;
}

/* Sorts a hub before the devices behind it, and a device before its interfaces. */
static int compare_names(const void *a, const void *b) {
        char *const *m = a, *const *n = b;
        struct address x, y;
        unsigned i, k;

        if (!device_name_parse(*m, &x, &i) || !device_name_parse(*n, &y, &k))
                return strcmp(*m, *n);
        int order = address_compare(&x, &y);
        return order ? order : (i != 0) - (k != 0);
}

static int add_name(char ***list, size_t *n, const char *name) {
        char **grown = reallocarray(*list, *n + 1, sizeof(char *));

        if (!grown)
                return -ENOMEM;
        *list = grown;
        grown[*n] = strdup(name);
        if (!grown[*n])
                return -ENOMEM;
        (*n)++;
        return 0;
}

/* Lists the names of all devices and interfaces. The caller frees them and the list, on error too. */
static int list_names(char ***list, size_t *n) {
        DIR *dir = opendir(USB_DEVICES);
        const struct dirent *entry;
        int r = 0;

        if (!dir && errno == ENOENT)
                return 0; /* a kernel without USB */
        if (!dir) {
                int error = errno;

                sysfs_note_error(error);
                return -error;
        }
        while (r >= 0 && (entry = readdir(dir)))
                if (entry->d_name[0] != '.')
                        r = add_name(list, n, entry->d_name);
        closedir(dir);
        if (*n > 0)
                qsort(*list, *n, sizeof(char *), compare_names);
        return r;
}

static void take_in(struct udev_source *s, const char *name) {
        char path[SYSFS_PATH_MAX];
        struct address where;
        unsigned configuration;

        if (device_find(name, path, sizeof(path)) < 0 || !device_name_parse(name, &where, &configuration))
                return;
        if (strchr(name, ':'))
                devices_update_ports(s->devices, path, &where);
        else
                devices_update(s->devices, path, NULL, CHOICE_OPEN);
}

/* Does not use libudev's enumeration, because it reads files that take a lock (see device_read()). When too many files are open,
 * what was not seen may be there nevertheless. */
int udev_source_cold_plug(struct udev_source *s) {
        char **names = NULL;
        size_t n = 0;

        sysfs_forget_starved();
        int r = list_names(&names, &n);
        devices_begin_sweep(s->devices);
        for (size_t i = 0; i < n; i++) {
                if (r >= 0)
                        take_in(s, names[i]);
                free(names[i]);
        }
        free(names);
        bool starved = sysfs_starved();
        if (r >= 0 && !starved)
                devices_end_sweep(s->devices);
        if (starved && !s->starved)
                tell_starved(s, true);
        return starved ? 0 : r;
}

void udev_source_refresh(struct udev_source *s, const struct address *asked) {
        devices_refresh_power(s->devices, asked);
}

void udev_source_set_power_look(struct udev_source *s, uint64_t usec) {
        devices_set_power_look(s->devices, usec);
}

void udev_source_confirm(struct udev_source *s, const struct usb_sighting *w) {
        char name[ADDRESS_NAME_MAX], path[SYSFS_PATH_MAX];
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
        if (device_find(address_device_name(&w->where, name), path, sizeof(path)) >= 0) {
                devices_update(s->devices, path, NULL, CHOICE_OPEN);
                devices_add_configurations(s->devices, &w->where, w->configurations, w->n_configurations);
        }
}
