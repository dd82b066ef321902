/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* The clock of live sources. */

#include "daemon/sources/source.h"

#include <time.h>

static uint64_t clock_usec(clockid_t id) {
        struct timespec ts = {};

        clock_gettime(id, &ts);
        return (uint64_t) ts.tv_sec * UINT64_C(1000000) + (uint64_t) ts.tv_nsec / 1000;
}

struct moment moment_now(void) {
        return (struct moment){ .at = clock_usec(CLOCK_MONOTONIC), .wall = clock_usec(CLOCK_REALTIME) };
}
