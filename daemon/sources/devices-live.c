/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Changes without a uevent: runtime power management, and what users write. */

#include "daemon/sources/devices-internal.h"

#include <stdio.h>
#include <stdlib.h>

#include "daemon/sources/device.h"
#include "daemon/sources/sysfs.h"

/* A headset that may be suspended is checked this long after its own delay. Nothing else is polled. */
#define POWER_FIRST_LOOK_USEC UINT64_C(500000)

/* The kernel adds interfaces right after the driver is bound, and removes a device right after its interfaces. For a device
 * that is slow to answer SET_CONFIGURATION the `bind` uevent tells when it is done. */
#define DOUBT_USEC UINT64_C(200000)

static bool may_suspend(const struct entry *e) {
        return !e->is_port && e->u.device.facts.facts.model[0] != '\0' && e->u.device.power_known && e->u.device.power.automatic;
}

static bool anything_may_suspend(const struct devices *d) {
        for (size_t i = 0; i < d->n; i++)
                if (may_suspend(d->entries[i]))
                        return true;
        return false;
}

void devices_update_power(struct devices *d, struct entry *e) {
        struct power_facts power;

        if (device_read_power(e->syspath, e->u.device.power_known ? &e->u.device.power : NULL, &power) < 0)
                return;
        /* If it is "auto" from the plug on, it was set before the daemon looked. */
        if (e->u.device.power_known && !e->u.device.power.automatic && power.automatic)
                e->u.device.by = AUTOSUSPEND_BY_WRITE;
        power.by = power.automatic ? e->u.device.by : AUTOSUSPEND_BY_UNKNOWN;
        bool same = e->u.device.power_known && power.automatic == e->u.device.power.automatic &&
                    power.status == e->u.device.power.status;
        e->u.device.power = power;
        e->u.device.power_known = true;
        if (same)
                return;
        struct event event = { .type = EVENT_POWER, .where = e->where, .u.power = power };
        devices_tell(d, &event);
}

static int on_power_timer(sd_event_source *source, uint64_t usec, void *userdata) {
        struct devices *d = userdata;

        devices_refresh_power(d, NULL);
        if (!anything_may_suspend(d))
                return 0;
        int r = sd_event_source_set_time_relative(source, d->power_look);
        if (r >= 0)
                r = sd_event_source_set_time_accuracy(source, d->power_look / 2);
        return r < 0 ? r : sd_event_source_set_enabled(source, SD_EVENT_ONESHOT);
}

void devices_arm_power_timer(struct devices *d, const struct entry *e) {
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

static void on_disable_read(void *userdata, const struct helper_answer *answer) {
        struct disable_question *q = userdata;
        const char *text = answer->text;
        struct entry *e = devices_find(q->devices, &q->port, true);

        if (e && text && (text[0] == '0' || text[0] == '1')) {
                e->u.port.disabled = text[0] == '1' ? YES : NO;
                devices_tell_port(q->devices, e);
        }
        free(q);
}

/* Somebody wrote `disable`, so the hub is awake already. The read may still wait for its lock. */
static void ask_disable(struct devices *d, const struct entry *e) {
        char path[SYSFS_PATH_MAX];
        struct disable_question *q = malloc(sizeof(*q));

        if (!q)
                return;
        *q = (struct disable_question){ .devices = d, .port = e->where };
        if (snprintf(path, sizeof(path), "%s/disable", e->syspath) >= (int) sizeof(path) ||
            helper_read_file(&d->helpers, d->event, path, on_disable_read, q) < 0)
                free(q);
}

void devices_on_written(void *userdata, enum watch_kind kind, const struct address *where) {
        struct devices *d = userdata;
        struct entry *e = devices_find(d, where, kind == WATCH_PORT);

        if (!e)
                return;
        if (kind == WATCH_PORT) {
                ask_disable(d, e);
                return;
        }
        devices_update_power(d, e);
        devices_arm_power_timer(d, e);
        devices_update(d, e->syspath, NULL, CHOICE_OPEN);
}

static struct entry *next_doubtful(const struct devices *d) {
        for (size_t i = 0; i < d->n; i++)
                if (!d->entries[i]->is_port && d->entries[i]->doubt)
                        return d->entries[i];
        return NULL;
}

/* The update may remove entries, so the search restarts after each one. */
static int on_doubt_timer(sd_event_source *source, uint64_t usec, void *userdata) {
        struct devices *d = userdata;
        struct entry *e;

        d->deciding = true;
        while ((e = next_doubtful(d))) {
                e->doubt = false;
                devices_update(d, e->syspath, NULL, CHOICE_OLD);
        }
        d->deciding = false;
        return 0;
}

void devices_doubt(struct devices *d, struct entry *e) {
        e->doubt = true;
        if (!d->doubt_timer) {
                (void) sd_event_add_time_relative(d->event, &d->doubt_timer, CLOCK_MONOTONIC, DOUBT_USEC, 0, on_doubt_timer, d);
                return;
        }
        (void) sd_event_source_set_time_relative(d->doubt_timer, DOUBT_USEC);
        (void) sd_event_source_set_enabled(d->doubt_timer, SD_EVENT_ONESHOT);
}

static bool is_device_at(const struct entry *e, const struct address *where) {
        return where && !e->is_port && address_equal(&e->where, where);
}

void devices_refresh_power(struct devices *d, const struct address *asked) {
        for (size_t i = 0; i < d->n; i++)
                if (may_suspend(d->entries[i]) || is_device_at(d->entries[i], asked))
                        devices_update_power(d, d->entries[i]);
}
