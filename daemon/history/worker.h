/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Worker: runs one job that may wait for a disk in a thread that exists only for that job. The event loop continues meanwhile.
 */

#include <stdbool.h>
#include <stdint.h>
#include <systemd/sd-event.h>

struct worker;
typedef void worker_function(void *job);

/* Returns 0 or a negative errno. */
int worker_new(sd_event *event, struct worker **ret);

/* A thread that is still running is abandoned together with its job. */
struct worker *worker_free(struct worker *w);

bool worker_is_busy(const struct worker *w);

/* Calls `run` in the thread and, after it has returned, `done` from the loop. In between only the thread may access the job.
 * If no thread can be created, `run` is called immediately. Returns 0, or -EBUSY while another job is running. */
int worker_start(struct worker *w, worker_function *run, worker_function *done, void *job);

/* Waits at most `usec` µs for the end of the job and calls its `done`. Returns 0 or -ETIMEDOUT. */
int worker_wait(struct worker *w, uint64_t usec);
