/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * What the files of the Bluetooth source share among themselves.
 */

#include <systemd/sd-bus.h>

#include "common/bus-name.h"
#include "daemon/sources/bluetooth.h"

/* A person owns a few headsets; a hostile bus may tell of any number. */
#define BLUETOOTH_DEVICES_MAX 64
#define BLUETOOTH_ADAPTERS_MAX 8
/* "/org/bluez/hci0/dev_00_11_22_33_44_55", "/org/freedesktop/UPower/devices/headset_dev_..."; longer ones are none of ours. */
#define BLUETOOTH_PATH_MAX 96
#define BLUETOOTH_ADDRESS_MAX 18

/* A service on the system bus. */
struct service {
        struct bluetooth_source *source;
        const char *name;
        enum source which;
        struct bus_name *owner;          /* who it is */
        bool there;                      /* it has one */
        bool asked;                      /* everything is asked for, and the answer has not come */
        sd_bus_slot *call;               /* that question: who is gone must not answer for the next one */
        bool ready;                      /* everything is known */
        int sent;                        /* degraded as it was told last; -1: nothing was told */
        void (*ask)(struct service *s);  /* it is there, and may be asked for everything */
        void (*lost)(struct service *s); /* it is gone */
};

struct bluez_adapter {
        char path[BLUETOOTH_PATH_MAX];
        bool powered;
        bool takes_levels; /* it has BatteryProviderManager1 */
};

/* Services of a headset that tell its battery. */
enum { SERVICE_FAST_PAIR = 1, SERVICE_MDR_V1 = 2, SERVICE_MDR_V2 = 4 };

const char *service_uuid(uint8_t service);

/* When a headset is asked for its own word, and when it was (CLOCK_MONOTONIC, µs). */
struct reading_plan {
        uint64_t due;    /* 0: not */
        uint8_t pending; /* services to be read then */
        bool again;      /* one that says right after a plug that it does not charge is asked once more */
        uint64_t fast_pair_at, mdr_at;
};

/* One device of one adapter. */
struct bluez_device {
        char path[BLUETOOTH_PATH_MAX];
        char address[BLUETOOTH_ADDRESS_MAX];
        char modalias[48]; /* what is longer is no modalias */
        char name[64];     /* made safe */
        struct model_facts facts;
        char firmware[16];
        bool paired, connected;
        bool ended_here;     /* its newest link was ended by this computer */
        uint64_t link_ended; /* CLOCK_MONOTONIC µs; 0: not seen */
        bool has_battery;
        uint8_t percent; /* BATTERY_UNKNOWN */
        uint8_t step;
        uint8_t services;
        struct reading_plan plan;
};

struct upower_device {
        char path[BLUETOOTH_PATH_MAX];
        char address[BLUETOOTH_ADDRESS_MAX]; /* empty: no Bluetooth device */
        uint32_t type, state;
        double percentage; /* -1: not told */
        sd_bus_slot *slot; /* its changes; NULL: it is no headset */
};

struct bluetooth_source {
        sd_bus *bus;
        struct service bluez, upower;
        size_t n_adapters;
        struct bluez_adapter adapters[BLUETOOTH_ADAPTERS_MAX];
        size_t n_devices;
        struct bluez_device *devices[BLUETOOTH_DEVICES_MAX];
        size_t n_batteries;
        struct upower_device *batteries[BLUETOOTH_DEVICES_MAX];
        size_t n_sent;
        struct headset_facts *sent[BLUETOOTH_DEVICES_MAX]; /* as they were told last */
        bool finding;                                      /* what is told now was so before anyone looked */
        struct headset_reader *reader;
        source_emit *emit;
        void *userdata;
};

/* "AA:BB:CC:DD:EE:FF" with hexadecimal digits; writes it in capitals. Returns false for anything else. */
bool bluetooth_address_read(const char *text, char ret[static BLUETOOTH_ADDRESS_MAX]);

/* What is known of the address has changed: tells it when it differs from what was told. */
void bluetooth_tell(struct bluetooth_source *s, const char *address);

/* Tells all of them, and which ones are no more. */
void bluetooth_tell_all(struct bluetooth_source *s);

/* Is the message from the service? Anyone may send us one that looks like it. */
bool service_sent(const struct service *s, sd_bus_message *m);

/* Everything was asked for: `r` is the outcome. */
void service_answered(struct service *s, int r);

/* A signal came from a service that did not answer before: it is asked again. Returns whether what it tells can be used. */
bool service_listens(struct service *s);

/* Begins a call of a method of the service that does not start it. Returns 0 or a negative errno. */
int service_new_call(struct service *s, const char *path, const char *interface, const char *method, sd_bus_message **ret);

/* Calls a method of the service without starting it and without waiting; one question at a time. Returns 0 or a negative errno.
 */
int service_call(struct service *s, const char *path, const char *interface, const char *method,
                 sd_bus_message_handler_t on_reply);

/* An object of which nothing was known so far, for the time of a call; the handler's userdata. */
struct object_question {
        struct service *service;
        const char *interface; /* static */
        char path[BLUETOOTH_PATH_MAX];
};

/* Asks for all properties of an interface. Returns 0 or a negative errno. */
int service_get_all(struct service *s, const char *path, const char *interface, sd_bus_message_handler_t on_reply);

/* BlueZ (bluez.c) and UPower (upower.c). */
int bluez_listen(struct bluetooth_source *s);
void bluez_ask(struct service *s);
void bluez_lost(struct service *s);
int upower_listen(struct bluetooth_source *s);
void upower_ask(struct service *s);
void upower_lost(struct service *s);
void bluez_free(struct bluetooth_source *s);
void upower_free(struct bluetooth_source *s);
