/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Fuzzes what a program says to a check in JSON lines: each answer goes on with it, each line that is shown is one JSON object.
 */
#include <stdlib.h>

static int fuzz_puts(const char *text);
#define puts fuzz_puts
#include "../../client/doctor/doctor-lines.c"
#include "fuzz.h"

bool watch_doctor_model(struct doctor *d, const char *name) {
        return false;
}

static int fuzz_puts(const char *text) {
        struct json_object *o = parse_json_object(text);

        expect(o && *text == '{' && !strchr(text, '\n') && text_of(o, "type"));
        json_object_put(o);
        return 0;
}

static void take(struct doctor *d, enum doctor_step s) {
        unsigned n = d->check.n;

        switch (lines_take(d, s)) {
        case GO_ON:
                expect(d->check.n > n && d->check.n <= _STEP_MAX);
                break;
        case GO_BACK:
                expect(check_back(d) != STEP_NONE || n == 0);
                break;
        default:
                expect(d->check.n == n);
        }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
        const char *at = (const char *) data, *end = at + size;
        struct doctor d = { .lock = -1, .lines = true };
        enum doctor_step s;

        d.start = d.now = DOCTOR_FACTS_UNKNOWN;
        doctor_begin(&d.check);
        check_see(&d);
        while (at < end && (s = doctor_next(&d.check)) != STEP_NONE) {
                const char *newline = memchr(at, '\n', (size_t) (end - at));
                size_t len = (size_t) ((newline ? newline : end) - at);

                d.line_too_long = len >= sizeof d.line;
                snprintf(d.line, sizeof d.line, "%.*s", (int) len, at);
                lines_show(&d, s, NULL);
                take(&d, s);
                at += len + 1;
        }
        return 0;
}
