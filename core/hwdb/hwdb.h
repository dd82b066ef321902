/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * hwdb: what the project knows about a model, from udev's hardware database, else from the product's name.
 *
 * The database is opened for the call only, and only for vendors that make headsets, so that it costs no memory.
 * SONYCHARGE_HWDB names another compiled one.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/facts.h"

/* More models than the file has; what is above is not listed. */
#define HWDB_MODELS_MAX 128

/* Can the project's own entries be found? Says so in the log when not; call it once. */
bool hwdb_available(void);

/* Fills *ret for the USB device, all unknown (empty model) when it is no Sony headset. `name` is its product string, safe. */
void hwdb_lookup(uint16_t vendor, uint16_t product, uint16_t bcd_device, const char *name, struct model_facts *ret);

/* The same for a Bluetooth device: `modalias` as BlueZ tells it, any text or NULL; `name` as the device tells it, or "".
 * Without a modalias the name of a model that the database knows is enough. `ret_firmware` (may be NULL) gets the version that
 * the headset runs,
 * "" when it does not tell one. */
void hwdb_lookup_bluetooth(const char *modalias, const char *name, struct model_facts *ret, char *ret_firmware, size_t size);

/* Fills *ret for a model by its name: "WH-1000XM5", in any case, also without the dashes and spaces or with other signs for
 * them ("wh_1000xm5"). Returns false when the database does not know it. */
bool hwdb_lookup_model(const char *name, struct model_facts *ret);

/* Lists the models that the database knows, in its order: over-ear, neckband, earbuds, games. Returns how many; 0 without
 * the project's entries. */
size_t hwdb_models(char (*ret)[sizeof(((struct model_facts *) 0)->model)], size_t max);
