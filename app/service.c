/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Service: follows the daemon. A signal only causes the whole status to be requested. */
#include "app/service.h"

#include <string.h>

#include "common/language.h"
#include "view/view.h"

#define BUS_NAME "org.sonycharge1"
#define BUS_PATH "/org/sonycharge1"
#define BUS_MANAGER "org.sonycharge1.Manager"

/* Time for a burst of changes to end. */
#define SETTLE_MS 100

/* An answer takes milliseconds. If it takes longer, the daemon or the computer hangs. */
#define CALL_MS 10000

struct service {
        service_listener *listener;
        void *userdata;
        GDBusConnection *bus;
        GCancellable *cancel;
        guint name_watch, signals, settle;
        gulong closed;
        char *owner; /* unique name; NULL: none */
        enum service_state state;
        char *problem;
        struct json_object *status;
        bool asking, again;
        bool read; /* headsets are to be asked as soon as the daemon is there */
};

static void ask(struct service *s);

static void set_state(struct service *s, enum service_state state, const char *problem) {
        s->state = state;
        g_free(s->problem);
        s->problem = g_strdup(problem);
        s->listener(s->userdata);
}

enum service_state service_state(const struct service *s) {
        return s->state;
}

struct json_object *service_status(const struct service *s) {
        return s->status;
}

const char *service_problem(const struct service *s) {
        return s->problem ? s->problem : "";
}

/* What an error means for a person. */
static const char *problem_words(const GError *error) {
        if (g_error_matches(error, G_DBUS_ERROR, G_DBUS_ERROR_SERVICE_UNKNOWN) ||
            g_error_matches(error, G_DBUS_ERROR, G_DBUS_ERROR_NAME_HAS_NO_OWNER))
                return _("The service sonycharged is not installed, or cannot be started.");
        if (g_error_matches(error, G_DBUS_ERROR, G_DBUS_ERROR_NO_REPLY) ||
            g_error_matches(error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT) ||
            g_error_matches(error, G_DBUS_ERROR, G_DBUS_ERROR_TIMEOUT))
                return _("The service sonycharged does not answer. It may be stuck; restarting it helps: "
                         "systemctl restart sonycharged");
        if (g_error_matches(error, G_DBUS_ERROR, G_DBUS_ERROR_UNKNOWN_METHOD) ||
            g_error_matches(error, G_DBUS_ERROR, G_DBUS_ERROR_UNKNOWN_INTERFACE) ||
            g_error_matches(error, G_DBUS_ERROR, G_DBUS_ERROR_INVALID_ARGS))
                return _("The service sonycharged is of an older version and cannot do this. After an update, restart it: "
                         "systemctl restart sonycharged");
        if (g_error_matches(error, G_DBUS_ERROR, G_DBUS_ERROR_ACCESS_DENIED))
                return _("You may not talk to the service sonycharged.");
        return _("The service sonycharged cannot be reached.");
}

static bool is_silence(const GError *error) {
        return g_error_matches(error, G_DBUS_ERROR, G_DBUS_ERROR_NO_REPLY) ||
               g_error_matches(error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT) ||
               g_error_matches(error, G_DBUS_ERROR, G_DBUS_ERROR_TIMEOUT);
}

/* Parses a text from the daemon as an object; NULL if it is none. */
static struct json_object *parse(const char *text) {
        struct json_object *o = json_tokener_parse(text);

        if (o && !json_object_is_type(o, json_type_object)) {
                json_object_put(o);
                return NULL;
        }
        if (o)
                json_make_safe(o);
        return o;
}

static void take_status(struct service *s, GVariant *reply) {
        const char *text = NULL;
        struct json_object *status;

        if (g_variant_is_of_type(reply, G_VARIANT_TYPE("(s)")))
                g_variant_get(reply, "(&s)", &text);
        status = text ? parse(text) : NULL;
        if (!status) {
                set_state(s, SERVICE_SILENT, _("The service sonycharged gives an answer that makes no sense."));
                return;
        }
        json_object_put(s->status);
        s->status = status;
        set_state(s, SERVICE_READY, NULL);
}

static void on_status(GObject *bus, GAsyncResult *result, void *userdata) {
        g_autoptr(GError) error = NULL;
        g_autoptr(GVariant) reply = g_dbus_connection_call_finish(G_DBUS_CONNECTION(bus), result, &error);
        struct service *s = userdata;

        if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
                return; /* s may be gone */
        s->asking = false;
        if (reply)
                take_status(s, reply);
        else
                set_state(s, is_silence(error) ? SERVICE_SILENT : SERVICE_GONE, problem_words(error));
        if (s->again)
                ask(s);
}

static void ask(struct service *s) {
        s->again = s->asking;
        if (s->asking || !s->bus)
                return;
        s->asking = true;
        g_dbus_connection_call(s->bus, BUS_NAME, BUS_PATH, BUS_MANAGER, "GetStatus", NULL, NULL, G_DBUS_CALL_FLAGS_NONE, CALL_MS,
                               s->cancel, on_status, s);
}

static gboolean on_settled(void *userdata) {
        struct service *s = userdata;

        s->settle = 0;
        ask(s);
        return G_SOURCE_REMOVE;
}

static void on_signal(GDBusConnection *bus, const char *sender, const char *path, const char *interface, const char *name,
                      GVariant *parameters, void *userdata) {
        struct service *s = userdata;

        /* Any program can send such a signal. It counts only if it comes from the owner of the name. */
        if (s->owner && g_strcmp0(sender, s->owner) == 0 && s->settle == 0)
                s->settle = g_timeout_add(SETTLE_MS, on_settled, s);
}

void service_read_headsets(struct service *s) {
        s->read = !s->bus || !s->owner;
        if (!s->read)
                g_dbus_connection_call(s->bus, BUS_NAME, BUS_PATH, BUS_MANAGER, "ReadHeadsets", g_variant_new("(a{sv})", NULL),
                                       NULL, G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, NULL, NULL, NULL);
}

static void on_appeared(GDBusConnection *bus, const char *name, const char *owner, void *userdata) {
        struct service *s = userdata;

        g_free(s->owner);
        s->owner = g_strdup(owner);
        ask(s);
        if (s->read)
                service_read_headsets(s);
}

static void on_vanished(GDBusConnection *bus, const char *name, void *userdata) {
        struct service *s = userdata;
        bool ran = s->owner;

        g_clear_pointer(&s->owner, g_free);
        if (ran)
                set_state(s, SERVICE_GONE, _("The service sonycharged has ended. What is shown is what it knew last."));
}

static void disconnect(struct service *s) {
        g_cancellable_cancel(s->cancel);
        g_clear_object(&s->cancel);
        s->cancel = g_cancellable_new();
        s->asking = false;
        g_clear_handle_id(&s->settle, g_source_remove);
        g_clear_handle_id(&s->name_watch, g_bus_unwatch_name);
        if (s->bus && s->signals)
                g_dbus_connection_signal_unsubscribe(s->bus, s->signals);
        if (s->bus && s->closed)
                g_signal_handler_disconnect(s->bus, s->closed);
        s->signals = 0;
        s->closed = 0;
        g_clear_pointer(&s->owner, g_free);
        g_clear_object(&s->bus);
}

static void on_closed(GDBusConnection *bus, gboolean by_other_side, GError *error, void *userdata) {
        struct service *s = userdata;

        disconnect(s);
        set_state(s, SERVICE_GONE, _("The connection to the system's message bus was lost."));
}

static void use_bus(struct service *s, GDBusConnection *bus, const GError *error) {
        if (!bus) {
                set_state(s, SERVICE_GONE, _("The system's message bus cannot be reached."));
                return;
        }
        s->bus = bus;
        g_dbus_connection_set_exit_on_close(bus, FALSE);
        s->closed = g_signal_connect(bus, "closed", G_CALLBACK(on_closed), s);
        s->signals = g_dbus_connection_signal_subscribe(bus, BUS_NAME, NULL, NULL, NULL, NULL, G_DBUS_SIGNAL_FLAGS_NONE,
                                                        on_signal, s, NULL);
        s->name_watch =
                g_bus_watch_name_on_connection(bus, BUS_NAME, G_BUS_NAME_WATCHER_FLAGS_NONE, on_appeared, on_vanished, s, NULL);
        ask(s);
}

static void on_bus(GObject *source, GAsyncResult *result, void *userdata) {
        g_autoptr(GError) error = NULL;
        GDBusConnection *bus = g_bus_get_finish(result, &error);

        if (!g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
                use_bus(userdata, bus, error);
}

static void on_address(GObject *source, GAsyncResult *result, void *userdata) {
        g_autoptr(GError) error = NULL;
        GDBusConnection *bus = g_dbus_connection_new_for_address_finish(result, &error);

        if (!g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
                use_bus(userdata, bus, error);
}

/* Where the daemon is looked for, as with sonychargectl. */
static void reach_bus(struct service *s) {
        const char *where = g_getenv("SONYCHARGE_BUS");

        if (!where || !*where || strcmp(where, "system") == 0)
                g_bus_get(G_BUS_TYPE_SYSTEM, s->cancel, on_bus, s);
        else if (strcmp(where, "session") == 0)
                g_bus_get(G_BUS_TYPE_SESSION, s->cancel, on_bus, s);
        else
                g_dbus_connection_new_for_address(
                        where, G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
                        NULL, s->cancel, on_address, s);
}

struct service *service_new(service_listener *listener, void *userdata) {
        struct service *s = g_new0(struct service, 1);

        s->listener = listener;
        s->userdata = userdata;
        s->cancel = g_cancellable_new();
        reach_bus(s);
        return s;
}

void service_retry(struct service *s) {
        if (s->bus) {
                set_state(s, SERVICE_ASKING, NULL);
                ask(s);
                return;
        }
        disconnect(s);
        set_state(s, SERVICE_ASKING, NULL);
        reach_bus(s);
}

void service_free(struct service *s) {
        disconnect(s);
        g_clear_object(&s->cancel);
        json_object_put(s->status);
        g_free(s->problem);
        g_free(s);
}

/* --- single calls --- */

struct pending {
        GWeakRef owner;
        service_reply *reply;
        void *userdata;
};

static void on_reply(GObject *bus, GAsyncResult *result, void *userdata) {
        g_autoptr(GError) error = NULL;
        g_autoptr(GVariant) reply = g_dbus_connection_call_finish(G_DBUS_CONNECTION(bus), result, &error);
        struct pending *p = userdata;
        g_autoptr(GObject) owner = g_weak_ref_get(&p->owner);
        const char *text = "";

        if (reply && g_variant_is_of_type(reply, G_VARIANT_TYPE("(s)")))
                g_variant_get(reply, "(&s)", &text);
        if (owner)
                p->reply(reply ? text : NULL, error ? problem_words(error) : "", p->userdata);
        g_weak_ref_clear(&p->owner);
        g_free(p);
}

void service_call(struct service *s, const char *method, GVariant *arguments, GObject *owner, service_reply *reply,
                  void *userdata) {
        struct pending *p;

        if (!s->bus) {
                if (arguments)
                        g_variant_unref(g_variant_ref_sink(arguments));
                reply(NULL, _("The service sonycharged cannot be reached."), userdata);
                return;
        }
        p = g_new0(struct pending, 1);
        g_weak_ref_init(&p->owner, owner);
        p->reply = reply;
        p->userdata = userdata;
        g_dbus_connection_call(s->bus, BUS_NAME, BUS_PATH, BUS_MANAGER, method, arguments, NULL, G_DBUS_CALL_FLAGS_NONE, 30000,
                               NULL, on_reply, p);
}
