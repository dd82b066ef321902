/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Reads small files of sysfs. Paths are absolute, so that a test bed can redirect them. */

#include "daemon/sources/sysfs.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/cleanup.h"

static int path_join(char buf[static SYSFS_PATH_MAX], const char *dir, const char *file) {
        int n = snprintf(buf, SYSFS_PATH_MAX, "%s/%s", dir, file);

        return n < 0 || n >= SYSFS_PATH_MAX ? -ENAMETOOLONG : 0;
}

static struct {
        bool starved;
        void (*on_starved)(void *userdata);
        void *userdata;
} files;

void sysfs_note_error(int error) {
        if (files.starved || (error != EMFILE && error != ENFILE))
                return;
        files.starved = true;
        if (files.on_starved)
                files.on_starved(files.userdata);
}

bool sysfs_starved(void) {
        return files.starved;
}

void sysfs_forget_starved(void) {
        files.starved = false;
}

void sysfs_set_on_starved(void (*function)(void *userdata), void *userdata) {
        files.on_starved = function;
        files.userdata = userdata;
}

ssize_t sysfs_read(const char *dir, const char *file, void *buf, size_t size) {
        char path[SYSFS_PATH_MAX];
        size_t done = 0;

        int r = path_join(path, dir, file);
        if (r < 0)
                return r;
        _cleanup_close_ int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
        if (fd < 0) {
                int error = errno;

                sysfs_note_error(error);
                return -error;
        }
        while (done < size) {
                size_t room = size - done;
                ssize_t n = read(fd, (char *) buf + done, room);

                if (n < 0 && errno == EINTR)
                        continue;
                if (n < 0)
                        return -errno;
                done += (size_t) n;
                /* A read returns as much as there is, up to a page; a short read is the end (kernel fs/kernfs/file.c). No
                 * buffer is larger. */
                if ((size_t) n < room)
                        break;
        }
        return (ssize_t) done;
}

ssize_t sysfs_text(const char *dir, const char *file, char *buf, size_t size) {
        ssize_t n = sysfs_read(dir, file, buf, size - 1);

        buf[n > 0 ? n : 0] = '\0';
        if (n < 0)
                return n;
        buf[strcspn(buf, "\n")] = '\0';
        return (ssize_t) strlen(buf);
}

int sysfs_number(const char *dir, const char *file, int base, uint64_t *ret) {
        char text[32], *end;

        ssize_t n = sysfs_text(dir, file, text, sizeof(text));
        if (n < 0)
                return (int) n;
        if (n == 0 || strspn(text, "0123456789abcdefABCDEFx") == 0)
                return -EINVAL;
        errno = 0;
        uint64_t value = strtoull(text, &end, base);
        if (errno != 0 || end == text || *end != '\0')
                return -EINVAL;
        *ret = value;
        return 0;
}

int sysfs_link_name(const char *dir, const char *file, char *buf, size_t size) {
        char path[SYSFS_PATH_MAX], target[SYSFS_PATH_MAX];

        int r = path_join(path, dir, file);
        if (r < 0)
                return r;
        ssize_t n = readlink(path, target, sizeof(target) - 1);
        if (n < 0)
                return -errno;
        target[n] = '\0';

        const char *slash = strrchr(target, '/');
        const char *name = slash ? slash + 1 : target;
        if (strlen(name) >= size)
                return -ENAMETOOLONG;
        strcpy(buf, name);
        return 0;
}
