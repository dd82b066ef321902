/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Does what clients ask for on the bus.
 */
#include "daemon/daemon-internal.h"

#include <errno.h>
#include <stdlib.h>

#include "common/clock.h"
#include "daemon/sources/bluetooth.h"
#include "hwdb/hwdb.h"

/* A status contains ages and times that change without an event. They are updated when they are older than this. */
#define STATUS_AGE_USEC SECOND

static void on_catch_up(void *userdata) {
        outlets_catch_up(userdata);
}

static void on_refresh(void *userdata, const struct address *asked) {
        struct daemon *d = userdata;
        struct event tick = { .type = EVENT_TICK, .time = moment_now() };

        if (d->options->replay)
                return;
        sources_look(&d->sources);
        sources_measure(&d->sources);
        udev_source_refresh(d->udev, asked);
        if (tick.time.at - d->all_shown_at >= STATUS_AGE_USEC)
                events_apply(d, &tick);
        outlets_catch_up(d);
}

static bool on_find_model(void *userdata, const char *name, struct model_facts *ret) {
        return hwdb_lookup_model(name, ret);
}

static void on_tell(void *userdata, const struct answers *answers) {
        struct daemon *d = userdata;
        struct event e = {
                .type = EVENT_ANSWERS,
                .time = d->options->replay ? d->model->now : moment_now(),
                .where = answers->where,
                .u.answers = *answers,
        };

        events_take(d, &e);
}

static int on_read_headsets(void *userdata, const struct headset *headset, bool own_protocol, bus_done *done, void *cookie) {
        struct daemon *d = userdata;

        if (own_protocol && d->config.own_protocol == OWN_PROTOCOL_OFF)
                return -EPERM;
        if (d->options->replay || !d->sources.bluetooth)
                return -ENOTCONN;
        bluetooth_source_read(d->sources.bluetooth, headset ? headset->facts.address : NULL, own_protocol, done, cookie);
        return 0;
}

static int on_record(void *userdata, int fd, bool with_serial, uint32_t uid, void **ret) {
        struct daemon *d = userdata;
        struct recording *recording = NULL;

        int r = recorder_start(&d->recorder, d->model, fd, with_serial, uid, &recording);
        if (r >= 0)
                *ret = recording;
        return r;
}

static void on_record_stop(void *userdata, void *recording) {
        struct daemon *d = userdata;

        recorder_stop(&d->recorder, recording);
}

static void on_record_failed(void *userdata, struct recording *recording, int error) {
        struct daemon *d = userdata;

        if (d->bus)
                bus_recording_failed(d->bus, recording, error);
}

static void on_bus_lost(void *userdata) {
        struct daemon *d = userdata;

        (void) sd_event_exit(d->event, EXIT_FAILURE);
}

int requests_start(struct daemon *d) {
        const struct bus_backend backend = {
                .registry = &d->registry,
                .model = d->model,
                .history = d->history,
                .catch_up = on_catch_up,
                .refresh = on_refresh,
                .find_model = on_find_model,
                .tell = on_tell,
                .read_headsets = on_read_headsets,
                .record = on_record,
                .record_stop = on_record_stop,
                .lost = on_bus_lost,
                .userdata = d,
        };

        d->recorder.failed = on_record_failed;
        d->recorder.userdata = d;
        if (d->options->replay_and_exit && !getenv("SONYCHARGE_BUS"))
                return 0;
        return bus_new(d->event, &backend, d->options->replay ? "session" : "system", &d->bus);
}
