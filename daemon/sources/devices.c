/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* The register of emitted devices and ports. */

#include "daemon/sources/devices-internal.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/cleanup.h"
#include "daemon/sources/device.h"
#include "daemon/sources/sysfs.h"

/* Default interval at which a headset that may be suspended is checked. */
#define POWER_LOOK_USEC UINT64_C(30000000)

struct entry *devices_find(const struct devices *d, const struct address *where, bool is_port) {
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

void devices_tell(struct devices *d, struct event *e) {
        e->time = moment_now();
        d->emit(d->userdata, e);
}

static void tell_device(struct devices *d, const struct entry *e) {
        struct event event = { .type = EVENT_DEVICE, .where = e->where, .u.device = e->u.device.facts };

        devices_tell(d, &event);
}

void devices_tell_port(struct devices *d, const struct entry *e) {
        struct event event = { .type = EVENT_PORT, .where = e->where, .u.port = e->u.port };

        devices_tell(d, &event);
}

int devices_new(sd_event *event, source_emit *emit, void *userdata, struct devices **ret) {
        struct devices *d = calloc(1, sizeof(*d));

        if (!d)
                return -ENOMEM;
        *d = (struct devices){ .event = event, .power_look = POWER_LOOK_USEC, .emit = emit, .userdata = userdata };
        int r = watch_new(event, devices_on_written, d, &d->watch);
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
        helpers_end(&d->helpers);
        for (size_t i = 0; i < d->n; i++)
                entry_free(d->entries[i]);
        free(d->entries);
        sd_event_source_disable_unref(d->power_timer);
        sd_event_source_disable_unref(d->doubt_timer);
        watch_free(d->watch);
        free(d);
        return NULL;
}

static void watch_device(struct devices *d, const struct entry *e) {
        watch_add(d->watch, WATCH_DEVICE, &e->where, e->syspath, "power/control");
        watch_add(d->watch, WATCH_DEVICE, &e->where, e->syspath, "authorized");
}

/* Missing interfaces mean "no configuration" only if one was chosen before. Devices that are not authorized have none. */
static void judge_configuration(struct devices *d, struct entry *e, struct device_reading *r, enum choice choice) {
        if (r->facts.active_configuration > 0 || choice == CHOICE_MADE)
                e->u.device.chosen = true;
        if (r->has_driver && (choice == CHOICE_OLD || r->facts.authorized == NO))
                e->u.device.chosen = true;
        if (e->u.device.chosen && r->facts.active_configuration < 0)
                r->facts.active_configuration = 0;
        r->facts.settled = e->u.device.chosen;
        if (!e->u.device.chosen && r->has_driver)
                devices_doubt(d, e);
}

static void add_device(struct devices *d, const struct address *where, const char *syspath, struct device_reading *r,
                       enum choice choice) {
        struct entry *e = entry_add(d, where, false, syspath);

        if (!e)
                return;
        judge_configuration(d, e, r, choice);
        e->seen = true;
        e->u.device.devnum = r->devnum;
        e->u.device.by = r->by;
        e->u.device.facts = r->facts;
        watch_device(d, e);
        tell_device(d, e);
        devices_update_power(d, e);
        devices_arm_power_timer(d, e);
}

static bool facts_same_but_configuration(const struct device_facts *a, const struct device_facts *b) {
        struct device_facts copy = *b;

        copy.active_configuration = a->active_configuration;
        return memcmp(a, &copy, sizeof(copy)) == 0;
}

static void change_device(struct devices *d, struct entry *e, struct device_facts *facts) {
        struct device_facts *old = &e->u.device.facts;
        int16_t before = old->active_configuration;

        /* Values that were read once are kept if they cannot be read now. */
        if (facts->n_configurations == 0) {
                facts->n_configurations = old->n_configurations;
                memcpy(facts->configurations, old->configurations, sizeof(old->configurations));
        }
        /* A device that is being unplugged loses its interfaces first. */
        if (before > 0 && facts->active_configuration == 0 && facts->authorized != NO && !d->deciding) {
                devices_doubt(d, e);
                return;
        }
        bool same = facts_same_but_configuration(old, facts);
        *old = *facts;
        if (!same)
                tell_device(d, e);
        else if (before != facts->active_configuration && facts->active_configuration >= 0) {
                struct event event = { .type = EVENT_CONFIGURED, .where = e->where, .u.configured = facts->active_configuration };

                devices_tell(d, &event);
        }
}

/* Names do not change, so they are not read again. */
static void keep_names(const struct entry *e, struct device_facts *f) {
        const struct device_facts *old = &e->u.device.facts;

        memcpy(f->name, old->name, sizeof(f->name));
        memcpy(f->manufacturer, old->manufacturer, sizeof(f->manufacturer));
        memcpy(f->serial, old->serial, sizeof(f->serial));
        memcpy(f->id_path, old->id_path, sizeof(f->id_path));
        f->facts = old->facts;
}

/* Descriptors and names are complete if the device has its number and is authorized. */
static bool is_complete(const struct device_facts *f) {
        return f->name[0] != '\0' && f->n_configurations > 0 && f->authorized != NO;
}

/* What was emitted about a device is not read again while it keeps its number. `e` is NULL if the device is not known. */
static int read_device(const struct entry *e, const char *syspath, struct udev_device *from_udev, struct device_reading *ret) {
        if (e && !from_udev && is_complete(&e->u.device.facts)) {
                *ret = (struct device_reading){ .facts = e->u.device.facts, .devnum = e->u.device.devnum, .by = e->u.device.by };
                int r = device_read_state(syspath, ret);
                if (r != -ESTALE)
                        return r;
        }
        int r = device_read(syspath, from_udev, ret);
        if (r >= 0 && e && !from_udev && e->u.device.devnum == ret->devnum && e->u.device.facts.name[0])
                keep_names(e, &ret->facts);
        return r;
}

void devices_lose_configuration(struct devices *d, const struct address *where, unsigned configuration) {
        struct entry *e = devices_find(d, where, false);
        struct device_reading r;

        if (!e || read_device(e, e->syspath, NULL, &r) < 0 || e->u.device.devnum != r.devnum)
                return;
        judge_configuration(d, e, &r, CHOICE_OPEN);
        /* The uevent comes before the directory of the interface is removed. */
        if (r.facts.active_configuration == (int) configuration)
                r.facts.active_configuration = 0;
        change_device(d, e, &r.facts);
}

void devices_update(struct devices *d, const char *syspath, struct udev_device *from_udev, enum choice choice) {
        const char *slash = strrchr(syspath, '/');
        _cleanup_free_ char *copy = NULL;
        struct device_reading r;
        struct address where;

        if (!slash || !address_parse(slash + 1, strlen(slash + 1), &where))
                return;
        struct entry *e = devices_find(d, &where, false);
        if (read_device(e, syspath, from_udev, &r) < 0)
                return;
        if (e && e->u.device.devnum != r.devnum) {
                /* The path may belong to the entry, which is about to be freed. */
                syspath = copy = strdup(syspath);
                devices_remove(d, &where, 0);
                e = NULL;
        }
        if (!e) {
                if (syspath)
                        add_device(d, &where, syspath, &r, choice);
                return;
        }
        e->seen = true;
        judge_configuration(d, e, &r, choice);
        change_device(d, e, &r.facts);
        devices_update_power(d, e);
}

static void update_port(struct devices *d, const struct address *where, const char *syspath) {
        struct entry *e = devices_find(d, where, true);
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
                /* The count is emitted by an event of its own. */
                facts.over_current_count = e->u.port.over_current_count;
                e->seen = true;
                if (memcmp(&facts, &e->u.port, sizeof(facts)) == 0)
                        return;
        }
        e->seen = true;
        e->u.port = facts;
        devices_tell_port(d, e);
}

void devices_update_ports(struct devices *d, const char *interface, const struct address *hub) {
        const struct entry *e = devices_find(d, hub, false);

        for (unsigned n = 1; e && hub->depth < ADDRESS_DEPTH_MAX && n <= e->u.device.facts.max_child; n++) {
                char path[SYSFS_PATH_MAX], name[ADDRESS_NAME_MAX];
                struct address port = *hub;

                port.port[port.depth++] = (uint8_t) n;
                if (snprintf(path, sizeof(path), "%s/%s", interface, address_port_name(&port, name)) < (int) sizeof(path))
                        update_port(d, &port, path);
        }
}

void devices_remove(struct devices *d, const struct address *where, unsigned devnum) {
        struct entry *e = devices_find(d, where, false);
        struct event event = { .type = EVENT_DEVICE_GONE, .where = *where };

        if (!e || (devnum != 0 && e->u.device.devnum != devnum))
                return;
        watch_remove(d->watch, WATCH_DEVICE, where);
        entry_drop(d, e);
        devices_tell(d, &event);
}

void devices_remove_ports(struct devices *d, const struct address *hub) {
        for (size_t i = d->n; i-- > 0;) {
                struct entry *e = d->entries[i];
                struct event event = { .type = EVENT_PORT_GONE, .where = e->where };

                if (!e->is_port || e->where.depth != hub->depth + 1 || !address_is_below(&e->where, hub))
                        continue;
                watch_remove(d->watch, WATCH_PORT, &e->where);
                entry_drop(d, e);
                devices_tell(d, &event);
        }
}

bool devices_knows(const struct devices *d, const struct address *where, unsigned devnum) {
        const struct entry *e = devices_find(d, where, false);

        return e && e->u.device.devnum == devnum;
}

void devices_add_configurations(struct devices *d, const struct address *where, const struct usb_configuration *list, uint8_t n) {
        struct entry *e = devices_find(d, where, false);

        if (!e || e->u.device.facts.n_configurations > 0 || n == 0 || n > EVENT_CONFIGS_MAX)
                return;
        memcpy(e->u.device.facts.configurations, list, n * sizeof(*list));
        e->u.device.facts.n_configurations = n;
        tell_device(d, e);
}

void devices_over_current(struct devices *d, const struct address *port, uint32_t count) {
        struct entry *e = devices_find(d, port, true);
        struct event event = { .type = EVENT_OVER_CURRENT, .where = *port, .u.count = count };

        if (!e)
                return;
        e->u.port.over_current_count = count;
        devices_tell(d, &event);
}

void devices_set_power_look(struct devices *d, uint64_t usec) {
        d->power_look = usec;
}

void devices_begin_sweep(struct devices *d) {
        for (size_t i = 0; i < d->n; i++)
                d->entries[i]->seen = false;
}

/* Devices behind a hub were emitted after it, so going backwards removes them before the hub. */
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
                        devices_tell(d, &event);
                }
        }
}
