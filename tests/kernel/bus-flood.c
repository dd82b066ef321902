/* SPDX-License-Identifier: LGPL-2.1-or-later */

/*
 * A client that means harm: asks the daemon on the system bus for ever and never reads an answer. "calls": the dearest question
 * there is; "large": messages nearly as large as dbus-daemon takes (32 MiB); "elsewhere": what the bus policy does not let
 * through.
 */

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

static int ask_elsewhere(sd_bus *bus) {
        sd_bus_message *signal = NULL;
        int r = sd_bus_message_new_signal(bus, &signal, "/org/freedesktop/login1", "org.freedesktop.login1.Manager",
                                          "PrepareForSleep");

        if (r >= 0)
                r = sd_bus_message_append(signal, "b", 1);
        if (r >= 0)
                r = sd_bus_send_to(bus, signal, "org.sonycharge1", NULL);
        sd_bus_message_unref(signal);
        return r;
}

int main(int argc, char **argv) {
        const char *mode = argc > 1 ? argv[1] : "";
        sd_bus *bus;
        int r = sd_bus_open_system(&bus);

        /* What the bus answers is never read: at last it takes no more, or throws the client out, who comes again. */
        while (r >= 0) {
                r = strcmp(mode, "large") == 0   ? ask_large(bus)
                    : strcmp(mode, "calls") == 0 ? ask_history(bus)
                                                 : ask_elsewhere(bus);
                if (r >= 0)
                        continue;
                sd_bus_close_unref(bus);
                r = sd_bus_open_system(&bus);
        }
        fprintf(stderr, "bus-flood: %s\n", strerror(-r));
        return 1;
}
