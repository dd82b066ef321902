/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Awake: an idle inhibitor of the desktop portal, or where there is none, of logind.
 */
#include "app/awake.h"

#include <gio/gunixfdlist.h>
#include <string.h>
#include <unistd.h>

#include "common/language.h"
#include "app/settings.h"
#include "view/view.h"

/* Below this level of its own battery the computer may sleep. */
#define HOST_LEVEL_LEAST 20

/* org.freedesktop.portal.Inhibit: idle. */
#define PORTAL_IDLE 8u

struct awake {
        GApplication *application;
        bool on, charges;
        enum awake_state state;
        GCancellable *cancel;  /* of the request that is going on; NULL: none */
        char *request;         /* of the portal; NULL: none */
        int fd;                /* of logind; -1: none */
        GDBusProxy *battery;   /* of UPower; NULL: none */
        GCancellable *looking; /* for the battery */
        void (*listener)(void *userdata);
        void *userdata;
};

static void set_state(struct awake *a, enum awake_state state) {
        if (a->state == state)
                return;
        a->state = state;
        a->listener(a->userdata);
}

/* --- taking and releasing --- */

static void close_request(const char *path) {
        GDBusConnection *bus = g_bus_get_sync(G_BUS_TYPE_SESSION, NULL, NULL); /* it is open: this returns at once */

        if (bus)
                g_dbus_connection_call(bus, "org.freedesktop.portal.Desktop", path, "org.freedesktop.portal.Request", "Close",
                                       NULL, NULL, G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, NULL, NULL, NULL);
        g_clear_object(&bus);
}

static void release(struct awake *a) {
        if (a->cancel)
                g_cancellable_cancel(a->cancel);
        g_clear_object(&a->cancel);
        if (a->request)
                close_request(a->request);
        g_clear_pointer(&a->request, g_free);
        if (a->fd >= 0) {
                close(a->fd);
                a->fd = -1;
        }
        if (a->state == AWAKE_HOLDS)
                g_application_release(a->application);
}

/* While the session is kept awake, the program continues without its window. */
static void holds(struct awake *a) {
        g_clear_object(&a->cancel);
        g_application_hold(a->application);
        set_state(a, AWAKE_HOLDS);
}

static void on_logind(GObject *bus, GAsyncResult *result, void *userdata) {
        g_autoptr(GError) error = NULL;
        g_autoptr(GUnixFDList) fds = NULL;
        g_autoptr(GVariant) reply = g_dbus_connection_call_with_unix_fd_list_finish(G_DBUS_CONNECTION(bus), &fds, result, &error);
        struct awake *a = userdata;

        if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
                return;
        a->fd = reply && fds && g_unix_fd_list_get_length(fds) > 0 ? g_unix_fd_list_get(fds, 0, NULL) : -1;
        if (a->fd >= 0)
                holds(a);
        else
                set_state(a, AWAKE_REFUSED);
}

static void on_system_bus(GObject *source, GAsyncResult *result, void *userdata) {
        g_autoptr(GError) error = NULL;
        g_autoptr(GDBusConnection) bus = g_bus_get_finish(result, &error);
        struct awake *a = userdata;

        if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
                return;
        if (!bus) {
                set_state(a, AWAKE_REFUSED);
                return;
        }
        g_dbus_connection_call_with_unix_fd_list(
                bus, "org.freedesktop.login1", "/org/freedesktop/login1", "org.freedesktop.login1.Manager", "Inhibit",
                g_variant_new("(ssss)", "idle", "sonycharge-app", _("A headset charges"), "block"), G_VARIANT_TYPE("(h)"),
                G_DBUS_CALL_FLAGS_NONE, 10000, NULL, a->cancel, on_logind, a);
}

struct asked {
        struct awake *awake;  /* may be gone when the request was cancelled */
        GCancellable *cancel; /* owned */
};

/* The call itself is not cancelled: the portal would grant what nobody could close any more. */
static void on_portal(GObject *bus, GAsyncResult *result, void *userdata) {
        g_autoptr(GVariant) reply = g_dbus_connection_call_finish(G_DBUS_CONNECTION(bus), result, NULL);
        g_autofree struct asked *asked = userdata;
        g_autoptr(GCancellable) cancel = asked->cancel;
        struct awake *a = asked->awake;
        const char *path;

        if (g_cancellable_is_cancelled(cancel)) {
                if (reply) {
                        g_variant_get(reply, "(&o)", &path);
                        close_request(path);
                }
                return;
        }
        if (!reply) {
                g_bus_get(G_BUS_TYPE_SYSTEM, a->cancel, on_system_bus, a);
                return;
        }
        g_variant_get(reply, "(o)", &a->request);
        holds(a);
}

static void on_session_bus(GObject *source, GAsyncResult *result, void *userdata) {
        g_autoptr(GError) error = NULL;
        g_autoptr(GDBusConnection) bus = g_bus_get_finish(result, &error);
        struct awake *a = userdata;
        struct asked *asked;
        GVariantBuilder options;

        if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
                return;
        if (!bus) {
                g_bus_get(G_BUS_TYPE_SYSTEM, a->cancel, on_system_bus, a);
                return;
        }
        g_variant_builder_init(&options, G_VARIANT_TYPE_VARDICT);
        g_variant_builder_add(&options, "{sv}", "reason", g_variant_new_string(_("A headset charges")));
        asked = g_new(struct asked, 1);
        *asked = (struct asked){ .awake = a, .cancel = g_object_ref(a->cancel) };
        g_dbus_connection_call(bus, "org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop",
                               "org.freedesktop.portal.Inhibit", "Inhibit",
                               g_variant_new("(su@a{sv})", "", PORTAL_IDLE, g_variant_builder_end(&options)),
                               G_VARIANT_TYPE("(o)"), G_DBUS_CALL_FLAGS_NONE, 10000, NULL, on_portal, asked);
}

static bool host_is_low(const struct awake *a) {
        g_autoptr(GVariant) level = a->battery ? g_dbus_proxy_get_cached_property(a->battery, "Percentage") : NULL;
        g_autoptr(GVariant) state = a->battery ? g_dbus_proxy_get_cached_property(a->battery, "State") : NULL;

        /* State 2 is discharging. */
        return level && state && g_variant_is_of_type(level, G_VARIANT_TYPE_DOUBLE) &&
               g_variant_is_of_type(state, G_VARIANT_TYPE_UINT32) && g_variant_get_uint32(state) == 2 &&
               g_variant_get_double(level) < HOST_LEVEL_LEAST;
}

static void decide(struct awake *a) {
        if (!a->on || !a->charges || host_is_low(a)) {
                release(a);
                set_state(a, !a->on ? AWAKE_OFF : a->charges ? AWAKE_LOW : AWAKE_WAITS);
                return;
        }
        if (a->state == AWAKE_HOLDS || a->cancel)
                return;
        a->cancel = g_cancellable_new();
        set_state(a, AWAKE_ASKS);
        g_bus_get(G_BUS_TYPE_SESSION, a->cancel, on_session_bus, a);
}

/* --- what it depends on --- */

static bool headset_charges(struct json_object *h) {
        return strcmp(json_text(json_child(h, "charging"), "state"), "yes") == 0;
}

void awake_update(struct awake *a, struct json_object *status) {
        struct json_object *headsets = json_list(status, "headsets");

        a->charges = false;
        for (size_t i = 0; i < json_length(headsets); i++)
                a->charges = a->charges || headset_charges(json_object_array_get_idx(headsets, i));
        decide(a);
}

static void on_battery_changed(GDBusProxy *battery, GVariant *changed, GStrv invalidated, void *userdata) {
        decide(userdata);
}

static void on_battery(GObject *source, GAsyncResult *result, void *userdata) {
        g_autoptr(GError) error = NULL;
        GDBusProxy *battery = g_dbus_proxy_new_for_bus_finish(result, &error);
        struct awake *a = userdata;

        if (!battery)
                return; /* no UPower, so the computer's own battery is not known; or a is gone */
        a->battery = battery;
        g_signal_connect(battery, "g-properties-changed", G_CALLBACK(on_battery_changed), a);
        decide(a);
}

void awake_switch(struct awake *a, bool on) {
        a->on = on;
        settings_set_truth("App", "KeepAwake", on);
        decide(a);
}

bool awake_is_on(const struct awake *a) {
        return a->on;
}

enum awake_state awake_state(const struct awake *a) {
        return a->state;
}

const char *awake_words(const struct awake *a) {
        switch (a->state) {
        case AWAKE_OFF:
                return _("Off: the computer may fall asleep while a headset charges, and charging may end with that.");
        case AWAKE_WAITS:
                return _("On, and waiting: no headset is known to charge now.");
        case AWAKE_LOW:
                return _("On, but not now: the computer's own battery is low.");
        case AWAKE_ASKS:
                return _("Asking the desktop…");
        case AWAKE_HOLDS:
                return _("A headset charges, so the computer does not fall asleep by itself. You can still suspend it.");
        default:
                return _("The desktop does not allow it. Keep the computer awake by its own power settings.");
        }
}

struct awake *awake_new(GApplication *application, void (*listener)(void *userdata), void *userdata) {
        struct awake *a = g_new0(struct awake, 1);

        a->application = application;
        a->listener = listener;
        a->userdata = userdata;
        a->fd = -1;
        a->looking = g_cancellable_new();
        a->on = settings_get_truth("App", "KeepAwake", false);
        a->state = a->on ? AWAKE_WAITS : AWAKE_OFF;
        g_dbus_proxy_new_for_bus(G_BUS_TYPE_SYSTEM, G_DBUS_PROXY_FLAGS_DO_NOT_AUTO_START, NULL, "org.freedesktop.UPower",
                                 "/org/freedesktop/UPower/devices/DisplayDevice", "org.freedesktop.UPower.Device", a->looking,
                                 on_battery, a);
        return a;
}

void awake_free(struct awake *a) {
        g_cancellable_cancel(a->looking);
        g_clear_object(&a->looking);
        release(a);
        if (a->battery)
                g_signal_handlers_disconnect_by_data(a->battery, a);
        g_clear_object(&a->battery);
        g_free(a);
}
