/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Worker: does one thing that may have to wait for a disk, in a thread that lives as long as that takes. The loop goes on
 * meanwhile, whatever the disk does.
 */

#include <stdbool.h>
#include <stdint.h>
#include <systemd/sd-event.h>

struct worker;
typedef void worker_function(void *job);

/* Returns 0 or a negative errno. */
int worker_new(sd_event *event, struct worker **ret);

/* One that is at work is left to itself, with its job. */
struct worker *worker_free(struct worker *w);

bool worker_is_busy(const struct worker *w);

/* Calls `run` in the thread and, when that has returned, `done` from the loop. In between the job is the thread's alone.
 * Where no thread can be had, `run` is called at once. Returns 0, or -EBUSY while another job is being done. */
int worker_start(struct worker *w, worker_function *run, worker_function *done, void *job);

/* Waits for the job's end, at most so many µs, and calls its `done`. Returns 0 or -ETIMEDOUT. */
int worker_wait(struct worker *w, uint64_t usec);
