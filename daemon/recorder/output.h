/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Output: text for a descriptor that a client gave.
 *
 * Whether a write to it waits is not ours to say: O_NONBLOCK belongs to the open file description, which the client shares and
 * can change, and what is behind it may be a file system of the client's own. So nothing but a thread of its own ever writes to
 * it. The loop only puts text aside for that thread, up to a limit.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <systemd/sd-event.h>

struct output;

/* From the loop: it cannot be written any more (`error`: negative errno). */
typedef void output_failed(void *userdata, int error);

/* Takes the descriptor over. Returns 0 or a negative errno. */
int output_new(sd_event *event, int fd, output_failed *failed, void *userdata, struct output **ret);

/* Puts text aside to be written, and never waits. Returns 0, -ENOBUFS when more than `limit` bytes would wait, or another
 * negative errno; then nothing more is taken. */
int output_add(struct output *o, const char *text, size_t len, size_t limit);

/* So many bytes wait. */
size_t output_waiting(struct output *o);

/* Nothing more comes: what waits is still written, as long as somebody reads it. `failed` is not called any more. */
void output_end(struct output *o);

/* Has its thread come to an end? Only after output_end(). */
bool output_is_over(struct output *o);

/* Lets go of one that has ended. One whose thread is not over within `usec` is left to itself. */
struct output *output_free(struct output *o, uint64_t usec);
