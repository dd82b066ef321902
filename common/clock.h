/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Clock: what a clock of the kernel shows, in µs.
 */

#include <stdint.h>
#include <time.h>

static inline uint64_t now_usec(clockid_t clock) {
        struct timespec t = {};

        clock_gettime(clock, &t);
        return (uint64_t) t.tv_sec * 1000000 + (uint64_t) t.tv_nsec / 1000;
}

/* The second that a moment is in. Beyond what time_t can hold, which on i386 ends in 2038, it is the last one. */
static inline time_t clock_second(uint64_t usec) {
        const uint64_t most = sizeof(time_t) == 8 ? INT64_MAX : INT32_MAX, second = usec / 1000000;

        return (time_t) (second < most ? second : most);
}
