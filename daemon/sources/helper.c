/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* A short-lived child that reads a file into a pipe. The child uses async-signal-safe functions only. */

#include "helper.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "cleanup.h"

#define TIME_LIMIT_USEC UINT64_C(2000000)

/* A killed child is gone at once, unless it waits for a lock: so many milliseconds are waited for it at the end. */
#define REAP_TRIES 20

struct helper {
        struct helper *next;
        struct helpers *all;
        sd_event_source *child, *timer;
        int fd;
        pid_t pid;
        bool answered;
        helper_done *done;
        void *userdata;
};

static int helper_free(struct helper *h) {
        for (struct helper **p = &h->all->first; *p; p = &(*p)->next)
                if (*p == h) {
                        *p = h->next;
                        break;
                }
        sd_event_source_disable_unref(h->child);
        sd_event_source_disable_unref(h->timer);
        if (h->fd >= 0)
                close(h->fd);
        free(h);
        return 0;
}

static void answer(struct helper *h, const char *text) {
        if (!h->answered)
                h->done(h->userdata, text);
        h->answered = true;
}

static int on_child(sd_event_source *source, const siginfo_t *info, void *userdata) {
        struct helper *h = userdata;
        char text[64];

        (void) source;
        ssize_t n = info->si_code == CLD_EXITED && info->si_status == 0 ? read(h->fd, text, sizeof(text) - 1) : -1;
        if (n > 0)
                text[n] = '\0';
        answer(h, n > 0 ? text : NULL);
        return helper_free(h);
}

/* A child that waits for a device's lock dies only when it gets it: it is reaped then, but nobody waits for it. */
static int on_timeout(sd_event_source *source, uint64_t usec, void *userdata) {
        struct helper *h = userdata;

        (void) source;
        (void) usec;
        kill(h->pid, SIGKILL);
        answer(h, NULL);
        return 0;
}

/* It may wait for a lock long after the daemon has ended: then it must not keep the daemon's connections, and with them its
 * name on the bus. */
static _Noreturn void child(const char *path, int out) {
        char text[64];

        if (dup2(out, STDOUT_FILENO) < 0 || close_range(STDERR_FILENO + 1, ~0U, 0) < 0)
                _exit(EXIT_FAILURE);
        int in = open(path, O_RDONLY | O_CLOEXEC);
        ssize_t n = in < 0 ? -1 : read(in, text, sizeof(text));
        _exit(n > 0 && write(STDOUT_FILENO, text, (size_t) n) == n ? EXIT_SUCCESS : EXIT_FAILURE);
}

static void end_child(pid_t pid) {
        const struct timespec millisecond = { .tv_nsec = 1000000 };

        (void) kill(pid, SIGKILL);
        for (int i = 0; i < REAP_TRIES && waitpid(pid, NULL, WNOHANG) == 0; i++)
                (void) nanosleep(&millisecond, NULL);
}

/* The loop must not reap it as well. */
static void helper_end(struct helper *h) {
        pid_t pid = h->pid;

        (void) helper_free(h);
        if (pid > 0)
                end_child(pid);
}

void helpers_end(struct helpers *all) {
        while (all->first) {
                answer(all->first, NULL);
                helper_end(all->first);
        }
}

int helper_read_file(struct helpers *all, sd_event *event, const char *path, helper_done *done, void *userdata) {
        int fds[2];

        struct helper *h = calloc(1, sizeof(*h));
        if (!h)
                return -ENOMEM;
        *h = (struct helper){ .all = all, .fd = -EBADF, .done = done, .userdata = userdata };
        if (pipe2(fds, O_CLOEXEC | O_NONBLOCK) < 0) {
                free(h);
                return -errno;
        }
        h->fd = fds[0];
        h->pid = fork();
        if (h->pid == 0)
                child(path, fds[1]);
        int r = h->pid < 0 ? -errno : 0;
        close(fds[1]);
        if (r >= 0)
                r = sd_event_add_child(event, &h->child, h->pid, WEXITED, on_child, h);
        if (r >= 0)
                r = sd_event_add_time_relative(event, &h->timer, CLOCK_MONOTONIC, TIME_LIMIT_USEC, 0, on_timeout, h);
        if (r < 0) {
                helper_end(h);
                return r;
        }
        h->next = all->first;
        all->first = h;
        return 0;
}
