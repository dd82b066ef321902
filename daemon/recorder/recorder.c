/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Recordings in progress. */

#include "daemon/recorder/recorder.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

#include "common/cleanup.h"
#include "common/log.h"
#include "daemon/recorder/output.h"
#include "recording/event-json.h"
#include "recording/snapshot.h"

/* Each has a descriptor and a thread, until all queued text is written. */
#define RECORDINGS_MAX 16
#define RECORDINGS_OF_ONE_MAX 4

/* Bytes that may be queued: for a snapshot of a computer with many hubs, and after that for events. */
#define SNAPSHOT_MAX (4u << 20)
#define EVENTS_MAX (1u << 20)

/* Time to wait for the last text when the daemon stops. */
#define PATIENCE_USEC UINT64_C(1000000)

struct recording {
        struct recording *next;
        struct recorder *recorder;
        struct output *output;
        size_t limit;
        uint32_t uid;
        bool with_serial;
        int error; /* the first error; nothing more is written after it */
};

static void note(struct recording *r, int error) {
        if (r->error != 0 || error >= 0)
                return;
        r->error = error;
        log_notice_hourly("A recording ended: %s", strerror(-error));
}

/* Replaces the terminating NUL of the line with a newline, so that only complete lines are written. */
static void write_line(struct recording *r, char *line) {
        size_t len = line ? strlen(line) : 0;

        if (line)
                line[len++] = '\n';
        note(r, line ? output_add(r->output, line, len, r->limit) : -ENOMEM);
}

static void write_event(void *userdata, const struct event *e) {
        struct recording *r = userdata;

        if (r->error != 0) /* the snapshot calls this for every event, also after an error */
                return;
        _cleanup_free_ char *line = event_to_line(e, r->with_serial);
        write_line(r, line);
}

static void write_header(struct recording *r, const struct model *m) {
        _cleanup_free_ char *line = recording_header_to_line("sonycharged " VERSION, m->kernel);

        write_line(r, line);
}

static void on_failed(void *userdata, int error) {
        struct recording *r = userdata;

        note(r, error);
        if (r->recorder->failed)
                r->recorder->failed(r->recorder->userdata, r, r->error);
}

/* Frees the recordings whose output has ended. */
static void let_go(struct recorder *recorder) {
        for (struct recording **p = &recorder->ended; *p;) {
                struct recording *r = *p;

                if (!output_is_over(r->output)) {
                        p = &r->next;
                        continue;
                }
                *p = r->next;
                output_free(r->output, 0);
                free(r);
        }
}

static bool has_room(const struct recorder *recorder, uint32_t uid) {
        const struct recording *lists[] = { recorder->first, recorder->ended };
        size_t n = 0, of_user = 0;

        for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++)
                for (const struct recording *r = lists[i]; r; r = r->next) {
                        n++;
                        of_user += r->uid == uid ? 1 : 0;
                }
        return n < RECORDINGS_MAX && (uid == 0 || of_user < RECORDINGS_OF_ONE_MAX);
}

int recorder_start(struct recorder *recorder, const struct model *m, int fd, bool with_serial, uint32_t uid,
                   struct recording **ret) {
        _cleanup_close_ int own = fd;
        int flags = fcntl(fd, F_GETFL);

        if (flags < 0)
                return -errno;
        if ((flags & O_ACCMODE) == O_RDONLY || (flags & O_PATH))
                return -EBADF;
        let_go(recorder);
        if (!has_room(recorder, uid))
                return -EBUSY;
        struct recording *r = calloc(1, sizeof(*r));
        if (!r)
                return -ENOMEM;
        *r = (struct recording){ .recorder = recorder, .limit = SNAPSHOT_MAX, .uid = uid, .with_serial = with_serial };
        int k = output_new(recorder->event, TAKE_FD(own), on_failed, r, &r->output);
        if (k < 0) {
                free(r);
                return k;
        }
        r->next = recorder->first;
        recorder->first = r;
        write_header(r, m);
        model_snapshot(m, write_event, r);
        if (r->error != 0) {
                k = r->error;
                recorder_stop(recorder, r);
                return k;
        }
        r->limit = output_waiting(r->output) + EVENTS_MAX;
        *ret = r;
        return 0;
}

void recorder_stop(struct recorder *recorder, struct recording *recording) {
        for (struct recording **p = &recorder->first; *p; p = &(*p)->next)
                if (*p == recording) {
                        *p = recording->next;
                        recording->next = recorder->ended;
                        recorder->ended = recording;
                        output_end(recording->output);
                        break;
                }
        let_go(recorder);
}

/* The callback for a failed recording may stop that recording, but no other. */
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
        while (recorder->ended) {
                struct recording *r = recorder->ended;

                recorder->ended = r->next;
                output_free(r->output, PATIENCE_USEC);
                free(r);
        }
}
