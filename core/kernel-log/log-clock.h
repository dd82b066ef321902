/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Log clock: a single timeline for a whole log, made from timestamps of any form.
 *
 * Only the differences between timestamps matter. Where the time between two lines is not known (another boot, another form of
 * timestamp), one hour is assumed, so that events on both sides are not taken for one quick series.
 */

#include "model/event.h"
#include "kernel-log/stamp.h"

/* A zero-initialised clock is at the start of a new log. */
struct log_clock {
        struct moment now;     /* time of the newest line; `at` never goes back */
        int64_t utc_offset;    /* seconds east of UTC for dates without a time zone; set by the owner */
        enum stamp_kind scale; /* the kind of timestamp that `now.at` follows; later kinds are preferred */
        uint64_t origin;       /* now.at = raw + origin, modulo 2^64 */
        uint64_t day;          /* STAMP_MONTH: consecutive number of the day */
        uint8_t month, month_day;
        uint8_t name_len;
        char name[21];
};

/* Processes the timestamps of one line: `outer` from syslog or the journal and `uptime` from the kernel. Either may be NULL. Sets
 * c->now. Returns true when the kernel's clock restarted, that is, in another boot. */
bool log_clock_advance(struct log_clock *c, const struct stamp *outer, const struct stamp *uptime);

/* A fast path for a line that has only the kernel's timestamp, when the log has followed this kind so far and the time does not
 * go back. Otherwise returns false and changes nothing. */
static inline bool log_clock_advance_uptime(struct log_clock *c, uint64_t usec) {
        if (c->scale != STAMP_UPTIME || (int64_t) (usec + c->origin - c->now.at) < 0)
                return false;
        c->now = (struct moment){ .at = usec + c->origin };
        return true;
}
