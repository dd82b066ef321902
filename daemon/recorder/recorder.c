/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Recordings in progress. */

#include "daemon/recorder/recorder.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "common/cleanup.h"
#include "recording/event-json.h"
#include "common/log.h"
#include "recording/snapshot.h"

struct recording {
        struct recording *next;
        int fd;
        int flags; /* of the descriptor as it was given: it is shared with the client */
        bool with_serial;
        int error; /* the first that happened; nothing more is written then */
};

/* A pipe that nobody empties must not stop the daemon: then the recording ends. */
static void write_line(struct recording *r, char *line) {
        size_t len = line ? strlen(line) : 0, done = 0;

        if (!line && r->error == 0)
                r->error = -ENOMEM;
        if (line)
                line[len++] = '\n';
        while (r->error == 0 && done < len) {
                ssize_t n = write(r->fd, line + done, len - done);

                if (n >= 0)
                        done += (size_t) n;
                else if (errno != EINTR) {
                        r->error = -errno;
                        log_notice("A recording ended: %s", strerror(errno));
                }
        }
}

/* The line's end takes the place of the string's, so the line is copied nowhere. */
static void write_event(void *userdata, const struct event *e) {
        struct recording *r = userdata;

        if (r->error != 0) /* the snapshot goes on */
                return;
        _cleanup_free_ char *line = event_to_line(e, r->with_serial);
        write_line(r, line);
}

static void write_header(struct recording *r, const struct model *m) {
        _cleanup_free_ char *line = recording_header_to_line("sonycharged " VERSION, m->kernel);

        write_line(r, line);
}

/* Whoever serves such a file system may let a write wait for ever, and that can be the client himself. */
static bool may_hang(int fd) {
        struct statfs fs;

        return fstatfs(fd, &fs) >= 0 && fs.f_type == FUSE_SUPER_MAGIC;
}

int recorder_start(struct recorder *recorder, const struct model *m, int fd, bool with_serial, struct recording **ret) {
        int flags = fcntl(fd, F_GETFL);

        if (flags < 0)
                return -errno;
        if ((flags & O_ACCMODE) == O_RDONLY)
                return -EBADF;
        if (may_hang(fd))
                return -EOPNOTSUPP;
        if (fcntl(fd, F_SETFL, flags | O_NONBLOCK) < 0)
                return -errno;
        struct recording *r = calloc(1, sizeof(*r));
        if (!r) {
                (void) fcntl(fd, F_SETFL, flags);
                return -ENOMEM;
        }
        *r = (struct recording){ .next = recorder->first, .fd = fd, .flags = flags, .with_serial = with_serial };
        write_header(r, m);
        model_snapshot(m, write_event, r);
        if (r->error != 0) {
                int error = r->error;

                (void) fcntl(fd, F_SETFL, flags);
                free(r);
                return error;
        }
        recorder->first = r;
        *ret = r;
        return 0;
}

void recorder_stop(struct recorder *recorder, struct recording *recording) {
        for (struct recording **p = &recorder->first; *p; p = &(*p)->next)
                if (*p == recording) {
                        *p = recording->next;
                        (void) fcntl(recording->fd, F_SETFL, recording->flags);
                        close(recording->fd);
                        free(recording);
                        return;
                }
}

void recorder_tell(struct recorder *recorder, const struct event *e) {
        for (struct recording *r = recorder->first, *next; r; r = next) {
                next = r->next;
                if (r->error != 0)
                        continue;
                write_event(r, e);
                if (r->error != 0 && recorder->failed)
                        recorder->failed(recorder->userdata, r, r->error);
        }
}

void recorder_done(struct recorder *recorder) {
        while (recorder->first)
                recorder_stop(recorder, recorder->first);
}
