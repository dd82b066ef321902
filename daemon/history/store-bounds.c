/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Deletes sessions older than a year, and keeps the file within its maximum size. */

#include <stdio.h>

#include "daemon/history/store-internal.h"

#define YEAR_USEC (366 * 24 * HOUR)
#define SESSIONS_MAX 100000
/* Nothing counts as a year old before this many of the newest sessions agree on the time. So a clock that is wrong for a while
 * deletes nothing. */
#define EVIDENCE_KEPT 10
/* Fewer pages than one change of state needs with all its data. */
#define FEW_PAGES 64

/* Returns the earliest of now and of the newest sessions, so that one with a wrong clock does not delete others. */
static uint64_t agreed_time(struct store *s, uint64_t now) {
        char sql[160];
        int64_t then, n;

        snprintf(sql, sizeof(sql), "SELECT count(*) FROM (SELECT 1 FROM disk.session LIMIT %d)", EVIDENCE_KEPT);
        n = store_number(s, sql, 0);
        snprintf(sql, sizeof(sql), "SELECT min(start) FROM (SELECT start FROM disk.session ORDER BY id DESC LIMIT %d)",
                 EVIDENCE_KEPT);
        then = store_number(s, sql, 0);
        if (n < EVIDENCE_KEPT || then <= 0)
                return 0;
        return (uint64_t) then < now ? (uint64_t) then : now;
}

/* Deletes data that belongs to deleted sessions. */
static void drop_orphans(struct store *s) {
        (void) store_run(s, "DELETE FROM disk.battery WHERE session NOT IN (SELECT id FROM disk.session)");
        (void) store_run(s, "DELETE FROM disk.note WHERE name LIKE 'told:%' AND CAST(substr(name, 6) AS INTEGER) NOT IN "
                            "(SELECT id FROM disk.session)");
}

void store_prune(struct store *s, uint64_t now) {
        int64_t newest, n;
        uint64_t agreed;

        if (!s->attached || s->read_only)
                return;
        agreed = agreed_time(s, now);
        if (agreed > YEAR_USEC)
                (void) store_runf(s, "DELETE FROM disk.session WHERE start < %llu", (unsigned long long) (agreed - YEAR_USEC));
        n = store_number(s, "SELECT count(*) FROM disk.session", 0);
        newest = store_number(s, "SELECT max(id) FROM disk.session", 0);
        if (n > SESSIONS_MAX && newest > SESSIONS_MAX)
                (void) store_runf(
                        s,
                        "DELETE FROM disk.session WHERE id <= (SELECT id FROM disk.session ORDER BY id DESC LIMIT 1 OFFSET %d)",
                        SESSIONS_MAX);
        drop_orphans(s);
}

/* Returns whether the file has reached its maximum size, as opposed to a full disk. */
static bool is_as_large_as_it_may_be(struct store *s) {
        return store_number(s, "PRAGMA disk.page_count", 0) >= STORE_PAGES_MAX - FEW_PAGES &&
               store_number(s, "PRAGMA disk.freelist_count", 0) < FEW_PAGES;
}

bool store_make_room(struct store *s) {
        int64_t n;

        if (!s->attached || s->read_only || !is_as_large_as_it_may_be(s))
                return false;
        n = store_number(s, "SELECT count(*) FROM disk.session", 0);
        if (store_runf(s, "DELETE FROM disk.session WHERE id <= (SELECT id FROM disk.session ORDER BY id LIMIT 1 OFFSET %lld)",
                       (long long) (n / 8)) != SQLITE_OK)
                return false;
        drop_orphans(s);
        return true;
}
