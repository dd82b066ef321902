/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* The connection, the owners of the services, and the combined state of each headset. */

#include "daemon/sources/bluetooth.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "daemon/sources/bluetooth-internal.h"
#include "daemon/sources/headset-reader.h"
#include "common/cleanup.h"
#include "common/log.h"

/* HFP has ten steps in PipeWire's back end (spa/plugins/bluez5/backend-native.c). */
#define STEP_HFP 10

enum { UPOWER_CHARGING = 1, UPOWER_FULL = 4 }; /* org.freedesktop.UPower.Device, State */

static void emit(struct bluetooth_source *s, enum event_type type, const struct headset_facts *f) {
        struct event e = { .type = type, .time = moment_now(), .u.headset = *f };

        s->emit(s->userdata, &e);
}

static bool takes_levels(const struct bluetooth_source *s, const struct bluez_device *d) {
        for (size_t i = 0; i < s->n_adapters; i++) {
                size_t len = strlen(s->adapters[i].path);

                if (strncmp(d->path, s->adapters[i].path, len) == 0 && d->path[len] == '/')
                        return s->adapters[i].takes_levels;
        }
        return true;
}

/* One headset may be paired with two adapters; both are combined. */
static void take_device(const struct bluetooth_source *s, const struct bluez_device *d, struct headset_facts *f) {
        f->paired |= d->paired;
        if (f->connected || (f->facts.model[0] != '\0' && !d->connected))
                return;
        f->connected = d->connected;
        f->ended_here = !d->connected && d->ended_here;
        f->facts = d->facts;
        memcpy(f->name, d->name, sizeof(f->name));
        memcpy(f->firmware, d->firmware, sizeof(f->firmware));
        f->own_protocol = headset_reader_may_ask(s->reader, d);
        f->level_hidden = d->connected && !d->has_battery && !takes_levels(s, d);
        if (!d->connected || d->percent == BATTERY_UNKNOWN)
                return;
        f->battery = BATTERY_BY_BLUEZ;
        f->step = d->step;
        f->parts[BATTERY_WHOLE].percent = d->percent;
}

static enum charging upower_charging(const struct upower_device *u) {
        /* "Discharging" is also reported by drivers and desktops that cannot know it (kernel drivers/hid/hid-input.c). */
        if (u->state == UPOWER_CHARGING)
                return CHARGING_YES;
        return u->state == UPOWER_FULL ? CHARGING_FULL : CHARGING_UNKNOWN;
}

/* UPower gets the level from BlueZ and adds nothing unless it knows more. */
static void take_battery(const struct upower_device *u, struct headset_facts *f) {
        struct battery_state *whole = &f->parts[BATTERY_WHOLE];
        enum charging charging = upower_charging(u);

        if (!f->connected || !u->slot || u->percentage < 0 || (f->battery == BATTERY_BY_BLUEZ && charging == CHARGING_UNKNOWN))
                return;
        if (f->battery != BATTERY_BY_BLUEZ) {
                whole->percent = (uint8_t) u->percentage;
                f->step = STEP_HFP;
        }
        whole->charging = charging;
        f->battery = BATTERY_BY_UPOWER;
        f->level_hidden = false;
}

static void put_together(const struct bluetooth_source *s, const char *address, struct headset_facts *f) {
        memset(f, 0, sizeof(*f));
        f->way = HEADSET_BLUETOOTH;
        f->facts = MODEL_FACTS_UNKNOWN;
        for (unsigned i = 0; i < _BATTERY_PART_MAX; i++)
                f->parts[i].percent = BATTERY_UNKNOWN;
        snprintf(f->address, sizeof(f->address), "%s", address);
        for (size_t i = 0; i < s->n_devices; i++)
                if (strcmp(s->devices[i]->address, address) == 0)
                        take_device(s, s->devices[i], f);
        for (size_t i = 0; i < s->n_batteries; i++)
                if (strcmp(s->batteries[i]->address, address) == 0)
                        take_battery(s->batteries[i], f);
}

static struct headset_facts **find_sent(struct bluetooth_source *s, const char *address) {
        for (size_t i = 0; i < s->n_sent; i++)
                if (strcmp(s->sent[i]->address, address) == 0)
                        return &s->sent[i];
        return NULL;
}

static void forget_sent(struct bluetooth_source *s, struct headset_facts **place) {
        free(*place);
        *place = s->sent[--s->n_sent];
}

static void tell_gone(struct bluetooth_source *s, struct headset_facts **place) {
        const struct headset_facts gone = **place;

        forget_sent(s, place);
        emit(s, EVENT_HEADSET_GONE, &gone);
}

/* Compares the state alone; "found" tells how it was learned. */
static bool is_same(const struct headset_facts *a, const struct headset_facts *b) {
        struct headset_facts copy = *b;

        copy.found = a->found;
        return memcmp(a, &copy, sizeof(copy)) == 0;
}

void bluetooth_tell(struct bluetooth_source *s, const char *address) {
        struct headset_facts **place = find_sent(s, address), now;

        /* The known state is out of date until BlueZ has answered. */
        if (!s->bluez.ready && s->bluez.there)
                return;
        put_together(s, address, &now);
        now.found = s->finding;
        if (now.facts.model[0] == '\0' || (!now.paired && !now.connected)) {
                if (place)
                        tell_gone(s, place);
                return;
        }
        if (place && is_same(*place, &now))
                return;
        if (!place) {
                if (s->n_sent == BLUETOOTH_DEVICES_MAX)
                        return;
                place = &s->sent[s->n_sent];
                *place = malloc(sizeof(**place));
                if (!*place)
                        return;
                s->n_sent++;
        }
        **place = now;
        emit(s, EVENT_HEADSET, &now);
}

static bool has_device(const struct bluetooth_source *s, const char *address) {
        for (size_t i = 0; i < s->n_devices; i++)
                if (strcmp(s->devices[i]->address, address) == 0)
                        return true;
        return false;
}

void bluetooth_tell_all(struct bluetooth_source *s) {
        for (size_t i = s->n_sent; i-- > 0;)
                if (!has_device(s, s->sent[i]->address))
                        tell_gone(s, &s->sent[i]);
        for (size_t i = 0; i < s->n_devices; i++)
                bluetooth_tell(s, s->devices[i]->address);
}

static void tell_degraded(struct service *s, bool degraded) {
        struct event e = {
                .type = EVENT_SOURCE,
                .time = moment_now(),
                .u.source = { .source = s->which, .degraded = degraded },
        };

        if (degraded == (s->sent > 0))
                return;
        s->sent = degraded;
        s->source->emit(s->source->userdata, &e);
}

bool service_sent(const struct service *s, sd_bus_message *m) {
        return bus_name_sent(s->owner, m);
}

static void ask(struct service *s) {
        s->ready = false;
        s->asked = true;
        s->ask(s);
}

void service_answered(struct service *s, int r) {
        s->asked = false;
        s->ready = r >= 0;
        if (r < 0)
                log_notice_hourly("%s does not answer (%s).", s->name, strerror(-r));
        tell_degraded(s, r < 0);
}

bool service_listens(struct service *s) {
        if (!s->ready && !s->asked)
                ask(s);
        return s->ready;
}

/* Clears the state of a service that is gone, because it does not apply to the next owner. */
static void forget(struct service *s) {
        s->there = s->ready = s->asked = false;
        s->call = sd_bus_slot_unref(s->call);
        s->lost(s);
}

static void on_owner(void *userdata, const char *before, const char *owner) {
        struct service *s = userdata;

        if (before && before[0] != '\0')
                forget(s);
        s->there = owner[0] != '\0';
        if (s->there)
                ask(s);
        else
                tell_degraded(s, true);
}

int service_new_call(struct service *s, const char *path, const char *interface, const char *method, sd_bus_message **ret) {
        int r = sd_bus_message_new_method_call(s->source->bus, ret, bus_name_owner(s->owner), path, interface, method);

        return r < 0 ? r : sd_bus_message_set_auto_start(*ret, false);
}

int service_call(struct service *s, const char *path, const char *interface, const char *method,
                 sd_bus_message_handler_t on_reply) {
        _cleanup_(sd_bus_message_unrefp) sd_bus_message *call = NULL;
        int r = service_new_call(s, path, interface, method, &call);

        s->call = sd_bus_slot_unref(s->call);
        return r < 0 ? r : sd_bus_call_async(s->source->bus, &s->call, call, on_reply, s->source, 0);
}

int service_get_all(struct service *s, const char *path, const char *interface, sd_bus_message_handler_t on_reply) {
        _cleanup_(sd_bus_message_unrefp) sd_bus_message *call = NULL;
        _cleanup_(sd_bus_slot_unrefp) sd_bus_slot *slot = NULL;
        struct object_question *q;
        int r = service_new_call(s, path, "org.freedesktop.DBus.Properties", "GetAll", &call);

        if (r >= 0)
                r = sd_bus_message_append(call, "s", interface);
        if (r < 0)
                return r;
        q = malloc(sizeof(*q));
        if (!q)
                return -ENOMEM;
        *q = (struct object_question){ .service = s, .interface = interface };
        snprintf(q->path, sizeof(q->path), "%s", path);
        r = sd_bus_call_async(s->source->bus, &slot, call, on_reply, q, 0);
        if (r < 0) {
                free(q);
                return r;
        }
        (void) sd_bus_slot_set_destroy_callback(slot, free);
        return sd_bus_slot_set_floating(slot, true);
}

/* The connection to the bus was lost. It is restored only by a restart of the daemon. */
static int on_disconnected(sd_bus_message *m, void *userdata, sd_bus_error *error) {
        struct bluetooth_source *s = userdata;

        s->bluez.owner = bus_name_free(s->bluez.owner);
        s->upower.owner = bus_name_free(s->upower.owner);
        forget(&s->bluez);
        forget(&s->upower);
        tell_degraded(&s->bluez, true);
        tell_degraded(&s->upower, true);
        return 0;
}

/* The owner is watched before its signals, so that their sender can be checked. */
static int watch(struct service *s) {
        return bus_name_follow(s->source->bus, s->name, on_owner, s, &s->owner);
}

static int listen(struct bluetooth_source *s) {
        int r = watch(&s->bluez);

        if (r >= 0)
                r = watch(&s->upower);
        if (r >= 0)
                r = bluez_listen(s);
        if (r >= 0)
                r = upower_listen(s);
        return r < 0 ? r
                     : sd_bus_match_signal_async(s->bus, NULL, "org.freedesktop.DBus.Local", NULL, "org.freedesktop.DBus.Local",
                                                 "Disconnected", on_disconnected, NULL, s);
}

int bluetooth_source_new(sd_event *event, source_emit *emit_event, void *userdata, struct bluetooth_source **ret) {
        struct bluetooth_source *s = calloc(1, sizeof(*s));

        if (!s)
                return -ENOMEM;
        *s = (struct bluetooth_source){ .emit = emit_event, .userdata = userdata };
        s->bluez = (struct service){
                .source = s, .name = "org.bluez", .which = SOURCE_BLUEZ, .sent = -1, .ask = bluez_ask, .lost = bluez_lost
        };
        s->upower = (struct service){ .source = s,
                                      .name = "org.freedesktop.UPower",
                                      .which = SOURCE_UPOWER,
                                      .sent = -1,
                                      .ask = upower_ask,
                                      .lost = upower_lost };
        int r = sd_bus_open_system_with_description(&s->bus, "bluetooth");
        if (r >= 0)
                r = headset_reader_new(s, &s->reader);
        if (r >= 0)
                r = sd_bus_attach_event(s->bus, event, SD_EVENT_PRIORITY_NORMAL);
        if (r >= 0)
                r = listen(s);
        if (r < 0) {
                tell_degraded(&s->bluez, true);
                tell_degraded(&s->upower, true);
                bluetooth_source_free(s);
                return r;
        }
        *ret = s;
        return 0;
}

void bluetooth_source_settle(struct bluetooth_source *s, uint64_t usec) {
        uint64_t now = moment_now().at, end = now + usec;

        while (!s->bluez.ready && s->bluez.sent <= 0 && now < end) {
                int r = sd_bus_process(s->bus, NULL);

                if (r == 0)
                        r = sd_bus_wait(s->bus, end - now);
                if (r < 0)
                        return;
                now = moment_now().at;
        }
}

struct bluetooth_source *bluetooth_source_free(struct bluetooth_source *s) {
        if (!s)
                return NULL;
        s->reader = headset_reader_free(s->reader);
        sd_bus_slot_unref(s->bluez.call);
        sd_bus_slot_unref(s->upower.call);
        bus_name_free(s->bluez.owner);
        bus_name_free(s->upower.owner);
        upower_free(s);
        bluez_free(s);
        while (s->n_sent > 0)
                free(s->sent[--s->n_sent]);
        sd_bus_close_unref(s->bus);
        free(s);
        return NULL;
}
