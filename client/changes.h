/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Changes: what differs between two states of the daemon (follow.h).
 */

#include "client/client.h"

enum change_kind {
        CHANGE_ADDED,   /* data: the object */
        CHANGE_CHANGED, /* data: the keys that differ, findings apart; old: what they were */
        CHANGE_REMOVED,
        CHANGE_RAISED, /* data: the finding */
        CHANGE_CLEARED,
};

struct change {
        enum change_kind kind;
        bool is_headset, is_host;   /* else a port */
        struct json_object *object; /* as it is now; as it was when it was removed */
        struct json_object *data, *old;
};

typedef void change_listener(void *userdata, const struct change *c);

/* Tells what differs: first what came, then findings that ended and that are new, then what changed, then what left. A finding
 * is told once even when several objects have it: with the computer, else with the headset, else with the port. Times alone are
 * no change. `before` may be NULL. */
void changes_tell(struct json_object *before, struct json_object *now, change_listener *listener, void *userdata);
