/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Watch: notices when a process writes a sysfs file (inotify reports writes from user space, not changes by the kernel). It
 * never reads the file and costs nothing while it is not written.
 */

#include <systemd/sd-event.h>

#include "model/address.h"

enum watch_kind {
        WATCH_DEVICE, /* power/control or authorized of the device */
        WATCH_PORT,   /* `disable` of the port */
};

typedef void watch_written(void *userdata, enum watch_kind kind, const struct address *where);

struct watch;

/* Returns 0 or a negative errno. */
int watch_new(sd_event *event, watch_written *written, void *userdata, struct watch **ret);
struct watch *watch_free(struct watch *w);

/* Watches `dir`/`file`. A file that does not exist is skipped silently. */
void watch_add(struct watch *w, enum watch_kind kind, const struct address *where, const char *dir, const char *file);

/* Removes all watches of that kind at the place. */
void watch_remove(struct watch *w, enum watch_kind kind, const struct address *where);
