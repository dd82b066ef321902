/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Output: writes text to a descriptor that a client passed.
 *
 * Whether a write blocks is not under the daemon's control: O_NONBLOCK belongs to the open file description, which the client
 * shares and can change, and the file may be on a file system that the client implements. Therefore only a dedicated thread
 * writes to the descriptor. The event loop just queues text for that thread, up to a limit.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <systemd/sd-event.h>

struct output;

/* Called from the loop when the descriptor cannot be written any more (`error`: negative errno). */
typedef void output_failed(void *userdata, int error);

/* Takes ownership of the descriptor. Returns 0 or a negative errno. */
int output_new(sd_event *event, int fd, output_failed *failed, void *userdata, struct output **ret);

/* Queues text and never blocks. Returns 0, -ENOBUFS if more than `limit` bytes would be queued, or another negative errno;
 * after a failure nothing more is accepted. */
int output_add(struct output *o, const char *text, size_t len, size_t limit);

/* Returns the number of queued bytes. */
size_t output_waiting(struct output *o);

/* No more text will be added. Queued text is still written as long as it is read. `failed` is not called any more. */
void output_end(struct output *o);

/* Returns whether the thread has ended. Only after output_end(). */
bool output_is_over(struct output *o);

/* Frees an output that has ended. If its thread does not end within `usec`, the thread is abandoned. */
struct output *output_free(struct output *o, uint64_t usec);
