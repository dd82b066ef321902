/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Connects the sources for sleep, Type-C, switches, receivers and Bluetooth. */

#include "daemon/sources.h"

#include <errno.h>
#include <string.h>

#include "daemon/sources/bluetooth.h"
#include "daemon/sources/clocks.h"
#include "daemon/sources/hid-source.h"
#include "common/log.h"
#include "daemon/sources/logind.h"
#include "daemon/sources/switches.h"
#include "daemon/sources/tester.h"
#include "daemon/sources/typec-source.h"

/* BlueZ answers within milliseconds. If it hangs, it must not delay the daemon's start. */
#define BLUEZ_PATIENCE_USEC (SECOND / 4)

/* Firmware does not report what was plugged in while the computer slept, and settings may have changed. */
static int on_look_again(sd_event_source *source, void *userdata) {
        struct sources *b = userdata;

        if (b->typec)
                (void) typec_source_cold_plug(b->typec);
        if (b->switches)
                (void) switches_look(b->switches);
        if (b->hid)
                (void) hid_source_look(b->hid, false);
        return 0;
}

void sources_look_again(struct sources *b) {
        if (!b->look_again)
                (void) sd_event_add_defer(b->event, &b->look_again, on_look_again, b);
        else
                (void) sd_event_source_set_enabled(b->look_again, SD_EVENT_ONESHOT);
}

static void note_sleep(struct sources *b, const struct event *e) {
        if (e->type == EVENT_SLEEP && e->u.sleep.phase == SLEEP_END)
                sources_look_again(b);
}

static void on_clock_event(void *userdata, const struct event *e) {
        struct sources *b = userdata;

        b->emit(b->userdata, e);
        note_sleep(b, e);
}

static void on_event(void *userdata, const struct event *e) {
        struct sources *b = userdata;

        sources_look(b);
        b->emit(b->userdata, e);
        note_sleep(b, e);
}

void sources_watch_clocks(struct sources *b, sd_event *event, source_emit *emit, void *userdata) {
        *b = (struct sources){ .event = event, .emit = emit, .userdata = userdata };
        if (clocks_new(event, on_clock_event, b, &b->clocks) < 0)
                log_error("Out of memory, sleep is told by logind and the kernel log alone.");
}

static void typec_degraded(struct sources *b) {
        const struct event e = {
                .type = EVENT_SOURCE,
                .time = moment_now(),
                .u.source = { .source = SOURCE_TYPEC, .degraded = true },
        };

        b->emit(b->userdata, &e);
}

void sources_start(struct sources *b) {
        int r = logind_source_new(b->event, on_event, b, &b->logind);

        if (r == -ENOMEM)
                log_error("Out of memory, sleep is told by the clocks and the kernel log alone.");
        r = typec_source_new(b->event, on_event, b, &b->typec);
        if (r >= 0)
                r = typec_source_cold_plug(b->typec);
        if (r < 0) {
                log_notice("Type-C ports cannot be watched: %s", strerror(-r));
                typec_degraded(b);
        }
        if (switches_new(b->event, on_event, b, &b->switches) >= 0)
                (void) switches_look(b->switches);
        r = hid_source_new(b->event, on_event, b, &b->hid);
        if (r >= 0)
                r = hid_source_look(b->hid, true);
        if (r < 0)
                log_notice("Receivers of wireless headsets cannot be watched: %s", strerror(-r));
        r = bluetooth_source_new(b->event, on_event, b, &b->bluetooth);
        if (r >= 0)
                bluetooth_source_settle(b->bluetooth, BLUEZ_PATIENCE_USEC);
        else if (r == -ENOMEM)
                log_error("Out of memory, headsets on Bluetooth cannot be seen.");
}

void sources_stop(struct sources *b) {
        b->bluetooth = bluetooth_source_free(b->bluetooth);
        b->hid = hid_source_free(b->hid);
        b->switches = switches_free(b->switches);
        b->typec = typec_source_free(b->typec);
        b->logind = logind_source_free(b->logind);
        b->clocks = clocks_free(b->clocks);
        sd_event_source_disable_unref(b->look_again);
}

void sources_look(struct sources *b) {
        if (b->clocks)
                (void) clocks_look(b->clocks);
}

void sources_measure(struct sources *b) {
        testers_look(b->emit, b->userdata);
}

void sources_note_plug(struct sources *b) {
        if (b->bluetooth)
                bluetooth_source_note_plug(b->bluetooth);
}
