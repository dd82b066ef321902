/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Folders: the directories in which the daemon may keep files.
 */

#include <limits.h>

/* Stores the directory for data that outlives a boot: `option`, else $STATE_DIRECTORY, else the user's. */
int folder_of_state(const char *option, char buf[static PATH_MAX]);

/* Stores the directory for data that holds within one boot: `option`, else $RUNTIME_DIRECTORY, else the user's. */
int folder_of_runtime(const char *option, char buf[static PATH_MAX]);
