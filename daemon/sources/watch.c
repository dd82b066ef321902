/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* One inotify descriptor for all files. */

#include "daemon/sources/watch.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/inotify.h>
#include <unistd.h>

#include "common/cleanup.h"
#include "daemon/sources/sysfs.h"

struct item {
        int wd;
        enum watch_kind kind;
        struct address where;
};

struct watch {
        int fd;
        sd_event_source *source;
        size_t n, allocated;
        struct item *items;
        watch_written *written;
        void *userdata;
};

static struct item *watch_find(struct watch *w, int wd) {
        for (size_t i = 0; i < w->n; i++)
                if (w->items[i].wd == wd)
                        return &w->items[i];
        return NULL;
}

static void handle(struct watch *w, const struct inotify_event *e) {
        struct item *item = watch_find(w, e->wd);

        if (!item)
                return;
        struct item copy = *item;
        if (e->mask & IN_IGNORED)
                *item = w->items[--w->n];
        else
                w->written(w->userdata, copy.kind, &copy.where);
}

static int on_readable(sd_event_source *source, int fd, uint32_t revents, void *userdata) {
        _Alignas(struct inotify_event) char buf[1024];
        struct watch *w = userdata;

        ssize_t n = read(fd, buf, sizeof(buf));
        if (n < 0)
                return errno == EAGAIN || errno == EINTR ? 0 : -errno;
        for (char *p = buf; p + sizeof(struct inotify_event) <= buf + n;) {
                const struct inotify_event *e = (const struct inotify_event *) (const void *) p;

                handle(w, e);
                p += sizeof(*e) + e->len;
        }
        return 0;
}

int watch_new(sd_event *event, watch_written *written, void *userdata, struct watch **ret) {
        struct watch *w = calloc(1, sizeof(*w));

        if (!w)
                return -ENOMEM;
        *w = (struct watch){ .written = written, .userdata = userdata };
        w->fd = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
        int r = w->fd < 0 ? -errno : sd_event_add_io(event, &w->source, w->fd, EPOLLIN, on_readable, w);
        if (r < 0) {
                watch_free(w);
                return r;
        }
        *ret = w;
        return 0;
}

struct watch *watch_free(struct watch *w) {
        if (!w)
                return NULL;
        sd_event_source_disable_unref(w->source);
        if (w->fd >= 0)
                close(w->fd);
        free(w->items);
        free(w);
        return NULL;
}

static struct item *watch_grow(struct watch *w) {
        if (w->n == w->allocated) {
                size_t more = w->allocated ? 2 * w->allocated : 16;
                struct item *items = reallocarray(w->items, more, sizeof(*items));

                if (!items)
                        return NULL;
                w->items = items;
                w->allocated = more;
        }
        return &w->items[w->n];
}

void watch_add(struct watch *w, enum watch_kind kind, const struct address *where, const char *dir, const char *file) {
        char path[SYSFS_PATH_MAX];

        if (snprintf(path, sizeof(path), "%s/%s", dir, file) >= (int) sizeof(path))
                return;
        int wd = inotify_add_watch(w->fd, path, IN_MODIFY);
        if (wd < 0)
                return;
        struct item *item = watch_find(w, wd);
        if (!item) {
                item = watch_grow(w);
                if (!item)
                        return;
                w->n++;
        }
        *item = (struct item){ .wd = wd, .kind = kind, .where = *where };
}

void watch_remove(struct watch *w, enum watch_kind kind, const struct address *where) {
        for (size_t i = w->n; i-- > 0;)
                if (w->items[i].kind == kind && address_equal(&w->items[i].where, where)) {
                        inotify_rm_watch(w->fd, w->items[i].wd);
                        w->items[i] = w->items[--w->n];
                }
}
