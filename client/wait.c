/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * sonychargectl wait: until a headset is attached and its verdict has come to rest.
 */
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "client/connection.h"
#include "common/finding-json.h"
#include "client/match.h"
#include "client/show/show.h"
#include "client/judge.h"
#include "client/show/terminal.h"
#include "client/watch.h"

/* The loop's own word for --timeout, beside the exit statuses. */
#define OVER_TIME 100

/* Contract: "its verdict has not changed for 2 s". */
#define REST_USEC (2 * UINT64_C(1000000))

struct wait {
        struct watch watch;
        const struct options *options;
        const char *name; /* NULL: any headset */
        sd_event_source *timer;
        struct json_object *found;
};

/* Has a cable: seen by its device or by the port's own controller. A paired headset alone is not attached. */
static bool is_attached(struct json_object *headset) {
        struct json_object *seen_by = json_list(headset, "seen_by");

        for (size_t i = 0; i < json_length(seen_by); i++) {
                const char *by = json_object_get_string(json_object_array_get_idx(seen_by, i));

                if (by && (strcmp(by, "usb") == 0 || strcmp(by, "typec") == 0))
                        return true;
        }
        return false;
}

static bool is_wanted(const struct wait *w, const struct watch_object *object) {
        struct json_object *as_port;
        bool start, fits;

        if (object->is_headset)
                return is_attached(object->properties) && (!w->name || match_headset(object->properties, w->name, &start));
        if (!w->name || !*json_text(object->properties, "child"))
                return false;
        as_port = json_object_new_object();
        json_object_object_add(as_port, "port", json_object_new_string(json_text(object->properties, "id")));
        fits = match_port(as_port, w->name);
        json_object_put(as_port);
        return fits;
}

/* Ends the wait when a wanted one is at rest, else sets the timer to when the next one may be. */
static void look(struct wait *w) {
        uint64_t now = now_usec(CLOCK_MONOTONIC), next = UINT64_MAX;

        for (size_t i = 0; w->watch.present && i < w->watch.n; i++) {
                const struct watch_object *object = &w->watch.objects[i];

                if (!is_wanted(w, object))
                        continue;
                if (now >= object->since + REST_USEC) {
                        json_object_put(w->found);
                        w->found = json_object_get(object->properties);
                        sd_event_exit(w->watch.event, STATUS_OK);
                        return;
                }
                if (object->since + REST_USEC < next)
                        next = object->since + REST_USEC;
        }
        sd_event_source_set_enabled(w->timer, SD_EVENT_OFF);
        if (next == UINT64_MAX)
                return;
        sd_event_source_set_time(w->timer, next);
        sd_event_source_set_enabled(w->timer, SD_EVENT_ONESHOT);
}

static int on_timer(sd_event_source *s, uint64_t usec, void *userdata) {
        (void) s;
        (void) usec;
        look(userdata);
        return 0;
}

static void on_event(void *userdata, const struct watch_event *e) {
        struct wait *w = userdata;

        if (e->kind == WATCH_GONE)
                tell(w->options, "sonycharged went away; waiting for it to come back");
        else if (e->kind == WATCH_BACK)
                tell(w->options, "sonycharged is back");
        look(w);
}

/* What was waited for, in the form of `status`. */
static int show_found(const struct options *o, struct json_object *found) {
        _cleanup_json_ struct json_object *status = json_api_object();
        struct json_object *headsets = json_object_new_array();
        int r = STATUS_OK;

        json_object_array_add(headsets, json_object_get(found));
        json_object_object_add(status, "headsets", headsets);
        if (o->json)
                r = show_json(status);
        else {
                const char *model = json_text(found, "model"), *id = json_text(found, "id");

                put_text(stdout, o, *model ? model : json_text(found, "name"));
                put_text(stdout, o, " (");
                put_text(stdout, o, id);
                put_text(stdout, o, "): ");
                put_verdict(stdout, o, json_text(found, "verdict"));
                putchar('\n');
        }
        return r == STATUS_OK ? status_exit(status) : r;
}

static int wait_for(struct wait *w) {
        int r = sd_event_add_time(w->watch.event, &w->timer, CLOCK_MONOTONIC, UINT64_MAX, 0, on_timer, w);

        if (r < 0) {
                complain("event loop: %s", strerror(-r));
                return STATUS_FAILED;
        }
        (void) loop_end_with_output(w->watch.event);
        look(w);
        if (!w->found && isatty(STDERR_FILENO))
                tell(w->options, "waiting for %s; Ctrl-C ends", w->name ? w->name : "a headset to be plugged in");
        r = watch_run(&w->watch);
        if (w->found)
                return show_found(w->options, w->found);
        if (r == OVER_TIME)
                complain("over time: %s%s", w->name ? w->name : "no headset",
                         w->name ? " is not attached or not at rest" : " was attached in time");
        return r == STATUS_OK || r == OVER_TIME ? STATUS_FAILED : r; /* interrupted: what was waited for did not come */
}

int verb_wait(const struct options *o, int argc, char **argv) {
        struct wait w = { .options = o, .name = argc > 1 ? argv[1] : NULL };
        int r;

        r = watch_start(&w.watch, o, OVER_TIME, on_event, &w);
        if (r == STATUS_OK)
                r = wait_for(&w);
        sd_event_source_unref(w.timer);
        json_object_put(w.found);
        watch_done(&w.watch);
        return r;
}
