/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Secret: 16 random bytes that a program creates once and stores in a file.
 */

#include <stdint.h>

/* Reads the secret from the file, or creates the secret and the file. A thread writes the new file, because the disk may be
 * blocked; errors of that thread are logged. When the file cannot be read, a random secret for this run only is returned together
 * with a negative errno. When `path` is NULL, there is no place to store the secret and -ENOENT is returned. Returns 0
 * otherwise. */
int secret_get(const char *path, uint8_t ret[static 16]);
