/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Event: one observation of the machine.
 *
 * Events are the only input of the model. A live run, a replay and a test therefore differ only in their source. Events are
 * plain data without pointers into a source, so they can be copied, stored and recorded.
 */

#include <stdbool.h>
#include <stdint.h>

#include "model/address.h"
#include "model/facts.h"
#include "model/headset.h"
#include "model/reading.h"
#include "model/link.h"
#include "model/typec.h"
#include "model/statistics.h"

/* Device strings have at most 126 UTF-16 units (USB 2.0 §9.6.7) of up to 3 bytes of UTF-8 each. Longer texts are truncated. */
#define EVENT_TEXT_MAX 128
#define EVENT_NAME_MAX 64
/* bNumConfigurations is a byte, but the kernel accepts at most eight (USB_MAXCONFIG). */
#define EVENT_CONFIGS_MAX 8

enum usb_speed { SPEED_UNKNOWN, SPEED_LOW, SPEED_FULL, SPEED_HIGH, SPEED_SUPER, SPEED_SUPER_PLUS };

/* Whether the user can unplug the device: sysfs `removable`, which the kernel derives from ACPI and from the hub's
 * DeviceRemovable. */
enum removable { REMOVABLE_UNKNOWN, REMOVABLE_YES, REMOVABLE_FIXED };

/* sysfs connect_type of a port, from ACPI _UPC and _PLD (kernel usb-acpi.c). */
enum connect_type { CONNECT_UNKNOWN, CONNECT_HOTPLUG, CONNECT_HARDWIRED, CONNECT_NOT_USED };

enum runtime_status { RUNTIME_UNKNOWN, RUNTIME_ACTIVE, RUNTIME_SUSPENDED, RUNTIME_OTHER };

enum event_type {
        EVENT_NONE,
        EVENT_DEVICE,         /* a USB device is present, with all its facts (u.device) */
        EVENT_DEVICE_GONE,    /* the device left the bus (where) */
        EVENT_CONFIGURED,     /* u.configured: the active configuration, 0 for none */
        EVENT_PORT,           /* a port of a hub, with its facts (u.port) */
        EVENT_PORT_GONE,      /* the hub of the port left */
        EVENT_POWER,          /* runtime power management of a device (u.power) */
        EVENT_OVER_CURRENT,   /* the hub driver's uevent: u.count is the port's over_current_count */
        EVENT_KERNEL,         /* one line of the kernel log (u.kernel) */
        EVENT_LOG_LOST,       /* u.count kernel-log records were overwritten before they were read (0: not known how many) */
        EVENT_BOOT,           /* the log continues with another boot; everything before it is discarded */
        EVENT_SOURCE,         /* a source became readable or unreadable (u.source) */
        EVENT_SETTLED,        /* all devices that were plugged in before the start have been reported */
        EVENT_TICK,           /* only time has passed */
        EVENT_LINK,           /* recordings only: the state of the link at a port (u.link) */
        EVENT_SLEEP,          /* the computer's sleep, from logind and the clocks (u.sleep) */
        EVENT_SWITCH,         /* a firmware setting for USB power during sleep (u.power_switch) */
        EVENT_TYPEC,          /* a Type-C connector, with all its facts (u.typec) */
        EVENT_TYPEC_GONE,     /* the driver removed the connector; u.count: its number */
        EVENT_TYPEC_OBSERVED, /* recordings only: what was observed of a connector (u.typec_observed) */
        EVENT_SESSION,        /* the plug session of a port or connector (u.session), from a snapshot or from history */
        EVENT_STATISTICS,     /* the statistics of one device at one port (u.statistics) */
        EVENT_CABLE,          /* the user named the cable in use (u.cable) */
        EVENT_HEADSET,        /* what a headset reports about itself (u.headset); `where`: its dongle */
        EVENT_HEADSET_GONE, /* the headset is no longer reported: it was unpaired, or its dongle left (u.headset: way and mark) */
        EVENT_HEADSET_OBSERVED, /* recordings only: what was observed of a headset (u.headset_observed) */
        EVENT_HEADSET_READING,  /* what a headset answered to a request on its own channel (u.headset_reading) */
        EVENT_TESTER,           /* a measurement of a USB meter in the line (u.tester); `where`: the meter */
        EVENT_ANSWERS,          /* a person answered questions about a headset (u.answers) */
        _EVENT_MAX,
};

/* One configuration descriptor (USB 2.0 §9.6.3). */
struct usb_configuration {
        uint8_t value;     /* bConfigurationValue */
        bool self_powered; /* bmAttributes bit 6; a claim of the device */
        uint16_t max_ma;   /* bMaxPower in mA; its unit is 2 mA, or 8 mA at SuperSpeed */
};

/* Everything about a device that can be read without taking a lock and without waking the device. */
struct device_facts {
        uint16_t vendor, product, bcd_device;
        enum usb_speed speed;
        uint8_t device_class;     /* bDeviceClass; 9 is a hub */
        uint8_t max_child;        /* number of ports of a hub, else 0 */
        uint8_t n_configurations; /* number of readable ones, at most EVENT_CONFIGS_MAX */
        struct usb_configuration configurations[EVENT_CONFIGS_MAX];
        int16_t active_configuration; /* -1: not known, 0: none, else bConfigurationValue */
        bool settled;                 /* the kernel has finished choosing a configuration */
        enum tristate authorized;
        enum removable removable;
        char name[EVENT_TEXT_MAX]; /* product string, decoded and sanitised */
        char manufacturer[EVENT_TEXT_MAX];
        char serial[EVENT_TEXT_MAX];     /* private: leaves the daemon only by GetIdentifiers and the journal */
        char controller[EVENT_NAME_MAX]; /* "0000:00:14.0", "dummy_hcd.0" */
        char mark[8];                    /* represents the serial number: distinguishes devices, but cannot be reversed */
        char id_path[EVENT_TEXT_MAX];    /* udev's ID_PATH, which is the same in every boot */
        struct model_facts facts;
};

struct port_facts {
        enum connect_type connect_type;
        char location[32];           /* position on the case from ACPI _PLD, "left rear"; empty: not known */
        struct address peer;         /* the other-speed half of the same connector; bus 0: not known */
        uint8_t typec;               /* number of the port's Type-C connector, plus 1; 0: not known */
        uint32_t over_current_count; /* sysfs over_current_count, which the kernel increments when an over-current condition
                                        begins and when it ends */
        enum tristate disabled;      /* sysfs `disable`; read only after somebody wrote to it */
};

/* What set power/control to "auto". The kernel's default is "on" for everything except hubs. */
enum autosuspend_by {
        AUTOSUSPEND_BY_UNKNOWN, /* already set when the device was first read: a udev rule, TLP, powertop or a driver */
        AUTOSUSPEND_BY_UDEV,    /* the udev hardware database requests it (ID_AUTOSUSPEND=1) */
        AUTOSUSPEND_BY_WRITE,   /* a program wrote it while the device was plugged in */
};

struct power_facts {
        bool automatic;             /* power/control is "auto" */
        enum autosuspend_by by;     /* what set it */
        enum runtime_status status; /* power/runtime_status */
        uint64_t suspended_ms;      /* power/runtime_suspended_time, ms */
        uint64_t active_ms;         /* power/runtime_active_time, ms */
};

/* Messages of the kernel log by meaning (drivers/usb/core/hub.c and related drivers). */
enum kernel_message {
        KERNEL_NONE,
        KERNEL_CONNECT,       /* "new full-speed USB device number 5": one try; number = devnum, speed */
        KERNEL_RESET,         /* "reset full-speed USB device number 5" */
        KERNEL_FOUND,         /* "New USB device found": vendor, product */
        KERNEL_PRODUCT,       /* "Product: ..." text */
        KERNEL_MANUFACTURER,  /* "Manufacturer: ..." text */
        KERNEL_SERIAL,        /* "SerialNumber: ..." number: a short hash of it, never 0 (kernel-log/message.c) */
        KERNEL_CONFIG_CHOSEN, /* "configuration #1 chosen from 1 choice" (kernels to 2.6.2x): number */
        KERNEL_DRIVER,     /* any message of a driver about an interface ("usb-storage 1-1:1.0: ..."): the device is configured */
        KERNEL_DISCONNECT, /* "USB disconnect" */
        KERNEL_LOGICAL_DISCONNECT,
        KERNEL_READ_FAILED,       /* descriptor read/64, /8, /all: number = errno (positive), 0 when truncated */
        KERNEL_NO_ADDRESS,        /* "device not accepting address": errno */
        KERNEL_NO_SETUP_ANSWER,   /* "Device not responding to setup address" */
        KERNEL_ENABLE_FAILED,     /* "hub failed to enable device" */
        KERNEL_FIRMWARE_CHANGED,  /* "device firmware changed": the descriptors differ after a reset */
        KERNEL_NO_BANDWIDTH,      /* "Not enough bandwidth for new device state" and similar */
        KERNEL_WRONG_DESCRIPTOR,  /* "got a wrong device descriptor", bad ep0 maxpacket */
        KERNEL_CONFIG_UNREADABLE, /* the configuration descriptor cannot be read: errno */
        KERNEL_SET_CONFIG_FAILED, /* "can't set config": errno */
        KERNEL_CANNOT_RESET,
        KERNEL_CANNOT_ENABLE, /* "Cannot enable. Maybe the USB cable is bad?" */
        KERNEL_POWER_CYCLE,   /* "attempt power cycle": half of the tries have failed */
        KERNEL_GAVE_UP,       /* "unable to enumerate USB device" */
        KERNEL_DEBOUNCE_FAILED,
        KERNEL_EMI,                 /* "disabled by hub (EMI?)" */
        KERNEL_OVER_CURRENT,        /* "over-current condition": still present after 100 ms */
        KERNEL_OVER_CURRENT_CHANGE, /* "over-current change #N": number = N */
        KERNEL_HUB_OVER_CURRENT,    /* over-current of the whole hub, without a port */
        KERNEL_HUB_FOUND,           /* "USB hub found" */
        KERNEL_HUB_PORTS,           /* "4 ports detected": number */
        KERNEL_HUB_SILENT,          /* a request to the hub failed: number = errno */
        KERNEL_HUB_UNUSABLE,        /* "config failed": the hub is unusable: number = errno */
        KERNEL_HUB_POOR,            /* "insufficient power available to use all downstream ports" */
        KERNEL_HUB_REFUSED,         /* "can't connect bus-powered hub to this port" */
        KERNEL_POWER_REJECTED,      /* "rejected N configuration(s) due to insufficient available bus power" */
        KERNEL_NO_CONFIG,           /* "no configuration chosen from N choices" */
        KERNEL_OVER_BUDGET,         /* "400mA is over 100mA budget!": milliamp = declared, budget_ma */
        KERNEL_HUB_OVER_BUDGET,     /* "100mA over power budget!" of a hub */
        KERNEL_NOT_AUTHORIZED,
        KERNEL_AUTHORIZED,
        KERNEL_ROOT_HUB_LOST_POWER,
        KERNEL_AUTO_SUSPEND, /* debug lines of the USB core */
        KERNEL_AUTO_RESUME,
        KERNEL_RESUME_FAILED,      /* "can't resume", "Waited 2000ms for CONNECT" */
        KERNEL_BUS_REGISTERED,     /* controller: "new USB bus registered, assigned bus number N": number */
        KERNEL_BUS_GONE,           /* controller: "USB bus N deregistered" */
        KERNEL_CONTROLLER_DEAD,    /* controller died */
        KERNEL_CONTROLLER_FAILED,  /* controller initialisation failed: number = errno */
        KERNEL_CONTROLLER_REMOVED, /* the driver releases the controller: unplugged or unbound */
        KERNEL_CONTROLLER_RESUME,  /* controller: error during resume */
        KERNEL_CONTROLLER_TIMEOUT, /* controller: "Timeout while waiting for setup device command" */
        KERNEL_SLEEP_ENTRY,        /* "PM: suspend entry (deep)": text = the kind */
        KERNEL_SLEEP_EXIT,
        KERNEL_UNDER_VOLTAGE,
        KERNEL_VOLTAGE_NORMAL,
        KERNEL_BOOT,         /* "Linux version ...": a new boot begins */
        KERNEL_TYPEC_SILENT, /* UCSI: the firmware does not respond: number = errno (kernel drivers/usb/typec/ucsi) */
        _KERNEL_MAX,
};

struct kernel_facts {
        enum kernel_message message;
        bool has_where;    /* event.where is valid: the message names a device, port or hub */
        uint64_t log_usec; /* timestamp of the record, µs; 0: none */
        uint32_t number;
        enum usb_speed speed;
        uint16_t vendor, product;
        uint32_t milliamp, budget_ma;
        char controller[EVENT_NAME_MAX]; /* for messages about a controller, else empty */
        char text[EVENT_TEXT_MAX];
};

/* Sources in the `degraded` list (docs/api.md). */
enum source {
        SOURCE_KERNEL_LOG,
        SOURCE_LOGIND,
        SOURCE_BLUEZ,
        SOURCE_UPOWER,
        SOURCE_TYPEC,
        SOURCE_HISTORY,
        SOURCE_HWDB,
        SOURCE_USB,
        _SOURCE_MAX
};

struct source_facts {
        enum source source;
        bool degraded;
};

enum sleep_phase {
        SLEEP_WATCHED, /* from now on every sleep is reported by this event; sleep times from the kernel log are ignored */
        SLEEP_BEGIN,   /* logind: the computer is about to sleep */
        SLEEP_END,     /* the computer is awake; slept_usec: duration since the last event, 0 when the clocks did not stop */
};

struct sleep_facts {
        enum sleep_phase phase;
        enum sleep_kind kind;
        uint64_t slept_usec; /* CLOCK_BOOTTIME minus CLOCK_MONOTONIC, µs */
};

/* What a firmware setting controls (for the kernel documentation see daemon/sources/switches.c). */
enum switch_kind {
        SWITCH_SLEEP_POWER, /* USB power while the computer sleeps */
        SWITCH_TYPEC_DATA,  /* disables the data lines of Type-C ports but not their power */
};

struct switch_facts {
        enum switch_kind kind;
        enum tristate on; /* UNKNOWN: the setting exists but cannot be read, or has another value */
        bool gone;
        char name[EVENT_TEXT_MAX]; /* where a user finds it: "usb_charging of ideapad (VPC2004:00)" */
        char file[EVENT_TEXT_MAX]; /* its file in sysfs; empty: not known */
        char value[16];            /* what is written to the file to turn it on */
};

/* A measurement of a USB meter. */
struct tester_facts {
        int32_t millivolt;
        int32_t milliamp; /* mA, in either direction */
};

struct event {
        enum event_type type;
        struct moment time;
        struct address where; /* the device, port or hub that the event is about; bus 0: none */
        union {
                struct device_facts device;
                struct port_facts port;
                struct power_facts power;
                struct kernel_facts kernel;
                struct source_facts source;
                struct link link;
                struct sleep_facts sleep;
                struct switch_facts power_switch;
                struct typec_facts typec;
                struct typec_observed typec_observed;
                struct session session;
                struct statistics_entry statistics;
                char cable[SESSION_CABLE_MAX];
                struct headset_facts headset;
                struct headset_observed headset_observed;
                struct headset_reading headset_reading;
                struct tester_facts tester;
                struct answers answers;
                int16_t configured;
                uint32_t count;
        } u;
};
