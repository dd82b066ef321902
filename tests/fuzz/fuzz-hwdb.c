/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Fuzzes an entry of the hardware database, "KEY=VALUE" lines, and names of devices: facts keep within their bounds, texts end
 * and have no control characters.
 */
#include "../../core/hwdb/hwdb.c"
#include "fuzz.h"

static void check_text(const char *text, size_t size) {
        expect(memchr(text, '\0', size));
        for (; *text; text++)
                expect((unsigned char) *text >= 0x20 && *text != 0x7f);
}

static void check(const struct model_facts *f) {
        expect(f->needed_ma <= 5000 && f->least_ma <= 5000 && f->full_minutes <= 24 * 60 && f->limit_percent <= 100);
        expect(f->enumerates == UNKNOWN || f->enumerates == YES || f->enumerates == NO);
        check_text(f->model, sizeof f->model);
        check_text(f->family, sizeof f->family);
        check_text(f->connector, sizeof f->connector);
        check_text(f->firmware, sizeof f->firmware);
        check_text(f->firmware_date, sizeof f->firmware_date);
        check_text(f->help, sizeof f->help);
}

static void try_names(const char *list) {
        char models[4][sizeof(((struct model_facts *) 0)->model)];
        size_t n = add_names(list, models, 0, 4);

        expect(n <= 4);
        for (size_t i = 0; i < n; i++) {
                check_text(models[i], sizeof models[i]);
                expect(same_letters(models[i], models[i]));
        }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
        char *text = strndup((const char *) data, size), *at = text;
        struct model_facts f = MODEL_FACTS_UNKNOWN, named = MODEL_FACTS_UNKNOWN;

        expect(text);
        if (by_pattern(text, &named))
                expect(named.model[0] != '\0');
        check(&named);
        try_names(text);
        while (at) {
                char *line = strsep(&at, "\n"), *value = strchr(line, '=');

                if (!value)
                        continue;
                *value = '\0';
                take(line, value + 1, &f);
                check(&f);
        }
        free(text);
        return 0;
}
