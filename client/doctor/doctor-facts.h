/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Doctor's facts: what the daemon's status says of one headset, for the plan.
 */

#include "client/client.h"
#include "client/doctor/doctor-plan.h"

/* Which one is meant; ids can change when a headset without a serial number moves to another port. */
struct doctor_subject {
        char id[64];    /* empty: not known */
        char model[64]; /* empty: any */
        unsigned n_others;
        char others[16][64]; /* ids of headsets that are known to be other ones */
};

/* The headset that is meant, or NULL: by its id, else the only one of its model that is no other one. Borrowed. */
struct json_object *doctor_headset(const struct doctor_subject *subject, struct json_object *status);

/* How many headsets the subject may be. */
unsigned doctor_choices(const struct doctor_subject *subject, struct json_object *status);

/* Notes all headsets but the one with `id` as other ones. */
void doctor_note_others(struct doctor_subject *subject, struct json_object *status, const char *id);

/* Reads the facts of the one that is meant; of the newest nameless device when none is on a cable. */
void doctor_read_facts(const struct doctor_subject *subject, struct json_object *status, struct doctor_facts *ret);

/* Adds what a model's facts (GetModel, Headset.Facts) say. */
void doctor_read_model(struct json_object *model, struct doctor_facts *f);
