/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* PrepareForSleep on the system bus. */

#include "daemon/sources/logind.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <systemd/sd-bus.h>

#include "common/bus-name.h"
#include "common/log.h"
#include "daemon/sources/clocks.h"

#define NAME "org.freedesktop.login1"

struct logind_source {
        sd_bus *bus;
        struct bus_name *logind;
        bool reported; /* it was reported that logind cannot be used */
        bool going;    /* it announced a sleep, and has not yet reported its end */
        source_emit *emit;
        void *userdata;
};

static void tell_degraded(struct logind_source *s, bool degraded) {
        struct event e = {
                .type = EVENT_SOURCE,
                .time = moment_now(),
                .u.source = { .source = SOURCE_LOGIND, .degraded = degraded },
        };

        if (degraded == s->reported)
                return;
        s->reported = degraded;
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

/* An owner that is gone will not report the end of the sleep. */
static void note_owner(struct logind_source *s, bool there) {
        if (!there && s->going)
                tell_sleep(s, false);
        tell_degraded(s, !there);
}

static int on_prepare(sd_bus_message *m, void *userdata, sd_bus_error *error) {
        struct logind_source *s = userdata;
        int going;

        if (bus_name_sent(s->logind, m) && sd_bus_message_read(m, "b", &going) >= 0)
                tell_sleep(s, going);
        return 0;
}

static void on_owner(void *userdata, const char *before, const char *owner) {
        if (!before && owner[0] == '\0')
                log_notice("logind is not on the system bus, sleep is told by the clocks and the kernel log alone.");
        note_owner(userdata, owner[0] != '\0');
}

/* The connection to the bus was lost. It is restored only by a restart of the daemon. */
static int on_disconnected(sd_bus_message *m, void *userdata, sd_bus_error *error) {
        struct logind_source *s = userdata;

        if (!s->reported)
                log_notice("The system bus is gone, sleep is told by the clocks and the kernel log alone.");
        note_owner(s, false);
        return 0;
}

static int listen(struct logind_source *s) {
        int r = bus_name_follow(s->bus, NAME, on_owner, s, &s->logind);

        if (r >= 0)
                r = sd_bus_match_signal_async(s->bus, NULL, NAME, "/org/freedesktop/login1", NAME ".Manager", "PrepareForSleep",
                                              on_prepare, NULL, s);
        return r < 0 ? r
                     : sd_bus_match_signal_async(s->bus, NULL, "org.freedesktop.DBus.Local", NULL, "org.freedesktop.DBus.Local",
                                                 "Disconnected", on_disconnected, NULL, s);
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
        bus_name_free(s->logind);
        sd_bus_close_unref(s->bus);
        free(s);
        return NULL;
}
