/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "database.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The compiled file lies in the build folder, the tests two folders below that. */
void use_database(void) {
        char path[4096];
        ssize_t n = readlink("/proc/self/exe", path, sizeof path - 32);

        ck_assert_int_gt(n, 0);
        path[n] = '\0';
        for (int i = 0; i < 3; i++)
                *strrchr(path, '/') = '\0';
        strcat(path, "/hwdb.bin");
        ck_assert_int_eq(access(path, R_OK), 0);
        ck_assert_int_eq(setenv("SONYCHARGE_HWDB", path, 1), 0);
}

void use_no_database(void) {
        ck_assert_int_eq(setenv("SONYCHARGE_HWDB", "/nonexistent/hwdb.bin", 1), 0);
}
