/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * sysfs: reads small files, any of which can vanish at any time.
 *
 * These functions must not be used on a file whose read takes the device's lock (docs/architecture.md, "Reading without
 * waking").
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/* The paths of sysfs are shorter, also behind a dock and six hubs. A longer one counts as not there. */
#define SYSFS_PATH_MAX 1024

/* Reads at most `size` bytes of `dir`/`file`. Returns the number of bytes or a negative errno. */
ssize_t sysfs_read(const char *dir, const char *file, void *buf, size_t size);

/* The same as a NUL-terminated string without the trailing newline, truncated to fit. On error buf is empty. Returns the
 * length or a negative errno. */
ssize_t sysfs_text(const char *dir, const char *file, char *buf, size_t size);

/* Reads an integer in the base 10 or 16. Returns 0 or a negative errno (-EINVAL: not a number); on failure *ret is unchanged. */
int sysfs_number(const char *dir, const char *file, int base, uint64_t *ret);

/* Stores the last component of the target of the symbolic link `dir`/`file`. Returns 0 or a negative errno (-ENAMETOOLONG if
 * it does not fit). */
int sysfs_link_name(const char *dir, const char *file, char *buf, size_t size);

/* To be called when opening something failed; `error` is the errno. Remembers it when too many files are open, in this process or
 * on the whole computer: what is there looks as if it were absent then. */
void sysfs_note_error(int error);

/* Returns true when that has happened since the last call of sysfs_forget_starved(). */
bool sysfs_starved(void);
void sysfs_forget_starved(void);

/* Sets the function that is called when it happens for the first time since then. NULL: none. */
void sysfs_set_on_starved(void (*function)(void *userdata), void *userdata);
