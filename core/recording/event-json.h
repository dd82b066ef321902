/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Event as JSON: one event, one line. README.md in this folder describes the format.
 */

#include <stdbool.h>
#include <stddef.h>

#include "model/event.h"

/* The version this program writes; another major number cannot be read. */
#define RECORDING_VERSION 1

/* The first line of a recording, and an event, each without the line's end. The caller frees; NULL: out of memory.
 * `kernel` is the release of the computer's kernel, "" when not known. Without `with_serial` the serial number is replaced by a
 * mark that still tells two devices apart. */
char *recording_header_to_line(const char *created_by, const char *kernel);
char *event_to_line(const struct event *e, bool with_serial);

/* Reads a first line. Returns the version, -EBADMSG when it is none, -EPROTONOSUPPORT when it is of a version that this
 * program does not know. `kernel` (NULL: not wanted; EVENT_TEXT_MAX bytes) becomes the recorded one, made safe, or "". */
int recording_header_from_line(const char *line, size_t len, char *kernel);

/* Reads one event. Unknown keys are skipped. Returns 1 and fills *ret; 0 when it is an event of a kind that this program
 * does not know (a newer one's); -EBADMSG when it is no event. Texts are made safe. */
int event_from_line(const char *line, size_t len, struct event *ret);
