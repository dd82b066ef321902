/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* libusb in an sd-event loop. */

#include "daemon/sources/usb.h"

#include <errno.h>
#include <libusb.h>
#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

#include "common/cleanup.h"
#include "daemon/sources/descriptors.h"
#include "common/log.h"

#define FDS_MAX 8
/* The thread needs milliseconds, unless a device is locked. */
#define JOIN_SEC 2

struct usb_source {
        libusb_context *context;
        sd_event *event;
        pthread_t thread; /* initialises libusb */
        bool joined;      /* the thread has ended */
        int ready_fd;     /* readable: the thread is done */
        sd_event_source *ready;
        sd_event_source *io[FDS_MAX];
        usb_seen *seen;
        void *userdata;
};

static enum usb_speed speed_of(libusb_device *d) {
        switch (libusb_get_device_speed(d)) {
        case LIBUSB_SPEED_LOW:
                return SPEED_LOW;
        case LIBUSB_SPEED_FULL:
                return SPEED_FULL;
        case LIBUSB_SPEED_HIGH:
                return SPEED_HIGH;
        case LIBUSB_SPEED_SUPER:
                return SPEED_SUPER;
        case LIBUSB_SPEED_SUPER_PLUS:
                return SPEED_SUPER_PLUS;
        default:
                return SPEED_UNKNOWN;
        }
}

static void read_configurations(libusb_device *d, struct usb_sighting *w) {
        struct libusb_device_descriptor device;

        if (libusb_get_device_descriptor(d, &device) < 0)
                return;
        for (uint8_t i = 0; i < device.bNumConfigurations && w->n_configurations < EVENT_CONFIGS_MAX; i++) {
                struct libusb_config_descriptor *c;

                if (libusb_get_config_descriptor(d, i, &c) < 0)
                        continue;
                w->configurations[w->n_configurations++] = (struct usb_configuration){
                        .value = c->bConfigurationValue,
                        .self_powered = c->bmAttributes & 0x40,
                        .max_ma = max_power_ma(c->MaxPower, speed_of(d)),
                };
                libusb_free_config_descriptor(c);
        }
}

static int on_hotplug(libusb_context *context, libusb_device *d, libusb_hotplug_event kind, void *userdata) {
        struct usb_source *s = userdata;
        struct usb_sighting w = { .devnum = libusb_get_device_address(d),
                                  .arrived = kind == LIBUSB_HOTPLUG_EVENT_DEVICE_ARRIVED };

        w.where.bus = libusb_get_bus_number(d);
        int depth = libusb_get_port_numbers(d, w.where.port, ADDRESS_DEPTH_MAX);
        if (depth < 0)
                return 0;
        w.where.depth = (uint8_t) depth;
        if (w.arrived)
                read_configurations(d, &w);
        s->seen(s->userdata, &w);
        return 0;
}

static int on_io(sd_event_source *source, int fd, uint32_t revents, void *userdata) {
        struct usb_source *s = userdata;
        struct timeval zero = {};

        (void) libusb_handle_events_timeout_completed(s->context, &zero, NULL);
        return 0;
}

static void on_fd_added(int fd, short events, void *userdata) {
        struct usb_source *s = userdata;

        for (size_t i = 0; i < FDS_MAX; i++)
                if (!s->io[i]) {
                        (void) sd_event_add_io(s->event, &s->io[i], fd, (uint32_t) events, on_io, s);
                        return;
                }
}

static void on_fd_removed(int fd, void *userdata) {
        struct usb_source *s = userdata;

        for (size_t i = 0; i < FDS_MAX; i++)
                if (s->io[i] && sd_event_source_get_io_fd(s->io[i]) == fd)
                        s->io[i] = sd_event_source_disable_unref(s->io[i]);
}

static void add_pollfds(struct usb_source *s) {
        const struct libusb_pollfd **list = libusb_get_pollfds(s->context);

        for (size_t i = 0; list && list[i]; i++)
                on_fd_added(list[i]->fd, list[i]->events, s);
        libusb_free_pollfds(list);
        libusb_set_pollfd_notifiers(s->context, on_fd_added, on_fd_removed, s);
}

static int listen_to_libusb(struct usb_source *s) {
        if (!s->context || !libusb_has_capability(LIBUSB_CAP_HAS_HOTPLUG))
                return -EOPNOTSUPP;
        add_pollfds(s);
        return libusb_hotplug_register_callback(s->context,
                                                LIBUSB_HOTPLUG_EVENT_DEVICE_ARRIVED | LIBUSB_HOTPLUG_EVENT_DEVICE_LEFT,
                                                LIBUSB_HOTPLUG_ENUMERATE, LIBUSB_HOTPLUG_MATCH_ANY, LIBUSB_HOTPLUG_MATCH_ANY,
                                                LIBUSB_HOTPLUG_MATCH_ANY, on_hotplug, s, NULL) < 0
                       ? -EOPNOTSUPP
                       : 0;
}

/* libusb_init() lists devices with libudev, which waits for the lock of a hub while a device on it is being enumerated; that
 * takes two minutes for a device that does not answer. Therefore it runs in a thread that ends when this is done. */
static void *initialise(void *userdata) {
        struct usb_source *s = userdata;
        uint64_t done = 1;

        if (libusb_init(&s->context) < 0)
                s->context = NULL;
        (void) !write(s->ready_fd, &done, sizeof(done));
        return NULL;
}

static void say_deaf(void) {
        log_notice("libusb cannot tell of plug events here, udev alone does.");
}

static int on_ready(sd_event_source *source, int fd, uint32_t revents, void *userdata) {
        struct usb_source *s = userdata;

        pthread_join(s->thread, NULL);
        s->joined = true;
        (void) sd_event_source_set_enabled(source, SD_EVENT_OFF);
        if (listen_to_libusb(s) < 0)
                say_deaf();
        return 0;
}

int usb_source_new(sd_event *event, usb_seen *seen, void *userdata, struct usb_source **ret) {
        struct usb_source *s = calloc(1, sizeof(*s));

        if (!s)
                return -ENOMEM;
        *s = (struct usb_source){ .event = event, .seen = seen, .userdata = userdata, .joined = true };
        s->ready_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
        int r = s->ready_fd < 0 ? -errno : sd_event_add_io(event, &s->ready, s->ready_fd, EPOLLIN, on_ready, s);
        if (r >= 0)
                r = -pthread_create(&s->thread, NULL, initialise, s);
        if (r < 0) {
                usb_source_free(s);
                say_deaf();
                return r;
        }
        s->joined = false;
        *ret = s;
        return 0;
}

static bool join_in_time(struct usb_source *s) {
        struct timespec end;

        clock_gettime(CLOCK_REALTIME, &end);
        end.tv_sec += JOIN_SEC;
        return pthread_timedjoin_np(s->thread, NULL, &end) == 0;
}

struct usb_source *usb_source_free(struct usb_source *s) {
        if (!s)
                return NULL;
        sd_event_source_disable_unref(s->ready);
        /* A thread that still waits for a device's lock is left until the process ends, with everything that it uses. */
        if (!s->joined && !join_in_time(s))
                return NULL;
        if (s->context)
                libusb_set_pollfd_notifiers(s->context, NULL, NULL, NULL);
        for (size_t i = 0; i < FDS_MAX; i++)
                sd_event_source_disable_unref(s->io[i]);
        if (s->context)
                libusb_exit(s->context);
        if (s->ready_fd >= 0)
                close(s->ready_fd);
        free(s);
        return NULL;
}
