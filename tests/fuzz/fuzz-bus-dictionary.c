/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Fuzzes the dictionaries of BlueZ and UPower. The input is a program that makes a message as a service would send it, with the
 * keys and types of these services in any order. What is kept of it must be plausible.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "daemon/sources/bluez-read.h"
#include "daemon/sources/upower-read.h"
#include "fuzz.h"

struct input {
        const uint8_t *data;
        size_t left;
};

static const char *const interfaces[] = {
        BLUEZ_DEVICE, BLUEZ_BATTERY, BLUEZ_ADAPTER, "org.bluez.BatteryProviderManager1", "org.freedesktop.DBus.Properties", ""
};
static const char *const keys[] = { "Name",    "Alias",      "Modalias", "Address", "UUIDs",      "Paired", "Connected",
                                    "Powered", "Percentage", "State",    "Type",    "NativePath", "Serial", "Other" };
static const char *const texts[] = { "AC:80:0A:1B:2C:3D",
                                     "ac:80:0a:1b:2c:3d",
                                     "/org/bluez/hci0/dev_AC_80_0A_1B_2C_3D",
                                     "bluetooth:v054Cp0D58d0100",
                                     "df21fe2c-2515-4fdb-8886-f12c4d67927c",
                                     "96cc203e-5068-46ad-b32d-e316f5e069ba",
                                     "WH-1000XM4" };

static uint8_t byte(struct input *in) {
        if (in->left == 0)
                return 0;
        in->left--;
        return *in->data++;
}

static void must(bool holds) {
        if (!holds)
                abort();
}

/* A text of the table, or bytes of the input; the bus passes on valid UTF-8 only. */
static const char *text(struct input *in, char buf[static 256]) {
        uint8_t n = byte(in);

        if (n < sizeof texts / sizeof *texts)
                return texts[n];
        for (size_t i = 0; i < n; i++)
                buf[i] = (char) (byte(in) & 0x7f);
        buf[n] = '\0';
        return buf;
}

static void append_texts(struct input *in, sd_bus_message *m) {
        char buf[256];

        must(sd_bus_message_open_container(m, 'v', "as") >= 0 && sd_bus_message_open_container(m, 'a', "s") >= 0);
        for (unsigned n = byte(in) % 8; n > 0; n--)
                must(sd_bus_message_append(m, "s", text(in, buf)) >= 0);
        must(sd_bus_message_close_container(m) >= 0 && sd_bus_message_close_container(m) >= 0);
}

static void append_double(struct input *in, sd_bus_message *m) {
        uint64_t bits = 0;
        double value;

        for (int i = 0; i < 8; i++)
                bits = bits << 8 | byte(in);
        memcpy(&value, &bits, sizeof value);
        must(sd_bus_message_append(m, "v", "d", value) >= 0);
}

static void append_value(struct input *in, sd_bus_message *m) {
        char buf[256];
        int r = 0;

        switch (byte(in) % 8) {
        case 0:
                r = sd_bus_message_append(m, "v", "s", text(in, buf));
                break;
        case 1:
                r = sd_bus_message_append(m, "v", "b", byte(in) & 1);
                break;
        case 2:
                r = sd_bus_message_append(m, "v", "y", byte(in));
                break;
        case 3:
                r = sd_bus_message_append(m, "v", "u", (uint32_t) byte(in) << (byte(in) & 24));
                break;
        case 4:
                append_double(in, m);
                break;
        case 5:
                append_texts(in, m);
                break;
        case 6:
                r = sd_bus_message_append(m, "v", "o", "/org/bluez/hci0/dev_AC_80_0A_1B_2C_3D");
                break;
        default:
                r = sd_bus_message_append(m, "v", "a{sv}", 1, "Name", "v", "s", "within");
                break;
        }
        must(r >= 0);
}

static void append_dictionary(struct input *in, sd_bus_message *m) {
        must(sd_bus_message_open_container(m, 'a', "{sv}") >= 0);
        for (unsigned n = byte(in) % 16; n > 0; n--) {
                must(sd_bus_message_open_container(m, 'e', "sv") >= 0);
                must(sd_bus_message_append(m, "s", keys[byte(in) % (sizeof keys / sizeof *keys)]) >= 0);
                append_value(in, m);
                must(sd_bus_message_close_container(m) >= 0);
        }
        must(sd_bus_message_close_container(m) >= 0);
}

static void append_interfaces(struct input *in, sd_bus_message *m) {
        must(sd_bus_message_open_container(m, 'a', "{sa{sv}}") >= 0);
        for (unsigned n = byte(in) % 8; n > 0; n--) {
                must(sd_bus_message_open_container(m, 'e', "sa{sv}") >= 0);
                must(sd_bus_message_append(m, "s", interfaces[byte(in) % (sizeof interfaces / sizeof *interfaces)]) >= 0);
                append_dictionary(in, m);
                must(sd_bus_message_close_container(m) >= 0);
        }
        must(sd_bus_message_close_container(m) >= 0);
}

static void check_address(const char *address) {
        char again[BLUETOOTH_ADDRESS_MAX];

        must(!*address || (bluetooth_address_read(address, again) && strcmp(address, again) == 0));
}

static void check_bluez(const struct object_changed *o) {
        const struct bluez_device *d = &o->device;

        must(d->percent <= 100 || d->percent == BATTERY_UNKNOWN);
        must(memchr(d->name, '\0', sizeof d->name) && memchr(d->modalias, '\0', sizeof d->modalias));
        for (const char *c = d->name; *c; c++)
                must((unsigned char) *c >= 0x20 && *c != 0x7f);
        check_address(d->address);
}

/* A bus that nothing is sent on, only because messages belong to one. */
static sd_bus *some_bus(void) {
        static sd_bus *bus;
        int fds[2];

        if (bus)
                return bus;
        must(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds) >= 0);
        must(sd_bus_new(&bus) >= 0 && sd_bus_set_fd(bus, fds[0], fds[0]) >= 0 && sd_bus_start(bus) >= 0);
        return bus;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
        struct input in = { .data = data, .left = size };
        struct object_changed o = { .device = { .percent = BATTERY_UNKNOWN } };
        struct upower_device u = { .percentage = -1 };
        sd_bus_message *m = NULL;

        must(sd_bus_message_new_signal(some_bus(), &m, "/", "org.example.Fuzz", "Changed") >= 0);
        append_interfaces(&in, m);
        append_dictionary(&in, m);
        must(sd_bus_message_seal(m, 1, 0) >= 0 && sd_bus_message_rewind(m, true) >= 0);
        must(bluez_read_interfaces(&o, m) >= 0);
        check_bluez(&o);
        must(upower_read(&u, m) >= 0);
        must(u.percentage >= -1 && u.percentage <= 100);
        check_address(u.address);
        /* The other one's shape is refused or skipped. */
        must(sd_bus_message_rewind(m, true) >= 0);
        (void) upower_read(&u, m);
        sd_bus_message_unref(m);
        return 0;
}
