/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Details: shows the report in the user's browser.
 */

#include <limits.h>
#include <stdbool.h>
#include <systemd/sd-bus.h>
#include <systemd/sd-event.h>

struct details {
        sd_event *event;
        sd_bus *bus;                    /* the session bus; borrowed, like the event loop */
        sd_event_source *child, *limit; /* the report that is being written */
        sd_bus_slot *call;
        sd_bus_slot *app; /* the window is asked to come */
        bool by_service;  /* the user's service manager runs xdg-open */
        char token[256];  /* allows the window or the browser to come to the front; "": none */
        char path[PATH_MAX];
};

/* Runs `sonychargectl report` to write a file in $XDG_RUNTIME_DIR and lets the desktop open it. A failure is reported in one line
 * and by a notification. Requests made while a report is being written are ignored. `token`: see `struct server_listener`. */
void details_show(struct details *d, const char *token);
/* Lets the window show something, with the id of a headset ("": of any) or NULL; without the window the report is shown. */
void details_open(struct details *d, const char *action, const char *headset, const char *token);

void details_done(struct details *d);
