/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Properties of a device of org.freedesktop.UPower. A malformed value counts as not reported. */

#include "daemon/sources/upower-read.h"

#include <string.h>

#include "daemon/sources/bus-dictionary.h"

/* Its native path is BlueZ's object path, or its serial number is the address (UPower src/linux/up-device-bluez.c). */
static void take_native_path(struct upower_device *u, const char *text) {
        const char *at = strstr(text, "/dev_");
        char address[BLUETOOTH_ADDRESS_MAX] = "";

        if (strncmp(text, "/org/bluez/", 11) != 0 || !at || strlen(at + 5) != BLUETOOTH_ADDRESS_MAX - 1)
                return;
        for (size_t i = 0; i < BLUETOOTH_ADDRESS_MAX - 1; i++)
                address[i] = at[5 + i] == '_' ? ':' : at[5 + i];
        (void) bluetooth_address_read(address, u->address);
}

static int on_entry(void *userdata, const char *key, sd_bus_message *m) {
        struct upower_device *u = userdata;
        char address[BLUETOOTH_ADDRESS_MAX];
        const char *text;
        int r;

        if (strcmp(key, "Percentage") == 0) {
                double percentage = -1;

                r = variant_read_double(m, &percentage);
                u->percentage = percentage >= 0 && percentage <= 100 ? percentage : -1;
                return r;
        }
        if (strcmp(key, "State") == 0)
                return variant_read_u32(m, &u->state);
        if (strcmp(key, "Type") == 0)
                return variant_read_u32(m, &u->type);
        if (strcmp(key, "NativePath") != 0 && strcmp(key, "Serial") != 0)
                return sd_bus_message_skip(m, "v");
        r = variant_read_text(m, &text);
        if (r > 0 && *key == 'N')
                take_native_path(u, text);
        else if (r > 0 && bluetooth_address_read(text, address))
                memcpy(u->address, address, sizeof(address));
        return r;
}

int upower_read(struct upower_device *u, sd_bus_message *m) {
        return dictionary_read(m, on_entry, u);
}
