/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * kmsg: reads the kernel log record by record, from boot on (Documentation/ABI/testing/dev-kmsg).
 */

#include <systemd/sd-event.h>

#include "daemon/sources/source.h"

struct kmsg_source;

/* Uses standard input if the service manager opened the log there, else opens /dev/kmsg. Nothing is emitted before
 * kmsg_source_read_backlog(). Returns 0, or a negative errno if the kernel log is not available. */
int kmsg_source_new(sd_event *event, source_emit *emit, void *userdata, struct kmsg_source **ret);
struct kmsg_source *kmsg_source_free(struct kmsg_source *s);

/* Emits everything that is in the log now. `earlier` is the sequence number of the newest record that an earlier run of this
 * boot read, 0 if none did. If the log no longer reaches back to the record after it, or to the boot, that is emitted first.
 * Returns 0 or a negative errno. */
int kmsg_source_read_backlog(struct kmsg_source *s, uint64_t earlier);

/* Emits new records without waiting for the event loop. The kernel wakes readers of its log up to a timer tick late, when udev
 * may already have reported the change that a record explains. */
void kmsg_source_look(struct kmsg_source *s);

/* Returns the sequence number of the newest record that was read, 0 if none was. */
uint64_t kmsg_source_sequence(const struct kmsg_source *s);
