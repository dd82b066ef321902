/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Type-C: what is known of one USB Type-C connector of the computer.
 *
 * All of it is the word of the computer's firmware, which is often old, mixed or wrong: every use asks typec_doubts()
 * first. Idle ports read "default" and "sink", so roles and mode mean something only while a partner is there.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/address.h"
#include "model/facts.h"
#include "model/moment.h"
#include "model/session.h"

/* A source tells at most seven power data objects without extended power range (USB PD r3.1 §6.4.1). */
#define TYPEC_PDOS_MAX 7
/* One connector is at most a USB 2 and a USB 3 port; the partner may name its device once more. */
#define TYPEC_LINKS_MAX 4

enum typec_power_role { TYPEC_POWER_UNKNOWN, TYPEC_SOURCE, TYPEC_SINK };
enum typec_data_role { TYPEC_DATA_UNKNOWN, TYPEC_HOST, TYPEC_DEVICE };

/* sysfs power_operation_mode (kernel Documentation/ABI/testing/sysfs-class-typec). */
enum typec_mode { TYPEC_MODE_UNKNOWN, TYPEC_DEFAULT, TYPEC_1500_MA, TYPEC_3000_MA, TYPEC_PD };

enum typec_cable { TYPEC_CABLE_UNKNOWN, TYPEC_CABLE_PASSIVE, TYPEC_CABLE_ACTIVE };
enum typec_pdo_kind { TYPEC_PDO_UNKNOWN, TYPEC_PDO_FIXED, TYPEC_PDO_VARIABLE, TYPEC_PDO_BATTERY, TYPEC_PDO_PROGRAMMABLE };

/* Answer to Discover Identity (USB PD r3.1 §6.4.4.3.1, kernel include/linux/usb/pd_vdo.h). All zero: none was given. */
struct typec_identity {
        uint32_t id_header;
        uint32_t cert_stat;
        uint32_t product;
        uint32_t vdo1; /* first product type VDO: of a cable, its rating */
};

/* As the kernel tells it (sysfs-class-usb_power_delivery), mV and mA; min_mv is 0 for fixed supplies. */
struct typec_pdo {
        enum typec_pdo_kind kind;
        uint32_t min_mv, max_mv;
        uint32_t max_ma; /* of a sink: operational current */
};

struct typec_facts {
        uint8_t number;  /* of "port0" */
        bool unreadable; /* the port is there, its roles or mode cannot be read or are no words that exist */
        enum typec_power_role power_role;
        enum typec_data_role data_role;
        enum typec_mode mode;
        bool partner;
        bool accessory;           /* an analogue or debug accessory: no USB device */
        uint8_t alternate_modes;  /* of the partner; a display adapter has some */
        enum tristate partner_pd; /* supports_usb_power_delivery of the partner */
        struct typec_identity partner_identity;
        struct model_facts partner_model; /* by its identity; empty: not a Sony headset */
        bool cable;
        enum typec_cable cable_type;
        struct typec_identity cable_identity;
        uint8_t n_source, n_sink;
        struct typec_pdo source[TYPEC_PDOS_MAX]; /* what the port offers */
        struct typec_pdo sink[TYPEC_PDOS_MAX];   /* what the partner asks for */
        enum tristate supply_online;             /* the computer draws power here (its supply object) */
        enum tristate supply_feeds;              /* the same object says that the connector gives power (kernel 6.19) */
        uint8_t n_usb;
        struct address usb[TYPEC_LINKS_MAX]; /* USB ports of this connector, where the kernel has the link */
};

struct port;

/* What is remembered of a connector; facts do not tell it. A recording carries it in its snapshot. */
struct typec_observed {
        uint8_t number;
        struct moment attached;      /* when the partner came, or was found at start */
        bool before_start;           /* it was there before anything was watched */
        bool left_unidentified;      /* the last partner never told who it was */
        struct moment left;          /* when it left */
        struct model_facts expected; /* a headset that once was a USB device in this socket; model empty: none */
        struct moment expected_at;   /* when it was last seen there */
        bool silent;                 /* the firmware stopped answering the kernel, and nothing was told since */
        struct moment silent_at;
        uint32_t slept_times; /* while this partner was there */
        uint64_t slept_usec;
        enum sleep_by slept_by; /* who told slept_usec */
};

struct typec_port {
        bool there; /* false: its driver took it away; it is kept, as others may point to it */
        struct typec_facts facts;
        struct typec_observed observed;
        struct port *usb;       /* the USB 2 half where one is known; NULL: cannot tell which socket */
        struct session session; /* newest of what only this connector saw */
};

/* Why the firmware's word cannot be believed. */
enum typec_doubt {
        TYPEC_DOUBT_UNREADABLE = 1 << 0,
        TYPEC_DOUBT_SILENT = 1 << 1,
        TYPEC_DOUBT_PD = 1 << 2,         /* mode is PD, the partner knows no PD */
        TYPEC_DOUBT_PDO = 1 << 3,        /* a power data object that cannot be */
        TYPEC_DOUBT_SUPPLY = 1 << 4,     /* gives power and draws it at once */
        TYPEC_DOUBT_NO_PARTNER = 1 << 5, /* a USB device is in the socket, the port says it is empty */
        TYPEC_DOUBT_DATA_ROLE = 1 << 6,  /* the computer is host of a device here, the port says it is the device */
        _TYPEC_DOUBT_ROLES = TYPEC_DOUBT_UNREADABLE | TYPEC_DOUBT_SILENT | TYPEC_DOUBT_PD | TYPEC_DOUBT_SUPPLY |
                             TYPEC_DOUBT_NO_PARTNER | TYPEC_DOUBT_DATA_ROLE,
};

/* After this long both sides of a plug have told what they know; UCSI firmware takes 1 s and more. */
#define TYPEC_GRACE_USEC (5 * SECOND)
/* What is offered may change once more this soon after the partner came: the firmware tells one thing after the other. */
#define TYPEC_SETTLE_USEC SECOND
/* A USB device that came this near in time may be the partner. */
#define TYPEC_TOGETHER_USEC (10 * SECOND)

struct model;

/* Set of enum typec_doubt. */
unsigned typec_doubts(const struct model *m, const struct typec_port *t);

/* Does the computer show Type-C connectors at all? */
bool model_has_typec(const struct model *m);

/* Is the port the source of a partner, as far as that can be believed? Only then what it offers counts. */
bool typec_is_source(const struct typec_port *t);

/* What the port offers beyond plain USB, mA at 5 V: 1500, 3000 (USB Type-C r2.1 §4.11.1), or the 5 V object under PD.
 * 0: only what USB itself allows, or not known. */
uint32_t typec_offer_ma(const struct typec_port *t);

/* Under PD without readable objects nobody can tell what is offered. */
bool typec_offer_is_hidden(const struct typec_port *t);

/* Is a partner here that takes power, told nothing about itself and is no USB device? Waits until the USB side had its
 * time. Where the link to the USB port is not known it says no as long as some USB device may be the partner. */
bool typec_is_sighting(const struct model *m, const struct typec_port *t);

/* Can the partner be this USB device? Where the link is not known anything can that came at the same time. */
bool typec_may_be(const struct model *m, const struct typec_port *t, const struct port *p);
bool typec_may_be_usb_device(const struct model *m, const struct typec_port *t); /* ... or any one? */

/* ... or was one here in the last ten minutes (docs/api.md, "unidentified")? */
bool typec_is_unidentified(const struct model *m, const struct typec_port *t);

/* The USB device in this socket, NULL: none, or not known which socket it is in. */
const struct port *typec_usb_device(const struct model *m, const struct typec_port *t);

/* May the Type-C side of the socket that this device is, or may be, plugged into still tell what it offers? USB is often
 * the faster one. */
bool typec_is_awaited(const struct model *m, const struct port *p);

bool typec_identity_seen(const struct typec_identity *i);

/* Does an e-marker speak that says of itself that it is a cable's? In what else there may be the bits mean something else. */
bool typec_has_e_marker(const struct typec_facts *f);

/* e-marker: current rating in mA, 3000 or 5000; 0: not told (passive and active cable VDO, bits 6:5, USB PD r3.1 §6.4.4.3.1.6).
 */
uint32_t typec_cable_rating_ma(const struct typec_facts *f);

/* Has the partner told that it is a headset that is known? */
bool typec_has_headset(const struct typec_port *t);

/* "port0". Returns buf. */
#define TYPEC_NAME_MAX 24
const char *typec_name(const struct typec_port *t, char buf[static TYPEC_NAME_MAX]);

/* "typec_port0". Returns buf. */
const char *typec_id(const struct typec_port *t, char buf[static TYPEC_NAME_MAX]);

/* "default", "1.5 A", "3.0 A", "USB PD", "not known". */
const char *typec_mode_name(enum typec_mode mode);
