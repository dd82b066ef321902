/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Bus dictionary: reads a{sv} from another service. A value of an unexpected type counts as not reported.
 */

#include <stdbool.h>
#include <stdint.h>
#include <systemd/sd-bus.h>

/* Called for each entry. It has to read or skip the variant. Returns 0 or a negative errno of the message. */
typedef int dictionary_entry(void *userdata, const char *key, sd_bus_message *m);

/* Reads the next dictionary. Returns 0, or a negative errno after which the message cannot be read further. */
int dictionary_read(sd_bus_message *m, dictionary_entry *entry, void *userdata);

/* Read the next variant if it has the type; otherwise skip it and leave *ret unchanged. A string is valid as long as the
 * message. Return 1 if it was read, 0 if it was skipped, or a negative errno. */
int variant_read_text(sd_bus_message *m, const char **ret); /* string or object path */
int variant_read_bool(sd_bus_message *m, bool *ret);
int variant_read_byte(sd_bus_message *m, uint8_t *ret);
int variant_read_u32(sd_bus_message *m, uint32_t *ret);
int variant_read_double(sd_bus_message *m, double *ret);
