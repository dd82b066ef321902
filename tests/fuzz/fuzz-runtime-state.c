/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Fuzzes the runtime state: what was read once, of this boot, is read again as the same after it was written.
 */
#define log_text fuzz_log_text
#include "../../daemon/runtime/runtime-state.c"
#include "fuzz.h"

void fuzz_log_text(int priority, const char *format, ...) {
}

static void begin(struct runtime_state *m, const void *text, size_t size) {
        FILE *f = fmemopen((void *) (uintptr_t) text, size, "r");

        expect(f);
        *m = (struct runtime_state){ .boot = "0123456789abcdef" };
        read_lines(m, f);
        fclose(f);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
        struct runtime_state m, again;
        char *text = NULL;
        size_t len;

        if (size == 0)
                return 0;
        begin(&m, data, size);
        for (size_t i = 0; i < m.n_earlier; i++)
                runtime_state_add(&m, m.earlier[i]);
        runtime_state_save(&m, m.sequence, true);
        FILE *f = open_memstream(&text, &len);
        expect(f);
        write_lines(&m, f);
        expect(fclose(f) == 0);
        begin(&again, text, len);
        expect(again.sequence == m.sequence && again.n_earlier == m.n);
        for (size_t i = 0; i < m.n; i++)
                expect(runtime_state_had(&again, m.entries[i]));
        free(text);
        runtime_state_done(&m);
        runtime_state_done(&again);
        return 0;
}
