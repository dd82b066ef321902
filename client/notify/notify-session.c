/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Session: org.freedesktop.login1(5). "auto" is the caller's own session, or for a service of the user's manager the user's
 * graphical session.
 */
#include "client/notify/notify-session.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "client/client.h"
#include "client/connection.h"
#include "common/bus-name.h"
#include "common/language.h"

#define NAME "org.freedesktop.login1"
#define PATH "/org/freedesktop/login1"
#define MANAGER NAME ".Manager"
#define SESSION NAME ".Session"

struct login_session {
        sd_bus *bus;
        struct bus_name *logind;
        session_listener *listener;
        void *userdata;
        sd_bus_slot *asking;
        sd_bus_slot *properties; /* of `path` */
        char *path;
        bool in_front;
        bool unknown; /* it was reported */
};

static void set(struct login_session *s, bool in_front) {
        if (s->in_front == in_front)
                return;
        s->in_front = in_front;
        s->listener(s->userdata, in_front);
}

/* Without an answer the session counts as active, so that notifications are not suppressed forever. */
static void give_up(struct login_session *s, const char *why) {
        if (!s->unknown)
                complain(_("cannot tell whether this session is in front, taking it to be: %s"), why);
        s->unknown = true;
        set(s, true);
}

static const char *why(sd_bus_message *m) {
        const sd_bus_error *error = sd_bus_message_get_error(m);

        return error && error->message ? error->message : _("logind does not answer");
}

static int on_active(sd_bus_message *m, void *userdata, sd_bus_error *error) {
        struct login_session *s = userdata;
        int active;

        s->asking = sd_bus_slot_unref(s->asking);
        if (sd_bus_message_is_method_error(m, NULL))
                give_up(s, why(m));
        else if (sd_bus_message_read(m, "v", "b", &active) >= 0) {
                s->unknown = false;
                set(s, active);
        }
        return 0;
}

static void ask_active(struct login_session *s) {
        sd_bus_slot_unref(s->asking);
        s->asking = NULL;
        (void) sd_bus_call_method_async(s->bus, &s->asking, NAME, s->path, "org.freedesktop.DBus.Properties", "Get", on_active, s,
                                        "ss", SESSION, "Active");
}

/* The property is read, because the signal may contain only its name. */
static int on_properties(sd_bus_message *m, void *userdata, sd_bus_error *error) {
        struct login_session *s = userdata;

        if (bus_name_sent(s->logind, m))
                ask_active(s);
        return 0;
}

static void follow(struct login_session *s, const char *path) {
        char *copy = strdup(path);

        if (!copy)
                return;
        free(s->path);
        s->path = copy;
        sd_bus_slot_unref(s->properties);
        s->properties = NULL;
        (void) sd_bus_match_signal_async(s->bus, &s->properties, NAME, path, "org.freedesktop.DBus.Properties",
                                         "PropertiesChanged", on_properties, NULL, s);
        ask_active(s);
}

static int on_session(sd_bus_message *m, void *userdata, sd_bus_error *error) {
        struct login_session *s = userdata;
        const char *path;

        s->asking = sd_bus_slot_unref(s->asking);
        if (sd_bus_message_is_method_error(m, NULL))
                give_up(s, why(m));
        else if (sd_bus_message_read(m, "o", &path) >= 0)
                follow(s, path);
        return 0;
}

static void ask_session(struct login_session *s) {
        sd_bus_slot_unref(s->asking);
        s->asking = NULL;
        (void) sd_bus_call_method_async(s->bus, &s->asking, NAME, PATH, MANAGER, "GetSession", on_session, s, "s", "auto");
}

/* The session of this process may be another one now. */
static int on_change(sd_bus_message *m, void *userdata, sd_bus_error *error) {
        struct login_session *s = userdata;

        if (bus_name_sent(s->logind, m))
                ask_session(s);
        return 0;
}

static void on_owner(void *userdata, const char *before, const char *owner) {
        if (before && *owner)
                ask_session(userdata);
}

static int subscribe(struct login_session *s) {
        int r = bus_name_follow(s->bus, NAME, on_owner, s, &s->logind);

        if (r >= 0)
                r = sd_bus_match_signal_async(s->bus, NULL, NAME, PATH, MANAGER, "SessionNew", on_change, NULL, s);
        return r < 0 ? r : sd_bus_match_signal_async(s->bus, NULL, NAME, PATH, MANAGER, "SessionRemoved", on_change, NULL, s);
}

int session_new(sd_event *event, session_listener *listener, void *userdata, struct login_session **ret) {
        struct login_session *s = calloc(1, sizeof *s);
        int r;

        if (!s)
                return -ENOMEM;
        *s = (struct login_session){ .listener = listener, .userdata = userdata, .in_front = true };
        r = sd_bus_open_system(&s->bus);
        if (r >= 0)
                r = sd_bus_attach_event(s->bus, event, SD_EVENT_PRIORITY_NORMAL);
        if (r >= 0)
                r = subscribe(s);
        if (r >= 0)
                ask_session(s);
        else
                give_up(s, strerror(-r));
        *ret = s;
        return 0;
}

void session_free(struct login_session *s) {
        if (!s)
                return;
        sd_bus_slot_unref(s->asking);
        sd_bus_slot_unref(s->properties);
        bus_name_free(s->logind);
        if (s->bus)
                sd_bus_detach_event(s->bus);
        sd_bus_flush_close_unref(s->bus);
        free(s->path);
        free(s);
}
