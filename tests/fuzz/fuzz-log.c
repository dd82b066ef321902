/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Fuzzes a whole log: lines of every form, the model that they build and every cause that looks at it.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "causes/diagnosis.h"
#include "kernel-log/line.h"
#include "kernel-log/message.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void expect(bool truth) {
        if (!truth)
                abort();
}

static void take_line(struct model *m, struct log_reader_state *state, const char *text, size_t len) {
        uint64_t before = state->clock.now.at;
        struct event e = { .type = EVENT_BOOT };
        struct log_line line;

        log_line_parse(state, text, len, &line);
        expect(line.time.at >= before);
        e.time = line.time;
        if (line.new_boot || line.kind == LOG_LINE_BOOT)
                model_apply(m, &e);
        if (line.kind != LOG_LINE_KERNEL)
                return;
        expect(line.text >= text && line.text + line.len <= text + len);
        if (!kernel_message_parse(line.text, line.len, &e))
                return;
        e.time = line.time;
        e.u.kernel.log_usec = line.uptime;
        model_apply(m, &e);
}

static void check_findings(const struct diagnosis *d) {
        for (size_t i = 0; i < d->findings.n; i++) {
                const struct finding *f = &d->findings.items[i];

                expect(f->cause[0] != '\0' && f->action[0] != '\0' && f->subject[0] != '\0');
                expect(f->code < _FINDING_CODE_MAX && f->n_evidence <= EVIDENCE_MAX);
                /* No kernel log can tell these. */
                expect(finding_segment(f->code) != SEGMENT_CABLE);
        }
}

static void diagnose_all(const struct model *m) {
        struct diagnosis d = {};

        diagnose_host(m, true, &d);
        check_findings(&d);
        for (size_t i = 0; i < m->n_controllers; i++) {
                diagnose_controller(m, &m->controllers[i], true, &d);
                check_findings(&d);
        }
        for (size_t i = 0; i < m->n_ports; i++) {
                diagnose_port(m, m->ports[i], true, &d);
                check_findings(&d);
        }
        diagnosis_clear(&d);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
        const char *s = (const char *) data, *end = s + size;
        struct log_reader_state state = {};
        struct model *m = model_new();

        if (!m)
                return 0;
        while (s < end) {
                const char *newline = memchr(s, '\n', (size_t) (end - s)), *stop = newline ? newline : end;

                take_line(m, &state, s, (size_t) (stop - s));
                s = stop + 1;
        }
        model_close_log(m);
        diagnose_all(m);
        model_free(m);
        return 0;
}
