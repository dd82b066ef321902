/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * sonychargectl notify: the agent of a desktop session. The daemon's state is converted to states of plugs, the policy decides
 * what is shown about them and when, and the server shows it.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "client/connection.h"
#include "client/notify/notify-call.h"
#include "client/notify/notify-config.h"
#include "client/notify/notify-details.h"
#include "client/notify/notify-ports.h"
#include "client/notify/notify-state.h"
#include "client/notify/notify-server.h"
#include "client/notify/notify-session.h"
#include "client/follow.h"
#include "common/language.h"

/* One agent per session bus. */
#define OWN_NAME "org.sonycharge1.Notify"

struct agent {
        const struct options *options;
        struct follow follow;
        sd_bus *bus; /* the session bus */
        sd_event_source *timer;
        struct policy policy;
        struct plug_state *states;
        struct server *server;
        struct login_session *session;
        struct details details;
        struct ports ports;
        bool in_front;
        bool flooded; /* it was reported */
};

static int on_timer(sd_event_source *s, uint64_t usec, void *userdata);

static void set_timer(struct agent *a, uint64_t at) {
        if (at == UINT64_MAX) {
                sd_event_source_set_enabled(a->timer, SD_EVENT_OFF);
                return;
        }
        sd_event_source_set_time(a->timer, at);
        sd_event_source_set_enabled(a->timer, SD_EVENT_ONESHOT);
}

static void tell_due(struct agent *a) {
        set_timer(a, policy_evaluate(&a->policy, now_usec(CLOCK_MONOTONIC)));
        if (a->policy.unshown == 0 || a->flooded)
                return;
        a->flooded = true;
        complain(_("more notifications at once than anybody reads; the others are not shown, see: sonychargectl status"));
}

static int on_timer(sd_event_source *s, uint64_t usec, void *userdata) {
        tell_due(userdata);
        return 0;
}

static void look(struct agent *a) {
        size_t n = states_read(a->follow.state, a->states, POLICY_PLUGS_MAX);

        if (policy_update(&a->policy, a->states, n, now_usec(CLOCK_MONOTONIC)) < 0)
                a->policy.unshown++;
        tell_due(a);
}

static void on_event(void *userdata, enum follow_event event) {
        struct agent *a = userdata;

        if (event == FOLLOW_CHANGED) {
                look(a);
                return;
        }
        policy_restarted(&a->policy, now_usec(CLOCK_MONOTONIC));
        follow_tell(a->options, event);
}

/* Passes messages from the policy to the server. */
static void on_policy(void *userdata, unsigned plug, const struct message *m) {
        struct agent *a = userdata;

        if (m)
                server_show(a->server, plug, m);
        else
                server_close(a->server, plug);
}

static bool is_unwanted(void *userdata, const char *port_key) {
        const struct agent *a = userdata;

        return ports_has(&a->ports, port_key);
}

/* Passes results from the server to the policy. */
static void on_lost(void *userdata, unsigned plug) {
        struct agent *a = userdata;

        policy_lost(&a->policy, plug);
}

static void on_closed(void *userdata, unsigned plug) {
        struct agent *a = userdata;

        policy_closed(&a->policy, plug);
}

static void reopen(struct agent *a) {
        policy_set_visible(&a->policy, a->in_front, now_usec(CLOCK_MONOTONIC));
        tell_due(a);
}

static void on_back(void *userdata) {
        reopen(userdata);
}

static void on_action(void *userdata, unsigned plug, const char *action, const char *token) {
        struct agent *a = userdata;
        const char *port = policy_port(&a->policy, plug), *headset = policy_headset(&a->policy, plug);

        if (strcmp(action, ACTION_OPEN) == 0)
                details_open(&a->details, "headset", headset ? headset : "", token);
        else if (strcmp(action, ACTION_CAUSE) == 0)
                details_open(&a->details, "find-cause", headset ? headset : "", token);
        else if (strcmp(action, ACTION_AWAKE) == 0)
                details_open(&a->details, "keep-awake", NULL, token);
        else if (strcmp(action, ACTION_DETAILS) == 0)
                details_show(&a->details, token);
        else if (strcmp(action, ACTION_FORGET) == 0 && port && *port) {
                ports_add(&a->ports, policy_port_key(&a->policy, plug));
                policy_forget_port(&a->policy, port);
        }
}

static void on_session(void *userdata, bool in_front) {
        struct agent *a = userdata;

        a->in_front = in_front;
        reopen(a);
}

static int on_bus_lost(sd_bus_message *m, void *userdata, sd_bus_error *error) {
        if (!sd_bus_message_is_signal(m, "org.freedesktop.DBus.Local", "Disconnected"))
                return 0;
        complain(_("the session bus went away"));
        return sd_event_exit(userdata, STATUS_FAILED);
}

static int connect_session(struct agent *a) {
        int r = sd_bus_open_user(&a->bus);

        if (r < 0)
                complain(_("no session bus, so there is nowhere to show notifications (%s); start this in a desktop session"),
                         strerror(-r));
        return r < 0 ? STATUS_FAILED : STATUS_OK;
}

/* Acquires the agent's name. Returns false if another agent has it, or on failure after complaining; then *ret_status is not
 * STATUS_OK. */
static bool take_name(struct agent *a, int *ret_status) {
        int r = sd_bus_request_name(a->bus, OWN_NAME, 0);

        *ret_status = r >= 0 || r == -EEXIST ? STATUS_OK : STATUS_FAILED;
        if (r == -EEXIST && isatty(STDERR_FILENO))
                tell(a->options, _("an agent is already running in this session"));
        else if (r < 0 && r != -EEXIST)
                complain(_("cannot take the name %s on the session bus: %s"), OWN_NAME, strerror(-r));
        return r >= 0;
}

static int start(struct agent *a) {
        const struct server_listener listener = {
                .lost = on_lost, .closed = on_closed, .action = on_action, .back = on_back, .userdata = a
        };
        sd_event *event = a->follow.event;
        int r;

        a->details = (struct details){ .event = event, .bus = a->bus };
        r = sd_bus_attach_event(a->bus, event, SD_EVENT_PRIORITY_NORMAL);
        if (r >= 0)
                r = sd_bus_match_signal(a->bus, NULL, NULL, "/org/freedesktop/DBus/Local", "org.freedesktop.DBus.Local",
                                        "Disconnected", on_bus_lost, event);
        if (r >= 0)
                r = sd_event_add_time(event, &a->timer, CLOCK_MONOTONIC, 0, 0, on_timer, a);
        if (r >= 0)
                r = sd_event_source_set_enabled(a->timer, SD_EVENT_OFF);
        if (r >= 0)
                r = server_new(a->bus, &listener, &a->server);
        if (r >= 0)
                r = session_new(event, on_session, a, &a->session);
        if (r >= 0)
                return STATUS_OK;
        complain(_("cannot start: %s"), strerror(-r));
        return STATUS_FAILED;
}

static int run(struct agent *a) {
        int r;

        r = follow_state(&a->follow, a->options, FOLLOW_PATIENT, STATUS_OK, on_event, a);
        if (r == STATUS_OK)
                r = start(a);
        if (r != STATUS_OK)
                return r;
        if (a->follow.present)
                look(a);
        tell(a->options, a->follow.present ? _("telling of headsets in this session")
                                           : _("waiting for sonycharged, to tell of headsets in this session"));
        return follow_run(&a->follow);
}

static void done(struct agent *a) {
        session_free(a->session);
        server_free(a->server);
        details_done(&a->details);
        policy_done(&a->policy);
        ports_done(&a->ports);
        sd_event_source_unref(a->timer);
        if (a->bus)
                sd_bus_detach_event(a->bus);
        sd_bus_flush_close_unref(a->bus);
        follow_done(&a->follow);
        free(a->states);
}

int verb_notify(const struct options *o, int argc, char **argv) {
        struct agent a = { .options = o, .in_front = true };
        int r;

        a.policy = (struct policy){ .show = on_policy, .is_muted = is_unwanted, .userdata = &a };
        a.states = calloc(POLICY_PLUGS_MAX, sizeof *a.states);
        r = a.states ? connect_session(&a) : STATUS_FAILED;
        if (r == STATUS_OK && take_name(&a, &r)) {
                notify_config_load(&a.policy.settings);
                ports_load(&a.ports);
                r = run(&a);
        }
        done(&a);
        return r;
}
