/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Creates a thread for each job; an eventfd signals its end. */

#include "daemon/history/worker.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <unistd.h>

/* SQLite and json-c need a part of it. */
#define STACK_SIZE (512 * 1024)

struct worker {
        int fd; /* readable: the job is done */
        sd_event_source *io;
        pthread_t thread;
        void *stack;
        bool busy, has_thread;
        worker_function *run, *done;
        void *job;
};

static void *work(void *userdata) {
        struct worker *w = userdata;

        w->run(w->job);
        (void) eventfd_write(w->fd, 1);
        return NULL;
}

static void finish(struct worker *w) {
        eventfd_t count;

        (void) eventfd_read(w->fd, &count);
        if (w->has_thread) {
                pthread_join(w->thread, NULL);
                (void) munmap(w->stack, STACK_SIZE);
        }
        w->busy = w->has_thread = false;
        w->done(w->job);
}

static int on_done(sd_event_source *source, int fd, uint32_t revents, void *userdata) {
        finish(userdata);
        return 0;
}

int worker_new(sd_event *event, struct worker **ret) {
        struct worker *w = calloc(1, sizeof(*w));

        if (!w)
                return -ENOMEM;
        w->fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
        int r = w->fd < 0 ? -errno : sd_event_add_io(event, &w->io, w->fd, EPOLLIN, on_done, w);
        if (r < 0) {
                worker_free(w);
                return r;
        }
        *ret = w;
        return 0;
}

struct worker *worker_free(struct worker *w) {
        if (!w)
                return NULL;
        sd_event_source_disable_unref(w->io);
        /* The thread still has to signal its end. */
        if (w->busy)
                return NULL;
        if (w->fd >= 0)
                close(w->fd);
        free(w);
        return NULL;
}

bool worker_is_busy(const struct worker *w) {
        return w->busy;
}

/* The stack is allocated here, because glibc would cache its own for the next thread, which may be days away. */
static int start_thread(struct worker *w) {
        pthread_attr_t attributes;
        int r;

        w->stack = mmap(NULL, STACK_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_STACK, -1, 0);
        if (w->stack == MAP_FAILED)
                return -errno;
        r = pthread_attr_init(&attributes);
        if (r == 0) {
                r = pthread_attr_setstack(&attributes, w->stack, STACK_SIZE);
                if (r == 0)
                        r = pthread_create(&w->thread, &attributes, work, w);
                pthread_attr_destroy(&attributes);
        }
        if (r != 0)
                (void) munmap(w->stack, STACK_SIZE);
        return -r;
}

int worker_start(struct worker *w, worker_function *run, worker_function *done, void *job) {
        if (w->busy)
                return -EBUSY;
        w->run = run;
        w->done = done;
        w->job = job;
        w->busy = true;
        w->has_thread = start_thread(w) >= 0;
        if (!w->has_thread)
                work(w);
        return 0;
}

int worker_wait(struct worker *w, uint64_t usec) {
        struct pollfd done = { .fd = w->fd, .events = POLLIN };

        if (!w->busy)
                return 0;
        if (poll(&done, 1, (int) (usec / 1000)) <= 0)
                return -ETIMEDOUT;
        finish(w);
        return 0;
}
