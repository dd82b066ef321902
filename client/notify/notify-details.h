/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Details: the report as the user's browser shows it.
 */

#include <limits.h>
#include <stdbool.h>
#include <systemd/sd-bus.h>
#include <systemd/sd-event.h>

struct details {
        sd_event *event;
        sd_bus *bus;                    /* the session's; borrowed, as is the event loop */
        sd_event_source *child, *limit; /* the report that is being written */
        sd_bus_slot *call;
        bool by_service; /* xdg-open was asked of the user's service manager */
        char path[PATH_MAX];
};

/* Has `sonychargectl report` write its file into $XDG_RUNTIME_DIR and the desktop open it; what fails is said in one line.
 * While the report is being written, another wish is passed over. */
void details_show(struct details *d);
void details_done(struct details *d);
