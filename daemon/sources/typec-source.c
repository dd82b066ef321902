/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* The typec and usb_power_delivery subsystems, by their uevents. */

#include "daemon/sources/typec-source.h"

#include <errno.h>
#include <libudev.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>

#include "common/cleanup.h"
#include "daemon/sources/udev-cleanup.h"
#include "common/log.h"
#include "model/model.h"
#include "daemon/sources/typec-read.h"

/* One plug causes about ten uevents; the connector is read once for all that have arrived. */
#define EVENTS_PER_TURN 64

struct typec_source {
        struct udev *udev;
        struct udev_monitor *monitor;
        sd_event_source *io;
        size_t n;
        struct typec_facts *sent[MODEL_TYPEC_MAX];
        bool degraded;
        source_emit *emit;
        void *userdata;
};

static void tell(struct typec_source *s, struct event *e) {
        e->time = moment_now();
        s->emit(s->userdata, e);
}

static void tell_degraded(struct typec_source *s, bool degraded) {
        struct event e = { .type = EVENT_SOURCE, .u.source = { .source = SOURCE_TYPEC, .degraded = degraded } };

        if (degraded == s->degraded)
                return;
        s->degraded = degraded;
        tell(s, &e);
}

static size_t find(const struct typec_source *s, unsigned number) {
        size_t i = 0;

        while (i < s->n && s->sent[i]->number != number)
                i++;
        return i;
}

static void forget(struct typec_source *s, size_t i) {
        struct event e = { .type = EVENT_TYPEC_GONE, .u.count = s->sent[i]->number };

        free(s->sent[i]);
        s->sent[i] = s->sent[--s->n];
        tell(s, &e);
}

/* Returns a new entry, or NULL if there are more connectors than any real computer has. */
static struct typec_facts *add(struct typec_source *s) {
        struct typec_facts *f = s->n < MODEL_TYPEC_MAX ? calloc(1, sizeof(*f)) : NULL;

        if (f)
                s->sent[s->n++] = f;
        return f;
}

static void update(struct typec_source *s, unsigned number, unsigned gone) {
        size_t i = find(s, number);
        struct typec_facts facts;

        if (typec_read(s->udev, number, gone, &facts) < 0) {
                if (i < s->n)
                        forget(s, i);
                return;
        }
        if (i < s->n && memcmp(s->sent[i], &facts, sizeof(facts)) == 0)
                return;
        struct typec_facts *f = i < s->n ? s->sent[i] : add(s);
        if (!f)
                return;
        memcpy(f, &facts, sizeof(facts));
        struct event e = { .type = EVENT_TYPEC };
        memcpy(&e.u.typec, &facts, sizeof(facts));
        tell_degraded(s, false);
        tell(s, &e);
}

static void touch(uint8_t *flags, const char *name, const char *action) {
        uint8_t part = (uint8_t) typec_part(name);

        *flags |= TYPEC_TOUCHED;
        if (part == TYPEC_TOUCHED || !action)
                return;
        if (strcmp(action, "remove") == 0)
                *flags |= part;
        else if (strcmp(action, "add") == 0)
                *flags &= (uint8_t) ~part;
}

/* Collects which connectors the waiting uevents concern. An object of usb_power_delivery names none, so it concerns all.
 * Returns -ENOBUFS if uevents were lost. */
static int collect(struct typec_source *s, uint8_t touched[static UINT8_MAX]) {
        for (unsigned i = 0; i < EVENTS_PER_TURN; i++) {
                unsigned number;

                errno = 0;
                _cleanup_(udev_device_unrefp) struct udev_device *d = udev_monitor_receive_device(s->monitor);
                if (!d)
                        return errno == ENOBUFS ? -ENOBUFS : 0;
                const char *name = udev_device_get_sysname(d), *subsystem = udev_device_get_subsystem(d);
                if (name && typec_name_parse(name, &number))
                        touch(&touched[number], name, udev_device_get_action(d));
                else if (subsystem && strcmp(subsystem, "usb_power_delivery") == 0)
                        for (size_t k = 0; k < s->n; k++)
                                touched[s->sent[k]->number] |= TYPEC_TOUCHED;
        }
        return 0;
}

static int on_monitor(sd_event_source *source, int fd, uint32_t revents, void *userdata) {
        struct typec_source *s = userdata;
        uint8_t touched[UINT8_MAX] = {};

        if (collect(s, touched) < 0)
                return typec_source_cold_plug(s);
        for (unsigned number = 0; number < UINT8_MAX; number++)
                if (touched[number])
                        update(s, number, touched[number]);
        return 0;
}

static int monitor_start(struct typec_source *s, sd_event *event) {
        s->monitor = udev_monitor_new_from_netlink(s->udev, "udev");
        if (!s->monitor)
                return errno ? -errno : -ENOMEM;
        int r = udev_monitor_filter_add_match_subsystem_devtype(s->monitor, "typec", NULL);
        if (r >= 0)
                r = udev_monitor_filter_add_match_subsystem_devtype(s->monitor, "usb_power_delivery", NULL);
        if (r >= 0)
                r = udev_monitor_enable_receiving(s->monitor);
        if (r < 0)
                return r;
        return sd_event_add_io(event, &s->io, udev_monitor_get_fd(s->monitor), EPOLLIN, on_monitor, s);
}

int typec_source_new(sd_event *event, source_emit *emit, void *userdata, struct typec_source **ret) {
        struct typec_source *s = calloc(1, sizeof(*s));

        if (!s)
                return -ENOMEM;
        *s = (struct typec_source){ .emit = emit, .userdata = userdata };
        int r = (s->udev = udev_new()) ? monitor_start(s, event) : -ENOMEM;
        if (r < 0) {
                typec_source_free(s);
                return r;
        }
        *ret = s;
        return 0;
}

struct typec_source *typec_source_free(struct typec_source *s) {
        if (!s)
                return NULL;
        sd_event_source_disable_unref(s->io);
        udev_monitor_unref(s->monitor);
        udev_unref(s->udev);
        for (size_t i = 0; i < s->n; i++)
                free(s->sent[i]);
        free(s);
        return NULL;
}

/* ACPI's UCSI device (USBC000, PNP0CA0) and ChromeOS's (GOOG0014): kernel drivers/usb/typec/ucsi/ucsi_acpi.c,
 * drivers/platform/chrome/cros_ec_typec.c. */
static bool controller_is_there(struct typec_source *s) {
        _cleanup_(udev_enumerate_unrefp) struct udev_enumerate *e = udev_enumerate_new(s->udev);

        return e && udev_enumerate_add_match_subsystem(e, "platform") >= 0 &&
               udev_enumerate_add_match_sysname(e, "USBC000:*") >= 0 && udev_enumerate_add_match_sysname(e, "PNP0CA0:*") >= 0 &&
               udev_enumerate_add_match_sysname(e, "GOOG0014:*") >= 0 && udev_enumerate_scan_devices(e) >= 0 &&
               udev_enumerate_get_list_entry(e) != NULL;
}

static void forget_lost(struct typec_source *s) {
        struct typec_facts facts;

        for (size_t i = s->n; i-- > 0;)
                if (typec_read(s->udev, s->sent[i]->number, 0, &facts) < 0)
                        forget(s, i);
}

int typec_source_cold_plug(struct typec_source *s) {
        _cleanup_(udev_enumerate_unrefp) struct udev_enumerate *e = udev_enumerate_new(s->udev);
        struct udev_list_entry *entry;
        unsigned number;

        if (!e)
                return -ENOMEM;
        int r = udev_enumerate_add_match_subsystem(e, "typec");
        if (r >= 0)
                r = udev_enumerate_scan_devices(e);
        if (r < 0)
                return r;
        forget_lost(s);
        udev_list_entry_foreach(entry, udev_enumerate_get_list_entry(e)) {
                const char *name = strrchr(udev_list_entry_get_name(entry), '/') + 1;

                if (typec_name_parse(name, &number) && !strpbrk(name, "-."))
                        update(s, number, 0);
        }
        tell_degraded(s, s->n == 0 && controller_is_there(s));
        return 0;
}
