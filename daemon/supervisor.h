/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Supervisor: the messages to the service manager (sd_notify(3)): ready, reloading, a status line, and watchdog keep-alives.
 * Without a service manager all of this does nothing.
 */

#include <systemd/sd-event.h>

#include "registry/registry.h"

#define SUPERVISOR_LINE_MAX 256

struct supervisor {
        bool ready;
        char line[SUPERVISOR_LINE_MAX]; /* the line that was last sent */
};

/* To be called when the daemon is ready, or has finished what was requested since supervisor_reloading(). From the first call
 * on, the loop sends watchdog keep-alives at the interval that the service manager requests. */
void supervisor_ready(struct supervisor *s, sd_event *event, const struct registry *r, const struct model *m);

/* To be called when something may have changed. The line is sent only if it differs. Not before supervisor_ready(). */
void supervisor_look(struct supervisor *s, const struct registry *r, const struct model *m);

void supervisor_reloading(uint64_t now_usec);
void supervisor_stopping(void);
