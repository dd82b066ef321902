/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * View: what a verb requests from the daemon and how it is shown, once or, with --watch, again whenever something changes.
 */

#include <systemd/sd-bus.h>

#include "client/client.h"

struct live_view {
        /* Makes the request. Returns STATUS_OK and the answer, which the caller owns, or another exit status after
         * complaining. */
        int (*fetch)(const struct options *o, sd_bus *bus, void *userdata, struct json_object **ret);
        /* Prints the answer for people. */
        void (*draw)(FILE *out, const struct options *o, struct json_object *answer, void *userdata);
        /* Returns the exit status for the answer; NULL: STATUS_OK. */
        int (*judge)(struct json_object *answer, void *userdata);
        void *userdata;
};

/* Shows the answer as the options require (JSON, pager, --watch). Returns an exit status. */
int live_view_run(const struct options *o, const struct live_view *v);

/* For draw(): reports that there is nothing to show, as a message, or on the page that is redrawn. */
void put_nothing(FILE *out, const struct options *o, const char *text);

/* --watch: redraws the terminal, or with --json prints one JSON object per line, whenever the daemon reports a change and the
 * answer differs, until Ctrl-C or --timeout; the exit status is then 0. */
int live_view_watch(const struct options *o, sd_bus *bus, const struct live_view *v);
