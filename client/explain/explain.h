/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Explain: what a model made from a log or a recording contains, as JSON and as text for people.
 */

#include <json.h>
#include <stdbool.h>

#include "client/client.h"
#include "client/explain/log-reader.h"
#include "model/model.h"

/* Returns {"api_version","subjects":[...]}: every port with a device or a fault, and controllers and the host if they have
 * findings. The caller owns the object. */
struct json_object *explain_answer(const struct model *m);

/* What was read from a log, to explain an empty result. */
struct explain_read {
        unsigned long long lines, records, messages; /* lines read; those of a known form; messages about USB and power */
};

/* Prints the answer for people. Returns STATUS_OK or STATUS_FAILED. */
int explain_show(const struct options *o, struct json_object *answer, const struct explain_read *read);

/* Returns whether there is a finding of severity warning or above. */
bool explain_needs_action(struct json_object *answer);

/* Reads a recording to its end; its first line has already been read. Returns an exit status. */
int explain_recording(struct log_reader *reader, const char *first, size_t first_len, const char *name, struct model *model);
