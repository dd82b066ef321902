/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Plug: one thing that is, or a moment ago was, plugged in; what is seen of it and what was told. A part of the story.
 */

#include "client/notify/notify-story.h"

struct plug {
        unsigned number;
        struct sight now;
        bool seen; /* in the list that is being taken */
        bool present;
        uint64_t left;  /* when it was last present */
        unsigned joins; /* without a pause of STORY_AGAIN_USEC */
        uint64_t last_join;
        char name[STORY_ID_MAX]; /* of the headset, while it is or was one */

        bool waiting; /* something changed and is to be looked at when it is at rest */
        uint64_t changed, waiting_since;
        uint64_t flapping_told;  /* 0: not flapping */
        unsigned flapping_joins; /* told then */

        struct sight told; /* as of when it was last looked at */
        bool told_present;
        bool fresh;                /* plugged in since it was last told of */
        bool shown, shown_bad;     /* there is a notification about it; of a fault */
        enum topic topic;          /* of what was told last */
        bool missed, missed_sleep; /* nobody could see it */
        bool full_told, full_due;
        uint64_t bucket_usec; /* of the bucket of changes */
        unsigned bucket;
};

/* The plug that this is a new sight of, NULL when there is none that was not seen already in this round. */
struct plug *plug_find(struct story *s, const struct sight *sight, uint64_t now);

/* A new one, NULL when there are too many or memory is out. */
struct plug *plug_add(struct story *s);

/* It is as `to` now; `restarted`: when the daemon came back, 0 never. */
void plug_take(struct plug *p, const struct sight *to, uint64_t restarted, uint64_t now);

/* It is no longer there. */
void plug_leave(struct plug *p, uint64_t now);

/* What was there at start was not plugged in while we looked. */
void plug_take_over(struct plug *p);

/* It is to be looked at when it is at rest. */
void plug_wait(struct plug *p, uint64_t now);

static inline bool note_needs_human(const struct note *n) {
        return *n->code && n->severity >= WARNING;
}

bool note_same(const struct note *a, const struct note *b);
bool sight_same_path(const struct sight *a, const struct sight *b);
bool sight_same_sleep(const struct sight *a, const struct sight *b);
