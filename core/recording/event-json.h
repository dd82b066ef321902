/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Event as JSON: one event per line. README.md in this directory describes the format.
 */

#include <stdbool.h>
#include <stddef.h>

#include "model/event.h"

/* The version that this program writes. Recordings with another major version cannot be read. */
#define RECORDING_VERSION 1

/* Return the first line of a recording, or an event, without a newline. The caller frees it; NULL: out of memory. `kernel` is the
 * kernel's release, "" when not known. Without `with_serial` the serial number is replaced by a mark that still distinguishes
 * devices. */
char *recording_header_to_line(const char *created_by, const char *kernel);
char *event_to_line(const struct event *e, bool with_serial);

/* Reads a first line. Returns the version, -EBADMSG when it is not a first line, or -EPROTONOSUPPORT when this program does not
 * support the version. `kernel` (NULL, or EVENT_TEXT_MAX bytes) is set to the recorded kernel release, sanitised, or to "". */
int recording_header_from_line(const char *line, size_t len, char *kernel);

/* Reads an event and sanitises its texts. Unknown keys are ignored. Returns 1 and fills *ret, 0 for a kind of event that this
 * program does not know (from a newer version), or -EBADMSG when it is not an event. */
int event_from_line(const char *line, size_t len, struct event *ret);
