/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Replay: a recording as a source (core/recording/README.md).
 */

#include "daemon/sources/source.h"

/* Tells every event of the file, as fast as it can. What is wrong with the file goes to the log with its line; lines that
 * are no events, or of a kind that is not known, are skipped. `kernel` becomes the release of the kernel that was recorded,
 * "" when that is not known. Returns 0, or a negative errno when the file is no
 * recording, is of another version or cannot be read. */
int replay_file(const char *path, char kernel[static EVENT_TEXT_MAX], source_emit *emit, void *userdata);
