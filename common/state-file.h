/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * State file: a small private file of a program in one of the usual directories.
 */

#include <stddef.h>

/* Writes the path of the directory "sonycharge" below an XDG base directory to buf. `variable` is the environment variable of
 * that directory, for example "XDG_STATE_HOME". When it is not set, `fallback` ("/.local/state") below the home directory is
 * used, unless `fallback` is NULL. Relative paths are ignored, as the XDG Base Directory Specification requires. Returns 0,
 * -ENOENT when there is no such directory, or -ENAMETOOLONG. */
int xdg_folder(const char *variable, const char *fallback, char *buf, size_t size);

/* Makes the folder of the file and the folders above it where they are missing, for the user alone. Returns 0 or a negative
 * errno. */
int folder_make_for(const char *file);

/* Makes the folder of the file, and replaces the file by the text: readers see the old or the new file as a whole, even
 * when the program is killed meanwhile. Returns 0 or a negative errno. */
int state_file_write(const char *path, const char *text, size_t size);
