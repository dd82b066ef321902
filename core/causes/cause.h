/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * What the causes share: the list of them, and small helpers to word a finding.
 */

#include "common/answer.h"
#include "words/words.h"
#include "causes/diagnosis.h"

/* In no particular order: the diagnosis sorts what they find. Each looks at one subject and is silent unless its
 * minimum evidence (docs/api.md, "Codes") is there. */
cause cause_controller_dead, cause_host_power_fault, cause_host_suspended, cause_sleep_charging_off, cause_device_autosuspended;
cause cause_typec_unreadable, cause_partner_not_visible, cause_cable_charge_only, cause_cable_underrated,
        cause_cable_not_supplied;
cause cause_port_over_current, cause_port_off, cause_not_authorized, cause_port_limits_current;
cause cause_power_budget_exceeded, cause_hub_bus_powered, cause_hub_in_path;
cause cause_link_unstable, cause_enumeration_failed, cause_enumeration_retried, cause_not_configured, cause_not_visible;
cause cause_port_suspect, cause_cable_suspect;
cause cause_battery_full, cause_charge_limited, cause_battery_not_rising, cause_battery_dies_unplugged, cause_firmware_old;
cause cause_takes_no_power, cause_port_wet, cause_voltage_sags;
cause cause_too_early, cause_contacts_dirty, cause_earbud_seating, cause_case_empty;
cause cause_cable_as_answered, cause_doctor;

/* Adds a finding about the subject itself. */
struct finding *found(const struct subject *s, struct findings *out, enum finding_code code, enum severity severity,
                      enum confidence confidence);

/* What to call the thing on the port ("the WH-1000XM4", "the USB device"), for a place {device}. */
#define DEVICE(p) WORDS("device", device_words(p)), TEXT("device_name", device_name(p))
enum sentence device_words(const struct port *p);
const char *device_name(const struct port *p);

/* What is known of the model: of the USB device, of a Type-C partner that told who it is, or of a headset that something else
 * tells of; NULL: nothing. */
const struct model_facts *subject_facts(const struct subject *s);

/* The connector that the subject is, or is plugged into; NULL: none known. */
const struct typec_port *subject_typec(const struct subject *s);

/* Everything that sees the subject, as the charging claim wants it. */
struct sightings subject_sightings(const struct subject *s);

/* "the WH-1000XM4", "the headset" for a place {headset}: for findings about the headset's own side. */
#define HEADSET(s) WORDS("headset", headset_words(s)), TEXT("headset_name", headset_name(s))
enum sentence headset_words(const struct subject *s);
const char *headset_name(const struct subject *s);

/* Is nothing wrong with the path that would explain a battery that does not fill: does it offer at least what the model can
 * charge with? */
bool path_can_charge(const struct subject *s);

/* What a person answered, 0: nothing. What was said of another plug, before it was plugged in here, does not count: it may have
 * been another port and another cable. */
unsigned answer_to(const struct subject *s, enum question q);

/* Did a person answer the doctor's questions? */
bool is_with_doctor(const struct subject *s);

/* Did a person answer this with this word, one of answer.h? */
bool is_answered(const struct subject *s, enum question q, const char *word);

/* Does it charge, or is it full, as far as it is measured? What a person sees of a light does not stand against that. */
bool is_measured_to_charge(const struct subject *s);

/* Did a person say that it does not charge: the light is dark or flashes though it is plugged in? */
bool is_answered_to_fail(const struct subject *s);

/* The answer as evidence, where there is one. */
void give_answer(const struct subject *s, struct finding *f, enum question q);

/* The headset's newest level as evidence, where there is one. */
void give_level(const struct subject *s, struct finding *f);

/* Is it a pair of earbuds with its case, by what is known of the model? */
bool subject_is_earbuds(const struct subject *s);

/* A finding of this code that another cause has raised before, or NULL. */
struct finding *raised_before(struct findings *out, enum finding_code code);

/* When a finding ends by the mere passing of time, in the events' clock (µs); 0: none does. */
uint64_t early_deadline(const struct model *m);
uint64_t host_deadline(const struct model *m);

/* Is a Sony headset plugged in here, as far as it told? */
bool subject_is_headset(const struct subject *s);

/* Is what was remembered of this link still worth telling? In a log always; live until the device is unplugged or an
 * hour went by without another event. */
bool still_counts(const struct subject *s, const struct moments *events);

/* Evidence from earlier plug sessions for who is not to blame, where there is some. */
void give_what_is_innocent(const struct subject *s, struct finding *f);

/* The state that the newest plug session is, or was, in before it ended. */
enum link_state session_state(const struct link *l);

/* The kernel's word for an error number of a USB transfer (kernel Documentation/driver-api/usb/error-codes.rst). */
enum sentence usb_error_words(uint32_t error);
