/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Preloaded by tests: places that are fixed in programs and that umockdev does not redirect. It needs no rights, so the
 * tests run in any container.
 *
 * - what is sent to the journal's socket goes to the folder named by TEST_JOURNAL,
 * - udev's database is read below UMOCKDEV_DIR.
 */
#include <dlfcn.h>
#include <limits.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>

#define JOURNAL "/run/systemd/journal/socket"
#define DATABASE "/run/udev/data/"

ssize_t sendmsg(int fd, const struct msghdr *message, int flags) {
        typedef ssize_t function(int, const struct msghdr *, int);
        function *real = (function *) dlsym(RTLD_NEXT, "sendmsg");
        const char *folder = getenv("TEST_JOURNAL");
        const struct sockaddr_un *to = message->msg_name;
        struct sockaddr_un other = { .sun_family = AF_UNIX };
        struct msghdr copy = *message;

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
