/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Bus value: JSON of docs/api.md as D-Bus types, so that properties and GetStatus cannot disagree.
 */

#include <json.h>
#include <systemd/sd-bus.h>

/* Appends the value in the D-Bus type ("s", "u", "as", "a{su}", "a{sv}", "aa{sv}"). What is null is "", 0 or empty; in a
 * dictionary it is left out. Within dictionaries: strings s, truth values b, currents (keys in _ma) u, other whole numbers t,
 * lists of objects aa{sv}, other lists as. Returns 0 or a negative errno. */
int bus_append_json(sd_bus_message *m, const char *type, struct json_object *value);
