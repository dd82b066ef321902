/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* A short-lived child process that answers over a socket pair. It uses async-signal-safe functions only. */

#include "daemon/sources/helper.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "common/cleanup.h"

#define TIME_LIMIT_USEC UINT64_C(2000000)

/* A killed child ends at once, unless it waits for a lock. This is how many milliseconds are spent on waiting for it when the
 * daemon stops. */
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

/* What the child sends, along with the descriptor. */
struct message {
        int error;
        char text[64];
};

union control {
        struct cmsghdr header;
        char bytes[CMSG_SPACE(sizeof(int))];
};

static void answer(struct helper *h, int error, const char *text, int fd) {
        const struct helper_answer a = { .error = error, .text = text, .fd = fd };

        if (!h->answered)
                h->done(h->userdata, &a);
        else if (fd >= 0)
                close(fd);
        h->answered = true;
}

static int received_fd(struct msghdr *msg) {
        struct cmsghdr *c = CMSG_FIRSTHDR(msg);
        int fd = -EBADF;

        if (c && c->cmsg_level == SOL_SOCKET && c->cmsg_type == SCM_RIGHTS)
                memcpy(&fd, CMSG_DATA(c), sizeof(fd));
        return fd;
}

static int on_child(sd_event_source *source, const siginfo_t *info, void *userdata) {
        struct helper *h = userdata;
        struct message m = {};
        struct iovec iov = { &m, sizeof(m) };
        union control control = {};
        struct msghdr msg = { .msg_iov = &iov, .msg_iovlen = 1, .msg_control = control.bytes, .msg_controllen = sizeof(control) };

        if (recvmsg(h->fd, &msg, MSG_CMSG_CLOEXEC) == sizeof(m)) {
                m.text[sizeof(m.text) - 1] = '\0';
                answer(h, m.error, m.error == 0 && m.text[0] ? m.text : NULL, received_fd(&msg));
        } else
                answer(h, -EIO, NULL, -EBADF);
        return helper_free(h);
}

/* A child that waits for a device's lock ends only when it gets the lock. It is reaped then; the caller does not wait for it. */
static int on_timeout(sd_event_source *source, uint64_t usec, void *userdata) {
        struct helper *h = userdata;

        kill(h->pid, SIGKILL);
        answer(h, -ETIMEDOUT, NULL, -EBADF);
        return 0;
}

/* The child may wait for a lock long after the daemon has ended. It must not keep the daemon's connections open, and with them
 * its name on the bus. */
static int send_answer(const struct message *m, int fd) {
        struct iovec iov = { (void *) m, sizeof(*m) };
        union control control = {};
        struct msghdr msg = { .msg_iov = &iov, .msg_iovlen = 1 };

        if (fd >= 0) {
                control.header =
                        (struct cmsghdr){ .cmsg_len = CMSG_LEN(sizeof(fd)), .cmsg_level = SOL_SOCKET, .cmsg_type = SCM_RIGHTS };
                memcpy(CMSG_DATA(&control.header), &fd, sizeof(fd));
                msg.msg_control = control.bytes;
                msg.msg_controllen = sizeof(control);
        }
        return sendmsg(STDOUT_FILENO, &msg, MSG_NOSIGNAL) == sizeof(*m) ? 0 : -errno;
}

/* One operation. Members that it does not use are NULL or negative. */
struct work {
        const char *path;
        int flags; /* for open(): the descriptor is the answer; -1: the text of the file is */
        int fd;    /* to write to */
        const void *data;
        size_t size;
};

static int do_write(const struct work *w) {
        ssize_t n = write(STDIN_FILENO, w->data, w->size);

        return n < 0 ? -errno : (size_t) n == w->size ? 0 : -EIO;
}

static int do_open(const struct work *w, struct message *m) {
        int fd = open(w->path, (w->flags < 0 ? O_RDONLY : w->flags) | O_CLOEXEC);

        if (fd < 0)
                return -errno;
        if (w->flags >= 0)
                return fd;
        ssize_t n = read(fd, m->text, sizeof(m->text) - 1);
        return n < 0 ? -errno : n == 0 ? -ENODATA : 0;
}

static _Noreturn void child(const struct work *w, int out) {
        struct message m = {};
        int fd = -EBADF;

        if (dup2(out, STDOUT_FILENO) < 0 || (w->fd >= 0 && dup2(w->fd, STDIN_FILENO) < 0) ||
            close_range(STDERR_FILENO + 1, ~0U, 0) < 0)
                _exit(EXIT_FAILURE);
        m.error = w->fd >= 0 ? do_write(w) : do_open(w, &m);
        if (w->flags >= 0 && m.error >= 0) {
                fd = m.error;
                m.error = 0;
        }
        _exit(send_answer(&m, fd) < 0 ? EXIT_FAILURE : EXIT_SUCCESS);
}

static void end_child(pid_t pid) {
        const struct timespec millisecond = { .tv_nsec = 1000000 };

        (void) kill(pid, SIGKILL);
        for (int i = 0; i < REAP_TRIES && waitpid(pid, NULL, WNOHANG) == 0; i++)
                (void) nanosleep(&millisecond, NULL);
}

/* Removes the event source, so that the loop does not reap the child as well. */
static void helper_end(struct helper *h) {
        pid_t pid = h->pid;

        (void) helper_free(h);
        if (pid > 0)
                end_child(pid);
}

void helpers_end(struct helpers *all) {
        while (all->first) {
                answer(all->first, -ECANCELED, NULL, -EBADF);
                helper_end(all->first);
        }
}

void helpers_forget(struct helpers *all, const void *userdata) {
        for (struct helper *h = all->first; h; h = h->next)
                if (h->userdata == userdata)
                        h->answered = true;
}

static int start(struct helpers *all, sd_event *event, const struct work *w, helper_done *done, void *userdata) {
        int fds[2];

        struct helper *h = calloc(1, sizeof(*h));
        if (!h)
                return -ENOMEM;
        *h = (struct helper){ .all = all, .fd = -EBADF, .done = done, .userdata = userdata };
        if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, fds) < 0) {
                free(h);
                return -errno;
        }
        h->fd = fds[0];
        h->pid = fork();
        if (h->pid == 0)
                child(w, fds[1]);
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

int helper_read_file(struct helpers *all, sd_event *event, const char *path, helper_done *done, void *userdata) {
        const struct work w = { .path = path, .flags = -1, .fd = -EBADF };

        return start(all, event, &w, done, userdata);
}

int helper_open(struct helpers *all, sd_event *event, const char *path, int flags, helper_done *done, void *userdata) {
        const struct work w = { .path = path, .flags = flags, .fd = -EBADF };

        return start(all, event, &w, done, userdata);
}

int helper_write(struct helpers *all, sd_event *event, int fd, const void *data, size_t size, helper_done *done, void *userdata) {
        const struct work w = { .flags = -1, .fd = fd, .data = data, .size = size };

        return size > HELPER_WRITE_MAX ? -EMSGSIZE : start(all, event, &w, done, userdata);
}
