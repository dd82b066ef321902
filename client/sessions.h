/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * History: earlier plug sessions as text for people.
 */

#include <systemd/sd-bus.h>

#include "client/client.h"

/* Prints sessions, one to a line, and what they say about headsets and ports. */
void show_history(FILE *out, const struct options *o, struct json_object *history);

/* Percent of a battery point ({"at","level"}), -1 when it tells none. */
int battery_level(struct json_object *point);

/* Draws when what was plugged in, and how it went, as rows of one span of time, and how the battery went at the last charge of
 * each headset; nothing for what is too little to draw. Ends with an empty line. */
void show_timeline(FILE *out, const struct options *o, struct json_object *sessions);

/* Draws how the battery went in a session. Returns whether there was enough to draw. */
bool show_battery(FILE *out, const struct options *o, struct json_object *session);

/* Prints the sessions of GetLast in full. */
void show_last(FILE *out, const struct options *o, struct json_object *last);

/* The line about earlier plug sessions of a headset in the status; none when all went well. */
void show_past(FILE *out, const struct options *o, struct json_object *status, const char *headset);

/* "status --last [HEADSET]". Returns an exit status. */
int history_last(const struct options *o, const char *headset);

/* A plug session in words: whose it was, how it went, how it ended, and the code of the most important thing found
 * in it ("" for none). */
const char *session_who(struct json_object *session);
const char *session_outcome_words(struct json_object *session);
const char *session_end_words(struct json_object *session);

/* How long it lasted: "42 min"; "42 min or more" or "not known" when nobody saw its end. Returns buf or a static text. */
#define SESSION_LENGTH_MAX 32
const char *session_length_words(struct json_object *session, char buf[static SESSION_LENGTH_MAX]);
const char *session_first_code(struct json_object *session);

/* "left rear USB port (usb1-port2)": where it was. Returns buf. */
#define SESSION_WHERE_MAX 460
const char *session_where(struct json_object *session, char buf[static SESSION_WHERE_MAX]);

/* "35 s", "42 min", "7 h", "3 days"; "-" for 0. Returns buf. */
const char *show_span(uint64_t usec, char *buf, size_t size);

/* The newest `limit` sessions of a headset (an id, NULL: of any) and the health of headsets and ports, as GetHistory gives them.
 * Complains on failure; returns an exit status. The caller owns *ret. */
int history_fetch(const struct options *o, sd_bus *bus, const char *headset, uint32_t limit, struct json_object **ret);
