/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * sonychargectl wait: waits until a headset is attached and its verdict is stable.
 */
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "client/connection.h"
#include "client/follow.h"
#include "common/finding-json.h"
#include "client/match.h"
#include "client/show/show.h"
#include "client/judge.h"
#include "client/show/terminal.h"
#include "common/language.h"

/* The loop's status for --timeout, distinct from the exit statuses. */
#define OVER_TIME 100

/* A verdict is stable when it has not changed for this long. */
#define REST_USEC (2 * UINT64_C(1000000))

struct wait {
        struct follow follow;
        const struct options *options;
        const char *name; /* NULL: any headset */
        sd_event_source *timer;
        struct json_object *since; /* id: the verdict, and when it became so */
        struct json_object *found;
};

/* Returns whether it has a cable: seen by its device or by the port's own controller. A headset that is only paired is not
 * attached. */
static bool is_attached(struct json_object *headset) {
        struct json_object *seen_by = json_list(headset, "seen_by");

        for (size_t i = 0; i < json_length(seen_by); i++) {
                const char *by = json_object_get_string(json_object_array_get_idx(seen_by, i));

                if (by && (strcmp(by, "usb") == 0 || strcmp(by, "typec") == 0))
                        return true;
        }
        return false;
}

static bool is_wanted_headset(const struct wait *w, struct json_object *headset) {
        bool start;

        return is_attached(headset) && (!w->name || match_headset(headset, w->name, &start));
}

/* Any device may be waited for by the name of its port. */
static bool is_wanted_port(const struct wait *w, struct json_object *port) {
        return w->name && *json_text(port, "child") && match_port(port, w->name);
}

/* Records the verdict of an object; returns when it became so. */
static uint64_t note(struct json_object *to, struct json_object *before, struct json_object *object, uint64_t now) {
        struct json_object *was = json_child(before, json_text(object, "id")), *is = json_object_new_object();
        uint64_t since = now;

        if (was && strcmp(json_text(was, "verdict"), json_text(object, "verdict")) == 0)
                since = json_number(was, "since");
        json_object_object_add(is, "verdict", json_object_new_string(json_text(object, "verdict")));
        json_object_object_add(is, "since", json_object_new_uint64(since));
        json_object_object_add(to, json_text(object, "id"), is);
        return since;
}

/* Ends the wait if a wanted object is stable; otherwise *next is the earliest time for that. */
static void look_at(struct wait *w, struct json_object *list, bool (*is_wanted)(const struct wait *, struct json_object *),
                    struct json_object *since, uint64_t *next) {
        uint64_t now = now_usec(CLOCK_MONOTONIC);

        for (size_t i = 0; i < json_length(list); i++) {
                struct json_object *object = json_object_array_get_idx(list, i);
                uint64_t rest;

                if (!is_wanted(w, object))
                        continue;
                rest = note(since, w->since, object, now) + REST_USEC;
                if (now >= rest && !w->found)
                        w->found = json_object_get(object);
                else if (rest < *next)
                        *next = rest;
        }
}

static void look(struct wait *w) {
        struct json_object *since = json_object_new_object();
        uint64_t next = UINT64_MAX;

        if (w->follow.present) {
                look_at(w, json_list(w->follow.state, "headsets"), is_wanted_headset, since, &next);
                look_at(w, json_list(w->follow.state, "ports"), is_wanted_port, since, &next);
        }
        json_object_put(w->since);
        w->since = since;
        sd_event_source_set_enabled(w->timer, SD_EVENT_OFF);
        if (w->found)
                sd_event_exit(w->follow.event, STATUS_OK);
        else if (next != UINT64_MAX) {
                sd_event_source_set_time(w->timer, next);
                sd_event_source_set_enabled(w->timer, SD_EVENT_ONESHOT);
        }
}

static int on_timer(sd_event_source *s, uint64_t usec, void *userdata) {
        look(userdata);
        return 0;
}

/* While the daemon is gone no verdict is stable. */
static void on_event(void *userdata, enum follow_event event) {
        struct wait *w = userdata;

        follow_tell(w->options, event);
        look(w);
}

/* Prints the object in the form of `status`. */
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
        int r = sd_event_add_time(w->follow.event, &w->timer, CLOCK_MONOTONIC, UINT64_MAX, 0, on_timer, w);

        if (r < 0) {
                complain(_("event loop: %s"), strerror(-r));
                return STATUS_FAILED;
        }
        (void) loop_end_with_output(w->follow.event);
        look(w);
        if (!w->found && isatty(STDERR_FILENO))
                tell(w->options, _("waiting for %s; Ctrl-C ends"), w->name ? w->name : _("a headset to be plugged in"));
        r = follow_run(&w->follow);
        if (w->found)
                return show_found(w->options, w->found);
        if (r == OVER_TIME)
                complain(w->name ? _("over time: %s is not attached or not at rest")
                                 : _("over time: no headset was attached in time"),
                         w->name);
        return r == STATUS_OK || r == OVER_TIME ? STATUS_FAILED : r; /* interrupted before the object was found */
}

int verb_wait(const struct options *o, int argc, char **argv) {
        struct wait w = { .options = o, .name = argc > 1 ? argv[1] : NULL };
        int r;

        r = follow_state(&w.follow, o, FOLLOW_PORTS, OVER_TIME, on_event, &w);
        if (r == STATUS_OK)
                r = wait_for(&w);
        sd_event_source_unref(w.timer);
        json_object_put(w.found);
        json_object_put(w.since);
        follow_done(&w.follow);
        return r;
}
