/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Diagnosis: derives the findings and the verdict of one subject from the model.
 *
 * A cause is a pure function of the model and the subject. It adds a finding only when its minimum evidence is present. All
 * causes are listed in one table in diagnosis.c.
 */

#include "common/finding.h"
#include "model/path.h"

struct subject {
        const struct model *model;
        const struct port *port;             /* NULL: the machine as a whole */
        const struct typec_port *typec;      /* the subject is a Type-C connector, not the USB port in it; else NULL */
        const struct controller *controller; /* the subject is a controller; else NULL */
        const struct model_facts *elsewhere; /* a headset that a source other than USB reports; else NULL */
        const struct headset *headset; /* what the headset reports about itself, when it is known to be this one; else NULL */
        const struct answers *answers; /* what a person answered about it; NULL: nothing */
        char name[EVENT_NAME_MAX];     /* the device's name, "1-2.3", or the port's when no device was identified */
        bool whole_log;                /* read from a log: the events of the last plug session still count after its end */
};

struct diagnosis {
        struct findings findings; /* sorted, the primary one first */
        enum verdict verdict;
};

typedef void cause(const struct subject *s, struct findings *out);

/* Diagnoses the device at `port` (not NULL) and writes findings and verdict. `d` is cleared first. */
void diagnose_port(const struct model *m, const struct port *port, bool whole_log, struct diagnosis *d);

/* Diagnoses a Type-C connector and a partner that is not a USB device. The subject is "port0". */
void diagnose_typec(const struct model *m, const struct typec_port *t, bool whole_log, struct diagnosis *d);

/* Diagnoses a controller. */
void diagnose_controller(const struct model *m, const struct controller *c, bool whole_log, struct diagnosis *d);

/* Diagnoses the machine as a whole, such as its power supply. The subject is "host". */
void diagnose_host(const struct model *m, bool whole_log, struct diagnosis *d);

/* The ways in which a headset is seen; NULL where it is not. */
struct sightings {
        const struct port *port;
        const struct typec_port *typec; /* the headset identified itself there, or is the only one that this partner can be */
        const struct headset *headset;
        const struct answers *answers;
        bool whole_log;      /* read from a log or a recording, see diagnose_port() */
        unsigned same_model; /* number of other headsets of the model that may be this one, so that it is not known which one is
                                plugged in */
};

/* Diagnoses the headset with this id from all its sightings. Without a port and a connector it is diagnosed as a headset that is
 * elsewhere; `facts` are those of its model. */
void diagnose_headset(const struct model *m, const struct sightings *seen, const struct model_facts *facts, const char *id,
                      struct diagnosis *d);

/* Diagnoses a headset that is near according to Bluetooth, Type-C or the user, but not on USB. */
void diagnose_elsewhere(const struct model *m, const struct model_facts *facts, const char *id, struct diagnosis *d);

/* Returns the time at which the model or a conclusion from it next changes without an event, in the events' clock (µs); 0:
 * never. */
uint64_t diagnosis_deadline(const struct model *m);

void diagnosis_clear(struct diagnosis *d);

/* Returns true when an unidentified device is at this port (docs/api.md, "unidentified"). */
bool port_is_unidentified(const struct model *m, const struct port *p);

/* Returns "failed", "unstable", "over-current", "off" or "partner". */
const char *port_unidentified_state(const struct port *p);
