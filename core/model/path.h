/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Path: what lies between the computer and a device, and how much current each part of it allows.
 */

#include "model/model.h"

/* A hub is what its device says (class 9, ports), or what the kernel log calls one. */
bool port_has_hub(const struct port *p);

/* A hub that the kernel cannot set up, or that fails every request since it last worked. One failed request means little. */
bool hub_is_silent(const struct port *p);

/* Part of the computer: root hubs, hubs that cannot be pulled, and Intel's rate-matching hubs. */
bool hub_is_internal(const struct port *p);

/* External hubs and docks between the device at `p` and the computer; nearest to the computer first.
 * Fills at most `max` and returns how many there are in all. */
size_t path_external_hubs(const struct port *p, const struct port **ret, size_t max);

/* The first bus-powered hub on the way from `p` to the nearest supply, or NULL. A hub with its own supply gives its ports full
 * power whatever hangs above it (USB 2.0 §7.2.1). What a hub is comes from its descriptor, which is a claim, or from the
 * kernel's own word in the log. */
const struct port *path_bus_powered_hub(const struct port *p);

/* What the kernel lets a device on this port ask for, in mA: 500 (900 at SuperSpeed) on a root port or a self-powered
 * hub, 100 (150) on a bus-powered one (kernel hub.c hub_configure(); USB 2.0 §7.2.1). 0: not known (log alone). */
uint32_t port_budget_ma(const struct port *p);

/* The most that the port is known to offer, mA: the budget, or the Type-C offer where that is more. 0: not known. */
uint32_t port_available_ma(const struct port *p);

/* The same of a Type-C connector whose USB side shows nothing. */
uint32_t typec_available_ma(const struct typec_port *t);

/* Sum of what the devices on a hub's ports declare, mA. */
uint32_t hub_declared_sum_ma(const struct model *m, const struct port *hub);

/* bMaxPower of the active, else the first configuration, mA; 0: not known. */
uint32_t device_declared_ma(const struct device_facts *d);

/* Smallest bMaxPower of all configurations, mA; UINT32_MAX: none known. */
uint32_t device_least_declared_ma(const struct device_facts *d);

/* What the host granted: the Type-C offer where that stands beside USB's own rules (USB Type-C r2.1 §4.6.2), else the active
 * configuration's bMaxPower, 100/150 before, 2 when suspended (USB 2.0 §7.2.3). 0: not known. */
uint32_t port_negotiated_ma(const struct port *p);

bool speed_is_super(enum usb_speed s);

/* The name to show for a device: product string, else "USB device 054c:0cd3", else "USB device". Returns buf. */
const char *device_label(const struct device_facts *d, char *buf, size_t size);

/* What people call a port: "left rear USB port" where the firmware tells where it is, else "USB port 3". The name is not unique
 * and stands beside the kernel's own. Returns buf. */
#define PORT_TITLE_MAX 48
const char *port_title(const struct port *p, char buf[static PORT_TITLE_MAX]);
const char *typec_title(const struct typec_port *t, char buf[static PORT_TITLE_MAX]);

/* Is the device here recognised as a Sony headset (a dongle is none: it does not charge)? */
bool port_has_headset(const struct port *p);
