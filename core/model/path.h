/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Path: the parts between the computer and a device, and the current that each part allows.
 */

#include "model/model.h"

/* Returns true when the device at the port is a hub according to its descriptors (class 9, ports) or to the kernel log. */
bool port_has_hub(const struct port *p);

/* Returns true when the kernel cannot set up the hub, or when the hub has failed several requests since it last worked. A single
 * failed request means little. */
bool hub_is_silent(const struct port *p);

/* Returns true for hubs that are part of the computer: root hubs, hubs that cannot be unplugged, and Intel's rate-matching
 * hubs. */
bool hub_is_internal(const struct port *p);

/* Finds the external hubs and docks between the device at `p` and the computer, nearest to the computer first. Writes at most
 * `max` entries and returns the total number. */
size_t path_external_hubs(const struct port *p, const struct port **ret, size_t max);

/* Returns the first bus-powered hub on the way from `p` to the nearest power supply, or NULL. A self-powered hub gives its ports
 * full power regardless of the hubs above it (USB 2.0 §7.2.1). Whether a hub is self-powered is a claim of its descriptor, or
 * what the kernel logged. */
const struct port *path_bus_powered_hub(const struct port *p);

/* Returns the current that the kernel lets a device at this port request, in mA: 500 (900 at SuperSpeed) at a root port or a
 * self-powered hub, 100 (150) at a bus-powered hub (kernel hub.c hub_configure(); USB 2.0 §7.2.1). Returns 0 when it is not
 * known, as with a log alone. */
uint32_t port_budget_ma(const struct port *p);

/* Returns the highest current that the port is known to offer in mA: the budget, or the Type-C offer where that is higher. 0: not
 * known. */
uint32_t port_available_ma(const struct port *p);

/* The same for a Type-C connector without a USB device. */
uint32_t typec_available_ma(const struct typec_port *t);

/* Returns the sum of the currents that the devices at the hub's ports declare, mA. */
uint32_t hub_declared_sum_ma(const struct model *m, const struct port *hub);

/* Returns bMaxPower of the active configuration, or of the first one, in mA; 0: not known. */
uint32_t device_declared_ma(const struct device_facts *d);

/* Returns the lowest bMaxPower of all configurations in mA; UINT32_MAX: none is known. */
uint32_t device_least_declared_ma(const struct device_facts *d);

/* Returns the current that the host has granted in mA: the Type-C offer where it applies independently of USB's own rules (USB
 * Type-C r2.1 §4.6.2), else bMaxPower of the active configuration, 100 or 150 before configuration, and 2 while suspended (USB
 * 2.0 §7.2.3). 0: not known. */
uint32_t port_negotiated_ma(const struct port *p);

bool speed_is_super(enum usb_speed s);

/* Writes the name to show for a device: its product string, else "USB device 054c:0cd3", else "USB device". Returns buf. */
const char *device_label(const struct device_facts *d, char *buf, size_t size);

/* Writes a port name for people: "left rear USB port" when the firmware reports the position, else "USB port 3". It is not
 * unique, so it is shown together with the kernel's name. Returns buf. */
#define PORT_TITLE_MAX 48
const char *port_title(const struct port *p, char buf[static PORT_TITLE_MAX]);
const char *typec_title(const struct typec_port *t, char buf[static PORT_TITLE_MAX]);

/* Returns true when the device is recognised as a Sony headset. A dongle is not one, as it does not charge. */
bool port_has_headset(const struct port *p);
