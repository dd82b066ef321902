/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Repeat: records that arrive twice.
 *
 * A log that was put together from the journal and the console, or by two inputs of a syslog daemon, has every record of the
 * kernel twice: to the microsecond the same, or once with the kernel's stamp and once without. The kernel may say the same
 * thing twice in a second by itself, so with whole seconds alone a record counts as a repetition only when the log is known
 * to be doubled: the kernel never gives the same device number twice in a row.
 */

#include "kernel-log/line.h"
#include "model/event.h"

#define REPEAT_SLOTS 1024

struct repeat_text {
        uint64_t hash;
        uint32_t count[2]; /* records without and with the kernel's stamp */
        uint64_t outer;    /* newest time of the syslog or journal; 0: none */
};

/* Zero-initialised is empty. */
struct repeats {
        uint64_t stamped[REPEAT_SLOTS]; /* text and time of records with an exact stamp */
        struct repeat_text texts[REPEAT_SLOTS];
        uint64_t last_text, last_second; /* the newest record with whole seconds */
        unsigned run;                    /* so many of them were the same */
        bool doubled;
};

/* Is this message one that was there before? Remembers it. */
bool repeats_note(struct repeats *r, const struct log_scan *scan, const struct event *e, const char *text, size_t len);

/* The kernel's clock began anew: what follows may be the same words again. */
void repeats_forget(struct repeats *r);
