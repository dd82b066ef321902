/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Bus value: converts the JSON of docs/api.md to D-Bus types. Properties and GetStatus both use it, so they cannot differ.
 */

#include <json.h>
#include <systemd/sd-bus.h>

/* Appends the value as the D-Bus type "s", "u", "as", "a{su}", "a{sv}" or "aa{sv}". A null value becomes "", 0 or an empty
 * container; in a dictionary it is left out. Within dictionaries, strings become s, booleans b, currents (keys that end in
 * _ma) u, other integers t, lists of objects aa{sv} and other lists as. Returns 0 or a negative errno. */
int bus_append_json(sd_bus_message *m, const char *type, struct json_object *value);
