/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Diagnosis: from what the model knows about one subject to its findings and verdict.
 *
 * A cause is a pure function of the model and one port. It adds a finding only when its minimum evidence is there and
 * is silent otherwise. Causes are listed in one table in diagnosis.c.
 */

#include "common/finding.h"
#include "model/path.h"

struct subject {
        const struct model *model;
        const struct port *port;             /* NULL: the machine as a whole */
        const struct typec_port *typec;      /* the subject is a Type-C connector, not the USB port in it; else NULL */
        const struct controller *controller; /* the subject is a controller; else NULL */
        const struct model_facts *elsewhere; /* a headset that something other than USB sees; else NULL */
        const struct headset *headset;       /* the headset's own side, where it is known that it is this one; else NULL */
        const struct answers *answers;       /* what a person said of it; NULL: nothing */
        char name[EVENT_NAME_MAX];           /* the device's name, "1-2.3", or the port's when nothing was identified */
        bool whole_log;                      /* told from a log: what happened in the last plug session still counts after it */
};

struct diagnosis {
        struct findings findings; /* sorted, primary one first */
        enum verdict verdict;
};

typedef void cause(const struct subject *s, struct findings *out);

/* Writes the findings of what is at `port` (not NULL) and the verdict. `d` is cleared first. */
void diagnose_port(const struct model *m, const struct port *port, bool whole_log, struct diagnosis *d);

/* Findings about a Type-C connector and a partner that is no USB device; subject "port0". */
void diagnose_typec(const struct model *m, const struct typec_port *t, bool whole_log, struct diagnosis *d);

/* Findings about a controller. */
void diagnose_controller(const struct model *m, const struct controller *c, bool whole_log, struct diagnosis *d);

/* Findings about the machine as a whole (its supply); subject "host". */
void diagnose_host(const struct model *m, bool whole_log, struct diagnosis *d);

/* How a headset is seen; what does not see it is NULL. */
struct sightings {
        const struct port *port;
        const struct typec_port *typec; /* it told its name there, or it is the only one that this partner can be */
        const struct headset *headset;
        const struct answers *answers;
        bool whole_log;      /* told from a log or a recording, as for diagnose_port() */
        unsigned same_model; /* so many others of its model may be it as well: which one is plugged in cannot be told */
};

/* Findings about a headset with the id, of all that sees it. With neither port nor connector it is diagnosed as one that is
 * elsewhere: `facts` says what model it is. */
void diagnose_headset(const struct model *m, const struct sightings *seen, const struct model_facts *facts, const char *id,
                      struct diagnosis *d);

/* Findings about a headset that is known to be near (Bluetooth, Type-C, the user's word) and not on USB. */
void diagnose_elsewhere(const struct model *m, const struct model_facts *facts, const char *id, struct diagnosis *d);

/* When something will change by the mere passing of time, in the events' clock (µs); 0: never. Of the model and of what is
 * concluded from it. */
uint64_t diagnosis_deadline(const struct model *m);

void diagnosis_clear(struct diagnosis *d);

/* Is something on this port that never told who it is (docs/api.md, "unidentified")? */
bool port_is_unidentified(const struct model *m, const struct port *p);

/* "failed", "unstable", "over-current", "off" or "partner". */
const char *port_unidentified_state(const struct port *p);
