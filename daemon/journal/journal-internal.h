/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Declarations shared by the files of the journal outlet.
 */

#include "daemon/journal/journal.h"

/* The state of an object that was last written, to detect changes. */
struct journal_known {
        struct journal_known *next;
        const struct object *object;
        enum verdict verdict;
        bool unidentified;
        bool plugged, near;         /* headsets: reported as plugged in, reported as near */
        char place[EVENT_NAME_MAX]; /* where it was plugged in */
};

/* Records that the change was reported. Returns whether it has to be written; it is not written again after a restart in the
 * same boot. */
bool journal_note(struct journal *j, const struct change *c, const char *what);

/* Stores where the object is: "1-2.3", "usb1-port2", "port0", the name of a controller, or the id of the headset. */
void journal_subject(const struct object *o, char buf[static EVENT_NAME_MAX]);

/* Writes an entry about the object's state. `id` is one of message-ids.h. */
void journal_write_state(struct journal *j, const struct object *o, const char *subject, const char *id, int priority,
                         const char *message);

/* Writes where a headset arrived, left or is near, and what its path allows now. */
void journal_whereabouts(struct journal *j, const struct change *c, struct journal_known *k);
void journal_verdict(struct journal *j, const struct object *o, struct journal_known *k);
