/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * sonychargectl record: the daemon records what the computer reports, until this program ends.
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>

#include "client/connection.h"
#include "client/follow.h"
#include "common/bus-name.h"
#include "common/language.h"

/* The file is readable by its owner only: its content is masked but shows what is plugged in. "-" is standard output. */
static int open_file(const char *name) {
        int fd = strcmp(name, "-") == 0 ? fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3)
                                        : open(name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOCTTY, 0600);

        return fd < 0 ? -errno : fd;
}

/* The daemon answers at once and continues to write until the caller leaves the bus. */
static int begin(const struct options *o, sd_bus *bus, int fd) {
        _cleanup_message_ sd_bus_message *call = NULL, *reply = NULL;
        _cleanup_error_ sd_bus_error error = SD_BUS_ERROR_NULL;
        int r;

        r = sd_bus_message_new_method_call(bus, &call, BUS_NAME, BUS_PATH, BUS_MANAGER, "Record");
        if (r >= 0)
                r = sd_bus_message_set_allow_interactive_authorization(call, true);
        if (r >= 0)
                r = sd_bus_message_append(call, "ha{sv}", fd, o->with_serial ? 1 : 0, "with-serial", "b", true);
        if (r >= 0)
                r = sd_bus_call(bus, call, 2 * UINT64_C(60000000), &error, &reply); /* a person may have to type a password */
        return r < 0 ? bus_complain(&error, r) : STATUS_OK;
}

/* A recording in progress: the daemon that writes it, and whether it has ended. */
struct following {
        struct bus_name *daemon;
        sd_event *event;
};

static int on_failed(sd_bus_message *m, void *userdata, sd_bus_error *error) {
        struct following *f = userdata;
        const char *reason;

        if (!bus_name_sent(f->daemon, m))
                return 0;
        complain(_("the recording ends here: %s"), sd_bus_message_read(m, "s", &reason) < 0 ? _("it cannot be written") : reason);
        return sd_event_exit(f->event, STATUS_FAILED);
}

/* The name is watched before the call. A daemon that the call starts is therefore not taken for the end of the recording. */
static void on_owner(void *userdata, const char *before, const char *owner) {
        struct following *f = userdata;

        if (!before || !*before)
                return;
        complain(_("sonycharged went away; the recording ends here"));
        (void) sd_event_exit(f->event, STATUS_NO_DAEMON);
}

/* Done before the recording begins, so that a failure is not missed. The signal is dispatched when the loop runs. */
static int listen_for_failure(sd_bus *bus, struct following *f) {
        int r = bus_name_follow(bus, BUS_NAME, on_owner, f, &f->daemon);

        if (r >= 0)
                r = sd_bus_match_signal(bus, NULL, BUS_NAME, BUS_PATH, BUS_MANAGER, "RecordingFailed", on_failed, f);
        return r < 0 ? bus_complain(NULL, r) : STATUS_OK;
}

static int record_until_end(const struct options *o, sd_bus *bus, struct following *f) {
        int r = loop_new(bus, o->timeout_usec, STATUS_OK, &f->event);

        if (r >= 0)
                r = sd_event_loop(f->event);
        if (r < 0) {
                complain(_("event loop: %s"), strerror(-r));
                r = STATUS_FAILED;
        }
        bus_name_free(f->daemon);
        sd_bus_detach_event(bus);
        sd_event_unref(f->event);
        return r;
}

int verb_record(const struct options *o, int argc, char **argv) {
        _cleanup_bus_ sd_bus *bus = NULL;
        _cleanup_close_ int fd = -EBADF;
        struct following following = {};
        int r;

        r = bus_connect(&bus);
        if (r != STATUS_OK)
                return r;
        fd = open_file(argv[1]);
        if (fd < 0) {
                complain(_("cannot write %s: %s"), argv[1], strerror(-fd));
                return STATUS_FAILED;
        }
        r = listen_for_failure(bus, &following);
        if (r == STATUS_OK)
                r = begin(o, bus, fd);
        if (r != STATUS_OK) {
                bus_name_free(following.daemon);
                return r;
        }
        tell(o, _("recording to %s; plug, wait, unplug as you like, Ctrl-C ends"), argv[1]);
        return record_until_end(o, bus, &following);
}
