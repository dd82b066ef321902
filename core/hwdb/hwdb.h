/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * hwdb: looks up what the project knows about a model in udev's hardware database, or by the product's name.
 *
 * The database is opened only during the call, and only for vendors that make headsets, to save memory. SONYCHARGE_HWDB names
 * another compiled database.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/facts.h"

/* More models than the database has. Further ones are not listed. */
#define HWDB_MODELS_MAX 128

/* Returns true when the project's own entries are found, and logs a message when they are not. Call it once. */
bool hwdb_available(void);

/* Fills *ret for the USB device. All facts are unknown (empty model) when it is not a Sony headset. `name` is the sanitised
 * product string. */
void hwdb_lookup(uint16_t vendor, uint16_t product, uint16_t bcd_device, const char *name, struct model_facts *ret);

/* The same for a Bluetooth device. `modalias` is any text from BlueZ or NULL; `name` is the device's name or "". Without a
 * modalias the name of a known model is sufficient. `ret_firmware` (may be NULL) is set to the version of the firmware, or to ""
 * when it is not reported. */
void hwdb_lookup_bluetooth(const char *modalias, const char *name, struct model_facts *ret, char *ret_firmware, size_t size);

/* Fills *ret for a model name such as "WH-1000XM5". Case is ignored, and dashes and spaces may be missing or replaced
 * ("wh_1000xm5"). Returns false when the database does not have the model. */
bool hwdb_lookup_model(const char *name, struct model_facts *ret);

/* Lists the models in the order of the database: over-ear, neckband, earbuds, games. Returns their number, or 0 without the
 * project's entries. */
size_t hwdb_models(char (*ret)[sizeof(((struct model_facts *) 0)->model)], size_t max);
