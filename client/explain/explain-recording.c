/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Explain: a recording instead of a log.
 */
#include <errno.h>
#include <string.h>

#include "recording/event-json.h"
#include "client/explain/explain.h"
#include "common/language.h"

static int complain_about_header(int version, const char *name) {
        if (version == -EPROTONOSUPPORT)
                complain(_("%s was recorded by another version of sonycharge, which this one cannot read"), name);
        else
                complain(_("%s does not begin as a recording does"), name);
        return STATUS_FAILED;
}

int explain_recording(struct log_reader *reader, const char *first, size_t first_len, const char *name, struct model *model) {
        unsigned long long line_number = 1, bad = 0;
        int r = recording_header_from_line(first, first_len, NULL);
        struct event e;
        char *line;
        size_t len;

        if (r < 0)
                return complain_about_header(r, name);
        while ((r = log_reader_next(reader, &line, &len)) > 0) {
                int known = event_from_line(line, len, &e);

                line_number++;
                if (known > 0)
                        model_apply(model, &e);
                else if (known < 0 && len > 0 && bad++ == 0)
                        complain(_("%s: line %llu is no event, skipping such lines"), name, line_number);
        }
        if (r < 0) {
                complain(_("cannot read %s: %s"), name, strerror(-r));
                return STATUS_FAILED;
        }
        model_close_log(model);
        return STATUS_OK;
}
