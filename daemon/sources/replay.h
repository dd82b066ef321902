/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Replay: reads a recording as a source (core/recording/README.md).
 */

#include "daemon/sources/source.h"

/* Emits every event of the file, as fast as possible. Errors in the file are logged with their line; lines that are no events,
 * or of an unknown kind, are skipped. `kernel` is set to the release of the recorded kernel, "" if that is not known. Returns
 * 0, or a negative errno if the file is no recording, is of another version or cannot be read. */
int replay_file(const char *path, char kernel[static EVENT_TEXT_MAX], source_emit *emit, void *userdata);
