/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Fuzzes the framing of /dev/kmsg: the first byte says whether it is the device, which gives whole records, and each byte that
 * follows the length of what is read at once. What is told keeps its promises, and its moment is not in the future.
 */
#include "../../daemon/sources/kmsg.c"
#include "fuzz.h"

static void on_event(void *userdata, const struct event *e) {
        struct moment now = moment_now();

        expect(e->type == EVENT_KERNEL || e->type == EVENT_LOG_LOST);
        expect(e->time.at > 0 && e->time.at <= now.at);
        expect(e->type != EVENT_KERNEL || e->u.kernel.message != KERNEL_DRIVER);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
        struct kmsg_source s = { .fd = -EBADF, .emit = on_event, .buf = malloc(RECORD_MAX + 1) };

        expect(s.buf);
        if (size > 0) {
                s.is_device = data[0] & 1;
                s.live = data[0] & 2;
        }
        for (size_t i = 1; i < size;) {
                size_t n = 1 + (size_t) data[i++] * 8;

                n = n < size - i ? n : size - i;
                n = n < RECORD_MAX - s.used ? n : RECORD_MAX - s.used;
                memcpy(s.buf + s.used, data + i, n);
                s.used += n;
                i += n;
                handle_bytes(&s);
                expect(s.used < RECORD_MAX && (!s.is_device || s.used == 0));
        }
        free(s.buf);
        return 0;
}
