/* SPDX-License-Identifier: LGPL-2.1-or-later */

/*
 * A minimal BlueZ (org.bluez, its doc/org.bluez.*.rst) for a guest without a radio: one adapter and one paired WH-1000XM5.
 * SIGUSR1 ends its link, as the headset does when it switches off. SIGUSR2 connects it again.
 */

#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <systemd/sd-bus.h>
#include <systemd/sd-event.h>

#define ADAPTER "/org/bluez/hci0"
#define HEADSET ADAPTER "/dev_AA_BB_CC_11_22_33"

static const struct state {
        const char *address, *name, *modalias;
        int yes;
        uint8_t percent;
} state = { "AA:BB:CC:11:22:33", "WH-1000XM5", "usb:v054Cp0DF0d0251", 1, 40 };

static int connected = 1;

static int get_connected(sd_bus *bus, const char *path, const char *interface, const char *name, sd_bus_message *reply,
                         void *userdata, sd_bus_error *error) {
        return sd_bus_message_append(reply, "b", connected);
}

#define FIXED(name, type, member) SD_BUS_PROPERTY(name, type, NULL, offsetof(struct state, member), 0)

static const sd_bus_vtable adapter_vtable[] = {
        SD_BUS_VTABLE_START(0),
        FIXED("Powered", "b", yes),
        SD_BUS_VTABLE_END,
};

static const sd_bus_vtable providers_vtable[] = {
        SD_BUS_VTABLE_START(0),
        SD_BUS_VTABLE_END,
};

static const sd_bus_vtable device_vtable[] = {
        SD_BUS_VTABLE_START(0),
        FIXED("Address", "s", address),
        FIXED("Name", "s", name),
        FIXED("Alias", "s", name),
        FIXED("Modalias", "s", modalias),
        FIXED("Paired", "b", yes),
        SD_BUS_PROPERTY("Connected", "b", get_connected, 0, SD_BUS_VTABLE_PROPERTY_EMITS_CHANGE),
        SD_BUS_VTABLE_END,
};

static const sd_bus_vtable battery_vtable[] = {
        SD_BUS_VTABLE_START(0),
        FIXED("Percentage", "y", percent),
        SD_BUS_VTABLE_END,
};

static int on_signal(sd_event_source *source, const struct signalfd_siginfo *info, void *userdata) {
        connected = info->ssi_signo == SIGUSR2;
        return sd_bus_emit_properties_changed(userdata, HEADSET, "org.bluez.Device1", "Connected", NULL);
}

static int add_objects(sd_bus *bus) {
        static const struct {
                const char *path, *interface;
                const sd_bus_vtable *vtable;
        } objects[] = {
                { ADAPTER, "org.bluez.Adapter1", adapter_vtable },
                { ADAPTER, "org.bluez.BatteryProviderManager1", providers_vtable },
                { HEADSET, "org.bluez.Device1", device_vtable },
                { HEADSET, "org.bluez.Battery1", battery_vtable },
        };
        int r = sd_bus_add_object_manager(bus, NULL, "/");

        for (size_t i = 0; r >= 0 && i < sizeof(objects) / sizeof(objects[0]); i++)
                r = sd_bus_add_object_vtable(bus, NULL, objects[i].path, objects[i].interface, objects[i].vtable,
                                             (void *) &state);
        return r;
}

int main(void) {
        sd_event *event;
        sigset_t signals;
        sd_bus *bus;

        sigemptyset(&signals);
        sigaddset(&signals, SIGUSR1);
        sigaddset(&signals, SIGUSR2);
        sigprocmask(SIG_BLOCK, &signals, NULL);
        int r = sd_event_default(&event);
        if (r >= 0)
                r = sd_bus_open_system(&bus);
        if (r >= 0)
                r = add_objects(bus);
        if (r >= 0)
                r = sd_event_add_signal(event, NULL, SIGUSR1, on_signal, bus);
        if (r >= 0)
                r = sd_event_add_signal(event, NULL, SIGUSR2, on_signal, bus);
        if (r >= 0)
                r = sd_bus_attach_event(bus, event, 0);
        if (r >= 0)
                r = sd_bus_request_name(bus, "org.bluez", 0);
        if (r >= 0)
                r = sd_event_loop(event);
        fprintf(stderr, "bluez: %s\n", strerror(-r));
        return 1;
}
