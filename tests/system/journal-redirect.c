/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Preloaded by tests: what a program sends to the journal's socket, whose place is fixed, goes to the folder named by
 * TEST_JOURNAL instead. It needs no rights, so the tests run in any container.
 */
#include <dlfcn.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>

#define JOURNAL "/run/systemd/journal/socket"

ssize_t sendmsg(int fd, const struct msghdr *message, int flags) {
        ssize_t (*real)(int, const struct msghdr *, int) = (ssize_t(*)(int, const struct msghdr *, int)) dlsym(RTLD_NEXT, "sendmsg");
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
