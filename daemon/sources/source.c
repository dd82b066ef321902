/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* The clock of live sources. */

#include "daemon/sources/source.h"

#include "common/clock.h"

struct moment moment_now(void) {
        return (struct moment){ .at = now_usec(CLOCK_MONOTONIC), .wall = now_usec(CLOCK_REALTIME) };
}
