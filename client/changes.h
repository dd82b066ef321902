/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Changes: the differences between two states of the daemon (follow.h).
 */

#include "client/client.h"

enum status_change_kind {
        CHANGE_ADDED,   /* data: the object */
        CHANGE_CHANGED, /* data: the keys that differ, except findings; old: their former values */
        CHANGE_REMOVED,
        CHANGE_RAISED, /* data: the finding */
        CHANGE_CLEARED,
};

struct status_change {
        enum status_change_kind kind;
        bool is_headset, is_host;   /* false: it is a port */
        struct json_object *object; /* the current object; for a removed one its last state */
        struct json_object *data, *old;
};

typedef void status_change_listener(void *userdata, const struct status_change *c);

/* Reports the differences: first added objects, then cleared and new findings, then changes, then removed objects. A finding
 * that several objects have is reported once: with the computer, else with the headset, else with the port. Differences in
 * times alone are ignored. `before` may be NULL. */
void changes_tell(struct json_object *before, struct json_object *now, status_change_listener *listener, void *userdata);
