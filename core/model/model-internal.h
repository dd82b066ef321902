/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * What the files of the model share among themselves.
 */

#include "model/model.h"

struct port *model_port(struct model *m, const struct address *where);
struct controller *model_add_controller(struct model *m, const char *name);
void controller_add_bus(struct model *m, struct controller *c, uint16_t bus);
void controller_drop_bus(struct model *m, uint16_t bus);

/* The computer goes to sleep and wakes (sleep.c): by logind and the clocks, or by the kernel log. */
void model_apply_sleep(struct model *m, const struct event *e);
void sleep_by_log(struct model *m, const struct event *e);
void sleep_over_by_log(struct model *m, struct moment now);
uint64_t sleep_deadline(const struct model *m);
void note_wake(struct model *m, struct moment now);
void sleep_note_was_there(const struct model *m, struct link *l); /* the device was there since the log began */

/* Type-C connectors (typec.c). */
void model_apply_typec(struct model *m, const struct event *e);
void model_apply_typec_observed(struct model *m, const struct typec_observed *statistics);
void model_apply_typec_gone(struct model *m, uint32_t number);
void typec_note_silent(struct model *m, const struct event *e);
void typec_note_port(struct model *m, struct port *p);               /* a port was made */
void typec_note_device(const struct model *m, const struct port *p); /* a device came or changed there */
uint64_t typec_deadline(const struct model *m);

/* A headset's own side, and what a person said (headset.c). */
void model_apply_headset(struct model *m, const struct event *e);
void model_apply_headset_gone(struct model *m, const struct headset_facts *f);
void model_apply_headset_observed(struct model *m, const struct headset_observed *statistics);
void headsets_free(struct model *m);
uint64_t headset_deadline(const struct model *m);

/* Its own word over a channel of its own (reading.c). */
void model_apply_headset_reading(struct model *m, const struct event *e);
uint64_t reading_deadline(const struct model *m);

/* Power and link together (headset-power.c). */
void headsets_note_plug(struct model *m, const struct port *p);
void headsets_note_unplug(struct model *m, const struct port *p); /* before it is taken away */
void headsets_note_partner(struct model *m, const struct typec_port *t);
void headsets_note_no_partner(struct model *m, const struct typec_port *t); /* as above */
void headset_note_drop(struct model *m, struct headset *h);
void headset_take_back_drop(struct headset *h);

/* What a person said (answers.c). */
void model_apply_answers(struct model *m, const struct event *e);
void answers_note_plug(struct model *m, const char *model, const struct address *where, uint8_t typec);
void answers_note_unplug(struct model *m, const struct address *where, uint8_t typec);
void answers_end(struct model *m); /* what holds no more */
uint64_t answers_deadline(const struct model *m);
void answers_free(struct model *m);

/* One line of the kernel log. */
struct port *model_apply_kernel(struct model *m, const struct event *e);

/* Over-current on a port, by uevent or line; decides whether it counts. `stood`: it still stood after 100 ms. */
void port_over_current(struct model *m, struct port *p, struct moment now, bool stood);
