/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Fuzzes the answers of a script: what is taken for an answer to a step is one, or "skip".
 */
#define complain fuzz_complain
#include "../../client/doctor/doctor-answers.c"

#include <stdlib.h>
#include "fuzz.h"

void fuzz_complain(const char *format, ...) {
}

static void check(const struct answers_file *a) {
        for (unsigned i = 0; i < _STEP_MAX; i++) {
                const char *word = answers_get(a, (enum doctor_step) i);

                expect(!a->given[i] || (word && memchr(a->words[i], '\0', sizeof a->words[i])));
                if (a->given[i] && doctor_n_options((enum doctor_step) i) > 0)
                        expect(is_word_of((enum doctor_step) i, word));
                (void) answers_gives(a, (enum doctor_step) i);
        }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
        struct answers_file *a = calloc(1, sizeof *a);
        char *text = strndup((const char *) data, size);

        expect(a && text);
        if (read_lines(a, "script", text) == STATUS_OK)
                check(a);
        free(text);
        answers_file_free(a);
        return 0;
}
