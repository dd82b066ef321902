/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * What the causes share: the list of them, and small helpers to word a finding.
 */

#include "diagnosis.h"

/* In no particular order: the diagnosis sorts what they find. Each looks at one subject and is silent unless its
 * minimum evidence (contract, "Codes") is there. */
cause cause_controller_dead, cause_host_power_fault, cause_host_suspended, cause_sleep_charging_off, cause_device_autosuspended;
cause cause_typec_unreadable, cause_partner_not_visible, cause_cable_charge_only, cause_cable_underrated,
        cause_cable_not_supplied;
cause cause_port_over_current, cause_port_off, cause_not_authorized, cause_port_limits_current;
cause cause_power_budget_exceeded, cause_hub_bus_powered, cause_hub_in_path;
cause cause_link_unstable, cause_enumeration_failed, cause_enumeration_retried, cause_not_configured, cause_not_visible;
cause cause_port_suspect, cause_cable_suspect;

/* Adds a finding about the subject itself. */
struct finding *found(const struct subject *s, struct findings *out, enum finding_code code, enum severity severity,
                      enum confidence confidence);

/* Writes the sentences (printf form). */
void say_cause(struct finding *f, const char *format, ...) __attribute__((format(printf, 2, 3)));
void say_action(struct finding *f, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* What to call the thing on the port: "the WH-1000XM4", "the USB device"; at the start of a sentence with a capital.
 * Returns buf. */
#define THING_MAX 160
const char *the_thing(const struct port *p, char buf[static THING_MAX]);
const char *The_thing(const struct port *p, char buf[static THING_MAX]);

/* What is known of the model: of the USB device, of a Type-C partner that told who it is, or of a headset that something else
 * tells of; NULL: nothing. */
const struct model_facts *subject_facts(const struct subject *s);

/* The connector that the subject is, or is plugged into; NULL: none known. */
const struct typec_port *subject_typec(const struct subject *s);

/* Is a Sony headset plugged in here, as far as it told? */
bool subject_is_headset(const struct subject *s);

/* "42 min", "7 h 12 min", "35 s". Returns buf. */
#define SPAN_MAX 32
const char *span_words(uint64_t usec, char buf[static SPAN_MAX]);

/* Is what was remembered of this link still worth telling? In a log always; live until the device is unplugged or an
 * hour went by without another event. */
bool still_counts(const struct subject *s, const struct moments *events);

/* Evidence from earlier plug sessions for who is not to blame, where there is some. */
void give_what_is_innocent(const struct subject *s, struct finding *f);

/* The state that the newest plug session is, or was, in before it ended. */
enum link_state session_state(const struct link *l);

/* The kernel's word for an error number of a USB transfer (kernel Documentation/driver-api/usb/error-codes.rst). */
const char *usb_error_meaning(uint32_t error);
