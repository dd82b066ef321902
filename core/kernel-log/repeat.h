/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Repeat: detects duplicate records.
 *
 * A log that was merged from the journal and the console, or from two inputs of a syslog daemon, has every kernel record
 * twice: with equal times in µs, or once with and once without the kernel's timestamp. The kernel itself may log the same
 * message twice in a second. With whole seconds alone a record therefore counts as duplicate only when the log is known to
 * contain duplicates. This is known when the same device number is assigned twice in a row, which the kernel never does.
 */

#include "kernel-log/line.h"
#include "model/event.h"

#define REPEAT_SLOTS 1024

struct repeat_text {
        uint64_t hash;
        uint32_t count[2]; /* records without and with the kernel's timestamp */
        uint64_t outer;    /* newest time from syslog or journal; 0: none */
};

/* A zero-initialised object is empty. */
struct repeats {
        uint64_t stamped[REPEAT_SLOTS]; /* hashes of text and time of records with an exact timestamp */
        struct repeat_text texts[REPEAT_SLOTS];
        uint64_t last_text, last_second; /* the newest record that has whole seconds only */
        unsigned run;                    /* number of equal records in a row */
        bool doubled;
};

/* Returns true when the message is a duplicate. Stores the message. */
bool repeats_note(struct repeats *r, const struct log_scan *scan, const struct event *e, const char *text, size_t len);

/* Call this when the kernel's clock restarts, because equal messages are not duplicates then. */
void repeats_forget(struct repeats *r);
