/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Type-C: the state of one USB Type-C connector of the computer.
 *
 * All of it comes from the computer's firmware, which is often outdated, inconsistent or wrong. Every use must check
 * typec_doubts() first. Idle ports report "default" and "sink", so roles and mode mean something only while a partner is
 * present.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/address.h"
#include "model/facts.h"
#include "model/moment.h"
#include "model/session.h"

/* Without extended power range a source reports at most seven power data objects (USB PD r3.1 §6.4.1). */
#define TYPEC_PDOS_MAX 7
/* A connector has at most one USB 2 and one USB 3 port. The partner may list its device once more. */
#define TYPEC_LINKS_MAX 4

enum typec_power_role { TYPEC_POWER_UNKNOWN, TYPEC_SOURCE, TYPEC_SINK };
enum typec_data_role { TYPEC_DATA_UNKNOWN, TYPEC_HOST, TYPEC_DEVICE };

/* sysfs power_operation_mode (kernel Documentation/ABI/testing/sysfs-class-typec). */
enum typec_mode { TYPEC_MODE_UNKNOWN, TYPEC_DEFAULT, TYPEC_1500_MA, TYPEC_3000_MA, TYPEC_PD };

enum typec_cable { TYPEC_CABLE_UNKNOWN, TYPEC_CABLE_PASSIVE, TYPEC_CABLE_ACTIVE };
enum typec_pdo_kind { TYPEC_PDO_UNKNOWN, TYPEC_PDO_FIXED, TYPEC_PDO_VARIABLE, TYPEC_PDO_BATTERY, TYPEC_PDO_PROGRAMMABLE };

/* The answer to Discover Identity (USB PD r3.1 §6.4.4.3.1, kernel include/linux/usb/pd_vdo.h). All zero when there was no
 * answer. */
struct typec_identity {
        uint32_t id_header;
        uint32_t cert_stat;
        uint32_t product;
        uint32_t vdo1; /* first product type VDO; for a cable it contains the rating */
};

/* A power data object as the kernel reports it (sysfs-class-usb_power_delivery), in mV and mA. min_mv is 0 for fixed supplies. */
struct typec_pdo {
        enum typec_pdo_kind kind;
        uint32_t min_mv, max_mv;
        uint32_t max_ma; /* for a sink: the operational current */
};

struct typec_facts {
        uint8_t number;  /* 0 for "port0" */
        bool unreadable; /* the port exists, but its roles or mode cannot be read or have invalid values */
        enum typec_power_role power_role;
        enum typec_data_role data_role;
        enum typec_mode mode;
        bool partner;
        bool accessory;           /* an analogue audio or debug accessory, which is not a USB device */
        uint8_t alternate_modes;  /* number of the partner's alternate modes; display adapters have some */
        enum tristate partner_pd; /* supports_usb_power_delivery of the partner */
        struct typec_identity partner_identity;
        struct model_facts partner_model; /* from its identity; empty: not a Sony headset */
        bool cable;
        enum typec_cable cable_type;
        struct typec_identity cable_identity;
        uint8_t n_source, n_sink;
        struct typec_pdo source[TYPEC_PDOS_MAX]; /* what the port offers */
        struct typec_pdo sink[TYPEC_PDOS_MAX];   /* what the partner requests */
        enum tristate supply_online; /* the computer draws power at this connector, according to its power supply object */
        enum tristate supply_feeds;  /* the connector supplies power, according to the same object (kernel 6.19) */
        uint8_t n_usb;
        struct address usb[TYPEC_LINKS_MAX]; /* USB ports of this connector, when the kernel links them */
};

struct port;

/* What was observed of a connector over time, in addition to its current facts. A recording stores it in its snapshot. */
struct typec_observed {
        uint8_t number;
        struct moment attached;      /* when the partner arrived, or was found at start */
        bool before_start;           /* it was already present at the start */
        bool left_unidentified;      /* the last partner was never identified */
        struct moment left;          /* when it left */
        struct model_facts expected; /* a headset that once was a USB device in this socket; model empty: none */
        struct moment expected_at;   /* when it was last seen there */
        bool silent;                 /* the firmware stopped responding to the kernel, and has reported nothing since */
        struct moment silent_at;
        uint32_t slept_times; /* while this partner was present */
        uint64_t slept_usec;
        enum sleep_by slept_by; /* source of slept_usec */
};

struct typec_port {
        bool there; /* false: the driver removed the connector; the entry stays valid because others may point to it */
        struct typec_facts facts;
        struct typec_observed observed;
        struct port *usb;       /* the USB 2 port of the socket; NULL: not known */
        struct session session; /* newest session that only this connector saw */
};

/* Reasons not to trust the firmware. */
enum typec_doubt {
        TYPEC_DOUBT_UNREADABLE = 1 << 0,
        TYPEC_DOUBT_SILENT = 1 << 1,
        TYPEC_DOUBT_PD = 1 << 2,         /* the mode is PD, but the partner does not support PD */
        TYPEC_DOUBT_PDO = 1 << 3,        /* an impossible power data object */
        TYPEC_DOUBT_SUPPLY = 1 << 4,     /* it reports to supply power and to draw it at the same time */
        TYPEC_DOUBT_NO_PARTNER = 1 << 5, /* a USB device is in the socket, but the port reports to be empty */
        TYPEC_DOUBT_DATA_ROLE = 1 << 6,  /* the computer is the USB host here, but the port reports to be the device */
        _TYPEC_DOUBT_ROLES = TYPEC_DOUBT_UNREADABLE | TYPEC_DOUBT_SILENT | TYPEC_DOUBT_PD | TYPEC_DOUBT_SUPPLY |
                             TYPEC_DOUBT_NO_PARTNER | TYPEC_DOUBT_DATA_ROLE,
};

/* After this time both USB and Type-C have reported what they know about a plug. UCSI firmware takes 1 s or more. */
#define TYPEC_GRACE_USEC (5 * SECOND)
/* The offer may still change within this time after the partner arrived, because the firmware reports its values one after the
 * other. */
#define TYPEC_SETTLE_USEC SECOND
/* A USB device and a partner that arrived within this time of each other may be the same. */
#define TYPEC_TOGETHER_USEC (10 * SECOND)

struct model;

/* Returns a set of enum typec_doubt. */
unsigned typec_doubts(const struct model *m, const struct typec_port *t);

/* Returns true when the kernel shows any Type-C connectors. */
bool model_has_typec(const struct model *m);

/* Returns true when the port supplies power to a partner and the firmware can be trusted in this. Its offer counts only then. */
bool typec_is_source(const struct typec_port *t);

/* Returns the current that the port offers beyond plain USB, in mA at 5 V: 1500 or 3000 (USB Type-C r2.1 §4.11.1), or the 5 V
 * object with PD. 0: only what USB allows, or not known. */
uint32_t typec_offer_ma(const struct typec_port *t);

/* Returns true when PD is in use but its objects cannot be read, so that the offer is not known. */
bool typec_offer_is_hidden(const struct typec_port *t);

/* Returns true when the partner draws power, was not identified and is not a USB device. Waits until USB has had time to report
 * the device. When it is not known which USB port belongs to the connector, returns false while any USB device may be the
 * partner. */
bool typec_is_sighting(const struct model *m, const struct typec_port *t);

/* Returns true when the partner may be this USB device. When it is not known which USB port belongs to the connector, any device
 * that arrived at the same time may be. */
bool typec_may_be(const struct model *m, const struct typec_port *t, const struct port *p);
bool typec_may_be_usb_device(const struct model *m, const struct typec_port *t); /* any USB device */

/* Returns true when there is such a partner, or was one in the last ten minutes (docs/api.md, "unidentified"). */
bool typec_is_unidentified(const struct model *m, const struct typec_port *t);

/* Returns the USB device in this socket, or NULL when there is none or the socket's USB port is not known. */
const struct port *typec_usb_device(const struct model *m, const struct typec_port *t);

/* Returns true when the Type-C side of the device's socket may not have reported its offer yet. USB is often faster. */
bool typec_is_awaited(const struct model *m, const struct port *p);

/* Returns true when the e-marker identifies itself as that of a cable. In other products the same bits may mean something
 * else. */
bool typec_has_e_marker(const struct typec_facts *f);

/* Returns the current rating from the e-marker in mA, 3000 or 5000, or 0 when it is not given (passive and active cable VDO, bits
 * 6:5, USB PD r3.1 §6.4.4.3.1.6). */
uint32_t typec_cable_rating_ma(const struct typec_facts *f);

/* Returns true when the partner has identified itself as a known headset. */
bool typec_has_headset(const struct typec_port *t);

/* Writes a name such as "port0". Returns buf. */
#define TYPEC_NAME_MAX 24
const char *typec_name(const struct typec_port *t, char buf[static TYPEC_NAME_MAX]);

/* Writes an id such as "typec_port0". Returns buf. */
const char *typec_id(const struct typec_port *t, char buf[static TYPEC_NAME_MAX]);

/* Returns "default", "1.5 A", "3.0 A", "USB PD" or "not known". */
const char *typec_mode_name(enum typec_mode mode);
