/* SPDX-License-Identifier: LGPL-2.1-or-later */

/*
 * A disk that stands still, for tests: whatever waits for it (fsync(), fdatasync(), rename()) in the folder named by
 * $STALL_FOLDER waits as long as the file named by $STALL exists. Each wait for a file is noted in $STALL_COUNT, a line each.
 */

#include <dlfcn.h>
#include <limits.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void wait_for_disk(const char *path) {
        const char *folder = getenv("STALL_FOLDER"), *stall = getenv("STALL");

        if (!folder || !stall || strncmp(path, folder, strlen(folder)) != 0)
                return;
        while (access(stall, F_OK) == 0)
                (void) poll(NULL, 0, 20);
}

static void note(const char *path) {
        const char *count = getenv("STALL_COUNT");
        FILE *f = count ? fopen(count, "ae") : NULL;

        if (!f)
                return;
        fprintf(f, "%s\n", path);
        fclose(f);
}

static void wait_for_file(int fd) {
        char link[64], path[PATH_MAX] = "";

        snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
        if (readlink(link, path, sizeof path - 1) <= 0)
                return;
        note(path);
        wait_for_disk(path);
}

int fsync(int fd) {
        int (*real)(int) = (int (*)(int)) dlsym(RTLD_NEXT, "fsync");

        wait_for_file(fd);
        return real(fd);
}

int fdatasync(int fd) {
        int (*real)(int) = (int (*)(int)) dlsym(RTLD_NEXT, "fdatasync");

        wait_for_file(fd);
        return real(fd);
}

int rename(const char *from, const char *to) {
        int (*real)(const char *, const char *) = (int (*)(const char *, const char *)) dlsym(RTLD_NEXT, "rename");

        wait_for_disk(to);
        return real(from, to);
}
