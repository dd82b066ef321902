/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "common/state-file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/cleanup.h"

int xdg_folder(const char *variable, const char *fallback, char *buf, size_t size) {
        const char *base = getenv(variable), *home = getenv("HOME");
        int n;

        if (base && *base == '/')
                n = snprintf(buf, size, "%s/sonycharge", base);
        else if (fallback && home && *home == '/')
                n = snprintf(buf, size, "%s%s/sonycharge", home, fallback);
        else
                return -ENOENT;
        return n < 0 || (size_t) n >= size ? -ENAMETOOLONG : 0;
}

int folder_make_for(const char *file) {
        _cleanup_free_ char *path = strdup(file);

        if (!path)
                return -ENOMEM;
        for (char *slash = path; (slash = strchr(slash + 1, '/'));) {
                *slash = '\0';
                /* An existing directory is reported as EEXIST even where nothing could be created. */
                if (mkdir(path, 0700) < 0 && errno != EEXIST)
                        return -errno;
                *slash = '/';
        }
        return 0;
}

static int write_all(int fd, const char *text, size_t size) {
        while (size > 0) {
                ssize_t n = write(fd, text, size);

                if (n < 0 && errno == EINTR)
                        continue;
                if (n < 0)
                        return -errno;
                text += n;
                size -= (size_t) n;
        }
        return 0;
}

/* The directory is missing only at the first start. */
static int open_new(const char *path, const char *new) {
        const int flags = O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW;
        int fd = open(new, flags, 0600);

        if (fd < 0 && errno == ENOENT) {
                int r = folder_make_for(path);

                if (r < 0)
                        return r;
                fd = open(new, flags, 0600);
        }
        return fd < 0 ? -errno : fd;
}

int state_file_write(const char *path, const char *text, size_t size) {
        _cleanup_free_ char *new = NULL;

        if (asprintf(&new, "%s.new", path) < 0) {
                new = NULL;
                return -ENOMEM;
        }
        int fd = open_new(path, new);
        if (fd < 0)
                return fd;
        int r = write_all(fd, text, size);
        /* Some file systems report a full disk only here. */
        if (close(fd) < 0 && r >= 0)
                r = -errno;
        if (r >= 0 && rename(new, path) < 0)
                r = -errno;
        if (r < 0)
                (void) unlink(new);
        return r;
}
