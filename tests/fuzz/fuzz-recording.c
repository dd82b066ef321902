/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Fuzzes replay: lines that anybody may have written become events, which the model and the causes take in.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "causes/diagnosis.h"
#include "recording/event-json.h"
#include "fuzz.h"

/* What was read once is read again as the same. */
static void check_round(const struct event *e) {
        char *line = event_to_line(e, true), *again;
        struct event read;

        if (!line || event_from_line(line, strlen(line), &read) != 1)
                abort();
        again = event_to_line(&read, true);
        if (!again || strcmp(line, again) != 0)
                abort();
        free(line);
        free(again);
}

static void diagnose_all(const struct model *m) {
        for (size_t i = 0; i < m->n_ports; i++) {
                struct diagnosis d = {};

                diagnose_port(m, m->ports[i], false, &d);
                diagnosis_clear(&d);
        }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
        const char *line = (const char *) data, *end = line + size;
        struct model *m = model_new();
        char kernel[EVENT_TEXT_MAX];

        (void) recording_header_from_line(line, size, kernel);
        while (line < end) {
                const char *newline = memchr(line, '\n', (size_t) (end - line));
                size_t len = (size_t) ((newline ? newline : end) - line);
                struct event e;

                if (event_from_line(line, len, &e) > 0) {
                        check_round(&e);
                        model_apply(m, &e);
                        (void) model_deadline(m);
                }
                line += len + 1;
        }
        diagnose_all(m);
        model_free(m);
        return 0;
}
