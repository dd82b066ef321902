/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* PrepareForSleep on the system bus. */

#include "daemon/sources/logind.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <systemd/sd-bus.h>

#include "daemon/sources/clocks.h"
#include "common/log.h"

#define NAME "org.freedesktop.login1"
#define DBUS "org.freedesktop.DBus"
#define DBUS_PATH "/org/freedesktop/DBus"

struct logind_source {
        sd_bus *bus;
        bool told;  /* that it cannot be heard */
        bool going; /* it said that the computer is about to sleep, and not yet that it is awake */
        source_emit *emit;
        void *userdata;
};

static void tell_degraded(struct logind_source *s, bool degraded) {
        struct event e = {
                .type = EVENT_SOURCE,
                .time = moment_now(),
                .u.source = { .source = SOURCE_LOGIND, .degraded = degraded },
        };

        if (degraded == s->told)
                return;
        s->told = degraded;
        s->emit(s->userdata, &e);
}

static void tell_sleep(struct logind_source *s, bool going) {
        struct event e = {
                .type = EVENT_SLEEP,
                .time = moment_now(),
                .u.sleep = { .phase = going ? SLEEP_BEGIN : SLEEP_END, .kind = sleep_kind_read() },
        };

        s->going = going;
        s->emit(s->userdata, &e);
}

/* Who is gone will not say that the computer is awake again. */
static void note_owner(struct logind_source *s, bool there) {
        if (!there && s->going)
                tell_sleep(s, false);
        tell_degraded(s, !there);
}

static int on_prepare(sd_bus_message *m, void *userdata, sd_bus_error *error) {
        struct logind_source *s = userdata;
        int going;

        (void) error;
        if (sd_bus_message_read(m, "b", &going) >= 0)
                tell_sleep(s, going);
        return 0;
}

static int on_owner_changed(sd_bus_message *m, void *userdata, sd_bus_error *error) {
        const char *name, *before, *after;

        (void) error;
        if (sd_bus_message_read(m, "sss", &name, &before, &after) < 0 || strcmp(name, NAME) != 0)
                return 0;
        note_owner(userdata, after[0] != '\0');
        return 0;
}

static int on_owner(sd_bus_message *m, void *userdata, sd_bus_error *error) {
        struct logind_source *s = userdata;
        int there = 0;

        (void) error;
        if (!sd_bus_message_is_method_error(m, NULL))
                (void) sd_bus_message_read(m, "b", &there);
        if (!there)
                log_notice("logind is not on the system bus, sleep is told by the clocks and the kernel log alone.");
        note_owner(s, there);
        return 0;
}

/* The bus went away; a restart of the daemon finds it again. */
static int on_disconnected(sd_bus_message *m, void *userdata, sd_bus_error *error) {
        struct logind_source *s = userdata;

        (void) m;
        (void) error;
        if (!s->told)
                log_notice("The system bus is gone, sleep is told by the clocks and the kernel log alone.");
        note_owner(s, false);
        return 0;
}

static int listen(struct logind_source *s) {
        int r = sd_bus_match_signal_async(s->bus, NULL, NAME, "/org/freedesktop/login1", NAME ".Manager", "PrepareForSleep",
                                          on_prepare, NULL, s);

        if (r >= 0)
                r = sd_bus_add_match_async(s->bus, NULL,
                                           "type='signal',sender='" DBUS "',path='" DBUS_PATH "',interface='" DBUS
                                           "',member='NameOwnerChanged',arg0='" NAME "'",
                                           on_owner_changed, NULL, s);
        if (r >= 0)
                r = sd_bus_match_signal_async(s->bus, NULL, "org.freedesktop.DBus.Local", NULL, "org.freedesktop.DBus.Local",
                                              "Disconnected", on_disconnected, NULL, s);
        return r < 0 ? r : sd_bus_call_method_async(s->bus, NULL, DBUS, DBUS_PATH, DBUS, "NameHasOwner", on_owner, s, "s", NAME);
}

int logind_source_new(sd_event *event, source_emit *emit, void *userdata, struct logind_source **ret) {
        struct logind_source *s = calloc(1, sizeof(*s));

        if (!s)
                return -ENOMEM;
        *s = (struct logind_source){ .emit = emit, .userdata = userdata };
        int r = sd_bus_open_system_with_description(&s->bus, "logind");
        if (r >= 0)
                r = sd_bus_attach_event(s->bus, event, SD_EVENT_PRIORITY_NORMAL);
        if (r >= 0)
                r = listen(s);
        if (r < 0) {
                log_notice("logind cannot be heard (%s), sleep is told by the clocks and the kernel log alone.", strerror(-r));
                tell_degraded(s, true);
                logind_source_free(s);
                return r;
        }
        *ret = s;
        return 0;
}

struct logind_source *logind_source_free(struct logind_source *s) {
        if (!s)
                return NULL;
        sd_bus_close_unref(s->bus);
        free(s);
        return NULL;
}
