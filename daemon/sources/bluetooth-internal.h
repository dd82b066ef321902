/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Declarations shared by the files of the Bluetooth source.
 */

#include <systemd/sd-bus.h>

#include "common/bus-name.h"
#include "daemon/sources/bluetooth.h"

/* A person owns a few headsets, but a hostile bus may report any number. */
#define BLUETOOTH_DEVICES_MAX 64
#define BLUETOOTH_ADAPTERS_MAX 8
/* "/org/bluez/hci0/dev_00_11_22_33_44_55", "/org/freedesktop/UPower/devices/headset_dev_..."; longer paths are ignored. */
#define BLUETOOTH_PATH_MAX 96
#define BLUETOOTH_ADDRESS_MAX 18

/* A service on the system bus. */
struct service {
        struct bluetooth_source *source;
        const char *name;
        enum source which;
        struct bus_name *owner; /* its unique name */
        bool there;             /* the name has an owner */
        bool asked;             /* all objects were requested, and the reply has not arrived */
        sd_bus_slot *call; /* that request; dropped when the owner leaves, so that its reply is not taken for the next owner's */
        bool ready;        /* all objects are known */
        int sent;          /* degraded state as last emitted; -1: nothing was emitted */
        void (*ask)(struct service *s);  /* the service is present and can be queried */
        void (*lost)(struct service *s); /* the service is gone */
};

struct bluez_adapter {
        char path[BLUETOOTH_PATH_MAX];
        bool powered;
        bool takes_levels; /* it has BatteryProviderManager1 */
};

/* Services of a headset that report its battery. */
enum { SERVICE_FAST_PAIR = 1, SERVICE_MDR_V1 = 2, SERVICE_MDR_V2 = 4 };

const char *service_uuid(uint8_t service);

/* When to read what a headset reports itself, and when it was last read (CLOCK_MONOTONIC in µs). */
struct reading_plan {
        uint64_t due;    /* 0: no read is planned */
        uint8_t pending; /* services to be read at that time */
        bool again;      /* a headset that reports right after a plug that it does not charge is read once more */
        uint64_t fast_pair_at, mdr_at;
};

/* One device of one adapter. */
struct bluez_device {
        char path[BLUETOOTH_PATH_MAX];
        char address[BLUETOOTH_ADDRESS_MAX];
        char modalias[48]; /* longer strings are not a modalias */
        char name[64];     /* sanitized */
        struct model_facts facts;
        char firmware[16];
        bool paired, connected;
        bool ended_here;     /* this computer ended its newest link */
        uint64_t link_ended; /* CLOCK_MONOTONIC µs; 0: not seen */
        bool has_battery;
        uint8_t percent; /* BATTERY_UNKNOWN */
        uint8_t step;
        uint8_t services;
        struct reading_plan plan;
};

struct upower_device {
        char path[BLUETOOTH_PATH_MAX];
        char address[BLUETOOTH_ADDRESS_MAX]; /* empty: not a Bluetooth device */
        uint32_t type, state;
        double percentage; /* -1: not reported */
        sd_bus_slot *slot; /* match for its changes; NULL: not a headset */
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
        struct headset_facts *sent[BLUETOOTH_DEVICES_MAX]; /* as last emitted */
        bool finding;                                      /* what is emitted now was so before the daemon started to look */
        struct headset_reader *reader;
        source_emit *emit;
        void *userdata;
};

/* Parses "AA:BB:CC:DD:EE:FF" with hexadecimal digits and stores it in capitals. Returns false for anything else. */
bool bluetooth_address_read(const char *text, char ret[static BLUETOOTH_ADDRESS_MAX]);

/* To be called when the state of the address may have changed. Emits it if it differs from what was last emitted. */
void bluetooth_tell(struct bluetooth_source *s, const char *address);

/* Emits the state of all headsets, and which are gone. */
void bluetooth_tell_all(struct bluetooth_source *s);

/* Returns whether the service sent the message. Any client of the bus can send a message that looks like a signal of the
 * service. */
bool service_sent(const struct service *s, sd_bus_message *m);

/* The request for all objects has finished with the result `r`. */
void service_answered(struct service *s, int r);

/* A signal arrived. If the service did not answer before, it is queried again. Returns whether the content of the signal can
 * be used. */
bool service_listens(struct service *s);

/* Creates a method call to the service that does not start it. Returns 0 or a negative errno. */
int service_new_call(struct service *s, const char *path, const char *interface, const char *method, sd_bus_message **ret);

/* Calls a method of the service without starting it and without waiting; one call at a time. Returns 0 or a negative errno. */
int service_call(struct service *s, const char *path, const char *interface, const char *method,
                 sd_bus_message_handler_t on_reply);

/* An object that was not known before, for the duration of a call. It is the handler's userdata. */
struct object_question {
        struct service *service;
        const char *interface; /* static string */
        char path[BLUETOOTH_PATH_MAX];
};

/* Requests all properties of an interface. Returns 0 or a negative errno. */
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
