/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * View: what a verb asks the daemon and how it is drawn, once or, with --watch, again whenever something changes.
 */

#include <systemd/sd-bus.h>

#include "client/client.h"

struct view {
        /* Asks. Returns STATUS_OK and the answer, which the caller owns, or another exit status after complaining. */
        int (*fetch)(const struct options *o, sd_bus *bus, void *userdata, struct json_object **ret);
        /* The answer for people. */
        void (*draw)(FILE *out, const struct options *o, struct json_object *answer, void *userdata);
        /* The exit status that the answer means; NULL: STATUS_OK. */
        int (*judge)(struct json_object *answer, void *userdata);
        void *userdata;
};

/* Shows it as the options want it (JSON, pager, --watch). Returns an exit status. */
int view_run(const struct options *o, const struct view *v);

/* For draw(): says that there is nothing to draw, as a message, or on the page that is redrawn. */
void put_nothing(FILE *out, const struct options *o, const char *text);

/* --watch: redraws the terminal, or prints one JSON object a line with --json, whenever the daemon tells of a change and the
 * answer is another one, until Ctrl-C or --timeout; then the exit status is 0. */
int view_watch(const struct options *o, sd_bus *bus, const struct view *v);
