/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Fuzzes the configuration of the daemon: whatever stands there, each setting keeps within its bounds, and what is complained
 * of is written without control characters.
 */
#include <stdarg.h>

#define log_text fuzz_log_text
#include "../../daemon/config.c"
#include "fuzz.h"

void fuzz_log_text(int priority, const char *format, ...) {
        char line[512];
        va_list ap;

        va_start(ap, format);
        vsnprintf(line, sizeof line, format, ap);
        va_end(ap);
        expect(priority > 0);
        for (const char *c = line; *c; c++)
                expect((unsigned char) *c >= 0x20 && *c != 0x7f);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
        FILE *file = size > 0 ? fmemopen((void *) (uintptr_t) data, size, "r") : NULL;
        struct config c = defaults;

        if (!file)
                return 0;
        read_lines(&c, "sonycharged.conf", file);
        fclose(file);
        expect(c.power_look_usec >= 5 * UINT64_C(1000000) && c.power_look_usec <= 3600 * UINT64_C(1000000));
        expect(c.own_protocol == OWN_PROTOCOL_ASK || c.own_protocol == OWN_PROTOCOL_ON || c.own_protocol == OWN_PROTOCOL_OFF);
        return 0;
}
