/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Fuzzes the file of a check that goes on later: it is taken as a whole or not at all, and a check that was taken is kept and
 * read again as the same.
 */
#include "../../client/doctor/doctor-state.c"

#include <stdlib.h>
#include "fuzz.h"

/* There is no daemon, and no model is looked up. */
bool watch_doctor_model(struct doctor *d, const char *name) {
        return false;
}

static void check_again(const struct doctor *d) {
        struct json_object *o = state_json(d), *read, *second;
        const char *text = json_object_to_json_string_ext(o, JSON_C_TO_STRING_PLAIN);
        struct doctor again = { .lock = -1 };

        read = parse_json_object(text);
        expect(read && take_state(read, &again));
        second = state_json(&again);
        expect(strcmp(text, json_object_to_json_string_ext(second, JSON_C_TO_STRING_PLAIN)) == 0);
        json_object_put(o);
        json_object_put(read);
        json_object_put(second);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
        char *text = strndup((const char *) data, size);
        struct json_object *o = text ? parse_json_object(text) : NULL;
        struct doctor d = { .lock = -1 };

        if (o && take_state(o, &d)) {
                expect(d.check.n > 0 && d.check.n <= _STEP_MAX);
                (void) doctor_next(&d.check);
                check_again(&d);
        }
        json_object_put(o);
        free(text);
        return 0;
}
