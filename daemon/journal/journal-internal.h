/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * What the files of the journal outlet share among themselves.
 */

#include "daemon/journal/journal.h"

/* What was told last of an object, to see changes of state. */
struct journal_known {
        struct journal_known *next;
        const struct object *object;
        enum verdict verdict;
        bool unidentified;
        bool plugged, near;         /* of a headset: told as plugged in, told as near */
        char place[EVENT_NAME_MAX]; /* where it was plugged in */
};

/* Notes that it is told. Returns whether it has to be written: not again after a restart in the same boot. */
bool journal_note(struct journal *j, const struct change *c, const char *what);

/* Where the object is: "1-2.3", "usb1-port2", "port0", a controller's name, or the headset's id. */
void journal_subject(const struct object *o, char buf[static EVENT_NAME_MAX]);

/* Writes an entry about the object's state. `id`: of message-ids.h. */
void journal_write_state(struct journal *j, const struct object *o, const char *subject, const char *id, int priority,
                         const char *message);

/* Tells where a headset came, went or is near, and what the way to it allows now. */
void journal_whereabouts(struct journal *j, const struct change *c, struct journal_known *k);
void journal_verdict(struct journal *j, const struct object *o, struct journal_known *k);
