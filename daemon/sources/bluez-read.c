/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Interfaces and properties of org.bluez. A malformed value counts as not reported. */

#include "daemon/sources/bluez-read.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "daemon/sources/bus-dictionary.h"
#include "common/text.h"
#include "headset-protocol/fast-pair.h"

/* Before 5.71 it exists only with Experimental = true. Without it no sound server can pass on levels (src/adapter.c). */
#define PROVIDER_MANAGER "org.bluez.BatteryProviderManager1"

#define MDR_V1_UUID "96cc203e-5068-46ad-b32d-e316f5e069ba"
#define MDR_V2_UUID "956c7b26-d49a-4ba8-b03f-b17d393cb6e2"

const char *service_uuid(uint8_t service) {
        return service == SERVICE_FAST_PAIR ? FAST_PAIR_UUID : service == SERVICE_MDR_V2 ? MDR_V2_UUID : MDR_V1_UUID;
}

bool bluetooth_address_read(const char *text, char ret[static BLUETOOTH_ADDRESS_MAX]) {
        size_t i = 0;

        for (; i < BLUETOOTH_ADDRESS_MAX - 1; i++) {
                unsigned char c = (unsigned char) text[i];

                if (i % 3 == 2 ? c != ':' : !isxdigit(c))
                        return false;
                ret[i] = (char) toupper(c);
        }
        ret[i] = '\0';
        return text[i] == '\0';
}

void bluez_set_connected(struct bluez_device *d, bool connected, bool by_us) {
        if (d->connected && !connected)
                d->link_ended = moment_now().at;
        if (connected || d->connected)
                d->ended_here = !connected && by_us;
        d->connected = connected;
        if (!connected)
                d->percent = BATTERY_UNKNOWN;
}

static uint8_t service_of(const char *uuid) {
        for (uint8_t service = SERVICE_FAST_PAIR; service <= SERVICE_MDR_V2; service = (uint8_t) (service << 1))
                if (strcasecmp(uuid, service_uuid(service)) == 0)
                        return service;
        return 0;
}

static int read_name(struct object_changed *o, bool alias, sd_bus_message *m) {
        const char *text;
        int r = variant_read_text(m, &text);

        if (r <= 0 || (alias && o->device.name[0] != '\0' && !o->alias_only))
                return r;
        text_make_safe(o->device.name, sizeof(o->device.name), text, strlen(text));
        o->alias_only = alias;
        o->relevant = true;
        return r;
}

static int read_modalias(struct object_changed *o, sd_bus_message *m) {
        const char *text;
        int r = variant_read_text(m, &text);

        if (r <= 0)
                return r;
        o->device.modalias[0] = '\0';
        if (strlen(text) < sizeof(o->device.modalias))
                strcpy(o->device.modalias, text);
        o->relevant = true;
        return r;
}

/* Reads which of the used services the headset offers. The list is always complete, so a service that is missing in it is
 * gone. */
static int read_services(struct object_changed *o, sd_bus_message *m) {
        const char *contents, *uuid;
        char type;
        int r = sd_bus_message_peek_type(m, &type, &contents);

        if (r <= 0 || type != 'v' || strcmp(contents, "as") != 0)
                return r < 0 ? r : sd_bus_message_skip(m, "v");
        o->device.services = 0;
        r = sd_bus_message_enter_container(m, 'v', "as");
        if (r >= 0)
                r = sd_bus_message_enter_container(m, 'a', "s");
        while (r >= 0 && (r = sd_bus_message_read(m, "s", &uuid)) > 0)
                o->device.services |= service_of(uuid);
        if (r >= 0)
                r = sd_bus_message_exit_container(m);
        return r < 0 ? r : sd_bus_message_exit_container(m);
}

static int read_address(struct object_changed *o, sd_bus_message *m) {
        const char *text;
        int r = variant_read_text(m, &text);

        if (r > 0 && !bluetooth_address_read(text, o->device.address))
                o->device.address[0] = '\0';
        return r;
}

static int on_device_entry(void *userdata, const char *key, sd_bus_message *m) {
        struct object_changed *o = userdata;
        bool connected = o->device.connected;
        int r;

        if (strcmp(key, "Name") == 0)
                return read_name(o, false, m);
        if (strcmp(key, "Alias") == 0)
                return read_name(o, true, m);
        if (strcmp(key, "Modalias") == 0)
                return read_modalias(o, m);
        if (strcmp(key, "Address") == 0)
                return read_address(o, m);
        if (strcmp(key, "UUIDs") == 0)
                return read_services(o, m);
        if (strcmp(key, "Paired") == 0) {
                r = variant_read_bool(m, &o->device.paired);
                o->relevant |= o->device.paired;
                return r;
        }
        if (strcmp(key, "Connected") != 0)
                return sd_bus_message_skip(m, "v");
        r = variant_read_bool(m, &connected);
        bluez_set_connected(&o->device, connected, false);
        o->relevant |= connected;
        return r;
}

/* The level is a byte and may exceed 100; such values are ignored. */
static int on_battery_entry(void *userdata, const char *key, sd_bus_message *m) {
        struct object_changed *o = userdata;
        uint8_t percent = BATTERY_UNKNOWN;
        int r;

        if (strcmp(key, "Percentage") != 0)
                return sd_bus_message_skip(m, "v");
        r = variant_read_byte(m, &percent);
        o->device.percent = percent <= 100 ? percent : BATTERY_UNKNOWN;
        if (percent <= 100 && percent % 10 != 0)
                o->device.step = 1;
        return r;
}

static int on_adapter_entry(void *userdata, const char *key, sd_bus_message *m) {
        struct object_changed *o = userdata;

        return strcmp(key, "Powered") == 0 ? variant_read_bool(m, &o->adapter.powered) : sd_bus_message_skip(m, "v");
}

int bluez_read_interface(struct object_changed *o, const char *interface, sd_bus_message *m) {
        if (strcmp(interface, BLUEZ_DEVICE) == 0) {
                o->is_device = true;
                return dictionary_read(m, on_device_entry, o);
        }
        if (strcmp(interface, BLUEZ_BATTERY) == 0) {
                o->device.has_battery = true;
                return dictionary_read(m, on_battery_entry, o);
        }
        if (strcmp(interface, BLUEZ_ADAPTER) == 0) {
                o->is_adapter = true;
                return dictionary_read(m, on_adapter_entry, o);
        }
        if (strcmp(interface, PROVIDER_MANAGER) == 0)
                o->adapter.takes_levels = true;
        return sd_bus_message_skip(m, "a{sv}");
}

int bluez_read_interfaces(struct object_changed *o, sd_bus_message *m) {
        const char *interface;
        int r = sd_bus_message_enter_container(m, 'a', "{sa{sv}}");

        while (r >= 0 && (r = sd_bus_message_enter_container(m, 'e', "sa{sv}")) > 0) {
                r = sd_bus_message_read(m, "s", &interface);
                if (r >= 0)
                        r = bluez_read_interface(o, interface, m);
                if (r >= 0)
                        r = sd_bus_message_exit_container(m);
        }
        return r < 0 ? r : sd_bus_message_exit_container(m);
}
