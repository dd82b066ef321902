/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Show: findings, paths and whole objects of the API (JSON) as text for people.
 *
 * The JSON is not trusted: a missing key, a value of another type or an unknown word is shown as far as possible and otherwise
 * left out.
 */

#include "client/client.h"
#include "view/view.h"

struct table;

/* --json: one object on one line, with indentation on a terminal. Returns STATUS_OK or STATUS_FAILED. */
int show_json(struct json_object *o);

/* Print the symbol of a finding's severity, and the word of a verdict with its symbol, in colour. */
void put_severity(FILE *out, const struct options *o, struct json_object *finding);
void put_verdict(FILE *out, const struct options *o, const char *verdict);

/* The same as the next cell of a table. */
void add_verdict(struct table *t, const struct options *o, const char *verdict);

/* Prints an indented line "label text", wrapped to the width. */
void put_row(FILE *out, const struct options *o, const char *label, const char *text);

/* Prints one finding: cause, action, confidence and evidence. Ends with a newline. */
void show_finding(FILE *out, const struct options *o, struct json_object *finding);

/* Prints all findings of a list: the first one in full, the others in short form, and those in `shown` (NULL: none), which were
 * shown before, only by name. */
void show_findings(FILE *out, const struct options *o, struct json_object *findings, struct json_object *shown);

/* Prints the path from the computer to the device as a tree, and marks the place that `findings` point at. */
void show_path(FILE *out, const struct options *o, struct json_object *path, struct json_object *findings);

/* Print a headset (H of docs/api.md) and a port of `unidentified`; `shown` as for show_findings(). */
void show_headset(FILE *out, const struct options *o, struct json_object *headset, struct json_object *shown);
void show_unidentified(FILE *out, const struct options *o, struct json_object *port, struct json_object *shown);

/* The power map (`hubs` and `typec` of GetPorts). hub_supply_words() tells where a hub's power comes from; port_is_calm() whether
 * the state of a port is an ordinary one; port_device_words() what is there, "WH-1000XM4 (1-2.3)", preceded by the state if it
 * matters; connector_words() what the firmware reports of a Type-C connector, "source, 1.5 A, usb1-port2". */
const char *hub_supply_words(struct json_object *hub);
bool port_is_calm(const char *state);
void port_device_words(struct json_object *port, char *buf, size_t size);
void connector_words(struct json_object *port, char *buf, size_t size);
