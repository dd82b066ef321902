/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Fuzzes time spans: two that are read, one after the other, are their sum.
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "../../client/span.c"
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
        char *text = strndup((const char *) data, size), *longer = NULL;
        uint64_t usec, more;

        expect(text && asprintf(&longer, "%s 1h", text) >= 0);
        int r = span_parse(text, &usec);
        expect(r == 0 || r == -EINVAL || r == -ERANGE);
        if (r == 0 && usec < UINT64_MAX / 2) {
                /* "90" and "1h" are not one part, so the seconds are named. */
                expect(span_parse(longer, &more) == 0 && more == usec + UINT64_C(3600000000));
        }
        free(text);
        free(longer);
        return 0;
}
