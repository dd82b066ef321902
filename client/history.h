/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * History: earlier plug sessions as text for people.
 */

#include "client.h"

/* Prints sessions, one to a line, and what they say about headsets and ports. */
void show_history(FILE *out, const struct options *o, struct json_object *history);

/* Prints the sessions of GetLast in full. */
void show_last(FILE *out, const struct options *o, struct json_object *last);

/* The line about earlier plug sessions of a headset in the status; none when all went well. */
void show_past(FILE *out, const struct options *o, struct json_object *status, const char *headset);

/* "status --last [HEADSET]". Returns an exit status. */
int history_last(const struct options *o, const char *headset);
