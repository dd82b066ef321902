/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Fuzzes a whole log: lines of every form, records of journals, markup and joined lines, the model that they build and every
 * cause that looks at it.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "causes/diagnosis.h"
#include "kernel-log/kernel-log.h"
#include "fuzz.h"

struct checked {
        struct model *model;
        uint64_t before;
};

static void into_model(void *userdata, const struct event *e) {
        struct checked *c = userdata;

        expect(e->time.at >= c->before);
        c->before = e->time.at;
        if (e->type == EVENT_KERNEL)
                for (const char *s = e->u.kernel.text; *s; s++)
                        expect((unsigned char) *s >= 0x20 && *s != 0x7f);
        model_apply(c->model, e);
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
        struct model *m = model_new();
        struct checked checked = { .model = m };
        struct kernel_log log = { .emit = into_model, .userdata = &checked };
        const uint8_t *end = data + size;

        expect(m);
        while (data < end) {
                const uint8_t *newline = memchr(data, '\n', (size_t) (end - data));
                size_t len = (size_t) ((newline ? newline : end) - data);
                char *line = calloc(1, len + 1); /* of its own, so that reading past it shows */

                expect(line);
                memcpy(line, data, len);
                kernel_log_line(&log, line, len);
                free(line);
                data += len + (newline ? 1 : 0);
        }
        kernel_log_end(&log);
        kernel_log_done(&log);
        model_close_log(m);
        diagnose_all(m);
        model_free(m);
        return 0;
}
