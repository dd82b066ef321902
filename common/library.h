/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Library: the code of a shared library that is seldom used need not stay in memory.
 */

/* Lets go of the resident pages of the loaded libraries whose path contains `name` ("/libsqlite3.so"). They are the file's
 * own, nobody can have written to them, and they come back from the page cache when they are used. */
void library_rest(const char *name);
