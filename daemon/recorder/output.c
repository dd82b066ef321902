/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* A writer thread, and a buffer with a lock between it and the loop. */

#include "daemon/recorder/output.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

#include "common/cleanup.h"

/* The thread only writes. */
#define STACK_SIZE (64 * 1024)

/* If poll(2) reports a pipe as writable, it accepts this much without blocking (pipe(7)). */
#define PIECE 4096

/* Interval at which a waiting thread checks whether the output has ended, and how long it then goes on waiting. */
#define LOOK_MSEC 1000
#define PATIENCE 5

struct output {
        int fd, ready;
        sd_event_source *io;
        output_failed *failed;
        void *userdata;
        pthread_t thread;
        pthread_mutex_t lock;
        pthread_cond_t news;
        /* The following fields are protected by the lock. */
        char *text;
        size_t n, allocated;
        size_t writing; /* bytes that are being written */
        bool ended, over;
        int error;
};

/* Waits until text can be written. Returns 0 or a negative errno. */
static int wait_for_reader(struct output *o) {
        struct pollfd p = { .fd = o->fd, .events = POLLOUT };
        unsigned late = 0;

        for (;;) {
                int n = poll(&p, 1, LOOK_MSEC);

                if (n > 0)
                        return 0;
                if (n < 0 && errno != EINTR)
                        return -errno;
                pthread_mutex_lock(&o->lock);
                late += o->ended ? 1 : 0;
                pthread_mutex_unlock(&o->lock);
                if (late > PATIENCE)
                        return -ETIMEDOUT;
        }
}

static int write_all(struct output *o, const char *text, size_t n) {
        while (n > 0) {
                int r = wait_for_reader(o);

                if (r < 0)
                        return r;
                ssize_t done = write(o->fd, text, n < PIECE ? n : PIECE);
                if (done < 0 && errno != EINTR && errno != EAGAIN)
                        return -errno;
                if (done > 0) {
                        text += done;
                        n -= (size_t) done;
                }
        }
        return 0;
}

/* Returns the next text, which the caller frees; NULL: there will be no more. */
static char *take(struct output *o, size_t *ret_n) {
        char *text;

        pthread_mutex_lock(&o->lock);
        o->writing = 0;
        while (o->n == 0 && !o->ended)
                pthread_cond_wait(&o->news, &o->lock);
        text = o->n > 0 ? o->text : NULL;
        *ret_n = o->writing = o->n;
        if (text) {
                o->text = NULL;
                o->n = o->allocated = 0;
        }
        pthread_mutex_unlock(&o->lock);
        return text;
}

static void *work(void *userdata) {
        struct output *o = userdata;
        size_t n;
        int r = 0;
        char *text;

        while (r >= 0 && (text = take(o, &n))) {
                r = write_all(o, text, n);
                free(text);
        }
        close(o->fd);
        o->fd = -EBADF;
        pthread_mutex_lock(&o->lock);
        o->error = r;
        o->over = true;
        pthread_mutex_unlock(&o->lock);
        (void) eventfd_write(o->ready, 1);
        return NULL;
}

static int on_over(sd_event_source *source, int fd, uint32_t revents, void *userdata) {
        struct output *o = userdata;
        bool ended;
        int error;

        (void) sd_event_source_set_enabled(source, SD_EVENT_OFF);
        pthread_mutex_lock(&o->lock);
        ended = o->ended;
        error = o->error;
        pthread_mutex_unlock(&o->lock);
        if (!ended)
                o->failed(o->userdata, error);
        return 0;
}

static int start_thread(struct output *o) {
        pthread_attr_t attributes;
        int r = pthread_attr_init(&attributes);

        if (r != 0)
                return -r;
        (void) pthread_attr_setstacksize(&attributes, STACK_SIZE);
        r = pthread_create(&o->thread, &attributes, work, o);
        pthread_attr_destroy(&attributes);
        return -r;
}

static void drop(struct output *o) {
        sd_event_source_disable_unref(o->io);
        if (o->fd >= 0)
                close(o->fd);
        if (o->ready >= 0)
                close(o->ready);
        pthread_cond_destroy(&o->news);
        pthread_mutex_destroy(&o->lock);
        free(o->text);
        free(o);
}

int output_new(sd_event *event, int fd, output_failed *failed, void *userdata, struct output **ret) {
        struct output *o = calloc(1, sizeof(*o));

        if (!o)
                return -ENOMEM;
        *o = (struct output){ .fd = fd, .failed = failed, .userdata = userdata };
        pthread_mutex_init(&o->lock, NULL);
        pthread_cond_init(&o->news, NULL);
        o->ready = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
        int r = o->ready < 0 ? -errno : sd_event_add_io(event, &o->io, o->ready, EPOLLIN, on_over, o);
        if (r >= 0)
                r = start_thread(o);
        if (r < 0) {
                drop(o);
                return r;
        }
        *ret = o;
        return 0;
}

static int grow(struct output *o, size_t need, size_t limit) {
        size_t want = o->allocated ? o->allocated : PIECE;
        char *grown;

        while (want < need)
                want *= 2;
        if (want > limit)
                want = limit;
        grown = realloc(o->text, want);
        if (!grown)
                return -ENOMEM;
        o->text = grown;
        o->allocated = want;
        return 0;
}

int output_add(struct output *o, const char *text, size_t len, size_t limit) {
        int r = 0;

        pthread_mutex_lock(&o->lock);
        if (o->over)
                r = o->error < 0 ? o->error : -EPIPE;
        else if (len > limit || o->n + o->writing > limit - len)
                r = -ENOBUFS;
        else if (o->n + len > o->allocated)
                r = grow(o, o->n + len, limit);
        if (r >= 0) {
                memcpy(o->text + o->n, text, len);
                o->n += len;
                pthread_cond_signal(&o->news);
        }
        pthread_mutex_unlock(&o->lock);
        return r;
}

size_t output_waiting(struct output *o) {
        size_t n;

        pthread_mutex_lock(&o->lock);
        n = o->n + o->writing;
        pthread_mutex_unlock(&o->lock);
        return n;
}

void output_end(struct output *o) {
        pthread_mutex_lock(&o->lock);
        o->ended = true;
        pthread_cond_signal(&o->news);
        pthread_mutex_unlock(&o->lock);
}

bool output_is_over(struct output *o) {
        bool over;

        pthread_mutex_lock(&o->lock);
        over = o->over;
        pthread_mutex_unlock(&o->lock);
        return over;
}

struct output *output_free(struct output *o, uint64_t usec) {
        struct timespec until = {};

        if (!o)
                return NULL;
        clock_gettime(CLOCK_MONOTONIC, &until);
        until.tv_sec += (time_t) (usec / 1000000);
        if (pthread_clockjoin_np(o->thread, NULL, CLOCK_MONOTONIC, &until) == 0)
                drop(o);
        return NULL;
}
