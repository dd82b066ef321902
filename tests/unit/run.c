/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* What all unit tests share. */

#include "run.h"

#include <stdlib.h>

char *written;
size_t written_len;

int run_suite(Suite *suite) {
        SRunner *runner = srunner_create(suite);

        srunner_run_all(runner, CK_ENV);
        int failed = srunner_ntests_failed(runner);
        srunner_free(runner);
        return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

FILE *begin_writing(void) {
        FILE *out = open_memstream(&written, &written_len);

        ck_assert_ptr_nonnull(out);
        return out;
}

void expect_written(FILE *out, const char *text) {
        fclose(out);
        ck_assert_str_eq(written, text);
        free(written);
}
