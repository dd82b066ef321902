/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Library: releases the memory of shared libraries that are rarely used.
 */

/* Releases the resident pages of all loaded libraries whose path contains `name` ("/libsqlite3.so"). This is safe, because the
 * pages are unmodified pages of the file. The kernel reads them again from the page cache when they are used. */
void library_rest(const char *name);
