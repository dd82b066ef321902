/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Connects sources, model, registry and outlets: starts and ends them, and runs the event loop.
 */
#include "daemon/daemon-internal.h"

#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <systemd/sd-id128.h>

#include "common/cleanup.h"
#include "common/clock.h"
#include "common/log.h"
#include "common/secret.h"
#include "daemon/folders.h"
#include "status/status.h"

/* Ids of headsets are derived from a secret, and for versions before 0.2 from a key made of the machine id
 * (sd_id128_get_machine_app_specific(3)). A replay uses one fixed key and no secret, so that a recording gives the same ids on
 * every machine. */
#define APP_ID SD_ID128_MAKE(6b, 1c, 0e, 0d, 2c, 5f, 4d, 8e, 93, a1, 7b, 70, 54, 4c, 9e, 21)

static void reload(struct daemon *d) {
        struct config before = d->config;

        supervisor_reloading(moment_now().at);
        config_load(&d->config);
        if (before.kernel_log != d->config.kernel_log || before.libusb != d->config.libusb)
                log_notice("What changed of KernelLog= and Libusb= counts from the next start on.");
        if (d->udev)
                udev_source_set_power_look(d->udev, d->config.power_look_usec);
        events_set_reading(d);
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
                .emit = events_take,
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

static int daemon_start(struct daemon *d) {
        struct mark_key key;

        d->model = model_new();
        if (!d->model)
                return -ENOMEM;
        make_key(d, &key);
        outlets_init(d, &key);
        load_runtime_state(d);
        journal_init(&d->journal, &d->runtime_state, d->options->replay != NULL);
        config_load(&d->config);
        int r = start_loop(d);
        d->recorder.event = d->event;
        if (r >= 0)
                r = start_history(d);
        return r < 0 ? r : requests_start(d);
}

/* Runs first in the event loop: clients that call meanwhile are answered after it, and the boot is not delayed. */
static int on_begin(sd_event_source *source, void *userdata) {
        struct daemon *d = userdata;

        int r = events_start(d);
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
        outlets_catch_up(d);
        if (d->settled && !d->options->replay)
                events_save_state(d, true);
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
        struct daemon d = { .options = options };

        int r = daemon_start(&d);
        if (r >= 0 && options->replay_and_exit) {
                r = events_start(&d);
                if (r >= 0)
                        r = print_status(&d);
        } else if (r >= 0)
                r = serve(&d);
        daemon_end(&d);
        return r == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
