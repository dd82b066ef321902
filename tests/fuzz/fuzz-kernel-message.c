/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Fuzzes the parser of kernel messages: nothing outside the text is read, what comes out keeps its promises.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "kernel-log/message.h"
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
        struct event e = { .type = EVENT_NONE };
        const struct kernel_facts *k = &e.u.kernel;

        if (!kernel_message_parse((const char *) data, size, &e)) {
                expect(e.type == EVENT_NONE);
                return 0;
        }
        expect(e.type == EVENT_KERNEL);
        expect(k->message > KERNEL_NONE && k->message < _KERNEL_MAX);
        expect(k->has_where == (e.where.bus != 0));
        expect(e.where.depth <= ADDRESS_DEPTH_MAX);
        expect(memchr(k->controller, '\0', sizeof k->controller) && memchr(k->text, '\0', sizeof k->text));
        expect(k->message != KERNEL_SERIAL || (k->number > 0 && k->number < 1 << 12 && k->text[0] == '\0'));
        for (const char *c = k->text; *c; c++)
                expect((unsigned char) *c >= 0x20 && *c != 0x7f);
        return 0;
}
