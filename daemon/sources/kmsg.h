/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * kmsg: the kernel log, record by record, from boot on (Documentation/ABI/testing/dev-kmsg).
 */

#include <systemd/sd-event.h>

#include "daemon/sources/source.h"

struct kmsg_source;

/* Takes standard input when the service manager opened the log there, else opens /dev/kmsg. Nothing is told before
 * kmsg_source_read_backlog(). Returns 0 or a negative errno: then there is no kernel log to be had. */
int kmsg_source_new(sd_event *event, source_emit *emit, void *userdata, struct kmsg_source **ret);
struct kmsg_source *kmsg_source_free(struct kmsg_source *s);

/* Tells everything that is in the log now. `earlier`: the sequence number of the newest record that an earlier run of this boot
 * read, 0: none did. When the log no longer reaches back to the record after it, or to the boot, that is told first. Returns 0 or
 * a negative errno. */
int kmsg_source_read_backlog(struct kmsg_source *s, uint64_t earlier);

/* Tells what has come to the log by now, without waiting for the event loop: the kernel wakes those who read its log up to a
 * timer tick late, when udev may already have told of the change that a record explains. */
void kmsg_source_look(struct kmsg_source *s);

/* Sequence number of the newest record that was read, 0: none. */
uint64_t kmsg_source_sequence(const struct kmsg_source *s);
