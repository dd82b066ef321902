/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Bus dictionary: reads a{sv} of another service. A value of another type than it should have counts as not told.
 */

#include <stdbool.h>
#include <stdint.h>
#include <systemd/sd-bus.h>

/* Called for each entry: it has to read or skip the variant. Returns 0 or a negative errno of the message. */
typedef int dictionary_entry(void *userdata, const char *key, sd_bus_message *m);

/* Reads the dictionary that comes next. Returns 0 or a negative errno: then the message is no use any more. */
int dictionary_read(sd_bus_message *m, dictionary_entry *entry, void *userdata);

/* Read the variant that comes next, when it is of the type; else skip it and leave *ret as it is. A text is valid as long as the
 * message. Return 1 when it was read, 0 when it was skipped, or a negative errno. */
int variant_read_text(sd_bus_message *m, const char **ret); /* string or object path */
int variant_read_bool(sd_bus_message *m, bool *ret);
int variant_read_byte(sd_bus_message *m, uint8_t *ret);
int variant_read_u32(sd_bus_message *m, uint32_t *ret);
int variant_read_double(sd_bus_message *m, double *ret);
