/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Explain: what a model that was built from a log or a recording tells, as JSON and as text for people.
 */

#include <json.h>
#include <stdbool.h>

#include "client/client.h"
#include "client/explain/log-reader.h"
#include "model/model.h"

/* {"api_version","subjects":[...]}: every port with a device or a fault, controllers and the host with findings. A new
 * object; the caller owns it. */
struct json_object *explain_answer(const struct model *m);

/* What was read of a log, for whoever asks why nothing is told of it. */
struct explain_read {
        unsigned long long lines, records, messages; /* read; of them of a known form; messages about USB and power */
};

/* Prints the answer for people. Returns STATUS_OK or STATUS_FAILED. */
int explain_show(const struct options *o, struct json_object *answer, const struct explain_read *read);

/* Is there a finding of severity warning or above? */
bool explain_needs_action(struct json_object *answer);

/* Reads a recording whose first line has been read already, to its end. Returns an exit status. */
int explain_recording(struct log_reader *reader, const char *first, size_t first_len, const char *name, struct model *model);
