/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Clock: what a clock of the kernel shows, in µs.
 */

#include <stdint.h>
#include <time.h>

static inline uint64_t clock_usec(clockid_t id) {
        struct timespec t = {};

        clock_gettime(id, &t);
        return (uint64_t) t.tv_sec * 1000000 + (uint64_t) t.tv_nsec / 1000;
}
