/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * History: earlier plug sessions as text for people.
 */

#include <systemd/sd-bus.h>

#include "client/client.h"

/* Prints sessions, one per line, and a summary for headsets and ports. */
void show_history(FILE *out, const struct options *o, struct json_object *history);

/* Returns the percentage of a battery point ({"at","level"}), -1 if it has none. */
int battery_level(struct json_object *point);

/* Draws the sessions as rows on one time axis, and the battery level during the last charge of each headset. Draws nothing if
 * there is too little data. Ends with an empty line. */
void show_timeline(FILE *out, const struct options *o, struct json_object *sessions);

/* Draws the battery level during a session. Returns whether there was enough data to draw. */
bool show_battery(FILE *out, const struct options *o, struct json_object *session);

/* Prints the sessions of GetLast in full. */
void show_last(FILE *out, const struct options *o, struct json_object *last);

/* Prints the line about earlier plug sessions of a headset in the status, unless all went well. */
void show_statistics(FILE *out, const struct options *o, struct json_object *status, const char *headset);

/* "status --last [HEADSET]". Returns an exit status. */
int history_last(const struct options *o, const char *headset);

/* Plug sessions in words: the device, how the session went, and the code of its most important finding ("" for
 * none). */
const char *session_who(struct json_object *session);
const char *session_outcome_words(struct json_object *session);
/* The duration: "42 min"; "42 min or more" or "not known" if nobody saw the end. Returns buf or a static string. */
#define SESSION_LENGTH_MAX 64
const char *session_length_words(struct json_object *session, char buf[static SESSION_LENGTH_MAX]);
const char *session_first_code(struct json_object *session);

/* The location: "left rear USB port (usb1-port2)". Returns buf. */
#define SESSION_WHERE_MAX 460
const char *session_where(struct json_object *session, char buf[static SESSION_WHERE_MAX]);

/* Fetches the newest `limit` sessions of a headset (an id, NULL: of any) and the health of headsets and ports, in the form of
 * GetHistory. Complains on failure; returns an exit status. The caller owns *ret. */
int history_fetch(const struct options *o, sd_bus *bus, const char *headset, uint32_t limit, struct json_object **ret);
