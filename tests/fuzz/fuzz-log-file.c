/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Fuzzes a log as a file: bytes or UTF-16, lines of any length. What a line says does not depend on the encoding, and nothing
 * of it is read twice.
 */
#include <sys/mman.h>

#include "../../client/explain/log-reader.c"
#include "kernel-log/kernel-log.h"
#include "model/model.h"
#include "fuzz.h"

static void into_model(void *userdata, const struct event *e) {
        (void) model_apply(userdata, e);
}

static void read_log(int fd, size_t size) {
        struct model *m = model_new();
        struct kernel_log log = { .emit = into_model, .userdata = m };
        struct log_reader r;
        size_t total = 0, len;
        char *line;

        expect(m && log_reader_init(&r, fd) == 0);
        while (log_reader_next(&r, &line, &len) > 0) {
                expect(len <= LOG_READER_LINE_MAX && !memchr(line, '\n', len));
                for (size_t i = 0; r.encoding != LOG_BYTES && i < len; i++)
                        expect((unsigned char) line[i] < 0x80);
                (void) log_reader_compression(line, len);
                kernel_log_line(&log, line, len);
                total += len;
        }
        expect(total <= size);
        kernel_log_end(&log);
        kernel_log_done(&log);
        log_reader_done(&r);
        model_close_log(m);
        model_free(m);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
        int fd = memfd_create("log", MFD_CLOEXEC);

        expect(fd >= 0 && write(fd, data, size) == (ssize_t) size && lseek(fd, 0, SEEK_SET) == 0);
        read_log(fd, size);
        close(fd);
        return 0;
}
