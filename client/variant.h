/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Variant: D-Bus values as JSON of the form in docs/api.md.
 */

#include <systemd/sd-bus.h>

#include "client/client.h"

/* Reads the a{sv} at the message's place as a JSON object: property names become snake_case ("DeclaredMa": "declared_ma"),
 * and what the API writes for unknown (0 mA, no time, an empty text) becomes null. Texts are safe to show.
 * The caller owns *ret. Returns 0 or a negative errno. */
int variant_read_properties(sd_bus_message *m, struct json_object **ret);

/* "DeclaredMa" to "declared_ma", cut to fit. Returns buf. */
const char *variant_key(const char *property, char *buf, size_t size);
