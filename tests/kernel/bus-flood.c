/* SPDX-License-Identifier: LGPL-2.1-or-later */

/*
 * A client that means harm, on the system bus, which never reads an answer. "calls" asks the daemon the dearest question there
 * is, for ever; "large" sends messages nearly as large as dbus-daemon takes (32 MiB); "forged" sends the daemon signals in the
 * name of the services that it listens to, which the bus policy lets through.
 */

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <systemd/sd-bus.h>

#define LARGE (30u << 20)

static int ask_history(sd_bus *bus) {
        sd_bus_message *call = NULL;
        int r = sd_bus_message_new_method_call(bus, &call, "org.sonycharge1", "/org/sonycharge1", "org.sonycharge1.Manager",
                                               "GetHistory");

        if (r >= 0)
                r = sd_bus_message_append(call, "a{sv}", 2, "health", "b", 1, "others", "b", 1);
        if (r >= 0)
                r = sd_bus_send(bus, call, NULL);
        sd_bus_message_unref(call);
        return r;
}

static int ask_large(sd_bus *bus) {
        static char *text;
        sd_bus_message *call = NULL;

        if (!text && (text = malloc(LARGE + 1))) {
                memset(text, 'A', LARGE);
                text[LARGE] = '\0';
        }
        int r = sd_bus_message_new_method_call(bus, &call, "org.sonycharge1", "/org/sonycharge1", "org.sonycharge1.Manager",
                                               "GetDevice");
        if (r >= 0)
                r = sd_bus_message_append(call, "s", text);
        if (r >= 0)
                r = sd_bus_send(bus, call, NULL);
        if (r >= 0)
                r = sd_bus_flush(bus);
        sd_bus_message_unref(call);
        return r;
}

static int send_forged(sd_bus *bus, const char *to, const char *path, const char *interface, const char *member,
                       const char *types, ...) {
        sd_bus_message *signal = NULL;
        int r = sd_bus_message_new_signal(bus, &signal, path, interface, member);
        va_list ap;

        va_start(ap, types);
        if (r >= 0)
                r = sd_bus_message_appendv(signal, types, ap);
        va_end(ap);
        if (r >= 0)
                r = sd_bus_send_to(bus, signal, to, NULL);
        sd_bus_message_unref(signal);
        return r;
}

static int forge(sd_bus *bus, const char *to) {
        static unsigned turn;
        static const char *const names[] = { "org.freedesktop.login1", "org.bluez", "org.freedesktop.UPower", "org.sonycharge1" };
        int r = send_forged(bus, to, "/org/freedesktop/login1", "org.freedesktop.login1.Manager", "PrepareForSleep", "b",
                            (int) (turn++ & 1));

        if (r >= 0)
                r = send_forged(bus, to, "/org/freedesktop/DBus", "org.freedesktop.DBus", "NameOwnerChanged", "sss",
                                names[turn / 2 % 4], ":1.1", "");
        return r < 0 ? r
                     : send_forged(bus, to, "/org/sonycharge1", "org.freedesktop.DBus.ObjectManager", "InterfacesRemoved", "oas",
                                   "/org/sonycharge1/port/usb1_port1", 1, "org.sonycharge1.Port");
}

static pid_t pid_of(sd_bus *bus, const char *name) {
        sd_bus_creds *creds = NULL;
        pid_t pid = -1;

        if (sd_bus_get_name_creds(bus, name, SD_BUS_CREDS_PID, &creds) >= 0)
                (void) sd_bus_creds_get_pid(creds, &pid);
        sd_bus_creds_unref(creds);
        return pid;
}

/* Sends to each connection of the daemon, which has one for each service. */
static int forge_to_all(sd_bus *bus) {
        pid_t daemon = pid_of(bus, "org.sonycharge1");
        char **names = NULL;
        int r = daemon < 0 ? -ESRCH : sd_bus_list_names(bus, &names, NULL);

        for (char **n = names; n && *n; n++) {
                for (unsigned i = 0; r >= 0 && i < 1000 && **n == ':' && (i > 0 || pid_of(bus, *n) == daemon); i++)
                        r = forge(bus, *n);
                free(*n);
        }
        free(names);
        return r;
}

int main(int argc, char **argv) {
        const char *mode = argc > 1 ? argv[1] : "";
        sd_bus *bus;
        int r = sd_bus_open_system(&bus);

        /* The answers are never read. At some point the bus accepts no more messages or disconnects the client, which then
         * connects again. */
        while (r >= 0) {
                r = strcmp(mode, "large") == 0   ? ask_large(bus)
                    : strcmp(mode, "calls") == 0 ? ask_history(bus)
                                                 : forge_to_all(bus);
                if (r >= 0)
                        continue;
                sd_bus_close_unref(bus);
                r = sd_bus_open_system(&bus);
        }
        fprintf(stderr, "bus-flood: %s\n", strerror(-r));
        return 1;
}
