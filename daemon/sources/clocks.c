/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Computes CLOCK_BOOTTIME minus CLOCK_MONOTONIC. */

#include "daemon/sources/clocks.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/timerfd.h>

#include "common/cleanup.h"
#include "common/clock.h"
#include "daemon/sources/sysfs.h"

/* The two clocks are read one after the other, so smaller differences are no sleep. They are counted at the next comparison. */
#define SLEEP_LEAST_USEC 50000

struct clocks {
        int fd;
        sd_event_source *io;
        int64_t offset; /* µs asleep since boot, as far as emitted */
        source_emit *emit;
        void *userdata;
};

static int64_t asleep_since_boot(void) {
        uint64_t monotonic = now_usec(CLOCK_MONOTONIC);

        return (int64_t) (now_usec(CLOCK_BOOTTIME) - monotonic);
}

/* "s2idle [deep]": the word in brackets is what "mem" means. If the computer can hibernate, nothing tells in advance which of
 * the two will be used, and only the kernel log shows it (kernel Documentation/ABI/testing/sysfs-power, "state" and
 * "mem_sleep"). */
enum sleep_kind sleep_kind_read(void) {
        char text[64];

        if (sysfs_text("/sys/power", "state", text, sizeof(text)) >= 0 && strstr(text, "disk"))
                return SLEEP_KIND_UNKNOWN;
        if (sysfs_text("/sys/power", "mem_sleep", text, sizeof(text)) < 0)
                return SLEEP_KIND_UNKNOWN;
        if (strstr(text, "[s2idle]"))
                return SLEEP_S2IDLE;
        if (strstr(text, "[shallow]"))
                return SLEEP_STANDBY;
        return strstr(text, "[deep]") ? SLEEP_S3 : SLEEP_KIND_UNKNOWN;
}

static void tell(struct clocks *c, enum sleep_phase phase, uint64_t slept_usec) {
        struct event e = {
                .type = EVENT_SLEEP,
                .time = moment_now(),
                .u.sleep = { .phase = phase, .slept_usec = slept_usec },
        };

        /* The kernel log, if it can be read, is more precise about the kind of sleep. */
        if (phase == SLEEP_END)
                e.u.sleep.kind = sleep_kind_read();
        c->emit(c->userdata, &e);
}

bool clocks_look(struct clocks *c) {
        int64_t offset = asleep_since_boot();

        if (offset < c->offset + SLEEP_LEAST_USEC)
                return false;
        int64_t slept = offset - c->offset;
        c->offset = offset;
        tell(c, SLEEP_END, (uint64_t) slept);
        return true;
}

/* The time is as far in the future as both the kernel (KTIME_SEC_MAX) and time_t allow; on i386 time_t has 32 bits. */
static int arm(int fd) {
        const time_t most = sizeof(time_t) == 8 ? (time_t) (INT64_MAX / 1000000000) : (time_t) INT32_MAX;
        const struct itimerspec never = { .it_value = { .tv_sec = most } };

        if (timerfd_settime(fd, TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET, &never, NULL) < 0)
                return -errno;
        return 0;
}

/* After the clock was set or the computer resumed, read() fails with ECANCELED. A timer that really expires is not armed
 * again, because a clock that is set beyond its time would make it expire repeatedly. */
static int on_clock(sd_event_source *source, int fd, uint32_t revents, void *userdata) {
        uint64_t expirations;

        ssize_t n = read(fd, &expirations, sizeof(expirations));
        if (n < 0 && errno != ECANCELED)
                return 0;
        clocks_look(userdata);
        return n < 0 ? arm(fd) : sd_event_source_set_enabled(source, SD_EVENT_OFF);
}

static int start_timer(struct clocks *c, sd_event *event) {
        c->fd = timerfd_create(CLOCK_REALTIME, TFD_CLOEXEC | TFD_NONBLOCK);
        if (c->fd < 0)
                return -errno;
        int r = arm(c->fd);
        if (r >= 0)
                r = sd_event_add_io(event, &c->io, c->fd, EPOLLIN, on_clock, c);
        return r < 0 ? r : sd_event_source_set_priority(c->io, SD_EVENT_PRIORITY_IMPORTANT);
}

int clocks_new(sd_event *event, source_emit *emit, void *userdata, struct clocks **ret) {
        struct clocks *c = calloc(1, sizeof(*c));

        if (!c)
                return -ENOMEM;
        *c = (struct clocks){ .fd = -EBADF, .offset = asleep_since_boot(), .emit = emit, .userdata = userdata };
        /* If the kernel has no such timer, the clocks are still compared at each event. */
        (void) start_timer(c, event);
        tell(c, SLEEP_WATCHED, 0);
        *ret = c;
        return 0;
}

struct clocks *clocks_free(struct clocks *c) {
        if (!c)
                return NULL;
        sd_event_source_disable_unref(c->io);
        if (c->fd >= 0)
                close(c->fd);
        free(c);
        return NULL;
}
