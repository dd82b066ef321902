/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Watch: notices that somebody wrote a sysfs file (inotify reports writes of user space, not changes by the kernel).
 * It costs nothing while nobody writes and never reads the file.
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

/* Watches `dir`/`file`; a file that does not exist is skipped silently. */
void watch_add(struct watch *w, enum watch_kind kind, const struct address *where, const char *dir, const char *file);

/* Ends all watches of that kind at the place. */
void watch_remove(struct watch *w, enum watch_kind kind, const struct address *where);
