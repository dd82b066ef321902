/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Supervisor: what the service manager is told (sd_notify(3)): ready, reloading, one line about the state, and that the loop
 * still turns. Without a service manager all of this does nothing.
 */

#include <systemd/sd-event.h>

#include "registry/registry.h"

#define SUPERVISOR_LINE_MAX 256

struct supervisor {
        bool ready;
        char line[SUPERVISOR_LINE_MAX]; /* the line that the service manager has */
};

/* The state in one line, as `systemctl status` shows it: "Watching 3 headsets, 1 needs you". What needs you are findings of
 * severity warning and above. */
void supervisor_line(const struct registry *r, const struct model *m, char ret[static SUPERVISOR_LINE_MAX]);

/* The daemon serves, or has done what was asked of it since supervisor_reloading(). From the first call on the watchdog is
 * fed by the loop, as often as the service manager wants it. */
void supervisor_ready(struct supervisor *s, sd_event *event, const struct registry *r, const struct model *m);

/* Something may have changed; the line is told only when it is another one. Not before supervisor_ready(). */
void supervisor_look(struct supervisor *s, const struct registry *r, const struct model *m);

void supervisor_reloading(uint64_t now_usec);
void supervisor_stopping(void);
