/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Recorder: writes the events of the daemon to descriptors that clients passed (core/recording/README.md).
 */

#include <stdbool.h>
#include <stdint.h>
#include <systemd/sd-event.h>

#include "model/model.h"

struct recording;

/* The recording cannot be written any more (`error`: negative errno). It may be stopped from this call and exists until it is. */
typedef void recorder_failed(void *userdata, struct recording *recording, int error);

struct recorder {
        sd_event *event;
        struct recording *first;
        struct recording *ended; /* stopped, but their last text is still being written */
        recorder_failed *failed;
        void *userdata;
};

/* Writes a snapshot of the model and then every event, for the user `uid`. Takes ownership of the descriptor. Returns 0;
 * -EBUSY if there are too many recordings in total or of this user; or another negative errno. */
int recorder_start(struct recorder *r, const struct model *m, int fd, bool with_serial, uint32_t uid, struct recording **ret);

/* Stops a recording, also one that has failed meanwhile. */
void recorder_stop(struct recorder *r, struct recording *recording);

void recorder_tell(struct recorder *r, const struct event *e);
void recorder_done(struct recorder *r);
