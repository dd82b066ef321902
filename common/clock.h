/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Clock: reads the kernel's clocks in µs.
 */

#include <stdint.h>
#include <time.h>

static inline uint64_t now_usec(clockid_t clock) {
        struct timespec t = {};

        clock_gettime(clock, &t);
        return (uint64_t) t.tv_sec * 1000000 + (uint64_t) t.tv_nsec / 1000;
}

/* Converts µs to seconds. A time that does not fit into time_t, which ends in 2038 on i386, becomes the last time that does. */
static inline time_t clock_second(uint64_t usec) {
        const uint64_t most = sizeof(time_t) == 8 ? INT64_MAX : INT32_MAX, second = usec / 1000000;

        return (time_t) (second < most ? second : most);
}
