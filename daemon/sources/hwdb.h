/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * hwdb: what the project knows about a model, from udev's hardware database, else from the product's name.
 */

#include <stdbool.h>

#include "event.h"

/* Can the project's own entries be found? Says so in the log when not; call it once. */
bool hwdb_available(void);

/* Fills *ret for the device, all unknown (empty model) when it is no Sony headset. `name` is its product string, safe.
 * The database is opened for the call only, and only for vendors that make headsets, so that it costs no memory. */
void hwdb_lookup(uint16_t vendor, uint16_t product, uint16_t bcd_device, const char *name, struct model_facts *ret);

/* Fills *ret for a model by its name ("WH-1000XM5", any case). Returns false when the database does not know it. */
bool hwdb_lookup_model(const char *name, struct model_facts *ret);
