/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Loop: the event loop of verbs that keep running.
 */
#include <errno.h>
#include <signal.h>
#include <sys/epoll.h>
#include <time.h>
#include <unistd.h>

#include "client/connection.h"
#include "client/follow.h"
#include "common/language.h"

static int on_signal(sd_event_source *s, const struct signalfd_siginfo *si, void *userdata) {
        return sd_event_exit(sd_event_source_get_event(s), STATUS_OK);
}

/* The terminal is gone, so results can no longer be shown. */
static int on_hangup(sd_event_source *s, const struct signalfd_siginfo *si, void *userdata) {
        return sd_event_exit(sd_event_source_get_event(s), STATUS_FAILED);
}

/* The reader of stdout is gone. This is noticed at once, because the next write may be days away. */
static int on_output_closed(sd_event_source *s, int fd, uint32_t events, void *userdata) {
        return sd_event_exit(sd_event_source_get_event(s), STATUS_FAILED);
}

static int on_timeout(sd_event_source *s, uint64_t usec, void *userdata) {
        return sd_event_exit(sd_event_source_get_event(s), (int) (intptr_t) userdata);
}

static int on_bus_lost(sd_bus_message *m, void *userdata, sd_bus_error *error) {
        if (!sd_bus_message_is_signal(m, "org.freedesktop.DBus.Local", "Disconnected"))
                return 0;
        complain(_("the bus went away"));
        return sd_event_exit(userdata, STATUS_NO_DAEMON);
}

/* Blocks the signal and handles it in the loop. */
static int take_signal(sd_event *event, int number, sd_event_signal_handler_t handler) {
        sigset_t set;

        sigemptyset(&set);
        sigaddset(&set, number);
        if (sigprocmask(SIG_BLOCK, &set, NULL) < 0)
                return -errno;
        return sd_event_add_signal(event, NULL, number, handler, NULL);
}

static int take_signals(sd_event *event) {
        struct sigaction hangup = {};
        int r;

        r = take_signal(event, SIGINT, on_signal);
        if (r >= 0)
                r = take_signal(event, SIGTERM, on_signal);
        if (r >= 0 && sigaction(SIGHUP, NULL, &hangup) == 0 && hangup.sa_handler != SIG_IGN) /* nohup(1) */
                r = take_signal(event, SIGHUP, on_hangup);
        return r;
}

int loop_end_with_output(sd_event *event) {
        int r = sd_event_add_io(event, NULL, STDOUT_FILENO, EPOLLERR | EPOLLHUP, on_output_closed, NULL);

        return r == -EPERM || r == -EBADF ? 0 : r; /* a file has no reader, and a write to a closed descriptor fails */
}

int loop_new(sd_bus *bus, uint64_t timeout_usec, int timed_out, sd_event **ret) {
        sd_event *event = NULL;
        int r;

        r = sd_event_new(&event);
        if (r >= 0)
                r = take_signals(event);
        if (r >= 0 && bus)
                r = sd_bus_attach_event(bus, event, SD_EVENT_PRIORITY_NORMAL);
        if (r >= 0 && bus)
                r = sd_bus_match_signal(bus, NULL, NULL, "/org/freedesktop/DBus/Local", "org.freedesktop.DBus.Local",
                                        "Disconnected", on_bus_lost, event);
        if (r >= 0 && timeout_usec != UINT64_MAX)
                r = sd_event_add_time_relative(event, NULL, CLOCK_MONOTONIC, timeout_usec, 0, on_timeout,
                                               (void *) (intptr_t) timed_out);
        if (r < 0) {
                sd_event_unref(event);
                return r;
        }
        *ret = event;
        return 0;
}
