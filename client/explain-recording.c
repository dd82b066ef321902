/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Explain: a recording instead of a log.
 */
#include "explain.h"

int explain_recording(struct log_reader *reader, char *first, size_t first_len, const char *name, struct model *model) {
        (void) reader;
        (void) first;
        (void) first_len;
        (void) model;
        complain("%s is a recording; play it with: sonycharged --replay FILE", name);
        return STATUS_FAILED;
}
