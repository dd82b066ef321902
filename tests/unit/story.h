/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Story: builds a model by telling what happened, so that a test of a cause reads like the event it is about.
 *
 * Time is in seconds since the story's boot; the wall clock begins at STORY_EPOCH.
 */

#include <check.h>

#include "common/answer.h"
#include "causes/diagnosis.h"

#define STORY_EPOCH UINT64_C(1700000000000000)

/* Begins a new story: an empty model at 100 s after boot. Ends with story_end(). */
struct model *story_begin(void);
void story_end(void);

/* Fixtures: a story that has settled with four ports and their SuperSpeed peers, or with six ports at 200 s after boot. */
void story_with_ports(void);
void story_of_plugs(void);

struct model *story_model(void);

/* Sets the time, s since boot. */
void at(double seconds);

/* Time passes, and what is due meanwhile happens. */
void later(double seconds);
void settle(void);

/* A root hub with `ports` ports and its controller ("0000:00:14.0" on bus 1 and 2). */
void root_hub(unsigned bus, enum usb_speed speed, unsigned ports);

/* A hub or a device at the place ("1-2"), configured. Each returns its port for changing facts. */
struct port *hub(const char *place, bool self_powered, unsigned ports);
struct port *device(const char *place, uint16_t product, const char *name, unsigned max_ma);
struct port *headset(const char *place, const char *model, unsigned max_ma, unsigned needed_ma);
void unplug(const char *place);

/* Sends the facts of the device again, after the test changed one of them. */
void tell_device(struct port *p);
void port_facts(const char *place, enum connect_type connect, uint32_t over_currents);
void over_current(const char *place, uint32_t count);
void power(const char *place, bool automatic, enum runtime_status status);

/* One line of the kernel log about the place, or about a controller or the machine. */
void line(const char *place, enum kernel_message message, uint32_t number);
/* A device that never answers: it connects, three reads fail, and the kernel gives up. */
void try_fails(const char *place, uint32_t number, uint32_t error);
/* The same for a device that is plugged in now and pulled out after a while. */
void plugged_and_fails(const char *place);
void found_line(const char *place, uint16_t vendor, uint16_t product);
void controller_line(const char *controller, enum kernel_message message, uint32_t number);
void host_line(enum kernel_message message);

struct port *place(const char *name);

/* The computer's sleep as logind and the clocks report it. `slept` is the length in seconds that the clocks measured. */
void sleep_watched(void);
void sleep_begins(enum sleep_kind kind);
void sleep_ends(double slept);

/* A firmware switch. */
void power_switch(enum switch_kind kind, enum tristate on, const char *name);

/* Facts of an idle connector, and of one that feeds a partner; `usb` NULL: no link to a USB port. typec() tells them. */
struct typec_facts empty_connector(uint8_t number, const char *usb);
struct typec_facts feeding_connector(uint8_t number, const char *usb, enum typec_mode mode);
struct typec_port *typec(const struct typec_facts *facts);
void typec_gone(uint8_t number);
/* Only the wall clock is set. */
void wall_clock_jumps(double seconds);
/* From the next at() on the wall clock is not known. */
void wall_clock_unknown(void);

/* Time passes without any other event; the user names the cable; the firmware reports the location of a port. */
void tick(void);
void name_cable(const char *name);
void port_at(const char *where, const char *location);

/* The codes found at the place, primary first, as "hub-in-path/notice/certain, ..." and the verdict after " -> ". The
 * string is valid until the next call. */
const char *findings_at(const char *name);
const char *log_findings_at(const char *name);
bool is_found_at(const char *name, enum finding_code code);
const char *typec_findings(uint8_t number);
const struct diagnosis *last_diagnosis(void);

/* Facts of a headset that is seen on Bluetooth, with the mark "aa"; and the event that reports such facts. */
struct headset_facts by_bluetooth(const char *model, uint8_t level, uint8_t step);
struct headset *tell_headset(const struct headset_facts *facts);

/* The same with another mark, connected or not. percent 255: the headset reports no level. */
struct headset_facts paired_headset(const char *mark, const char *model, bool connected, unsigned percent);
void headset_gone(const struct headset_facts *facts);

/* A person answers one question about the headset or model with the id; "" takes the answer back. */
void tell_answer(const char *id, const char *model, enum question q, const char *word);

/* A person answers several questions, as pairs of the words in answer.h: "led=dark cable=other". */
const struct answers *answers(const char *words);

/* The findings of a headset that is seen in these ways. `facts` are those of its model, if it is neither on USB nor on Type-C. */
const char *headset_findings(const struct sightings *seen, const struct model_facts *facts);
