/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Folders: where the daemon may keep files.
 */

#include <limits.h>

/* The folder for what outlives a boot: `option`, else $STATE_DIRECTORY, else the user's. */
int folder_of_state(const char *option, char buf[static PATH_MAX]);

/* The folder for what ends with the boot: `option`, else $RUNTIME_DIRECTORY, else the user's. */
int folder_of_runtime(const char *option, char buf[static PATH_MAX]);
