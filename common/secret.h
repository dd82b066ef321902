/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Secret: 16 random bytes that a program makes once and keeps in a file of its own.
 */

#include <stdint.h>

/* Reads the secret from the file, or makes both. A new file is written by a thread of its own, as the disk may stand still; what
 * fails then is named in the log. When the file cannot be read, the secret is as random and is forgotten at the end: then a
 * negative errno is returned. Returns 0 else. `path` NULL: there is no place for it, -ENOENT. */
int secret_get(const char *path, uint8_t ret[static 16]);
