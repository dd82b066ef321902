/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Connects sources, model, registry and outlets. */

#include "daemon/daemon.h"

#include <errno.h>
#include <limits.h>
#include <malloc.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <systemd/sd-event.h>
#include <systemd/sd-id128.h>

#include "daemon/sources.h"
#include "daemon/bus/bus.h"
#include "common/cleanup.h"
#include "common/clock.h"
#include "daemon/config.h"
#include "daemon/folders.h"
#include "daemon/runtime/drops.h"
#include "daemon/history/history.h"
#include "hwdb/hwdb.h"
#include "daemon/journal/journal.h"
#include "common/keyed-hash.h"
#include "common/library.h"
#include "daemon/sources/bluetooth.h"
#include "daemon/sources/kmsg.h"
#include "common/log.h"
#include "common/secret.h"
#include "daemon/runtime/runtime-state.h"
#include "daemon/runtime/sleeps.h"
#include "daemon/recorder/recorder.h"
#include "daemon/sources/replay.h"
#include "status/properties.h"
#include "status/status.h"
#include "daemon/supervisor.h"
#include "daemon/sources/udev.h"
#include "model/names.h"
#include "daemon/sources/usb.h"

/* Ids of headsets are derived from a secret, and for versions before 0.2 from a key made of the machine id
 * (sd_id128_get_machine_app_specific(3)). A replay uses one fixed key and no secret, so that a recording gives the same ids on
 * every machine. */
#define APP_ID SD_ID128_MAKE(6b, 1c, 0e, 0d, 2c, 5f, 4d, 8e, 93, a1, 7b, 70, 54, 4c, 9e, 21)

/* A computer with a hundred headsets needs some hundredths of a second to make again what is shown of all of them. When that
 * takes longer than SHOW_SHORT_USEC, changes are gathered for as long as it took, so that at most half of the time goes into it
 * however fast events come. */
#define SHOW_SHORT_USEC 1000
/* The computer may have stood still meanwhile. */
#define SHOW_LONG_USEC (SECOND / 10)
/* A status contains ages and times that no event changes. They are at most this old. */
#define STATUS_AGE_USEC SECOND

struct daemon {
        const struct daemon_options *options;
        struct config config;
        sd_event *event;
        sd_event_source *deadline;
        sd_event_source *show; /* armed while changes are gathered */
        uint64_t show_at;      /* CLOCK_MONOTONIC µs: changes are shown from then on */
        uint64_t all_shown_at; /* the time of the model when all objects were made again */
        uint64_t revision;     /* that of the registry when the Manager and the supervisor were told */
        struct model *model;
        struct registry registry;
        struct runtime_state runtime_state;
        struct journal journal;
        struct recorder recorder;
        struct supervisor supervisor;
        struct history *history;
        struct bus *bus;
        struct udev_source *udev;
        struct usb_source *usb;
        struct kmsg_source *kmsg;
        struct sources sources;
        bool arrived;  /* a device arrived and is not shown yet */
        bool settled;  /* from now on changes are signalled one by one */
        bool taken_in; /* everything that was present at start, or a whole recording, was taken in */
};

static void daemon_apply(struct daemon *d, const struct event *e);

static uint64_t log_sequence(const struct daemon *d) {
        return d->kmsg ? kmsg_source_sequence(d->kmsg) : 0;
}

static int on_deadline(sd_event_source *source, uint64_t usec, void *userdata) {
        struct daemon *d = userdata;
        struct event tick = { .type = EVENT_TICK, .time = moment_now() };

        sources_look(&d->sources);
        daemon_apply(d, &tick);
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

/* Returns whether there was an earlier run in this boot, which may already have reported what is found now. */
static bool has_earlier_run(const struct daemon *d) {
        return d->runtime_state.n_earlier > 0 || d->runtime_state.sequence > 0;
}

/* While a recording is replayed nobody is served, so its changes need not be signalled. */
static void go_live(struct daemon *d) {
        if (!d->bus || (d->options->replay && !d->taken_in))
                return;
        bus_tell_manager(d->bus);
        bus_go_live(d->bus);
}

/* libsystemd loads libraries for reading journals, which the daemon never does. They are needed only while they are loaded, so
 * their pages are released. */
static void rest_libraries(void) {
        static const char *const names[] = { "/libgcrypt.so", "/libgpg-error.so", "/liblzma.so",
                                             "/liblz4.so",    "/libzstd.so",      "/libcap.so" };

        for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
                library_rest(names[i]);
}

/* What is told of the whole, when anything in it has changed. */
static void tell_whole(struct daemon *d) {
        if (d->revision == d->registry.revision)
                return;
        d->revision = d->registry.revision;
        if (d->bus)
                bus_tell_manager(d->bus);
        supervisor_look(&d->supervisor, &d->registry, d->model);
}

/* Shows all changes that were gathered. */
static void show_changes(struct daemon *d) {
        uint64_t began = now_usec(CLOCK_MONOTONIC), took;

        if (d->registry.noted_all)
                d->all_shown_at = d->model->now.at;
        if (registry_update(&d->registry, d->model) < 0)
                log_error("Out of memory, the state is incomplete.");
        tell_whole(d);
        d->arrived = false;
        took = now_usec(CLOCK_MONOTONIC) - began;
        if (took < SHOW_SHORT_USEC)
                d->show_at = 0;
        else
                d->show_at = began + took + (took < SHOW_LONG_USEC ? took : SHOW_LONG_USEC);
        if (d->show)
                (void) sd_event_source_set_enabled(d->show, SD_EVENT_OFF);
}

static void show_gathered(struct daemon *d) {
        show_changes(d);
        if (d->options->replay)
                return;
        if (d->history)
                history_look_again(d->history);
        runtime_state_save(&d->runtime_state, log_sequence(d), false);
}

static int on_show(sd_event_source *source, uint64_t usec, void *userdata) {
        show_gathered(userdata);
        return 0;
}

/* Returns false when changes have to be shown at once. */
static bool gather_changes(struct daemon *d) {
        int enabled;

        if (d->options->replay || now_usec(CLOCK_MONOTONIC) >= d->show_at)
                return false;
        if (!d->show)
                return sd_event_add_time(d->event, &d->show, CLOCK_MONOTONIC, d->show_at, 1, on_show, d) >= 0;
        if (sd_event_source_get_enabled(d->show, &enabled) > 0)
                return true;
        return sd_event_source_set_time(d->show, d->show_at) >= 0 && sd_event_source_set_enabled(d->show, SD_EVENT_ONESHOT) >= 0;
}

static void settle(struct daemon *d) {
        d->settled = true;
        d->registry.backlog = has_earlier_run(d);
        registry_note(&d->registry, NULL);
        show_changes(d);
        d->registry.backlog = false;
        go_live(d);
        /* Taking in everything needs more memory than keeping it. */
        malloc_trim(0);
        rest_libraries();
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

/* Bluetooth answers after everything else has settled. */
static bool is_backlog(const struct daemon *d, const struct event *e) {
        return e->type == EVENT_HEADSET && e->u.headset.found && has_earlier_run(d);
}

static bool arrives(const struct event *e) {
        return e->type == EVENT_DEVICE || e->type == EVENT_HEADSET || e->type == EVENT_TYPEC ||
               (e->type == EVENT_KERNEL && e->u.kernel.message == KERNEL_GAVE_UP);
}

static bool leaves(const struct event *e) {
        return e->type == EVENT_DEVICE_GONE || e->type == EVENT_HEADSET_GONE || e->type == EVENT_TYPEC ||
               e->type == EVENT_TYPEC_GONE || (e->type == EVENT_KERNEL && e->u.kernel.message == KERNEL_DISCONNECT);
}

/* Shows what an event has changed, or gathers it. */
static void show_event(struct daemon *d, const struct event *e, const struct port *port) {
        bool backlog = is_backlog(d, e);

        if (e->type == EVENT_STATISTICS)
                return;
        if (backlog && registry_has_news(&d->registry))
                show_changes(d);
        registry_note(&d->registry, port);
        d->arrived |= arrives(e);
        d->registry.backlog = backlog;
        if (backlog || !gather_changes(d))
                show_changes(d);
        d->registry.backlog = false;
}

static void daemon_apply(struct daemon *d, const struct event *given) {
        struct event copy;
        const struct event *e = marked(d, given, &copy);

        /* What arrived is shown before it, or anything else, leaves, so that nobody misses it and its plug session knows its
         * headset. */
        if (d->arrived && leaves(e))
                show_changes(d);
        struct port *port = model_apply(d->model, e);

        recorder_tell(&d->recorder, e);
        if (is_headset_event(e)) {
                recall_drop(d, &e->u.headset, e->time);
                drops_note(&d->runtime_state, d->model, e->u.headset.mark);
        }
        sleeps_note(&d->runtime_state, e);
        tell_about_sources(d, e);
        if (e->type == EVENT_SETTLED)
                settle(d);
        else if (d->settled)
                show_event(d, e, port);
        if (!d->settled)
                return;
        note_plug(d, e);
        arm_deadline(d);
        if (d->history)
                history_look(d->history);
        runtime_state_save(&d->runtime_state, log_sequence(d), false);
}

/* A sleep is emitted before any event that came after it. */
static void on_event(void *userdata, const struct event *e) {
        struct daemon *d = userdata;

        sources_look(&d->sources);
        daemon_apply(d, e);
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
                daemon_apply(d, &e);
}

/* udev reports what arrived and left shortly after the kernel log does. */
static void on_log(void *userdata, const struct event *e) {
        struct daemon *d = userdata;
        enum kernel_message message = e->type == EVENT_KERNEL ? e->u.kernel.message : KERNEL_NONE;

        if (!d->settled && message == KERNEL_SLEEP_EXIT)
                recall_sleep(d, e->time);
        if (d->settled && d->udev && (message == KERNEL_FOUND || message == KERNEL_DISCONNECT) && e->u.kernel.has_where)
                udev_source_expect(d->udev, &e->where);
        on_event(d, e);
}

/* For the sources that also emit sleep. */
static void on_source(void *userdata, const struct event *e) {
        daemon_apply(userdata, e);
}

/* In a recording the next event tells how much time has passed. */
static void on_replayed(void *userdata, const struct event *e) {
        struct daemon *d = userdata;
        uint64_t before = 0, when;

        while (d->settled && e->time.at != 0 && (when = diagnosis_deadline(d->model)) > before && when < e->time.at) {
                uint64_t back = e->time.at - when;
                struct event tick = {
                        .type = EVENT_TICK,
                        .time = { .at = when, .wall = e->time.wall > back ? e->time.wall - back : 0 },
                };

                daemon_apply(d, &tick);
                before = when;
        }
        daemon_apply(d, e);
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

/* Programs that wait for the signal are served first. */
static void on_change(void *userdata, const struct change *change) {
        struct daemon *d = userdata;

        if (d->bus)
                bus_tell(d->bus, change);
        journal_tell(&d->journal, change);
        if (d->history)
                history_tell(d->history, change);
}

static bool on_known(void *userdata, const char *id) {
        struct daemon *d = userdata;

        return journal_had_headset(&d->journal, id);
}

/* Whoever asks is shown all that has happened. */
static void on_catch_up(void *userdata) {
        struct daemon *d = userdata;

        if (d->settled && registry_has_news(&d->registry))
                show_gathered(d);
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
                daemon_apply(d, &tick);
        on_catch_up(d);
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

        on_event(d, &e);
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

static void set_reading(struct daemon *d) {
        if (d->sources.bluetooth)
                bluetooth_source_set_reading(d->sources.bluetooth, d->config.fast_pair, d->config.own_protocol);
}

static void reload(struct daemon *d) {
        struct config before = d->config;

        supervisor_reloading(moment_now().at);
        config_load(&d->config);
        if (before.kernel_log != d->config.kernel_log || before.libusb != d->config.libusb)
                log_notice("What changed of KernelLog= and Libusb= counts from the next start on.");
        if (d->udev)
                udev_source_set_power_look(d->udev, d->config.power_look_usec);
        set_reading(d);
        supervisor_ready(&d->supervisor, d->event, &d->registry, d->model);
}

static int on_signal(sd_event_source *source, const struct signalfd_siginfo *info, void *userdata) {
        struct daemon *d = userdata;

        if (info->ssi_signo != SIGHUP)
                return sd_event_exit(d->event, EXIT_SUCCESS);
        reload(d);
        return 0;
}

static int start_loop(struct daemon *d) {
        static const int signals[] = { SIGTERM, SIGINT, SIGHUP };

        int r = sd_event_default(&d->event);
        for (size_t i = 0; r >= 0 && i < sizeof(signals) / sizeof(signals[0]); i++)
                r = sd_event_add_signal(d->event, NULL, signals[i], on_signal, d);
        return r;
}

static int start_bus(struct daemon *d) {
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

        if (d->options->replay_and_exit && !getenv("SONYCHARGE_BUS"))
                return 0;
        return bus_new(d->event, &backend, d->options->replay ? "session" : "system", &d->bus);
}

static void source_degraded(struct daemon *d, enum source source) {
        const struct event e = {
                .type = EVENT_SOURCE,
                .time = moment_now(),
                .u.source = { .source = source, .degraded = true },
        };

        daemon_apply(d, &e);
}

/* Failed tries are visible only in the kernel log, but everything else works without it. */
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
        int r = udev_source_new(d->event, on_event, before_usb, d, &d->udev);

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
        set_reading(d);
        return 0;
}

/* Returns the path of a file in the directory for data that outlives a boot; the caller frees it. NULL: there is no directory,
 * or this is a replay. */
static char *state_path(const struct daemon *d, const char *name) {
        char folder[PATH_MAX], *path;

        if (d->options->replay || folder_of_state(d->options->state, folder) < 0)
                return NULL;
        return asprintf(&path, "%s/%s", folder, name) < 0 ? NULL : path;
}

static void make_key(const struct daemon *d, struct mark_key *ret) {
        _cleanup_free_ char *path = state_path(d, "secret");
        sd_id128_t machine = APP_ID;

        if (!d->options->replay)
                (void) sd_id128_get_machine_app_specific(APP_ID, &machine);
        *ret = (struct mark_key){ .has_secret = !d->options->replay };
        memcpy(ret->machine, machine.bytes, sizeof(ret->machine));
        if (d->options->replay)
                return;
        int r = secret_get(path, ret->secret);
        if (r < 0)
                log_notice("The secret %s cannot be kept (%s), the ids of headsets are other ones at the next start.",
                           path ? path : "for their ids", strerror(-r));
}

static int start_history(struct daemon *d) {
        const struct history_backend backend = {
                .model = d->model,
                .registry = &d->registry,
                .emit = on_event,
                .userdata = d,
                .replay = d->options->replay != NULL,
        };
        char *path;

        /* Nobody uses them then. */
        if (d->options->replay_and_exit)
                return 0;
        path = state_path(d, "history.db");
        if (!path && !d->options->replay)
                log_notice("There is no folder for the history, plug sessions are remembered in memory only.");
        return history_new(d->event, &backend, path, d->runtime_state.boot, &d->history);
}

static void load_runtime_state(struct daemon *d) {
        char folder[PATH_MAX];

        if (d->options->replay) {
                runtime_state_none(&d->runtime_state);
                return;
        }
        int r = folder_of_runtime(d->options->runtime, folder);
        if (r < 0)
                log_notice("There is no folder for the runtime state (%s), what is told now may be told again after a restart.",
                           strerror(-r));
        runtime_state_load(&d->runtime_state, r < 0 ? NULL : folder);
}

static int print_status(struct daemon *d) {
        struct json_object *o = status_to_json(&d->registry, d->model);
        const char *text = o ? json_object_to_json_string_ext(o, JSON_C_TO_STRING_PLAIN) : NULL;
        int r = text && puts(text) >= 0 && fflush(stdout) == 0 ? 0 : -EIO;

        json_object_put(o);
        return r;
}

static int take_in(struct daemon *d) {
        struct event settled = { .type = EVENT_SETTLED };
        struct utsname u;

        if (!d->options->replay && uname(&u) >= 0)
                snprintf(d->model->kernel, sizeof(d->model->kernel), "%s", u.release);
        int r = d->options->replay ? replay_file(d->options->replay, d->model->kernel, on_replayed, d) : start_sources(d);
        if (r < 0)
                return r;
        settled.time = d->options->replay ? d->model->now : moment_now();
        if (!d->settled)
                daemon_apply(d, &settled);
        d->taken_in = true;
        go_live(d);
        return 0;
}

static int daemon_start(struct daemon *d) {
        struct mark_key key;

        d->model = model_new();
        if (!d->model)
                return -ENOMEM;
        make_key(d, &key);
        registry_init(&d->registry, &key, on_change, d);
        d->registry.show = object_to_json;
        load_runtime_state(d);
        d->registry.known = on_known;
        journal_init(&d->journal, &d->runtime_state, d->options->replay != NULL);
        config_load(&d->config);
        int r = start_loop(d);
        d->recorder.event = d->event;
        if (r >= 0)
                r = start_history(d);
        return r < 0 ? r : start_bus(d);
}

/* Runs first in the event loop: clients that call meanwhile are answered after it, and the boot is not delayed. */
static int on_begin(sd_event_source *source, void *userdata) {
        struct daemon *d = userdata;

        int r = take_in(d);
        if (r < 0)
                return sd_event_exit(d->event, r);
        supervisor_look(&d->supervisor, &d->registry, d->model);
        history_start(d->history);
        return 0;
}

static int serve(struct daemon *d) {
        sd_event_source *begin = NULL;

        int r = sd_event_add_defer(d->event, &begin, on_begin, d);
        if (r >= 0)
                r = sd_event_source_set_priority(begin, INT64_MIN);
        if (r >= 0) {
                supervisor_ready(&d->supervisor, d->event, &d->registry, d->model);
                r = sd_event_loop(d->event);
                if (r < 0)
                        log_error("The event loop failed: %s", strerror(-r));
        }
        sd_event_source_disable_unref(begin);
        return r;
}

static void daemon_end(struct daemon *d) {
        supervisor_stopping();
        if (d->settled && registry_has_news(&d->registry))
                show_gathered(d);
        if (d->settled && !d->options->replay)
                runtime_state_save(&d->runtime_state, log_sequence(d), true);
        d->usb = usb_source_free(d->usb);
        d->udev = udev_source_free(d->udev);
        d->kmsg = kmsg_source_free(d->kmsg);
        sources_stop(&d->sources);
        d->bus = bus_free(d->bus);
        d->history = history_free(d->history);
        recorder_done(&d->recorder);
        sd_event_source_disable_unref(d->deadline);
        sd_event_source_disable_unref(d->show);
        journal_done(&d->journal);
        if (d->registry.listener)
                registry_done(&d->registry);
        runtime_state_done(&d->runtime_state);
        model_free(d->model);
        sd_event_unref(d->event);
}

int daemon_run(const struct daemon_options *options) {
        struct daemon d = { .options = options, .recorder = { .failed = on_record_failed, .userdata = &d } };

        int r = daemon_start(&d);
        if (r >= 0 && options->replay_and_exit) {
                r = take_in(&d);
                if (r >= 0)
                        r = print_status(&d);
        } else if (r >= 0)
                r = serve(&d);
        daemon_end(&d);
        return r == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
