/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* What was told of devices and ports. */

#include "devices.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "device.h"
#include "helper.h"
#include "watch.h"

/* A headset that may be suspended is looked at after its own delay and then this often; nothing else is ever polled. */
#define POWER_LOOK_USEC UINT64_C(30000000)
#define POWER_FIRST_LOOK_USEC UINT64_C(500000)

struct entry {
        struct address where;
        bool is_port;
        bool seen;  /* in the sweep */
        char *syspath;
        union {
                struct {
                        unsigned devnum;
                        bool power_known;
                        struct device_facts facts;
                        struct power_facts power;
                } device;
                struct port_facts port;
        } u;
};

struct devices {
        sd_event *event;
        struct watch *watch;
        sd_event_source *power_timer;
        uint64_t power_look;
        size_t n, allocated;
        struct entry **entries; /* in the order in which they were told */
        source_emit *emit;
        void *userdata;
};

static struct entry *find(const struct devices *d, const struct address *where, bool is_port) {
        for (size_t i = 0; i < d->n; i++)
                if (d->entries[i]->is_port == is_port && address_equal(&d->entries[i]->where, where))
                        return d->entries[i];
        return NULL;
}

static struct entry *entry_free(struct entry *e) {
        free(e->syspath);
        free(e);
        return NULL;
}

static struct entry *entry_add(struct devices *d, const struct address *where, bool is_port, const char *syspath) {
        if (d->n == d->allocated) {
                size_t more = d->allocated ? 2 * d->allocated : 32;
                struct entry **entries = reallocarray(d->entries, more, sizeof(struct entry *));

                if (!entries)
                        return NULL;
                d->entries = entries;
                d->allocated = more;
        }
        struct entry *e = calloc(1, sizeof(*e));
        if (!e)
                return NULL;
        *e = (struct entry){ .where = *where, .is_port = is_port, .syspath = strdup(syspath) };
        if (!e->syspath)
                return entry_free(e);
        d->entries[d->n++] = e;
        return e;
}

static void entry_drop(struct devices *d, struct entry *e) {
        for (size_t i = 0; i < d->n; i++)
                if (d->entries[i] == e) {
                        memmove(d->entries + i, d->entries + i + 1, (d->n - i - 1) * sizeof(struct entry *));
                        d->n--;
                        break;
                }
        entry_free(e);
}

static void tell(struct devices *d, struct event *e) {
        e->time = moment_now();
        d->emit(d->userdata, e);
}

static void tell_device(struct devices *d, const struct entry *e) {
        struct event event = { .type = EVENT_DEVICE, .where = e->where, .u.device = e->u.device.facts };

        tell(d, &event);
}

static void tell_port(struct devices *d, const struct entry *e) {
        struct event event = { .type = EVENT_PORT, .where = e->where, .u.port = e->u.port };

        tell(d, &event);
}

static bool may_suspend(const struct entry *e) {
        return !e->is_port && e->u.device.facts.facts.model[0] != '\0' && e->u.device.power_known && e->u.device.power.automatic;
}

static bool anything_may_suspend(const struct devices *d) {
        for (size_t i = 0; i < d->n; i++)
                if (may_suspend(d->entries[i]))
                        return true;
        return false;
}

static void update_power(struct devices *d, struct entry *e) {
        struct power_facts power;

        if (device_read_power(e->syspath, &power) < 0)
                return;
        bool same = e->u.device.power_known && power.automatic == e->u.device.power.automatic &&
                    power.status == e->u.device.power.status;
        e->u.device.power = power;
        e->u.device.power_known = true;
        if (same)
                return;
        struct event event = { .type = EVENT_POWER, .where = e->where, .u.power = power };
        tell(d, &event);
}

static int on_power_timer(sd_event_source *source, uint64_t usec, void *userdata) {
        struct devices *d = userdata;

        (void) usec;
        devices_refresh_power(d);
        if (!anything_may_suspend(d))
                return 0;
        int r = sd_event_source_set_time_relative(source, d->power_look);
        if (r >= 0)
                r = sd_event_source_set_time_accuracy(source, d->power_look / 2);
        return r < 0 ? r : sd_event_source_set_enabled(source, SD_EVENT_ONESHOT);
}

static void arm_power_timer(struct devices *d, const struct entry *e) {
        uint64_t delay;

        if (!may_suspend(e))
                return;
        delay = device_autosuspend_delay(e->syspath) + POWER_FIRST_LOOK_USEC;
        if (!d->power_timer) {
                (void) sd_event_add_time_relative(d->event, &d->power_timer, CLOCK_MONOTONIC, delay, 0, on_power_timer, d);
                return;
        }
        (void) sd_event_source_set_time_relative(d->power_timer, delay);
        (void) sd_event_source_set_enabled(d->power_timer, SD_EVENT_ONESHOT);
}

struct disable_question {
        struct devices *devices;
        struct address port;
};

static void on_disable_read(void *userdata, const char *text) {
        struct disable_question *q = userdata;
        struct entry *e = find(q->devices, &q->port, true);

        if (e && text && (text[0] == '0' || text[0] == '1')) {
                e->u.port.disabled = text[0] == '1' ? YES : NO;
                tell_port(q->devices, e);
        }
        free(q);
}

/* Somebody wrote `disable`, so the hub is awake already; the read may still wait for its lock. */
static void ask_disable(struct devices *d, const struct entry *e) {
        char path[PATH_MAX];
        struct disable_question *q = malloc(sizeof(*q));

        if (!q)
                return;
        *q = (struct disable_question){ .devices = d, .port = e->where };
        if (snprintf(path, sizeof(path), "%s/disable", e->syspath) >= (int) sizeof(path) ||
            helper_read_file(d->event, path, on_disable_read, q) < 0)
                free(q);
}

static void update_authorized(struct devices *d, struct entry *e) {
        struct udev *udev = udev_new();
        struct udev_device *device = udev ? udev_device_new_from_syspath(udev, e->syspath) : NULL;

        if (device)
                devices_update(d, device);
        udev_device_unref(device);
        udev_unref(udev);
}

static void on_written(void *userdata, enum watch_kind kind, const struct address *where) {
        struct devices *d = userdata;
        struct entry *e = find(d, where, kind == WATCH_PORT);

        if (!e)
                return;
        if (kind == WATCH_PORT) {
                ask_disable(d, e);
                return;
        }
        update_power(d, e);
        arm_power_timer(d, e);
        update_authorized(d, e);
}

int devices_new(sd_event *event, source_emit *emit, void *userdata, struct devices **ret) {
        struct devices *d = calloc(1, sizeof(*d));

        if (!d)
                return -ENOMEM;
        *d = (struct devices){ .event = event, .power_look = POWER_LOOK_USEC, .emit = emit, .userdata = userdata };
        int r = watch_new(event, on_written, d, &d->watch);
        if (r < 0) {
                free(d);
                return r;
        }
        *ret = d;
        return 0;
}

struct devices *devices_free(struct devices *d) {
        if (!d)
                return NULL;
        for (size_t i = 0; i < d->n; i++)
                entry_free(d->entries[i]);
        free(d->entries);
        sd_event_source_disable_unref(d->power_timer);
        watch_free(d->watch);
        free(d);
        return NULL;
}

static void watch_device(struct devices *d, const struct entry *e) {
        watch_add(d->watch, WATCH_DEVICE, &e->where, e->syspath, "power/control");
        watch_add(d->watch, WATCH_DEVICE, &e->where, e->syspath, "authorized");
}

static void add_device(struct devices *d, const struct address *where, const char *syspath, const struct device_facts *facts, unsigned devnum) {
        struct entry *e = entry_add(d, where, false, syspath);

        if (!e)
                return;
        e->seen = true;
        e->u.device.devnum = devnum;
        e->u.device.facts = *facts;
        watch_device(d, e);
        tell_device(d, e);
        update_power(d, e);
        arm_power_timer(d, e);
}

static bool facts_same_but_configuration(const struct device_facts *a, const struct device_facts *b) {
        struct device_facts copy = *b;

        copy.active_configuration = a->active_configuration;
        return memcmp(a, &copy, sizeof(copy)) == 0;
}

static void change_device(struct devices *d, struct entry *e, struct device_facts *facts) {
        struct device_facts *old = &e->u.device.facts;
        int16_t before = old->active_configuration;

        /* What was once read stays when it cannot be read now. */
        if (facts->n_configurations == 0) {
                facts->n_configurations = old->n_configurations;
                memcpy(facts->configurations, old->configurations, sizeof(old->configurations));
        }
        bool same = facts_same_but_configuration(old, facts);
        *old = *facts;
        if (!same)
                tell_device(d, e);
        else if (before != facts->active_configuration && facts->active_configuration >= 0) {
                struct event event = { .type = EVENT_CONFIGURED, .where = e->where, .u.configured = facts->active_configuration };

                tell(d, &event);
        }
        update_power(d, e);
}

void devices_update(struct devices *d, struct udev_device *device) {
        const char *name = udev_device_get_sysname(device);
        struct device_facts facts;
        struct address where;
        unsigned devnum;

        if (!name || !address_parse(name, strlen(name), &where) || device_read(device, &facts, &devnum) < 0)
                return;
        struct entry *e = find(d, &where, false);
        if (e && e->u.device.devnum != devnum) {
                devices_remove(d, &where, 0);
                e = NULL;
        }
        if (!e) {
                add_device(d, &where, udev_device_get_syspath(device), &facts, devnum);
                return;
        }
        e->seen = true;
        change_device(d, e, &facts);
}

static void update_port(struct devices *d, const struct address *where, const char *syspath) {
        struct entry *e = find(d, where, true);
        struct port_facts facts;

        if (port_read(syspath, &facts) < 0)
                return;
        if (!e) {
                e = entry_add(d, where, true, syspath);
                if (!e)
                        return;
                e->u.port = (struct port_facts){ .disabled = UNKNOWN };
                watch_add(d->watch, WATCH_PORT, where, syspath, "disable");
        } else {
                facts.disabled = e->u.port.disabled;
                /* The count is told by its own event. */
                facts.over_current_count = e->u.port.over_current_count;
                e->seen = true;
                if (memcmp(&facts, &e->u.port, sizeof(facts)) == 0)
                        return;
        }
        e->seen = true;
        e->u.port = facts;
        tell_port(d, e);
}

void devices_update_ports(struct devices *d, struct udev_device *interface) {
        const char *name = udev_device_get_sysname(interface), *syspath = udev_device_get_syspath(interface);
        struct address hub;
        unsigned configuration;

        if (!name || !device_name_parse(name, &hub, &configuration) || hub.depth == ADDRESS_DEPTH_MAX)
                return;
        const struct entry *e = find(d, &hub, false);
        for (unsigned n = 1; e && n <= e->u.device.facts.max_child; n++) {
                char port_path[PATH_MAX], port_name[ADDRESS_NAME_MAX];
                struct address port = hub;

                port.port[port.depth++] = (uint8_t) n;
                if (snprintf(port_path, sizeof(port_path), "%s/%s", syspath, address_port_name(&port, port_name)) <
                    (int) sizeof(port_path))
                        update_port(d, &port, port_path);
        }
}

void devices_remove(struct devices *d, const struct address *where, unsigned devnum) {
        struct entry *e = find(d, where, false);
        struct event event = { .type = EVENT_DEVICE_GONE, .where = *where };

        if (!e || (devnum != 0 && e->u.device.devnum != devnum))
                return;
        watch_remove(d->watch, WATCH_DEVICE, where);
        entry_drop(d, e);
        tell(d, &event);
}

void devices_remove_ports(struct devices *d, const struct address *hub) {
        for (size_t i = d->n; i-- > 0;) {
                struct entry *e = d->entries[i];
                struct event event = { .type = EVENT_PORT_GONE, .where = e->where };

                if (!e->is_port || e->where.depth != hub->depth + 1 || !address_is_below(&e->where, hub))
                        continue;
                watch_remove(d->watch, WATCH_PORT, &e->where);
                entry_drop(d, e);
                tell(d, &event);
        }
}

bool devices_knows(const struct devices *d, const struct address *where, unsigned devnum) {
        const struct entry *e = find(d, where, false);

        return e && e->u.device.devnum == devnum;
}

void devices_add_configurations(struct devices *d, const struct address *where, const struct usb_configuration *list, uint8_t n) {
        struct entry *e = find(d, where, false);

        if (!e || e->u.device.facts.n_configurations > 0 || n == 0 || n > EVENT_CONFIGS_MAX)
                return;
        memcpy(e->u.device.facts.configurations, list, n * sizeof(*list));
        e->u.device.facts.n_configurations = n;
        tell_device(d, e);
}

void devices_over_current(struct devices *d, const struct address *port, uint32_t count) {
        struct entry *e = find(d, port, true);
        struct event event = { .type = EVENT_OVER_CURRENT, .where = *port, .u.count = count };

        if (!e)
                return;
        e->u.port.over_current_count = count;
        tell(d, &event);
}

void devices_refresh_power(struct devices *d) {
        for (size_t i = 0; i < d->n; i++)
                if (may_suspend(d->entries[i]))
                        update_power(d, d->entries[i]);
}

void devices_set_power_look(struct devices *d, uint64_t usec) {
        d->power_look = usec;
}

void devices_begin_sweep(struct devices *d) {
        for (size_t i = 0; i < d->n; i++)
                d->entries[i]->seen = false;
}

/* What hangs on a hub was told after it, so the end of the list is at the leaves. */
void devices_end_sweep(struct devices *d) {
        for (size_t i = d->n; i-- > 0;) {
                struct address where = d->entries[i]->where;

                if (i >= d->n || d->entries[i]->seen)
                        continue;
                if (!d->entries[i]->is_port)
                        devices_remove(d, &where, 0);
                else {
                        struct event event = { .type = EVENT_PORT_GONE, .where = where };

                        watch_remove(d->watch, WATCH_PORT, &where);
                        entry_drop(d, d->entries[i]);
                        tell(d, &event);
                }
        }
}
