/* SPDX-License-Identifier: LGPL-2.1-or-later */

/*
 * A minimal notification server (org.freedesktop.Notifications, Desktop Notifications Specification 1.2). It writes each
 * notification to stdout as one line "ID URGENCY SUMMARY | BODY". Its own method Click does what a click of a user does.
 */

#include <stdio.h>
#include <string.h>
#include <systemd/sd-bus.h>

#define NAME "org.freedesktop.Notifications"
#define PATH "/org/freedesktop/Notifications"

static int on_capabilities(sd_bus_message *call, void *userdata, sd_bus_error *error) {
        return sd_bus_reply_method_return(call, "as", 3, "actions", "body", "persistence");
}

static int on_information(sd_bus_message *call, void *userdata, sd_bus_error *error) {
        return sd_bus_reply_method_return(call, "ssss", "kernel-tests", "sonycharge", "1", "1.2");
}

/* Reads the hint "urgency" (a byte). It is 1 (normal) when it is not given. */
static int read_urgency(sd_bus_message *call, uint8_t *ret) {
        const char *key;
        int r;

        *ret = 1;
        r = sd_bus_message_enter_container(call, 'a', "{sv}");
        while (r >= 0 && (r = sd_bus_message_enter_container(call, 'e', "sv")) > 0) {
                r = sd_bus_message_read(call, "s", &key);
                if (r >= 0)
                        r = strcmp(key, "urgency") == 0 ? sd_bus_message_read(call, "v", "y", ret)
                                                        : sd_bus_message_skip(call, "v");
                if (r >= 0)
                        r = sd_bus_message_exit_container(call);
        }
        return r < 0 ? r : sd_bus_message_exit_container(call);
}

static int on_notify(sd_bus_message *call, void *userdata, sd_bus_error *error) {
        const char *summary, *body;
        static uint32_t last;
        uint32_t replaces;
        uint8_t urgency;

        int r = sd_bus_message_read(call, "susss", NULL, &replaces, NULL, &summary, &body);
        if (r >= 0)
                r = sd_bus_message_skip(call, "as");
        if (r >= 0)
                r = read_urgency(call, &urgency);
        if (r < 0)
                return r;
        uint32_t id = replaces > 0 ? replaces : ++last;
        printf("%u %u %s | %s\n", id, urgency, summary, body);
        return sd_bus_reply_method_return(call, "u", id);
}

static int on_close(sd_bus_message *call, void *userdata, sd_bus_error *error) {
        uint32_t id;

        int r = sd_bus_message_read(call, "u", &id);
        if (r < 0)
                return r;
        printf("%u closed\n", id);
        return sd_bus_reply_method_return(call, NULL);
}

/* Like GNOME, this sends the token that lets a program raise its window before the action. */
static int on_click(sd_bus_message *call, void *userdata, sd_bus_error *error) {
        sd_bus *bus = sd_bus_message_get_bus(call);
        const char *action;
        uint32_t id;

        int r = sd_bus_message_read(call, "us", &id, &action);
        if (r >= 0)
                r = sd_bus_emit_signal(bus, PATH, NAME, "ActivationToken", "us", id, "kernel-tests_TIME1");
        if (r >= 0)
                r = sd_bus_emit_signal(bus, PATH, NAME, "ActionInvoked", "us", id, action);
        return r < 0 ? r : sd_bus_reply_method_return(call, NULL);
}

static const sd_bus_vtable vtable[] = {
        SD_BUS_VTABLE_START(0),
        SD_BUS_METHOD("GetCapabilities", "", "as", on_capabilities, SD_BUS_VTABLE_UNPRIVILEGED),
        SD_BUS_METHOD("GetServerInformation", "", "ssss", on_information, SD_BUS_VTABLE_UNPRIVILEGED),
        SD_BUS_METHOD("Notify", "susssasa{sv}i", "u", on_notify, SD_BUS_VTABLE_UNPRIVILEGED),
        SD_BUS_METHOD("CloseNotification", "u", "", on_close, SD_BUS_VTABLE_UNPRIVILEGED),
        SD_BUS_METHOD("Click", "us", "", on_click, SD_BUS_VTABLE_UNPRIVILEGED),
        SD_BUS_SIGNAL("NotificationClosed", "uu", 0),
        SD_BUS_SIGNAL("ActionInvoked", "us", 0),
        SD_BUS_SIGNAL("ActivationToken", "us", 0),
        SD_BUS_VTABLE_END,
};

int main(void) {
        sd_bus *bus;

        setvbuf(stdout, NULL, _IOLBF, 0);
        int r = sd_bus_open_user(&bus);
        if (r >= 0)
                r = sd_bus_add_object_vtable(bus, NULL, PATH, NAME, vtable, NULL);
        if (r >= 0)
                r = sd_bus_request_name(bus, NAME, 0);
        while (r >= 0) {
                r = sd_bus_process(bus, NULL);
                if (r == 0)
                        r = sd_bus_wait(bus, UINT64_MAX);
        }
        fprintf(stderr, "notification server: %s\n", strerror(-r));
        return 1;
}
