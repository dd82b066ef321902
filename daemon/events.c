/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Takes events from the sources and applies them to the model.
 */
#include "daemon/daemon-internal.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/utsname.h>

#include "common/clock.h"
#include "common/log.h"
#include "daemon/runtime/drops.h"
#include "daemon/runtime/sleeps.h"
#include "daemon/sources/bluetooth.h"
#include "daemon/sources/replay.h"
#include "hwdb/hwdb.h"
#include "model/names.h"

void events_save_state(struct daemon *d, bool always) {
        runtime_state_save(&d->runtime_state, d->kmsg ? kmsg_source_sequence(d->kmsg) : 0, always);
}

static int on_deadline(sd_event_source *source, uint64_t usec, void *userdata) {
        struct daemon *d = userdata;
        struct event tick = { .type = EVENT_TICK, .time = moment_now() };

        sources_look(&d->sources);
        events_apply(d, &tick);
        return 0;
}

/* Arms the timer for the next change that depends on time alone. In a replay time advances with the events only. */
static void arm_deadline(struct daemon *d) {
        uint64_t when = d->options->replay ? 0 : diagnosis_deadline(d->model);

        if (when == 0) {
                if (d->deadline)
                        (void) sd_event_source_set_enabled(d->deadline, SD_EVENT_OFF);
                return;
        }
        if (!d->deadline) {
                (void) sd_event_add_time(d->event, &d->deadline, CLOCK_MONOTONIC, when, 0, on_deadline, d);
                return;
        }
        (void) sd_event_source_set_time(d->deadline, when);
        (void) sd_event_source_set_enabled(d->deadline, SD_EVENT_ONESHOT);
}

static void tell_about_sources(struct daemon *d, const struct event *e) {
        if (e->type == EVENT_LOG_LOST)
                journal_tell_lost(&d->journal, e->u.count);
        if (e->type != EVENT_SOURCE)
                return;
        if (e->u.source.degraded)
                journal_tell_degraded(&d->journal, e->u.source.source);
        if (d->bus)
                bus_tell_manager(d->bus);
        if (d->settled)
                supervisor_look(&d->supervisor, &d->registry, d->model);
}

static bool is_headset_event(const struct event *e) {
        return e->type == EVENT_HEADSET || e->type == EVENT_HEADSET_GONE;
}

/* Marks tell two devices of one kind apart without their serial numbers, and headsets without their addresses. */
static const struct event *marked(const struct daemon *d, const struct event *e, struct event *copy) {
        bool device = e->type == EVENT_DEVICE && e->u.device.serial[0] != '\0' && e->u.device.mark[0] == '\0';
        bool headset = is_headset_event(e) && e->u.headset.address[0] != '\0' && e->u.headset.mark[0] == '\0';
        bool reading = e->type == EVENT_HEADSET_READING && e->u.headset_reading.mark[0] == '\0';

        if (!device && !headset && !reading)
                return e;
        *copy = *e;
        if (device)
                mark_make(&d->registry.key, e->u.device.serial, copy->u.device.mark);
        else if (reading)
                mark_make(&d->registry.key, e->u.headset_reading.address, copy->u.headset_reading.mark);
        else
                mark_make(&d->registry.key, e->u.headset.address, copy->u.headset.mark);
        return copy;
}

/* A headset that is found without a link may have lost it during an earlier run. */
static void recall_drop(struct daemon *d, const struct headset_facts *f, struct moment now) {
        const struct headset *h = f->found && !f->connected ? model_headset(d->model, f->way, f->mark) : NULL;
        struct event observed = { .type = EVENT_HEADSET_OBSERVED, .time = now };
        struct moment dropped;

        if (!h || !drops_recall(&d->runtime_state, f->mark, &dropped))
                return;
        observed.u.headset_observed = h->observed;
        observed.u.headset_observed.dropped_at = dropped;
        (void) model_apply(d->model, &observed);
        recorder_tell(&d->recorder, &observed);
}

static bool is_new(struct moment came, const struct event *e) {
        return came.at == e->time.at && came.at != 0;
}

static bool has_new_partner(const struct model *m, const struct event *e) {
        for (size_t i = 0; e->type == EVENT_TYPEC && i < m->n_typec; i++)
                if (m->typec[i]->facts.number == e->u.typec.number)
                        return m->typec[i]->facts.partner && is_new(m->typec[i]->observed.attached, e);
        return false;
}

/* A headset that starts to charge now may report so itself. */
static void note_plug(struct daemon *d, const struct event *e) {
        const struct port *port = e->type == EVENT_DEVICE ? model_find(d->model, &e->where) : NULL;
        bool device = port && port_has_headset(port) && is_new(port->attached, e);

        if (!d->options->replay && (device || has_new_partner(d->model, e)))
                sources_note_plug(&d->sources);
}

void events_apply(struct daemon *d, const struct event *given) {
        struct event copy;
        const struct event *e = marked(d, given, &copy);

        outlets_before(d, e);
        struct port *port = model_apply(d->model, e);

        recorder_tell(&d->recorder, e);
        if (is_headset_event(e)) {
                recall_drop(d, &e->u.headset, e->time);
                drops_note(&d->runtime_state, d->model, e->u.headset.mark);
        }
        sleeps_note(&d->runtime_state, e);
        tell_about_sources(d, e);
        if (e->type == EVENT_SETTLED)
                outlets_settle(d);
        else if (d->settled)
                outlets_show(d, e, port);
        if (!d->settled)
                return;
        note_plug(d, e);
        arm_deadline(d);
        if (d->history)
                history_look(d->history);
        events_save_state(d, false);
}

/* --- sources --- */

void events_take(void *userdata, const struct event *e) {
        struct daemon *d = userdata;

        sources_look(&d->sources);
        events_apply(d, e);
        if (e->type == EVENT_SOURCE && e->u.source.source == SOURCE_USB && !e->u.source.degraded)
                sources_look_again(&d->sources);
}

/* Sleeps in the log from before the start have no length there; an earlier run may have measured them. */
static void recall_sleep(struct daemon *d, struct moment ended) {
        struct event e = {
                .type = EVENT_SLEEP,
                .time = ended,
                .u.sleep = { .phase = SLEEP_END, .slept_usec = sleeps_recall(&d->runtime_state, ended.at) },
        };

        if (e.u.sleep.slept_usec > 0)
                events_apply(d, &e);
}

/* udev reports what arrived and left shortly after the kernel log does. */
static void on_log(void *userdata, const struct event *e) {
        struct daemon *d = userdata;
        enum kernel_message message = e->type == EVENT_KERNEL ? e->u.kernel.message : KERNEL_NONE;

        if (!d->settled && message == KERNEL_SLEEP_EXIT)
                recall_sleep(d, e->time);
        if (d->settled && d->udev && (message == KERNEL_FOUND || message == KERNEL_DISCONNECT) && e->u.kernel.has_where)
                udev_source_expect(d->udev, &e->where);
        events_take(d, e);
}

/* For the clocks and the sources beside USB: they report sleeps themselves, so no look at the clocks is needed. */
static void on_source(void *userdata, const struct event *e) {
        events_apply(userdata, e);
}

/* In a replay, time passes with the events: before each event the deadlines up to it are handled. */
static void on_replayed(void *userdata, const struct event *e) {
        struct daemon *d = userdata;
        uint64_t before = 0, when;

        while (d->settled && e->time.at != 0 && (when = diagnosis_deadline(d->model)) > before && when < e->time.at) {
                uint64_t back = e->time.at - when;
                struct event tick = {
                        .type = EVENT_TICK,
                        .time = { .at = when, .wall = e->time.wall > back ? e->time.wall - back : 0 },
                };

                events_apply(d, &tick);
                before = when;
        }
        events_apply(d, e);
}

/* The log explains what udev and libusb report, so it is read before them. Otherwise a plug would look like two plugs shortly
 * after each other. */
static void before_usb(void *userdata) {
        struct daemon *d = userdata;

        if (d->kmsg)
                kmsg_source_look(d->kmsg);
}

static void on_usb_sighting(void *userdata, const struct usb_sighting *w) {
        struct daemon *d = userdata;

        before_usb(d);
        udev_source_confirm(d->udev, w);
}

void events_set_reading(struct daemon *d) {
        if (d->sources.bluetooth)
                bluetooth_source_set_reading(d->sources.bluetooth, d->config.fast_pair, d->config.own_protocol);
}

static void source_degraded(struct daemon *d, enum source source) {
        const struct event e = {
                .type = EVENT_SOURCE,
                .time = moment_now(),
                .u.source = { .source = source, .degraded = true },
        };

        events_apply(d, &e);
}

/* Without the kernel log, failed tries cannot be seen. Everything else works. */
static void start_kernel_log(struct daemon *d) {
        int r = d->config.kernel_log ? kmsg_source_new(d->event, on_log, d, &d->kmsg) : -ENOENT;

        if (r >= 0)
                r = kmsg_source_read_backlog(d->kmsg, d->runtime_state.sequence);
        if (r >= 0)
                return;
        d->kmsg = kmsg_source_free(d->kmsg);
        if (d->config.kernel_log)
                log_notice("The kernel log cannot be read (%s), failed connections and their causes cannot be seen.",
                           strerror(-r));
        source_degraded(d, SOURCE_KERNEL_LOG);
}

/* The log is read first, because it is the history of the state that udev shows. */
static int start_sources(struct daemon *d) {
        int r = udev_source_new(d->event, events_take, before_usb, d, &d->udev);

        if (r < 0) {
                log_error("Cannot listen to udev: %s", strerror(-r));
                return r;
        }
        udev_source_set_power_look(d->udev, d->config.power_look_usec);
        sources_watch_clocks(&d->sources, d->event, on_source, d);
        start_kernel_log(d);
        if (!hwdb_available())
                source_degraded(d, SOURCE_HWDB);
        r = udev_source_cold_plug(d->udev);
        if (r < 0) {
                log_error("Cannot list USB devices: %s", strerror(-r));
                return r;
        }
        if (d->config.libusb)
                (void) usb_source_new(d->event, on_usb_sighting, d, &d->usb);
        sources_start(&d->sources);
        events_set_reading(d);
        return 0;
}

int events_start(struct daemon *d) {
        struct event settled = { .type = EVENT_SETTLED };
        struct utsname u;

        if (!d->options->replay && uname(&u) >= 0)
                snprintf(d->model->kernel, sizeof(d->model->kernel), "%s", u.release);
        int r = d->options->replay ? replay_file(d->options->replay, d->model->kernel, on_replayed, d) : start_sources(d);
        if (r < 0)
                return r;
        settled.time = d->options->replay ? d->model->now : moment_now();
        if (!d->settled)
                events_apply(d, &settled);
        d->taken_in = true;
        outlets_go_live(d);
        return 0;
}
