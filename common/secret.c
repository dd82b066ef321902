/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "common/secret.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/cleanup.h"
#include "common/log.h"
#include "common/state-file.h"

#define SIZE 16

/* Returns 0, -ENODATA when the file does not contain a secret, or another negative errno. */
static int read_secret(const char *path, uint8_t ret[static SIZE]) {
        _cleanup_close_ int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NOFOLLOW | O_NONBLOCK);
        uint8_t found[SIZE + 1];
        ssize_t n;

        if (fd < 0)
                return -errno;
        n = read(fd, found, sizeof found);
        if (n < 0)
                return -errno;
        if (n != SIZE)
                return -ENODATA;
        memcpy(ret, found, SIZE);
        return 0;
}

/* Does not block: the kernel's random pool is initialised long before this program starts. */
static int make_up(uint8_t ret[static SIZE]) {
        return getrandom(ret, SIZE, GRND_NONBLOCK) == SIZE ? 0 : -EAGAIN;
}

struct kept {
        uint8_t secret[SIZE];
        char path[];
};

static void *keep(void *userdata) {
        _cleanup_free_ struct kept *k = userdata;

        int r = state_file_write(k->path, (const char *) k->secret, SIZE);
        if (r < 0)
                log_notice("The secret %s cannot be kept (%s), it is another one at the next start.", k->path, strerror(-r));
        return NULL;
}

/* The disk may be blocked, which must not block the caller. */
static int keep_in_thread(const char *path, const uint8_t secret[static SIZE]) {
        size_t n = strlen(path) + 1;
        struct kept *k = malloc(sizeof *k + n);
        pthread_t thread;

        if (!k)
                return -ENOMEM;
        memcpy(k->secret, secret, SIZE);
        memcpy(k->path, path, n);
        int r = pthread_create(&thread, NULL, keep, k);
        if (r != 0) {
                free(k);
                return -r;
        }
        pthread_detach(thread);
        return 0;
}

int secret_get(const char *path, uint8_t ret[static SIZE]) {
        int r = path ? read_secret(path, ret) : -ENOENT, k;

        if (r >= 0)
                return 0;
        k = make_up(ret);
        if (k < 0)
                return k;
        /* A file that cannot be read for another reason may still be intact, so it is not replaced. */
        if (!path || (r != -ENOENT && r != -ENODATA))
                return r;
        if (r == -ENODATA)
                log_warning("%s is damaged, a new one is made.", path);
        return keep_in_thread(path, ret);
}
