/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Plug: one device that is, or a moment ago was, plugged in: its current state and what was shown. A part of the policy.
 */

#include "client/notify/notify-policy.h"

struct plug {
        unsigned number;
        struct plug_state now;
        bool seen;      /* contained in the list that is being processed */
        uint64_t left;  /* when it was last plugged in */
        unsigned joins; /* number of joins without a pause of POLICY_AGAIN_USEC */
        uint64_t last_join;
        char name[POLICY_ID_MAX]; /* name of the headset, while it is or was one */

        bool waiting; /* something changed and is to be evaluated after a pause */
        uint64_t changed, waiting_since;
        unsigned joins_shown; /* number of joins when it was last shown as flapping; 0: it was not */

        struct plug_state before; /* the state when it was last evaluated, without what the user could not see */
        bool fresh;               /* plugged in since it was last shown */
        bool shown, shown_bad;    /* a notification about it is shown; it is about a fault */
        enum topic topic;         /* topic of the last notification */
        bool full_shown, full_due;
        struct limit changes;
};

/* Returns the plug that this state belongs to; NULL if there is none that was not already matched in this round. */
struct plug *plug_find(struct policy *s, const struct plug_state *state, uint64_t now);

/* Adds a plug. Returns NULL if there are too many or out of memory. */
struct plug *plug_add(struct policy *s);

/* Updates the state. `restarted` is when the daemon came back, 0: never. */
void plug_take(struct plug *p, const struct plug_state *to, uint64_t restarted, uint64_t now);

/* The device is no longer plugged in. */
void plug_leave(struct plug *p, uint64_t now);

/* Marks a device that was plugged in at start as not newly plugged in. */
void plug_take_over(struct plug *p);

/* Schedules an evaluation after a pause. */
void plug_wait(struct plug *p, uint64_t now);

static inline bool note_needs_human(const struct note *n) {
        return *n->code && n->severity >= WARNING;
}

bool note_same(const struct note *a, const struct note *b);
bool state_same_path(const struct plug_state *a, const struct plug_state *b);
bool state_same_sleep(const struct plug_state *a, const struct plug_state *b);
