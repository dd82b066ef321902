/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Declarations that the causes share: the list of causes, and helpers to build a finding.
 */

#include "common/answer.h"
#include "words/words.h"
#include "causes/diagnosis.h"

/* The order does not matter, because the diagnosis sorts the findings. Each cause examines one subject and adds a finding only
 * when its minimum evidence (docs/api.md, "Codes") is present. */
cause cause_controller_dead, cause_host_power_fault, cause_host_suspended, cause_sleep_charging_off, cause_device_autosuspended;
cause cause_typec_unreadable, cause_partner_not_visible, cause_cable_charge_only, cause_cable_underrated,
        cause_cable_not_supplied;
cause cause_port_over_current, cause_port_off, cause_not_authorized, cause_port_limits_current;
cause cause_power_budget_exceeded, cause_hub_bus_powered, cause_hub_in_path;
cause cause_link_unstable, cause_enumeration_failed, cause_enumeration_retried, cause_not_configured, cause_not_visible;
cause cause_port_suspect, cause_cable_suspect;
cause cause_battery_full, cause_charge_limited, cause_battery_not_rising, cause_battery_dies_unplugged, cause_firmware_old;
cause cause_takes_no_power, cause_port_wet, cause_voltage_sags;
cause cause_too_early, cause_earbud_seating, cause_case_empty;
cause cause_doctor;

/* Adds a finding about the subject itself. */
struct finding *found(const struct subject *s, struct findings *out, enum finding_code code, enum severity severity,
                      enum confidence confidence);

/* The name of the device at a port ("the WH-1000XM4", "the USB device"), for the placeholder {device}. */
#define DEVICE(p) WORDS("device", device_words(p)), TEXT("device_name", device_name(p))
enum sentence device_words(const struct port *p);
const char *device_name(const struct port *p);

/* Returns the facts of the model of a USB device, of an identified Type-C partner or of a headset that another source reports, or
 * NULL. */
const struct model_facts *subject_facts(const struct subject *s);

/* Returns the connector that the subject is or is plugged into, or NULL when it is not known. */
const struct typec_port *subject_typec(const struct subject *s);

/* Returns all sightings of the subject, as charging_claim() needs them. */
struct sightings subject_sightings(const struct subject *s);

/* Returns what these say together about charging, and since when the subject has been plugged in. */
struct charging_claim subject_claim(const struct subject *s);
struct moment subject_plugged_since(const struct subject *s);

/* The name of the headset ("the WH-1000XM4", "the headset"), for the placeholder {headset} in findings about the headset
 * itself. */
#define HEADSET(s) WORDS("headset", headset_words(s)), TEXT("headset_name", headset_name(s))
enum sentence headset_words(const struct subject *s);
const char *headset_name(const struct subject *s);

/* Returns true when the power path does not explain a battery that does not charge: it offers at least the lowest current at
 * which the model charges. */
bool path_can_charge(const struct subject *s);

/* The name of a port for the placeholder {place}: "the left rear USB port (usb1-port2)", "Type-C port 0 (port0)". */
struct place {
        enum sentence words;
        const char *location;
        char name[ADDRESS_NAME_MAX];
        unsigned number;
};
#define PLACE(p)                                                                                          \
        WORDS("place", (p)->words), TEXT("place_location", (p)->location), TEXT("place_name", (p)->name), \
                NUMBER("place_number", (p)->number)
void place_of_port(const struct port *p, struct place *ret);
void place_of_typec(const struct typec_port *t, struct place *ret);

/* Returns the answer of a person, or 0 when there is none. An answer about an earlier plug does not count, because it may be
 * about another port and another cable. */
unsigned answer_to(const struct subject *s, enum question q);

/* Returns true when the answer to the question is this word (see common/answer.h). */
bool is_answered(const struct subject *s, enum question q, const char *word);

/* Returns true when this was told as an answer to the doctor's step, in its own words or in the older ones. */
bool is_told(const struct subject *s, const char *step, const char *answer);

/* Returns true when it was plugged in less than five minutes ago, so that the light may still be dark. */
bool is_plugged_just_now(const struct subject *s);

/* Adds the newest level of the headset as evidence, if there is one. */
void give_level(const struct subject *s, struct finding *f);

/* Returns true when the model is a pair of earbuds with a case. */
bool subject_is_earbuds(const struct subject *s);

/* Returns the finding with this code that another cause has added, or NULL. */
struct finding *raised_before(struct findings *out, enum finding_code code);

/* Returns the time at which a finding next ends without an event, in the events' clock (µs); 0: never. */
uint64_t early_deadline(const struct model *m);
uint64_t host_deadline(const struct model *m);

/* Returns true when the identified device is a Sony headset. */
bool subject_is_headset(const struct subject *s);

/* Returns true when events of this link are still worth reporting. In a log they always are. In a live run they are until the
 * device is unplugged or an hour has passed without another event. */
bool still_counts(const struct subject *s, const struct moments *events);

/* Adds evidence from earlier plug sessions that clears a port, a cable or a device, if there is any. */
void give_what_is_innocent(const struct subject *s, struct finding *f);

/* Returns the state of the newest plug session, or its last state when it has ended. */
enum link_state session_state(const struct link *l);

/* Returns the meaning of an error number of a USB transfer (kernel Documentation/driver-api/usb/error-codes.rst). */
enum sentence usb_error_words(uint32_t error);

/* Returns true when voltage is present but no current flows. */
bool is_measured_to_take_nothing(const struct subject *s);

/* Adds the measurement as evidence. */
void give_measurement(const struct subject *s, struct finding *f);

/* Commands that change a setting, for the user to copy. */
#define COMMAND_MAX 192

/* "echo on | sudo tee /sys/bus/usb/devices/1-2.3/power/control": writes a value to an attribute of the device at the port. */
const char *command_for_device(const struct port *p, const char *attribute, const char *value, char buf[static COMMAND_MAX]);

/* The same for an attribute of the port itself. */
const char *command_for_port(const struct port *p, const char *attribute, const char *value, char buf[static COMMAND_MAX]);

/* The command that turns the switch on; NULL when it is not known. */
const char *command_for_switch(const struct switch_facts *w, char buf[static COMMAND_MAX]);
