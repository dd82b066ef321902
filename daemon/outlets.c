/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Shows what events have changed: on D-Bus, in the journal, in the history and to the service manager.
 */
#include "daemon/daemon-internal.h"

#include <malloc.h>

#include "common/clock.h"
#include "common/library.h"
#include "common/log.h"
#include "status/properties.h"

/* With a hundred headsets it takes some hundredths of a second to update all objects. When an update takes longer than
 * SHOW_SHORT_USEC, the following changes are gathered for as long as it took. So updates take at most half of the time, however
 * fast events arrive. */
#define SHOW_SHORT_USEC 1000
/* Limit for that time, because the computer may have slept in between. */
#define SHOW_LONG_USEC (SECOND / 10)

/* The signal is sent first, because programs wait for it. */
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

void outlets_init(struct daemon *d, const struct mark_key *key) {
        registry_init(&d->registry, key, on_change, d);
        d->registry.show = object_to_json;
        d->registry.known = on_known;
}

/* The Manager object and the status line of the service depend on everything, so they follow any change. */
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
        events_save_state(d, false);
}

void outlets_catch_up(struct daemon *d) {
        if (d->settled && registry_has_news(&d->registry))
                show_gathered(d);
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

/* Returns whether there was an earlier run in this boot, which may already have reported what is found now. */
static bool has_earlier_run(const struct daemon *d) {
        return d->runtime_state.n_earlier > 0 || d->runtime_state.sequence > 0;
}

/* Bluetooth answers only after the state has settled, so what it reports then may have been reported by an earlier run, too. */
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

/* Otherwise a short visit would never be shown, and its plug session would not know its headset. */
void outlets_before(struct daemon *d, const struct event *e) {
        if (d->arrived && leaves(e))
                show_changes(d);
}

void outlets_show(struct daemon *d, const struct event *e, const struct port *port) {
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

/* During a replay no client is served yet, so its changes need no signals. */
void outlets_go_live(struct daemon *d) {
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

void outlets_settle(struct daemon *d) {
        d->settled = true;
        d->registry.backlog = has_earlier_run(d);
        registry_note(&d->registry, NULL);
        show_changes(d);
        d->registry.backlog = false;
        outlets_go_live(d);
        /* Taking in everything needs more memory than keeping it. */
        malloc_trim(0);
        rest_libraries();
}
