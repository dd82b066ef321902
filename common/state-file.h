/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * State file: a small file that a program keeps for itself, in one of the usual folders.
 */

#include <stddef.h>

/* Writes the path of the folder "sonycharge" in an XDG base directory into buf. `variable` names the directory, for example
 * "XDG_STATE_HOME"; where it is not set, `fallback` ("/.local/state") in the home folder is used, unless it is NULL. Paths
 * that are not absolute are ignored, as the XDG Base Directory Specification demands. Returns 0, -ENOENT when there is no
 * such directory, or -ENAMETOOLONG. */
int xdg_folder(const char *variable, const char *fallback, char *buf, size_t size);

/* Makes the folder of the file and the folders above it where they are missing, for the user alone. Returns 0 or a negative
 * errno. */
int folder_make_for(const char *file);

/* Makes the folder of the file, and replaces the file by the text: readers see the old or the new file as a whole, even
 * when the program is killed meanwhile. Returns 0 or a negative errno. */
int state_file_write(const char *path, const char *text, size_t size);
