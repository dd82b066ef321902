/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Preloaded by tests: places that are fixed in programs and that umockdev does not redirect. It needs no rights, so the
 * tests run in any container.
 *
 * - what is sent to the journal's socket goes to the folder named by TEST_JOURNAL,
 * - udev's database is read below UMOCKDEV_DIR,
 * - umockdev's uevents wait while a listener has not read the ones before: the queue of a socket holds ten (sysctl
 *   net.unix.max_dgram_qlen), and umockdev aborts the test when one more comes.
 */
#include <dlfcn.h>
#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>

#define JOURNAL "/run/systemd/journal/socket"
#define DATABASE "/run/udev/data/"
#define UEVENT "/event" /* "UMOCKDEV_DIR/event0" */
#define PATIENCE_MS 20000

static int is_uevent(int fd) {
        const char *root = getenv("UMOCKDEV_DIR");
        struct sockaddr_un peer = {};
        socklen_t len = sizeof peer;

        if (!root || getpeername(fd, (struct sockaddr *) &peer, &len) < 0 || peer.sun_family != AF_UNIX)
                return 0;
        return strncmp(peer.sun_path, root, strlen(root)) == 0 &&
               strncmp(peer.sun_path + strlen(root), UEVENT, strlen(UEVENT)) == 0;
}

static ssize_t send_uevent(int fd, const struct msghdr *message, int flags, ssize_t (*real)(int, const struct msghdr *, int)) {
        struct pollfd room = { .fd = fd, .events = POLLOUT };
        ssize_t n;

        while ((n = real(fd, message, flags)) < 0 && errno == EAGAIN)
                if (poll(&room, 1, PATIENCE_MS) <= 0)
                        break;
        /* Whoever listened has ended, as it may in a test. */
        if (n >= 0 || errno != ECONNREFUSED)
                return n;
        n = 0;
        for (size_t i = 0; i < message->msg_iovlen; i++)
                n += (ssize_t) message->msg_iov[i].iov_len;
        return n;
}

ssize_t sendmsg(int fd, const struct msghdr *message, int flags) {
        typedef ssize_t function(int, const struct msghdr *, int);
        function *real = (function *) dlsym(RTLD_NEXT, "sendmsg");
        const char *folder = getenv("TEST_JOURNAL");
        const struct sockaddr_un *to = message->msg_name;
        struct sockaddr_un other = { .sun_family = AF_UNIX };
        struct msghdr copy = *message;

        if (is_uevent(fd))
                return send_uevent(fd, message, flags, real);
        if (!folder || !to || to->sun_family != AF_UNIX || strcmp(to->sun_path, JOURNAL) != 0)
                return real(fd, message, flags);
        if (snprintf(other.sun_path, sizeof other.sun_path, "%s/socket", folder) >= (int) sizeof other.sun_path)
                return real(fd, message, flags);
        copy.msg_name = &other;
        copy.msg_namelen = sizeof other;
        return real(fd, &copy, flags);
}

FILE *fopen(const char *path, const char *mode) {
        typedef FILE *function(const char *, const char *);
        function *real = (function *) dlsym(RTLD_NEXT, "fopen");
        const char *root = getenv("UMOCKDEV_DIR");
        char other[PATH_MAX];

        if (!root || strncmp(path, DATABASE, strlen(DATABASE)) != 0 ||
            snprintf(other, sizeof other, "%s%s", root, path) >= (int) sizeof other)
                return real(path, mode);
        return real(other, mode);
}
