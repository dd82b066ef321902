/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Log clock: one time line for a whole log, out of stamps of any form.
 *
 * Differences between stamps are what counts. Where a log cannot tell how much time lies between two lines (another
 * boot, another form), an hour is put there, so that nothing on either side is taken for one quick series.
 */

#include "model/event.h"
#include "kernel-log/stamp.h"

/* Zero-initialised begins a new log. */
struct log_clock {
        struct moment now;     /* of the newest line; `at` never goes back */
        int64_t utc_offset;    /* seconds east of UTC, for dates without a zone; set by the owner */
        enum stamp_kind scale; /* which stamps `now.at` follows; later kinds are preferred to earlier ones */
        uint64_t origin;       /* now.at = raw + origin, modulo 2^64 */
        uint64_t day;          /* STAMP_MONTH: running number of the day */
        uint8_t month, month_day;
        uint8_t name_len;
        char name[21];
};

/* Takes in the stamps of one line: `outer` of the syslog or journal, `uptime` of the kernel behind it; either may be
 * NULL. Sets c->now. Returns true when the kernel's own clock began anew: another boot. */
bool log_clock_advance(struct log_clock *c, const struct stamp *outer, const struct stamp *uptime);

/* The same for a line that has the kernel's stamp alone, where that is what the log has followed so far and it does not go
 * back. Returns false otherwise; then nothing has changed. */
static inline bool log_clock_advance_uptime(struct log_clock *c, uint64_t usec) {
        if (c->scale != STAMP_UPTIME || (int64_t) (usec + c->origin - c->now.at) < 0)
                return false;
        c->now = (struct moment){ .at = usec + c->origin };
        return true;
}
