/* SPDX-License-Identifier: LGPL-2.1-or-later */

/*
 * Clocks of the tests: CLOCK_BOOTTIME and CLOCK_REALTIME run ahead by as many seconds as the file named by $CLOCK_SHIFT says
 * ("BOOTTIME REALTIME"), as after a sleep or when somebody sets the time. CLOCK_MONOTONIC is the real one.
 */

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

int clock_gettime(clockid_t id, struct timespec *ts) {
        static int (*real)(clockid_t, struct timespec *);
        const char *path = getenv("CLOCK_SHIFT");
        long boottime = 0, realtime = 0;

        if (!real)
                real = (int (*)(clockid_t, struct timespec *)) dlsym(RTLD_NEXT, "clock_gettime");
        int r = real(id, ts);
        if (r < 0 || !path || (id != CLOCK_BOOTTIME && id != CLOCK_REALTIME))
                return r;
        FILE *f = fopen(path, "re");
        if (!f)
                return r;
        if (fscanf(f, "%ld %ld", &boottime, &realtime) == 2)
                ts->tv_sec += id == CLOCK_BOOTTIME ? boottime : realtime;
        fclose(f);
        return r;
}
