/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Loaded into the daemon: a hidraw node that hangs as a device does that neither wakes nor answers, in opening (TEST_HANG=open)
 * or in writing (TEST_HANG=write; the node is a terminal here).
 */
#include <dlfcn.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

int __open_2(const char *path, int flags);
int __open64_2(const char *path, int flags);

static int is_wanted(const char *what) {
        const char *hang = getenv("TEST_HANG");

        return hang && strcmp(hang, what) == 0;
}

static void hang(void) {
        for (;;)
                pause();
}

static void open_hangs(const char *path) {
        if (is_wanted("open") && strstr(path, "/dev/hidraw"))
                hang();
}

#define OPEN(name)                                                               \
        int name(const char *path, int flags, ...) {                             \
                int (*next)(const char *, int, ...) = dlsym(RTLD_NEXT, #name);   \
                va_list ap;                                                      \
                unsigned mode;                                                   \
                                                                                 \
                va_start(ap, flags);                                             \
                mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(ap, unsigned) : 0; \
                va_end(ap);                                                      \
                open_hangs(path);                                                \
                return next(path, flags, mode);                                  \
        }

#define OPEN_2(name)                                                      \
        int name(const char *path, int flags) {                           \
                int (*next)(const char *, int) = dlsym(RTLD_NEXT, #name); \
                                                                          \
                open_hangs(path);                                         \
                return next(path, flags);                                 \
        }

OPEN(open)
OPEN(open64)
OPEN_2(__open_2)
OPEN_2(__open64_2)

ssize_t write(int fd, const void *data, size_t size) {
        ssize_t (*next)(int, const void *, size_t) = dlsym(RTLD_NEXT, "write");

        if (is_wanted("write") && isatty(fd))
                hang();
        return next(fd, data, size);
}
