/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* hidraw devices, by their uevents. */

#include "daemon/sources/hid-source.h"

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
#include "daemon/sources/hid-receiver.h"
#include "common/log.h"
#include "daemon/sources/sysfs.h"

#define HIDRAW_CLASS "/sys/class/hidraw"
#define BUS_USB 0x03 /* linux/input.h */
/* HID_MAX_DESCRIPTOR_SIZE of linux/hid.h. */
#define DESCRIPTOR_MAX 4096
/* A person has one or two. */
#define RECEIVERS_MAX 8
#define EVENTS_PER_TURN 64

struct hid_source {
        struct hid_room room;
        struct udev *udev;
        struct udev_monitor *monitor;
        sd_event_source *io;
        size_t n;
        struct receiver *receivers[RECEIVERS_MAX];
};

static size_t find(const struct hid_source *s, const char *node) {
        size_t i = 0;

        while (i < s->n && strcmp(receiver_node(s->receivers[i]), node) != 0)
                i++;
        return i;
}

static void remove_receiver(struct hid_source *s, size_t i) {
        receiver_gone(s->receivers[i]);
        receiver_free(s->receivers[i]);
        s->receivers[i] = s->receivers[--s->n];
}

/* The directory of the HID device is two levels above the node's. A receiver has several HID devices, of which one carries the
 * reports. */
static bool speaks(enum hid_kind kind, const char *syspath) {
        uint8_t descriptor[DESCRIPTOR_MAX];
        char dir[SYSFS_PATH_MAX];

        if (snprintf(dir, sizeof(dir), "%s/../..", syspath) >= (int) sizeof(dir))
                return false;
        ssize_t n = sysfs_read(dir, "report_descriptor", descriptor, sizeof(descriptor));
        return n > 0 && hid_descriptor_fits(kind, descriptor, (size_t) n);
}

/* A headset on Bluetooth has HID devices with the same ids and is not a receiver. */
static bool is_receiver(const char *syspath, struct hid_place *ret) {
        const char *model;

        if (!hid_place_parse(syspath, ret) || ret->bus != BUS_USB)
                return false;
        enum hid_kind kind = hid_kind_of(ret->vendor, ret->product, &model);
        return kind != HID_NONE && speaks(kind, syspath);
}

static void consider(struct hid_source *s, const char *syspath, bool found) {
        struct hid_place place;

        if (!is_receiver(syspath, &place))
                return;
        size_t i = find(s, place.node);
        if (i < s->n) {
                receiver_open(s->receivers[i]);
                receiver_ask_soon(s->receivers[i]);
                return;
        }
        if (s->n < RECEIVERS_MAX && receiver_new(&s->room, &place, found, &s->receivers[s->n]) >= 0)
                s->n++;
}

static void note_hidraw(struct hid_source *s, struct udev_device *d, const char *action) {
        const char *node = udev_device_get_sysname(d);

        if (!node)
                return;
        if (strcmp(action, "remove") != 0) {
                consider(s, udev_device_get_syspath(d), false);
                return;
        }
        size_t i = find(s, node);
        if (i < s->n)
                remove_receiver(s, i);
}

/* The plug may be that of a headset's charging cable. */
static void note_plug(struct hid_source *s, const char *action) {
        if (strcmp(action, "add") != 0 && strcmp(action, "remove") != 0)
                return;
        for (size_t i = 0; i < s->n; i++)
                receiver_ask_soon(s->receivers[i]);
}

static int on_monitor(sd_event_source *source, int fd, uint32_t revents, void *userdata) {
        struct hid_source *s = userdata;

        for (unsigned i = 0; i < EVENTS_PER_TURN; i++) {
                errno = 0;
                _cleanup_(udev_device_unrefp) struct udev_device *d = udev_monitor_receive_device(s->monitor);
                if (!d)
                        return errno == ENOBUFS ? hid_source_look(s, false) : 0;
                const char *action = udev_device_get_action(d), *subsystem = udev_device_get_subsystem(d);
                if (action && subsystem && strcmp(subsystem, "hidraw") == 0)
                        note_hidraw(s, d, action);
                else if (action)
                        note_plug(s, action);
        }
        return 0;
}

static int monitor_start(struct hid_source *s, sd_event *event) {
        s->monitor = udev_monitor_new_from_netlink(s->udev, "udev");
        if (!s->monitor)
                return errno ? -errno : -ENOMEM;
        int r = udev_monitor_filter_add_match_subsystem_devtype(s->monitor, "hidraw", NULL);
        if (r >= 0)
                r = udev_monitor_filter_add_match_subsystem_devtype(s->monitor, "usb", "usb_device");
        if (r >= 0)
                r = udev_monitor_filter_add_match_subsystem_devtype(s->monitor, "typec", NULL);
        if (r >= 0)
                r = udev_monitor_enable_receiving(s->monitor);
        if (r < 0)
                return r;
        return sd_event_add_io(event, &s->io, udev_monitor_get_fd(s->monitor), EPOLLIN, on_monitor, s);
}

int hid_source_new(sd_event *event, source_emit *emit, void *userdata, struct hid_source **ret) {
        struct hid_source *s = calloc(1, sizeof(*s));

        if (!s)
                return -ENOMEM;
        s->room = (struct hid_room){ .event = event, .emit = emit, .userdata = userdata };
        int r = (s->udev = udev_new()) ? monitor_start(s, event) : -ENOMEM;
        if (r < 0) {
                hid_source_free(s);
                return r;
        }
        *ret = s;
        return 0;
}

struct hid_source *hid_source_free(struct hid_source *s) {
        if (!s)
                return NULL;
        while (s->n > 0)
                receiver_free(s->receivers[--s->n]);
        helpers_end(&s->room.helpers);
        sd_event_source_disable_unref(s->io);
        udev_monitor_unref(s->monitor);
        udev_unref(s->udev);
        free(s);
        return NULL;
}

static void forget_lost(struct hid_source *s) {
        char path[sizeof(HIDRAW_CLASS) + 32];

        for (size_t i = s->n; i-- > 0;) {
                snprintf(path, sizeof(path), HIDRAW_CLASS "/%.16s", receiver_node(s->receivers[i]));
                if (access(path, F_OK) < 0)
                        remove_receiver(s, i);
        }
}

int hid_source_look(struct hid_source *s, bool found) {
        char link[sizeof(HIDRAW_CLASS) + NAME_MAX + 1];
        struct dirent *entry;

        forget_lost(s);
        DIR *dir = opendir(HIDRAW_CLASS);
        if (!dir)
                return errno == ENOENT ? 0 : -errno;
        while ((entry = readdir(dir))) {
                if (entry->d_name[0] == '.')
                        continue;
                snprintf(link, sizeof(link), HIDRAW_CLASS "/%s", entry->d_name);
                _cleanup_free_ char *path = realpath(link, NULL);
                if (path)
                        consider(s, path, found);
        }
        closedir(dir);
        return 0;
}
