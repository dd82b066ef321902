/* SPDX-License-Identifier: LGPL-2.1-or-later */

/*
 * Clocks for tests. The clocks run ahead by as many seconds as the file named by $CLOCK_SHIFT says ("BOOTTIME REALTIME
 * [MONOTONIC]"), as after a sleep or when somebody sets the time. A shift of CLOCK_MONOTONIC makes time pass: such a test shifts
 * all three clocks.
 *
 * A timer of CLOCK_MONOTONIC that was set before a shift does not expire because of it. It is late until the event loop runs for
 * another reason, for example a call on the bus.
 */

#include <dlfcn.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

#define FDS_MAX 1024

/* The descriptors that are timers of CLOCK_MONOTONIC. */
static bool is_monotonic_timer[FDS_MAX];

/* Reads the file by system calls alone. A sanitizer asks for the time while it holds the locks of its allocator. */
static long read_shift(clockid_t id) {
        const char *path = getenv("CLOCK_SHIFT"), *p;
        long shifts[3] = { 0 }; /* BOOTTIME, REALTIME, MONOTONIC */
        char text[64];
        int fd = path ? (int) syscall(SYS_openat, AT_FDCWD, path, O_RDONLY | O_CLOEXEC) : -1;
        long n = fd >= 0 ? syscall(SYS_read, fd, text, sizeof text - 1) : 0;

        if (fd >= 0)
                syscall(SYS_close, fd);
        if (n <= 0)
                return 0;
        text[n] = '\0';
        p = text;
        for (size_t i = 0; i < 3; i++) {
                bool behind;

                while (*p == ' ' || *p == '\n')
                        p++;
                behind = *p == '-';
                p += behind;
                for (; *p >= '0' && *p <= '9'; p++)
                        shifts[i] = 10 * shifts[i] + *p - '0';
                if (behind)
                        shifts[i] = -shifts[i];
        }
        return shifts[id == CLOCK_BOOTTIME ? 0 : id == CLOCK_REALTIME ? 1 : 2];
}

int clock_gettime(clockid_t id, struct timespec *ts) {
        static int (*real)(clockid_t, struct timespec *);

        if (!real)
                real = (int (*)(clockid_t, struct timespec *)) dlsym(RTLD_NEXT, "clock_gettime");
        int r = real(id, ts);
        if (r == 0 && (id == CLOCK_BOOTTIME || id == CLOCK_REALTIME || id == CLOCK_MONOTONIC))
                ts->tv_sec += read_shift(id);
        return r;
}

int timerfd_create(clockid_t id, int flags) {
        static int (*real)(clockid_t, int);

        if (!real)
                real = (int (*)(clockid_t, int)) dlsym(RTLD_NEXT, "timerfd_create");
        int fd = real(id, flags);
        if (fd >= 0 && fd < FDS_MAX)
                is_monotonic_timer[fd] = id == CLOCK_MONOTONIC;
        return fd;
}

/* The kernel's clock is not shifted. */
int timerfd_settime(int fd, int flags, const struct itimerspec *value, struct itimerspec *old) {
        static int (*real)(int, int, const struct itimerspec *, struct itimerspec *);
        struct itimerspec shifted = *value;

        if (!real)
                real = (int (*)(int, int, const struct itimerspec *, struct itimerspec *)) dlsym(RTLD_NEXT, "timerfd_settime");
        bool armed = value->it_value.tv_sec != 0 || value->it_value.tv_nsec != 0;
        if (armed && (flags & TFD_TIMER_ABSTIME) && fd >= 0 && fd < FDS_MAX && is_monotonic_timer[fd]) {
                shifted.it_value.tv_sec -= read_shift(CLOCK_MONOTONIC);
                if (shifted.it_value.tv_sec < 0)
                        shifted.it_value = (struct timespec){ .tv_nsec = 1 };
        }
        return real(fd, flags, &shifted, old);
}
