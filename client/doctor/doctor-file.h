/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Doctor's files: what the answers of a script and the kept check share.
 */

/* The whole of a small file, terminated; NULL and errno when it cannot be read or is far too long. The caller frees it. */
char *read_whole(int fd);
