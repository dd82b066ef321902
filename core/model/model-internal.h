/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Declarations that the files of the model share.
 */

#include "model/model.h"

/* Ports (port.c). */
struct port *model_port(struct model *m, const struct address *where);
void model_apply_port(struct model *m, struct port *p, const struct event *e); /* what udev and sysfs report */
void port_forget_device(struct port *p);

/* Controllers (controller.c). */
void controller_add_bus(struct model *m, const char *name, uint16_t bus);
void controller_drop_bus(struct model *m, uint16_t bus);
void controller_remove_if_idle(struct model *m, const char *name); /* called after a bus was dropped */
void controller_apply_line(struct model *m, const struct event *e);

/* Sleep and resume of the computer, as reported by logind and the clocks or by the kernel log (sleep.c). */
void model_apply_sleep(struct model *m, const struct event *e);
void sleep_by_log(struct model *m, const struct event *e);
void sleep_over_by_log(struct model *m, struct moment now);
uint64_t sleep_deadline(const struct model *m);
void note_wake(struct model *m, struct moment now);
void sleep_note_was_there(const struct model *m, struct link *l); /* the device has been there since the start of the log */

/* Type-C connectors (typec.c). */
void model_apply_typec(struct model *m, const struct event *e);
void model_apply_typec_observed(struct model *m, const struct typec_observed *statistics);
void model_apply_typec_gone(struct model *m, uint32_t number);
void typec_note_silent(struct model *m, const struct event *e);
void typec_note_port(struct model *m, struct port *p);               /* called when a port is created */
void typec_note_device(const struct model *m, const struct port *p); /* called when a device arrives or changes */
uint64_t typec_deadline(const struct model *m);

/* What a headset reports about itself (headset.c). */
void model_apply_headset(struct model *m, const struct event *e);
void model_apply_headset_gone(struct model *m, const struct headset_facts *f);
void model_apply_headset_observed(struct model *m, const struct headset_observed *statistics);
void headsets_free(struct model *m);
uint64_t headset_deadline(const struct model *m);

/* What a headset reports on its own channel (reading.c). */
void model_apply_headset_reading(struct model *m, const struct event *e);
uint64_t reading_deadline(const struct model *m);

/* Combines plug and link events of headsets (headset-power.c). */
void headsets_note_plug(struct model *m, const struct port *p);
void headsets_note_unplug(struct model *m, const struct port *p); /* called before the device is removed */
void headsets_note_partner(struct model *m, const struct typec_port *t);
void headsets_note_no_partner(struct model *m, const struct typec_port *t); /* called before the partner is removed */
void headset_note_drop(struct model *m, struct headset *h);
void headset_take_back_drop(struct headset *h);

/* Answers of a person (answers.c). */
void model_apply_answers(struct model *m, const struct event *e);
void answers_note_plug(struct model *m, const char *model, const struct address *where, uint8_t typec);
void answers_note_unplug(struct model *m, const struct address *where, uint8_t typec);
void answers_end(struct model *m); /* drops answers that are no longer valid */
uint64_t answers_deadline(const struct model *m);
void answers_free(struct model *m);

/* Applies one kernel message. Returns the port that it is about, or NULL. */
struct port *model_apply_kernel(struct model *m, const struct event *e);

/* Over-current at a port or at a whole hub, from a uevent or a kernel message (over-current.c). Reports while the computer starts
 * or wakes up, or while a plug is pulled, are noise and are not counted. `stood`: it was still present after 100 ms. */
void port_over_current(struct model *m, struct port *p, const struct event *e, bool stood);
void hub_over_current(struct model *m, struct port *p, const struct event *e);

/* Shortly after the boot, or during and shortly after a sleep (over-current.c). */
bool model_is_starting(const struct model *m, const struct event *e);
bool model_is_waking(const struct model *m, struct moment now);
