/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Address: where a thing sits in the USB tree.
 *
 * The kernel names a device after its bus and the port numbers that lead to it ("1-2.3"), a root hub after its bus
 * ("usb1"), a port after its hub ("usb1-port2", "1-2-port3"). All of these are one place here: the port and the device
 * in it have the same address, a root hub has depth 0.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Seven tiers with the root hub as the first (USB 2.0 §4.1.1), so six ports lead to the deepest device; the kernel's
 * devpath leaves room for one more. */
#define ADDRESS_DEPTH_MAX 7

/* Longest name: "65535-255.255.255.255.255.255.255-port255" and the end of the string. */
#define ADDRESS_NAME_MAX 48

struct address {
        uint16_t bus;                    /* 1 and up; 0 is no address */
        uint8_t depth;                   /* ports between the root hub and here; 0 is the root hub itself */
        uint8_t port[ADDRESS_DEPTH_MAX]; /* 1..255 for the first `depth`, 0 after them */
};

/* Reads one kernel name ("usb1", "1-2.3", "usb1-port2", "1-2-port3") of `len` bytes at `text`.
 * Returns true and fills *ret when all of it is such a name, else false and *ret is left alone. */
bool address_parse(const char *text, size_t len, struct address *ret);

/* The kernel's name of the device at `a`: "usb1" for a root hub, else "1-2.3". Returns buf. */
const char *address_device_name(const struct address *a, char buf[static ADDRESS_NAME_MAX]);

/* The kernel's name of the port at `a`: "usb1-port2" or "1-2-port3"; a root hub has none and gives "usb1". Returns buf. */
/* Of the id of a port ("usb1_2_port3"). */
bool address_parse_id(const char *id, struct address *ret);

const char *address_port_name(const struct address *a, char buf[static ADDRESS_NAME_MAX]);

/* The port's id in the API: the port name with everything outside [a-z0-9] made "_"; "usb" stands before a hub's number
 * ("usb1_port2", "usb1_2_port3"). Returns buf. */
const char *address_port_id(const struct address *a, char buf[static ADDRESS_NAME_MAX]);

/* One step towards the root: the hub that `a` hangs on. Returns false for a root hub, then *ret is left alone. */
bool address_parent(const struct address *a, struct address *ret);

/* Orders by bus, then place in the tree; a hub sorts before what hangs on it. Below 0, 0, above 0 as strcmp(). */
int address_compare(const struct address *a, const struct address *b);

static inline bool address_equal(const struct address *a, const struct address *b) {
        return address_compare(a, b) == 0;
}

/* Is `a` somewhere below `hub`? A hub is not below itself. */
bool address_is_below(const struct address *a, const struct address *hub);
