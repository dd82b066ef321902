/* SPDX-License-Identifier: LGPL-2.1-or-later */

/*
 * Reads /dev/kmsg. The device returns one whole record per read. A test may use a FIFO, which returns any number of bytes, so
 * records are split at newlines.
 */

#include "daemon/sources/kmsg.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "common/cleanup.h"
#include "kernel-log/message.h"

/* The kernel refuses a read into a buffer smaller than the record; its records end at 8 KiB (CONSOLE_EXT_LOG_MAX). */
#define RECORD_MAX 8192
/* The log's clock and CLOCK_MONOTONIC drift apart by some ppm. A larger difference between two records is a new offset. */
#define OFFSET_JUMP_USEC INT64_C(1000000)
/* More than a thousand centuries. What is above is no time, and the difference to our clock would overflow. */
#define STAMP_MAX (UINT64_MAX / 4)
/* Records per iteration of the loop, so that a flood in the log does not starve the bus. */
#define RECORDS_PER_TURN 256

struct kmsg_source {
        int fd;
        bool owned, is_device, skip_line;
        sd_event_source *io;
        uint64_t sequence;
        bool sequence_known, live, offset_known;
        int64_t offset; /* CLOCK_MONOTONIC minus the log's clock, µs */
        size_t used;
        char *buf;
        source_emit *emit;
        void *userdata;
};

static bool is_kmsg(int fd) {
        struct stat st;

        return fstat(fd, &st) >= 0 && S_ISCHR(st.st_mode) && st.st_rdev == makedev(1, 11);
}

static int open_log(struct kmsg_source *s) {
        if (is_kmsg(STDIN_FILENO)) {
                int flags = fcntl(STDIN_FILENO, F_GETFL);

                if (flags < 0 || fcntl(STDIN_FILENO, F_SETFL, flags | O_NONBLOCK) < 0)
                        return -errno;
                s->fd = STDIN_FILENO;
        } else {
                s->fd = open("/dev/kmsg", O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
                if (s->fd < 0)
                        return -errno;
                s->owned = true;
        }
        s->is_device = is_kmsg(s->fd);
        return 0;
}

static void tell_lost(struct kmsg_source *s, uint64_t count) {
        struct event e = {
                .type = EVENT_LOG_LOST,
                .time = moment_now(),
                .u.count = count > UINT32_MAX ? UINT32_MAX : (uint32_t) count,
        };

        s->emit(s->userdata, &e);
}

static void note_sequence(struct kmsg_source *s, uint64_t sequence) {
        if (s->sequence_known && s->is_device && sequence > s->sequence + 1)
                tell_lost(s, sequence - s->sequence - 1);
        s->sequence = sequence;
        s->sequence_known = true;
}

/* A record that woke the daemon is new, so its timestamp belongs to the current time. The smallest difference contains the
 * least delay of the daemon itself. */
static void measure_offset(struct kmsg_source *s, uint64_t log_usec, uint64_t now) {
        int64_t offset = (int64_t) (now - log_usec);

        if (!s->live)
                return;
        if (!s->offset_known || offset < s->offset || offset > s->offset + OFFSET_JUMP_USEC)
                s->offset = offset;
        s->offset_known = true;
}

static struct moment record_time(struct kmsg_source *s, uint64_t log_usec) {
        struct moment now = moment_now();

        measure_offset(s, log_usec, now.at);
        int64_t at = (int64_t) log_usec + (s->offset_known ? s->offset : 0);
        /* A time of 0 would mean "no clock". */
        if (at < 1)
                at = 1;
        uint64_t when = (uint64_t) at > now.at ? now.at : (uint64_t) at;
        return (struct moment){ .at = when, .wall = now.wall - (now.at - when) };
}

/* "6,1234,5678901,-;text". Lines of other facilities were written by programs and are no evidence. */
static void handle_record(struct kmsg_source *s, const char *line, size_t len) {
        uint64_t priority, sequence, usec;
        struct event e = {};
        int fields = 0;

        const char *text = memchr(line, ';', len);
        if (!text || sscanf(line, "%" SCNu64 ",%" SCNu64 ",%" SCNu64 "%n", &priority, &sequence, &usec, &fields) != 3 ||
            line + fields > text || usec > STAMP_MAX)
                return;
        note_sequence(s, sequence);
        if (priority >> 3 != 0)
                return;
        text++;
        if (!kernel_message_parse(text, len - (size_t) (text - line), &e))
                return;
        /* udev reports which devices are present, and some drivers log a lot. */
        if (e.u.kernel.message == KERNEL_DRIVER)
                return;
        e.time = record_time(s, usec);
        e.u.kernel.log_usec = usec;
        s->emit(s->userdata, &e);
}

static void handle_line(struct kmsg_source *s, char *line, size_t len) {
        line[len] = '\0';
        /* " SUBSYSTEM=usb" and similar lines belong to the previous record. */
        if (len > 0 && line[0] != ' ')
                handle_record(s, line, len);
}

static void handle_bytes(struct kmsg_source *s) {
        char *begin = s->buf, *end = s->buf + s->used, *newline;

        while ((newline = memchr(begin, '\n', (size_t) (end - begin)))) {
                if (!s->skip_line)
                        handle_line(s, begin, (size_t) (newline - begin));
                s->skip_line = false;
                begin = newline + 1;
        }
        s->used = (size_t) (end - begin);
        if (s->is_device || s->used == RECORD_MAX) {
                s->skip_line = !s->is_device && s->used > 0;
                s->used = 0;
        }
        memmove(s->buf, begin, s->used);
}

/* Returns 1 if a record was read, 0 if there is none at the moment, or a negative errno. */
static int read_once(struct kmsg_source *s) {
        ssize_t n = read(s->fd, s->buf + s->used, RECORD_MAX - s->used);

        if (n > 0) {
                s->used += (size_t) n;
                handle_bytes(s);
                return 1;
        }
        if (n == 0)
                return -ENODATA;
        switch (errno) {
        case EAGAIN:
                return 0;
        case EINTR:
        case EINVAL: /* the record is too large; the next read continues after it */
                return 1;
        case EPIPE:
                /* The number of the next record tells how many were overwritten; without a previous number this is not known. */
                if (!s->sequence_known)
                        tell_lost(s, 0);
                return 1;
        default:
                return -errno;
        }
}

/* No writer is left (a FIFO of a test); polling it further would only use CPU time. */
static int stop(struct kmsg_source *s, int error) {
        struct event e = {
                .type = EVENT_SOURCE,
                .time = moment_now(),
                .u.source = { .source = SOURCE_KERNEL_LOG, .degraded = true },
        };

        s->io = sd_event_source_disable_unref(s->io);
        if (error != -ENODATA)
                s->emit(s->userdata, &e);
        return 0;
}

static int read_turn(struct kmsg_source *s) {
        s->live = true;
        for (unsigned i = 0; i < RECORDS_PER_TURN; i++) {
                int r = read_once(s);

                if (r < 0)
                        return stop(s, r);
                if (r == 0)
                        break;
        }
        return 0;
}

static int on_readable(sd_event_source *source, int fd, uint32_t revents, void *userdata) {
        return read_turn(userdata);
}

void kmsg_source_look(struct kmsg_source *s) {
        if (s->io)
                (void) read_turn(s);
}

int kmsg_source_new(sd_event *event, source_emit *emit, void *userdata, struct kmsg_source **ret) {
        struct kmsg_source *s = calloc(1, sizeof(*s));

        if (!s)
                return -ENOMEM;
        *s = (struct kmsg_source){ .fd = -EBADF, .emit = emit, .userdata = userdata, .buf = malloc(RECORD_MAX + 1) };
        int r = s->buf ? open_log(s) : -ENOMEM;
        if (r >= 0)
                r = sd_event_add_io(event, &s->io, s->fd, EPOLLIN, on_readable, s);
        /* A regular file (of a test) cannot be polled but can be read. */
        if (r == -EPERM)
                r = 0;
        if (r < 0) {
                kmsg_source_free(s);
                return r;
        }
        *ret = s;
        return 0;
}

struct kmsg_source *kmsg_source_free(struct kmsg_source *s) {
        if (!s)
                return NULL;
        sd_event_source_disable_unref(s->io);
        if (s->owned)
                close(s->fd);
        free(s->buf);
        free(s);
        return NULL;
}

int kmsg_source_read_backlog(struct kmsg_source *s, uint64_t earlier) {
        int r;

        /* Sequence numbers start with 0 at boot, so without an earlier run the record before the first one has the number -1. */
        s->sequence = earlier > 0 ? earlier : UINT64_MAX;
        s->sequence_known = true;
        do
                r = read_once(s);
        while (r > 0);
        return r == -ENODATA ? 0 : r;
}

uint64_t kmsg_source_sequence(const struct kmsg_source *s) {
        return s->sequence == UINT64_MAX ? 0 : s->sequence;
}
