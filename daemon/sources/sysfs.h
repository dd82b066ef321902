/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * sysfs: small files, any of which can vanish at any time.
 *
 * Nothing here may be used on a file that takes the device's lock (docs/architecture.md, "Reading without waking").
 */

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/* Reads at most `size` bytes of `dir`/`file`. Returns how many, or a negative errno. */
ssize_t sysfs_read(const char *dir, const char *file, void *buf, size_t size);

/* The same as text, without the line's end, terminated; cut to fit. On error buf is empty. Returns the length or a negative
 * errno. */
ssize_t sysfs_text(const char *dir, const char *file, char *buf, size_t size);

/* A whole number in the base (10 or 16). Returns 0 or a negative errno (-EINVAL: no number), then *ret is left alone. */
int sysfs_number(const char *dir, const char *file, int base, uint64_t *ret);

/* Last part of the symbolic link `dir`/`file`. Returns 0 or a negative errno (-ENAMETOOLONG when it does not fit). */
int sysfs_link_name(const char *dir, const char *file, char *buf, size_t size);
