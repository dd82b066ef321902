/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Address: a position in the USB tree.
 *
 * The kernel names a device after its bus and the port numbers that lead to it ("1-2.3"), a root hub after its bus ("usb1"),
 * and a port after its hub ("usb1-port2", "1-2-port3"). A port and the device that is plugged into it have the same address. A
 * root hub has depth 0.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* USB allows seven tiers including the root hub (USB 2.0 §4.1.1), so at most six ports lead to a device. The kernel's devpath has
 * room for one more. */
#define ADDRESS_DEPTH_MAX 7

/* Size of the longest name, "65535-255.255.255.255.255.255.255-port255", with its terminator. */
#define ADDRESS_NAME_MAX 48

struct address {
        uint16_t bus;                    /* 1 and up; 0: no address */
        uint8_t depth;                   /* number of ports below the root hub; 0: the root hub itself */
        uint8_t port[ADDRESS_DEPTH_MAX]; /* 1 to 255 for the first `depth` entries, 0 for the rest */
};

/* Parses a kernel name ("usb1", "1-2.3", "usb1-port2", "1-2-port3") of `len` bytes. Returns true and fills *ret when the whole
 * text is such a name. Returns false and leaves *ret unchanged otherwise. */
bool address_parse(const char *text, size_t len, struct address *ret);

/* Reads such a name at the beginning of the text up to `end`. Returns what follows it, or NULL when there is none. *ret_port is
 * whether it is the name of a port. */
const char *address_scan(const char *text, const char *end, struct address *ret, bool *ret_port);

/* Writes the kernel's name of the device at `a`: "usb1" for a root hub, else "1-2.3". Returns buf. */
const char *address_device_name(const struct address *a, char buf[static ADDRESS_NAME_MAX]);

/* Parses the id of a port ("usb1_2_port3"). Returns false when it is not one. */
bool address_parse_id(const char *id, struct address *ret);

/* Parses what a person may call a device or a port: "1-2.3", "usb1-port2" or "usb1_port2". A root hub is neither. */
bool address_parse_any(const char *text, struct address *ret);

/* Writes the kernel's name of the port at `a`: "usb1-port2" or "1-2-port3". A root hub is not in a port and gives "usb1". Returns
 * buf. */
const char *address_port_name(const struct address *a, char buf[static ADDRESS_NAME_MAX]);

/* Writes the API's id of the port: the port's name with every character outside [a-z0-9] replaced by "_", and with "usb" before
 * the number of an external hub ("usb1_port2", "usb1_2_port3"). Returns buf. */
const char *address_port_id(const struct address *a, char buf[static ADDRESS_NAME_MAX]);

/* Goes one step towards the root, to the hub that `a` is connected to. Returns false and leaves *ret unchanged for a root hub. */
bool address_parent(const struct address *a, struct address *ret);

/* Orders by bus, then by position in the tree. A hub precedes the devices below it. Returns a number below, equal to or above 0,
 * as strcmp() does. */
int address_compare(const struct address *a, const struct address *b);

static inline bool address_equal(const struct address *a, const struct address *b) {
        return a->bus == b->bus && memcmp(a->port, b->port, sizeof a->port) == 0;
}

/* Returns true when `a` is below `hub`. A hub is not below itself. */
bool address_is_below(const struct address *a, const struct address *hub);
